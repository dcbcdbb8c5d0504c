#include "experiments/run_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/harness/ledger.h"
#include "plotting/figure.h"
#include "plotting/render.h"
#include "plotting/table.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

// Everything that names a value, but the metric's.
std::string PlaceOf(const ResultRow& row) {
  std::string place;
  for (const std::string& axis : AxisNames()) place += AxisText(row, axis) + '\n';
  return place;
}

// The values of the ledger's ok rows; of several in one place, every one.
std::multimap<std::string, double> LedgerValues(const fs::path& file) {
  std::multimap<std::string, double> values;
  for (const LedgerRow& cell : ReadLedgerRows(file)) {
    if (cell.status != CellStatus::kOk) continue;
    ResultRow row;
    row.experiment = cell.axes.experiment;
    row.dataset = cell.axes.dataset;
    row.rate = cell.axes.rate;
    row.method = cell.axes.method;
    row.cipher = cell.axes.cipher;
    row.map = cell.axes.map;
    row.variant = cell.axes.variant;
    row.seed = cell.axes.seed;
    for (const Measurement& measured : cell.result.values) {
      row.image = measured.image;
      row.metric = measured.metric;
      values.emplace(PlaceOf(row), measured.value);
    }
  }
  return values;
}

void CheckLedger(const RunFolder& run, std::vector<std::string>& found) {
  const fs::path file = run.path / "ledger.jsonl";
  if (!fs::is_regular_file(file)) return;
  const std::multimap<std::string, double> values = LedgerValues(file);
  const bool kept = !run.config().value("kept_results", Json::array()).empty();
  size_t missing = 0, different = 0;
  std::string first;
  for (const ResultRow& row : run.rows) {
    if (!row.measured()) continue;
    const auto [begin, end] = values.equal_range(PlaceOf(row));
    if (begin == end) {
      if (!kept) ++missing;
      continue;
    }
    const bool same = std::any_of(begin, end, [&](const auto& one) {
      return one.second == row.value || (std::isnan(one.second) && std::isnan(row.value));
    });
    if (same) continue;
    ++different;
    if (first.empty())
      first = fmt::format("{} of {} {} is {}, in the ledger {}",
                          row.metric,
                          row.method + (row.cipher.empty() ? "" : " " + row.cipher),
                          row.image,
                          NumberText(row.value),
                          NumberText(begin->second));
  }
  if (missing > 0)
    found.push_back(fmt::format("cells.csv: {} values are not in ledger.jsonl", missing));
  if (different > 0)
    found.push_back(fmt::format(
        "cells.csv: {} values are not those of ledger.jsonl; the first: {}", different, first));
}

void CheckTables(const RunFolder& run, std::vector<std::string>& found) {
  const std::map<std::string, std::string> files = TableFiles(BuildTables(run.Tables(), run.rows));
  for (const std::string& name : TableFilesIn(run.path)) {
    const auto file = files.find(name);
    if (file == files.end()) {
      found.push_back(fmt::format(
          "{}: is no table of the config; `chaosense report RUN --tables` removes it", name));
    } else if (file->second != ReadTextFile(run.path / name)) {
      found.push_back(fmt::format(
          "{}: is not what cells.csv gives; `chaosense report RUN --tables` writes it again",
          name));
    }
  }
}

// In single quotes, as a shell takes it for one word.
std::string ShellWord(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

template <typename Spec, typename Parse>
std::vector<Spec> ParseAll(const RunFolder& run, const char* key, Parse parse) {
  std::vector<Spec> specs;
  const Json entries = run.config().value(key, Json::array());
  for (size_t i = 0; i < entries.size(); ++i) {
    specs.push_back(
        parse(entries[i],
              fmt::format("{}: /config/{}/{}", (run.path / "manifest.json").string(), key, i)));
  }
  return specs;
}

}  // namespace

std::vector<TableSpec> RunFolder::Tables() const {
  return ParseAll<TableSpec>(*this, "tables", ParseTableSpec);
}

std::vector<FigureSpec> RunFolder::Figures() const {
  return ParseAll<FigureSpec>(*this, "figures", ParseFigureSpec);
}

RunFolder ReadRunFolder(const fs::path& folder) {
  RunFolder run;
  run.path = folder;
  const fs::path file = folder / "manifest.json", cells = folder / "cells.csv";
  if (!fs::is_regular_file(file)) {
    throw ConfigError(
        "{}: is no run folder: it holds no manifest.json; expected a folder that "
        "`chaosense run` made, or one of results/",
        folder.string());
  }
  run.manifest = ReadJsonFile(file);
  if (!run.manifest.is_object() || !run.manifest.contains("config") ||
      !run.manifest["config"].is_object())
    throw ConfigError("{}: /config is missing, expected the run's config", file.string());
  if (!fs::is_regular_file(cells)) {
    throw ConfigError("{}: holds no cells.csv; the run has not finished: give its command again",
                      folder.string());
  }
  run.name = run.config().value("name", folder.filename().string());
  run.rows = ReadCells(ReadTextFile(cells), cells.string());
  return run;
}

std::vector<std::string> DistinctNames(const std::vector<fs::path>& folders) {
  std::vector<fs::path> whole, names, above;
  for (const fs::path& folder : folders) {
    fs::path path = fs::absolute(folder).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();  // "run/"
    whole.push_back(path);
    names.push_back(path.filename());
    above.push_back(path.parent_path());
  }
  // Every name that another folder has too grows by one; whole paths differ, so this ends.
  for (bool clash = true; clash;) {
    const std::vector<fs::path> before = names;
    clash = false;
    for (size_t i = 0; i < names.size(); ++i) {
      for (size_t j = 0; j < names.size(); ++j) {
        if (before[i] != before[j] || whole[i] == whole[j] || !above[i].has_filename()) continue;
        names[i] = above[i].filename() / names[i];
        above[i] = above[i].parent_path();
        clash = true;
        break;
      }
    }
  }
  return {names.begin(), names.end()};
}

std::string CommandOf(const Json& manifest) {
  const std::string file = manifest.value("config_file", std::string());
  std::string command = "chaosense run " +
                        (file.empty() ? manifest["config"].value("name", std::string("?")) : file) +
                        " --data-dir D";
  std::vector<std::string> words;
  for (const Json& argument : manifest.value("arguments", Json::array()))
    words.push_back(argument.is_string() ? argument.get<std::string>() : "");
  for (size_t i = 0; i < words.size(); ++i) {
    const size_t equals = std::min(words[i].find('='), words[i].size());
    const std::string option = words[i].substr(0, equals);
    if (option == "--retrain") command += " --retrain";
    if (option != "--set" && option != "--sweep") continue;
    const bool joined = equals < words[i].size();
    if (!joined && i + 1 == words.size()) break;
    command += " " + option + " " + ShellWord(joined ? words[i].substr(equals + 1) : words[++i]);
  }
  return command;
}

std::vector<std::string> Contradictions(const RunFolder& run) {
  std::vector<std::string> found;
  CheckLedger(run, found);
  CheckTables(run, found);
  return found;
}

std::vector<std::string> RewriteTables(const RunFolder& run) {
  std::vector<std::string> names = WriteTables(BuildTables(run.Tables(), run.rows), run.path);
  std::vector<FigureModel> figures;
  for (const FigureSpec& spec : run.Figures()) figures.push_back(BuildFigure(spec, run.rows));
  for (const std::string& name : WriteFigures(figures, run.path / "figures"))
    names.push_back("figures/" + name);
  return names;
}

}  // namespace chaosense
