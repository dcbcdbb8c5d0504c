#include "experiments/run_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/harness/ledger.h"
#include "core/harness/plugin_choices.h"
#include "core/metrics/metric.h"
#include "experiments/run_folder.h"
#include "plotting/sheet.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

// A page that no browser opens helps nobody: what goes beyond is named, not shown.
constexpr size_t kMostPictureBytes = 12'000'000;
constexpr size_t kMostEvidenceBytes = 4'000'000;

std::string ListOf(const Json& entries) {
  std::vector<std::string> names;
  for (const Json& entry : entries) {
    if (entry.is_object()) {
      const std::string name = entry.value("name", std::string("?"));
      const std::string label = entry.value("label", name);
      names.push_back(label == name ? name : fmt::format("{} ({})", label, name));
    } else {
      names.push_back(entry.is_string() ? entry.get<std::string>() : entry.dump());
    }
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<ReportTerm> AtAGlance(const Json& manifest) {
  const Json& config = manifest["config"];
  std::vector<ReportTerm> facts;
  for (const auto& [key, name] : {std::pair{"datasets", "image sets"},
                                  {"images", "images"},
                                  {"methods", "methods"},
                                  {"ciphers", "ciphers"},
                                  {"maps", "chaotic maps"},
                                  {"rates", "sampling rates"},
                                  {"seeds", "seeds"},
                                  {"measure", "measured"}}) {
    if (config.contains(key) && config[key].is_array() && !config[key].empty())
      facts.push_back({name, ListOf(config[key])});
  }
  const Json cells = manifest.value("cells", Json::object());
  if (cells.contains("total")) {
    facts.push_back(
        {"measurements",
         fmt::format("{} in all, {} failed", cells.value("total", 0), cells.value("failed", 0))});
  }
  facts.push_back({"finished", manifest.value("finished", std::string())});
  const Json build = manifest.value("build", Json::object());
  facts.push_back({"program",
                   fmt::format("chaosense {}{}, {}",
                               build.value("version", std::string("?")),
                               build.value("dirty", false) ? " (modified)" : "",
                               build.value("compiler", std::string("?")))});
  std::erase_if(facts, [](const ReportTerm& fact) { return fact.meaning.empty(); });
  return facts;
}

// Id and title of each figure, in the order of the page: pictures first.
std::vector<ReportTerm> FigureTitles(const Json& config) {
  std::vector<ReportTerm> titles;
  for (const char* key : {"sheets", "panels", "figures"}) {
    for (const Json& figure : config.value(key, Json::array())) {
      const std::string id = figure.value("id", std::string());
      titles.push_back({id, figure.value("title", id)});
    }
  }
  return titles;
}

std::vector<ReportFigure> ReadFigures(const fs::path& folder, const Json& config) {
  std::vector<ReportFigure> figures;
  std::set<std::string> named;
  for (const ReportTerm& known : FigureTitles(config)) {
    ReportFigure figure{known.name, known.meaning, "", {}};
    const fs::path svg = folder / "figures" / (known.name + ".svg");
    const fs::path png = folder / "figures" / (known.name + ".png");
    if (fs::is_regular_file(svg)) figure.svg = ReadTextFile(svg);
    if (figure.svg.empty() && fs::is_regular_file(png)) figure.png = ReadFile(png);
    if (!figure.svg.empty() || !figure.png.empty()) figures.push_back(std::move(figure));
    named.insert(known.name);
  }
  // Those that cells drew are called by their files.
  std::set<fs::path> drawn;
  std::error_code none;
  for (const auto& entry : fs::recursive_directory_iterator(folder / "figures", none)) {
    const fs::path name = fs::relative(entry.path(), folder / "figures").replace_extension();
    if (entry.path().extension() == ".svg" && !named.contains(name.string())) drawn.insert(name);
  }
  for (const fs::path& name : drawn) {
    const std::string svg = ReadTextFile(folder / "figures" / (name.string() + ".svg"));
    figures.push_back({name.string(), name.string(), svg, {}});
  }
  return figures;
}

bool IsEvidence(const fs::path& file) {
  return file.extension() == ".md" || file.extension() == ".json" || file.extension() == ".txt";
}

// Strips of all stages stand for the stages by themselves.
void DropStages(std::vector<ReportCell::File>& pictures) {
  const bool strips = std::any_of(pictures.begin(), pictures.end(), [](const auto& file) {
    return file.name.ends_with("_stages.png");
  });
  if (!strips) return;
  std::erase_if(pictures, [](const auto& file) { return !file.name.ends_with("_stages.png"); });
}

// The cells' files, by the ledger, which knows what each cell was.
void ReadCellFiles(const fs::path& folder, ReportRun& run) {
  if (!fs::is_regular_file(folder / "ledger.jsonl")) return;
  std::set<std::string> folders;
  std::error_code no_cells;
  for (const auto& entry : fs::directory_iterator(folder / "cells", no_cells))
    folders.insert(entry.path().filename().string());
  if (folders.empty()) return;
  std::map<std::string, std::string> cells;  // name -> folder; of several, the latest counts
  for (const LedgerRow& row : ReadLedgerRows(folder / "ledger.jsonl")) {
    const std::string name = CellFolder(folder, row.cell).filename().string();
    if (row.status == CellStatus::kOk && folders.contains(name)) cells[row.name] = name;
  }
  size_t picture_bytes = 0, evidence_bytes = 0, left_out = 0;
  for (const auto& [name, cell] : cells) {
    ReportCell shown{name, {}, {}};
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::recursive_directory_iterator(folder / "cells" / cell, none)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      const std::string relative = file.lexically_relative(folder / "cells" / cell).string();
      if (file.extension() == ".png") shown.pictures.push_back({relative, ReadFile(file)});
      if (IsEvidence(file)) shown.evidence.push_back({relative, ReadFile(file)});
    }
    DropStages(shown.pictures);
    const auto keep = [&](std::vector<ReportCell::File>& kept, size_t& bytes, size_t most) {
      std::erase_if(kept, [&](const ReportCell::File& file) {
        const bool fits = bytes + file.bytes.size() <= most;
        fits ? bytes += file.bytes.size() : ++left_out;
        return !fits;
      });
    };
    keep(shown.pictures, picture_bytes, kMostPictureBytes);
    keep(shown.evidence, evidence_bytes, kMostEvidenceBytes);
    if (!shown.pictures.empty() || !shown.evidence.empty()) run.cells.push_back(std::move(shown));
  }
  if (left_out > 0) {
    run.remarks.push_back(fmt::format(
        "{} more files lie in the run folder's cells/; the page would be too large with them.",
        left_out));
  }
}

}  // namespace

