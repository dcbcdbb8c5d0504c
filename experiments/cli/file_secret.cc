#include "experiments/cli/file_secret.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/signals.h"
#include "core/cipher/key_file.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;

constexpr size_t kLongest = 1024;

// The terminal with its echo off, and on again at the end, whatever happens.
class SilentTerminal {
 public:
  SilentTerminal() : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    if (fd_ < 0 || ::tcgetattr(fd_, &before_) != 0) {
      if (fd_ >= 0) ::close(fd_);
      throw ConfigError(
          "--passphrase: no terminal to ask on; use --passphrase-file or CHAOSENSE_PASSPHRASE");
    }
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent.c_lflag |= ICANON | ISIG;
    ::tcsetattr(fd_, TCSAFLUSH, &silent);
  }
  ~SilentTerminal() {
    ::tcsetattr(fd_, TCSAFLUSH, &before_);
    ::close(fd_);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

  std::string Ask(std::string_view question) const {
    Say(question);
    std::string line;
    char c = 0;
    while (true) {
      const ssize_t n = ::read(fd_, &c, 1);
      if (n < 0 && errno == EINTR) {
        if (InterruptRequested()) Say("\n");
        ThrowIfInterrupted();
        continue;
      }
      if (n <= 0 || c == '\n') break;
      if (line.size() < kLongest) line += c;
    }
    Say("\n");
    return line;
  }

 private:
  void Say(std::string_view text) const {
    [[maybe_unused]] const ssize_t written = ::write(fd_, text.data(), text.size());
  }
  int fd_;
  termios before_ = {};
};

std::string AskPassphrase(bool is_new) {
  if (const char* set = std::getenv("CHAOSENSE_PASSPHRASE")) return set;
  const SilentTerminal terminal;
  const std::string passphrase = terminal.Ask("passphrase: ");
  if (is_new && !passphrase.empty() && terminal.Ask("the same again: ") != passphrase)
    throw ConfigError("--passphrase: the two do not agree");
  return passphrase;
}

std::string FirstLine(const std::string& file) {
  std::string text = ReadTextFile(file);
  text = text.substr(0, text.find('\n'));
  if (!text.empty() && text.back() == '\r') text.pop_back();
  return text;
}

}  // namespace

void AddPassphraseOptions(po::options_description& options) {
  options.add_options()("passphrase",
                        "files only: a passphrase instead of a key file; asked for without echo, "
                        "or the environment's CHAOSENSE_PASSPHRASE")(
      "passphrase-file",
      po::value<std::string>()->value_name("F"),
      "files only: a passphrase, the first line of this file");
}

FileSecret ReadFileSecret(const po::variables_map& values,
                          const std::string& command,
                          bool is_new) {
  const auto given =
      values.count("key-file") + values.count("passphrase") + values.count("passphrase-file");
  if (given != 1) {
    throw ConfigError(
        "{}: {} of --key-file, --passphrase and --passphrase-file given, expected one",
        command,
        given == 0 ? "none" : "more than one");
  }
  if (values.count("key-file") != 0)
    return FileSecret::FromKey(ReadKeyFile(values["key-file"].as<std::string>()));
  const bool from_file = values.count("passphrase-file") != 0;
  const std::string passphrase =
      from_file ? FirstLine(values["passphrase-file"].as<std::string>()) : AskPassphrase(is_new);
  if (passphrase.empty()) throw ConfigError("{}: the passphrase is empty", command);
  return FileSecret::FromPassphrase(passphrase);
}

}  // namespace chaosense
