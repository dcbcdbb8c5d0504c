// The files of figures, and gnuplot as a child process.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/suggest.h"
#include "plotting/drawing.h"
#include "plotting/figure.h"

extern char** environ;

namespace chaosense {
namespace {

namespace fs = std::filesystem;

// A folder that is gone when this is.
class ScratchFolder {
 public:
  explicit ScratchFolder(const fs::path& path) : path_(path) { fs::create_directories(path_); }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Runs `gnuplot SCRIPT` in this folder, its words into gnuplot.log there. Its exit status, or
// nothing if there is no gnuplot.
std::optional<int> RunGnuplot(const fs::path& folder, const std::string& script) {
  posix_spawn_file_actions_t actions;
  CHAOSENSE_CHECK(posix_spawn_file_actions_init(&actions) == 0);
  const bool prepared =
      posix_spawn_file_actions_addchdir_np(&actions, folder.c_str()) == 0 &&
      posix_spawn_file_actions_addopen(
          &actions, STDOUT_FILENO, "gnuplot.log", O_WRONLY | O_CREAT | O_TRUNC, 0644) == 0 &&
      posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO) == 0;
  CHAOSENSE_CHECK(prepared);
  std::string program = "gnuplot";
  std::string argument = script;
  char* arguments[] = {program.data(), argument.data(), nullptr};
  pid_t child = 0;
  const int failure = posix_spawnp(&child, "gnuplot", &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) return std::nullopt;
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// gnuplot's PDF holds the time it was made; the same figure shall be the same bytes.
Bytes WithoutDate(Bytes pdf) {
  static constexpr std::string_view kKey = "/CreationDate (D:";
  constexpr std::string_view kDate = "19700101000000";
  const auto key = std::search(pdf.begin(), pdf.end(), kKey.begin(), kKey.end());
  if (pdf.end() - key >= static_cast<ptrdiff_t>(kKey.size() + kDate.size()))
    std::copy(kDate.begin(), kDate.end(), key + static_cast<ptrdiff_t>(kKey.size()));
  return pdf;
}

bool Holds(const fs::path& file, const std::string& text) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored) && ReadTextFile(file) == text;
}

constexpr const char* kPictures[] = {".svg", ".pdf", ".png"};

enum class Drawn { kYes, kNoGnuplot, kFailed };

Drawn Draw(const Drawing& figure, const fs::path& folder) {
  const ScratchFolder scratch(folder / fmt::format(".{}.{}", figure.id, ::getpid()));
  WriteFileAtomically(scratch.path() / (figure.id + ".csv"), figure.csv);
  WriteFileAtomically(scratch.path() / (figure.id + ".gp"), figure.script);
  const std::optional<int> status = RunGnuplot(scratch.path(), figure.id + ".gp");
  if (!status) return Drawn::kNoGnuplot;
  const auto picture = [&](const char* extension) {
    return scratch.path() / (figure.id + extension);
  };
  const bool all = std::all_of(std::begin(kPictures), std::end(kPictures), [&](const char* one) {
    return fs::exists(picture(one));
  });
  if (*status != 0 || !all) {
    const fs::path log = scratch.path() / "gnuplot.log";
    LogWarning("figure \"{}\": gnuplot failed: {}",
               figure.id,
               fs::exists(log) ? ReadTextFile(log) : std::string("no message"));
    return Drawn::kFailed;
  }
  for (const char* extension : kPictures) {
    const Bytes bytes = ReadFile(picture(extension));
    WriteFileAtomically(folder / (figure.id + extension),
                        extension == std::string_view(".pdf") ? WithoutDate(bytes) : bytes);
  }
  return Drawn::kYes;
}

}  // namespace

std::vector<std::string> WriteDrawings(const std::vector<Drawing>& drawings,
                                       const fs::path& folder) {
  std::vector<std::string> names;
  bool told = false;
  std::vector<std::string> empty;
  for (const Drawing& figure : drawings) {
    const auto file = [&](const char* extension) { return folder / (figure.id + extension); };
    if (figure.empty) {
      empty.push_back(figure.id);
      for (const char* extension : {".csv", ".gp", ".svg", ".pdf", ".png"})
        fs::remove(file(extension));
      continue;
    }
    bool same = Holds(file(".csv"), figure.csv) && Holds(file(".gp"), figure.script);
    for (const char* extension : kPictures) same = same && fs::exists(file(extension));
    for (const char* extension : {".csv", ".gp"}) names.push_back(figure.id + extension);
    Drawn drawn = Drawn::kYes;
    if (!same) {
      // Old pictures first: never beside data they do not show.
      for (const char* extension : kPictures) fs::remove(file(extension));
      WriteFileAtomically(file(".csv"), figure.csv);
      WriteFileAtomically(file(".gp"), figure.script);
      drawn = Draw(figure, folder);
    }
    if (drawn == Drawn::kNoGnuplot && !told) {
      LogInfo(
          "no gnuplot here: figures are data and script only; install gnuplot-nox to draw them");
      told = true;
    }
    if (drawn != Drawn::kYes) continue;
    for (const char* extension : kPictures) names.push_back(figure.id + extension);
  }
  if (!empty.empty()) LogInfo("figures without results, left out: {}", JoinNames(empty));
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> WriteFigures(const std::vector<FigureModel>& figures,
                                      const fs::path& folder) {
  std::vector<Drawing> drawings;
  for (const FigureModel& figure : figures)
    drawings.push_back({figure.id, FigureCsv(figure), FigureScript(figure), figure.series.empty()});
  return WriteDrawings(drawings, folder);
}

}  // namespace chaosense
