// The files of figures, and gnuplot as a child process.
#include <algorithm>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/process.h"
#include "core/base/scratch_folder.h"
#include "core/base/suggest.h"
#include "plotting/drawing.h"
#include "plotting/figure.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr double kLongestDrawing = 600;  // seconds; of a figure with very much data

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
  if (FindProgram("gnuplot").empty()) return Drawn::kNoGnuplot;
  const ScratchFolder scratch;
  WriteScratchFile(scratch.path() / (figure.id + ".csv"), figure.csv);
  WriteScratchFile(scratch.path() / (figure.id + ".gp"), figure.script);
  ProcessOptions gnuplot;
  gnuplot.arguments = {"gnuplot", figure.id + ".gp"};
  gnuplot.folder = scratch.path();
  gnuplot.timeout_s = kLongestDrawing;
  const ProcessResult result = RunProcess(gnuplot);
  const auto picture = [&](const char* extension) {
    return scratch.path() / (figure.id + extension);
  };
  const bool all = std::all_of(std::begin(kPictures), std::end(kPictures), [&](const char* one) {
    return fs::exists(picture(one));
  });
  if (!result.ok() || !all) {
    LogWarning("figure \"{}\": gnuplot failed: {}", figure.id, result.Failure());
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
