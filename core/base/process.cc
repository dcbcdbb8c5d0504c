#include "core/base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <map>
#include <span>
#include <string_view>

#include "core/base/descriptor.h"
#include "core/base/error.h"
#include "core/base/signals.h"

extern char** environ;

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double kGrace = 0.5;  // seconds from SIGTERM to SIGKILL
// Descendants may hold the pipes open after the program ended: they are heard until they are silent
// this many seconds, five times as long at most.
constexpr double kLinger = 0.2;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Descriptor OpenForReading(const fs::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) throw ConfigError("{}: cannot read: {}", path.string(), std::strerror(errno));
  return file;
}

// Input bytes go through a file in memory: nothing to feed while we wait, and no broken pipe if the
// program does not read them.
Descriptor OpenInput(const ProcessOptions& options) {
  if (const auto* path = std::get_if<fs::path>(&options.input)) return OpenForReading(*path);
  const auto* bytes = std::get_if<Bytes>(&options.input);
  if (bytes == nullptr) return OpenForReading("/dev/null");
  Descriptor file(::memfd_create("input", MFD_CLOEXEC));
  CHAOSENSE_CHECK(file.open(), "no memory file: {}", std::strerror(errno));
  std::span<const uint8_t> left(*bytes);
  while (!left.empty()) {
    const ssize_t n = ::write(file.get(), left.data(), left.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw RunError("no memory for a program's input: {}", std::strerror(errno));
    left = left.subspan(static_cast<size_t>(n));
  }
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

std::vector<std::string> Environment(const ProcessOptions& options) {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  for (const auto& [name, value] : options.environment) variables[name] = value;
  std::vector<std::string> entries;
  for (const auto& [name, value] : variables) entries.push_back(name + "=" + value);
  return entries;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// A started program and the ends of its pipes that are ours.
class Child {
 public:
  explicit Child(const ProcessOptions& options) : start_(Clock::now()) {
    CHAOSENSE_CHECK(!options.arguments.empty() && options.timeout_s > 0);
    const std::string& name = options.arguments[0];
    const fs::path program = FindProgram(name);
    if (program.empty()) {
      throw ConfigError("{}: no such program{}",
                        name,
                        name.find('/') == std::string::npos ? " in PATH" : ", or not executable");
    }
    if (!options.folder.empty() && !fs::is_directory(options.folder))
      throw ConfigError("{}: no such folder to run {} in", options.folder.string(), name);
    Spawn(options, fs::absolute(program));
  }
  // Only reached with the child alive if something threw: it is ended.
  ~Child() {
    if (pid_ > 0) Reap();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void Signal(int signal) const { ::kill(-pid_, signal); }
  // Whether it has ended; it stays a zombie, so that the group's number stays ours.
  bool Ended() const {
    siginfo_t info = {};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == pid_;
  }
  // Kills what is left of the group and returns the program's status as of waitpid.
  int Reap() {
    Signal(SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }
  double seconds() const { return SecondsSince(start_); }

  Descriptor output, error;

 private:
  void Spawn(const ProcessOptions& options, const fs::path& program) {
    const Descriptor input = OpenInput(options);
    Pipe out = MakePipe();
    Pipe err = MakePipe();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input.get(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out.write.get(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err.write.get(), STDERR_FILENO);
    // Files that some library opened without O_CLOEXEC stay ours.
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    if (!options.folder.empty())
      posix_spawn_file_actions_addchdir_np(&actions, options.folder.c_str());
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    // SIGPIPE is ignored by us, and that would be inherited.
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM}) sigaddset(&signals, signal);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    std::vector<std::string> arguments = options.arguments;
    std::vector<std::string> environment = Environment(options);
    const int reason = ::posix_spawn(&pid_,
                                     program.c_str(),
                                     &actions,
                                     &attributes,
                                     Pointers(arguments).data(),
                                     Pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (reason != 0) {
      pid_ = -1;
      throw ConfigError("{}: cannot be started: {}", program.string(), std::strerror(reason));
    }
    output = std::move(out.read);
    error = std::move(err.read);
  }

  pid_t pid_ = -1;
  Clock::time_point start_;
};

// Reads what there is; closes the descriptor at its end. Whether anything came.
template <typename Take>
bool ReadAvailable(Descriptor& from, Take take) {
  std::array<uint8_t, 65536> buffer;
  const ssize_t n = ::read(from.get(), buffer.data(), buffer.size());
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return false;
  if (n <= 0) {
    from.Close();
    return false;
  }
  take(std::span<const uint8_t>(buffer.data(), static_cast<size_t>(n)));
  return true;
}

// Waits up to `seconds` for output of the child. Whether anything came.
bool Pump(Child& child, const ProcessOptions& options, double seconds, ProcessResult& result) {
  std::array<pollfd, 2> polled{pollfd{child.output.get(), POLLIN, 0},
                               pollfd{child.error.get(), POLLIN, 0}};  // a closed one is skipped
  if (::poll(polled.data(), polled.size(), static_cast<int>(seconds * 1000)) <= 0) return false;
  bool any = false;
  if (polled[0].revents != 0) {
    any |= ReadAvailable(child.output, [&](std::span<const uint8_t> bytes) {
      const size_t room = options.output_limit - result.output.size();
      if (bytes.size() > room) result.output_cut = true;
      const auto kept = bytes.first(std::min(room, bytes.size()));
      result.output.insert(result.output.end(), kept.begin(), kept.end());
    });
  }
  if (polled[1].revents != 0) {
    any |= ReadAvailable(child.error, [&](std::span<const uint8_t> bytes) {
      result.error.append(bytes.begin(), bytes.end());
      if (result.error.size() > options.error_limit)
        result.error.erase(0, result.error.size() - options.error_limit);
    });
  }
  return any;
}

// SIGTERM, and a moment to tidy up.
void Terminate(Child& child, const ProcessOptions& options) {
  child.Signal(SIGTERM);
  ProcessResult dropped;  // a program that is stuck writing can still end
  ProcessOptions nothing = options;
  nothing.output_limit = 0;
  const auto start = Clock::now();
  while (!child.Ended() && SecondsSince(start) < kGrace) Pump(child, nothing, 0.01, dropped);
}

std::string LastLine(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.pop_back();
  text.erase(0, text.rfind('\n') + 1);
  constexpr size_t kMost = 300;
  if (text.size() > kMost) text = text.substr(0, kMost) + "...";
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return text;
}

}  // namespace

fs::path FindProgram(const std::string& name) {
  const auto executable = [](const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
  };
  if (name.empty()) return {};
  if (name.find('/') != std::string::npos) return executable(name) ? fs::path(name) : fs::path();
  const char* path = std::getenv("PATH");
  std::string_view left = path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
  while (true) {
    const size_t colon = left.find(':');
    const std::string_view folder = left.substr(0, colon);
    const fs::path candidate = fs::path(folder.empty() ? "." : folder) / name;
    if (executable(candidate)) return candidate;
    if (colon == std::string_view::npos) return {};
    left.remove_prefix(colon + 1);
  }
}

std::string ProcessResult::Failure() const {
  const std::string last = LastLine(error);
  std::string text = timed_out ? fmt::format("timed out after {:.1f} s", seconds)
                     : signal != 0
                         ? fmt::format("ended by signal {} ({})", signal, ::strsignal(signal))
                         : fmt::format("exit code {}", exit_code);
  return last.empty() ? text : text + ": " + last;
}

ProcessResult RunProcess(const ProcessOptions& options) {
  ThrowIfInterrupted();
  ProcessResult result;
  Child child(options);
  double ended_at = -1;
  while (child.output.open() || child.error.open() || ended_at < 0) {
    if (InterruptRequested()) {
      Terminate(child, options);
      child.Reap();
      ThrowIfInterrupted();
    }
    if (child.seconds() >= options.timeout_s && ended_at < 0) {
      result.timed_out = true;
      Terminate(child, options);
      break;
    }
    const bool waiting = child.output.open() || child.error.open();
    // Without pipes to wake us up, look for its end often.
    const double patience =
        waiting ? std::clamp(options.timeout_s - child.seconds(), 0.001, 0.05) : 0.002;
    const bool any = Pump(child, options, patience, result);
    if (options.stop_at_limit && result.output.size() >= options.output_limit) {
      result.stopped_at_limit = !child.Ended();
      break;
    }
    if (ended_at < 0 && child.Ended()) ended_at = child.seconds();
    const double since_end = ended_at < 0 ? 0 : child.seconds() - ended_at;
    if (since_end > (any ? 5 * kLinger : kLinger)) break;
  }
  if (result.stopped_at_limit) Terminate(child, options);
  result.seconds = child.seconds();
  const int status = child.Reap();
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  return result;
}

}  // namespace chaosense