ReportRun ReadRun(const fs::path& folder) {
  RunFolder files = ReadRunFolder(folder);
  ReportRun run;
  run.manifest = files.manifest;
  const Json& config = run.manifest["config"];
  run.name = files.name;
  run.description = config.value("description", std::string());
  run.command = CommandOf(run.manifest);
  run.at_a_glance = AtAGlance(run.manifest);
  std::vector<TableSpec> tables = files.Tables();
  for (TableSpec& spec : tables) spec.definitions = false;  // the page has them once
  run.tables = BuildTables(tables, files.rows);
  run.rows = std::move(files.rows);
  run.figures = ReadFigures(folder, config);
  if (fs::is_regular_file(folder / "summary.md")) run.summary = ReadTextFile(folder / "summary.md");
  ReadCellFiles(folder, run);
  std::set<std::string> failures;
  for (const ResultRow& row : run.rows) {
    if (row.missing()) failures.insert(row.method + " " + row.cipher + ": " + row.status);
  }
  for (const std::string& failure : failures) run.remarks.push_back(failure);
  return run;
}

Report MakeReport(const std::vector<fs::path>& folders, const Registries& registries) {
  Report report;
  std::set<std::string> metrics, methods, ciphers;
  const std::vector<std::string> run_names = DistinctNames(folders);
  for (size_t i = 0; i < folders.size(); ++i) {
    report.runs.push_back(ReadRun(folders[i]));
    // Runs of one config have its name alike.
    if (folders.size() > 1) report.runs.back().name = run_names[i];
    const Json& config = report.runs.back().manifest["config"];
    for (const char* kind : {"tables", "figures"}) {
      for (const Json& shown : config.value(kind, Json::array())) {
        for (const Json& metric : shown.value("metrics", Json::array()))
          metrics.insert(metric.get<std::string>());
        for (const char* key : {"metric", "x", "y"}) {
          if (shown.contains(key)) metrics.insert(shown[key].get<std::string>());
        }
      }
    }
    Json parts = config.value("parts", Json::array());
    parts.push_back(config);
    for (const auto& [key, names] : {std::pair{"methods", &methods}, {"ciphers", &ciphers}}) {
      for (const Json& part : parts) {
        for (const Json& entry : part.value(key, Json::array()))
          names->insert(ParsePluginChoice(entry).name);
      }
    }
  }
  for (const std::string& metric : MetricNames()) {  // in the registry's order
    if (metrics.contains(metric)) report.metrics.push_back(metric);
  }
  const auto add = [&](const auto& registry, const std::set<std::string>& names) {
    const std::vector<std::string> known = registry.Names();
    for (const std::string& name : names) {
      if (std::find(known.begin(), known.end(), name) == known.end()) continue;
      const PluginInfo& info = registry.Info(name);
      report.plugins.push_back(
          {name, info.source.empty() ? info.summary : info.summary + " (" + info.source + ")"});
    }
  };
  add(registries.methods, methods);
  add(registries.ciphers, ciphers);
  return report;
}

}  // namespace chaosense
