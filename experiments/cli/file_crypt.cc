#include "experiments/cli/file_crypt.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <system_error>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/progress.h"
#include "core/base/signals.h"
#include "core/cipher/file_container.h"
#include "experiments/cli/command.h"
#include "experiments/cli/file_secret.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

constexpr char kEnding[] = ".chsf";
constexpr uint64_t kMiB = uint64_t{1} << 20;

bool ExistsAtAll(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

bool Inside(const fs::path& path, const fs::path& folder) {
  const fs::path inner = fs::weakly_canonical(path);
  const fs::path outer = fs::weakly_canonical(folder);
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

// Where `relative` goes; empty if it is not ours to decrypt.
fs::path OutputFor(const fs::path& relative, const fs::path& output, bool encrypt) {
  fs::path target = output / relative;
  if (encrypt) {
    target += kEnding;
    return target;
  }
  if (target.extension() != kEnding) return {};
  return target.replace_extension();
}

// Before any work: which outputs are there already.
void Settle(const po::variables_map& values, std::vector<FilePair>& pairs) {
  if (values.count("force") != 0 && values.count("skip-existing") != 0)
    throw ConfigError("--force and --skip-existing exclude each other");
  if (values.count("force") != 0) return;
  if (values.count("skip-existing") != 0) {
    std::erase_if(pairs, [](const FilePair& pair) { return ExistsAtAll(pair.output); });
    return;
  }
  const auto taken = std::count_if(
      pairs.begin(), pairs.end(), [](const FilePair& pair) { return ExistsAtAll(pair.output); });
  if (taken == 0) return;
  const auto first = std::find_if(
      pairs.begin(), pairs.end(), [](const FilePair& pair) { return ExistsAtAll(pair.output); });
  throw ConfigError("{}: exists already{}; --force replaces, --skip-existing leaves it",
                    first->output.string(),
                    taken > 1 ? fmt::format(" and {} more", taken - 1) : "");
}

// Megabytes done, over all files; silent for what takes no time.
class Meter {
 public:
  Meter(const char* label, const std::vector<FilePair>& pairs) {
    uint64_t total = 0;
    for (const FilePair& pair : pairs) total += pair.size;
    if (total >= 32 * kMiB)
      progress_ = std::make_unique<Progress>(label, static_cast<int64_t>(total / kMiB));
  }
  void Within(uint64_t done) {
    if (progress_) progress_->Update(static_cast<int64_t>((before_ + done) / kMiB), "MiB");
  }
  void FileDone(uint64_t size) { before_ += size; }

 private:
  std::unique_ptr<Progress> progress_;
  uint64_t before_ = 0;
};

using Work = uint64_t (*)(const fs::path&, const fs::path&, FileSecret&, const FileCipherOptions&);

int Crypt(const po::variables_map& values,
          const fs::path& input,
          const fs::path& output,
          bool encrypt,
          NewKeyFile* new_key) {
  const char* const verb = encrypt ? "encrypt" : "decrypt";
  if (output == "-")
    throw ConfigError("-: standard output cannot take the result; expected a file or folder");
  std::error_code error;
  const bool tree = fs::is_directory(input, error);
  if (!tree && !fs::exists(input, error)) throw DataError("{}: no such file", input.string());
  FileTree plan;
  std::vector<FilePair>& pairs = plan.files;
  if (tree) {
    plan = PlanTree(input, output, encrypt);
  } else {
    if (fs::is_directory(output, error))
      throw ConfigError("{}: is a folder, expected the name of a file", output.string());
    pairs.push_back({input, output, fs::is_regular_file(input, error) ? fs::file_size(input) : 0});
  }
  const size_t all = pairs.size();
  FileCipherOptions options;
  if (values.count("cipher") != 0 && !values["cipher"].defaulted())
    options.cipher = values["cipher"].as<std::string>();
  options.existing = ExistingOf(values);
  for (const auto& [name, what] :
       {std::pair{"key-file", "key file"}, std::pair{"passphrase-file", "passphrase file"}}) {
    if (values.count(name) == 0) continue;
    for (const FilePair& pair : pairs)
      RequireOtherFile(pair.output, values[name].as<std::string>(), what);
  }
  Settle(values, pairs);
  FileSecret secret = ReadFileSecret(values, verb, encrypt);
  for (const fs::path& folder : plan.folders) {
    fs::create_directories(folder, error);
    if (error)
      throw ConfigError("{}: cannot create the folder: {}", folder.string(), error.message());
  }

  Meter meter(verb, pairs);
  options.progress = [&](uint64_t done) { meter.Within(done); };
  const Work work = encrypt ? EncryptFile : DecryptFile;
  uint64_t bytes = 0;
  size_t failed = 0;
  for (const FilePair& pair : pairs) {
    try {
      bytes += work(pair.input, pair.output, secret, options);
      if (new_key != nullptr) new_key->Keep();
    } catch (const Error& problem) {
      if (problem.kind() == ErrorKind::kInterrupted) {
        throw Error(ErrorKind::kInterrupted,
                    tree ? "interrupted; the same command with --skip-existing goes on"
                         : fmt::format("interrupted; {} is not written", output.string()));
      }
      // One bad file of a tree does not stop the others.
      if (!tree) throw;
      LogWarning("{}", problem.what());
      ++failed;
    }
    meter.FileDone(pair.size);
  }
  if (!tree) {
    std::cout << fmt::format("{}: {} bytes {}ed\n", output.string(), bytes, verb);
    return 0;
  }
  std::cout << fmt::format(
      "{}: {} files, {} bytes {}ed{}{}\n",
      output.string(),
      pairs.size() - failed,
      bytes,
      verb,
      all > pairs.size() ? fmt::format(", {} there already", all - pairs.size()) : "",
      failed > 0 ? fmt::format(", {} failed", failed) : "");
  return failed > 0 ? static_cast<int>(ErrorKind::kRun) : 0;
}

}  // namespace

void AddFileOptions(po::options_description& options) {
  AddForceOption(options);
  options.add_options()("skip-existing",
                        "files only: leave outputs that exist, e.g. to resume a folder");
}

void RefuseOptions(const po::variables_map& values,
                   const std::vector<const char*>& names,
                   const std::string& why) {
  for (const char* name : names) {
    if (values.count(name) != 0 && !values[name].defaulted())
      throw ConfigError("--{}: {}", name, why);
  }
}

bool IsForFiles(const fs::path& input) {
  std::error_code error;
  return fs::is_directory(input, error) || IsFileContainer(input);
}

FileTree PlanTree(const fs::path& input, const fs::path& output, bool encrypt) {
  if (Inside(output, input)) {
    throw ConfigError(
        "{}: lies in the folder {}, expected another place", output.string(), input.string());
  }
  FileTree plan;
  std::error_code error;
  auto at = fs::recursive_directory_iterator(input, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    const fs::directory_entry& entry = *at;
    const fs::path relative = entry.path().lexically_relative(input);
    if (entry.is_symlink() || (!entry.is_regular_file() && !entry.is_directory())) {
      LogWarning("{}: {}: left out",
                 entry.path().string(),
                 entry.is_symlink() ? "a symbolic link" : "neither file nor folder");
    } else if (entry.is_regular_file()) {
      const fs::path target = OutputFor(relative, output, encrypt);
      if (target.empty()) {
        LogWarning("{}: does not end in {}: left out", entry.path().string(), kEnding);
      } else {
        plan.files.push_back({entry.path(), target, entry.file_size()});
      }
    } else {
      plan.folders.push_back(output / relative);
    }
  }
  if (error) throw ConfigError("{}: cannot be read through: {}", input.string(), error.message());
  if (plan.files.empty()) {
    throw DataError("{}: no file to {} in it", input.string(), encrypt ? "encrypt" : "decrypt");
  }
  std::sort(plan.files.begin(), plan.files.end(), [](const FilePair& a, const FilePair& b) {
    return a.input < b.input;
  });
  return plan;
}

int EncryptFiles(const po::variables_map& values,
                 const fs::path& input,
                 const fs::path& output,
                 NewKeyFile* new_key) {
  return Crypt(values, input, output, true, new_key);
}

int DecryptFiles(const po::variables_map& values, const fs::path& input, const fs::path& output) {
  return Crypt(values, input, output, false, nullptr);
}

}  // namespace chaosense
