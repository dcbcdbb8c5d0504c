#include "experiments/cli/outputs.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/suggest.h"
#include "core/metrics/metric.h"
#include "experiments/cli/command.h"
#include "plotting/figure.h"
#include "plotting/render.h"
#include "plotting/spec_fields.h"
#include "plotting/table.h"

namespace chaosense {
namespace {

ResultRow RowOf(const Axes& axes) {
  ResultRow row;
  row.experiment = axes.experiment;
  row.dataset = axes.dataset;
  row.rate = axes.rate;
  row.method = axes.method;
  row.cipher = axes.cipher;
  row.map = axes.map;
  row.variant = axes.variant;
  row.seed = axes.seed;
  row.sweep = axes.sweep;
  return row;
}

// What the plan's cells would give that a table or figure shows: one row for each metric and image.
template <typename Spec>
std::vector<ResultRow> ExpectedRows(const Plan& plan,
                                    const Spec& spec,
                                    const std::vector<std::string>& metrics) {
  const auto found = spec.filter.find("image");
  const bool over_images =
      std::find(spec.over.begin(), spec.over.end(), "image") != spec.over.end();
  const auto images = found != spec.filter.end()
                          ? found->second
                          : std::vector<std::string>{over_images ? "one" : "*mean"};
  std::vector<ResultRow> rows;
  for (const Cell& cell : plan.cells) {
    ResultRow row = RowOf(cell.axes);
    for (const std::string& metric : metrics) {
      for (const std::string& image : images) {
        row.metric = metric;
        row.image = image;
        rows.push_back(row);
      }
    }
  }
  return rows;
}

std::vector<std::string> SweptAxes(const Plan& plan) {
  std::vector<ResultRow> rows;
  for (const Cell& cell : plan.cells) {
    if (rows.empty() || rows.back().sweep != cell.axes.sweep) rows.push_back(RowOf(cell.axes));
  }
  return SweepAxes(rows);
}

// Of these axes, those of a sweep must be swept.
void RequireSwept(const std::vector<std::string>& axes,
                  const std::vector<std::string>& swept,
                  const std::string& where) {
  for (const std::string& axis : axes) {
    if (!axis.starts_with("sweep.")) continue;
    if (std::find(swept.begin(), swept.end(), axis) == swept.end())
      BadName(where, "swept setting", axis, swept);
  }
}

// Figures that cells drew (a gnuplot script with its data and pictures) are shown with the others;
// where another cell's is called so, in a folder of the cell's own. Returns the names of the files.
std::vector<std::string> CopyCellFigures(const std::filesystem::path& folder,
                                         const Plan& plan,
                                         const Ledger& ledger) {
  std::set<std::string> names;
  std::map<std::string, std::string> owner;  // of a script's name: the cell
  for (const Cell& cell : plan.cells) {
    const LedgerRow* row = ledger.Find(cell.id);
    if (row == nullptr || row->status != CellStatus::kOk) continue;
    for (const std::string& file : row->result.files) {
      if (std::filesystem::path(file).extension() != ".gp") continue;
      const std::string script = std::filesystem::path(file).filename().string();
      const bool first = owner.emplace(script, cell.id).first->second == cell.id;
      const std::filesystem::path to = first ? "" : cell.id.substr(0, 8);
      for (const char* extension : {".csv", ".gp", ".svg", ".pdf", ".png"}) {
        const std::filesystem::path name = std::filesystem::path(file).replace_extension(extension);
        const std::filesystem::path from = CellFolder(folder, cell.id) / name;
        if (!std::filesystem::exists(from)) continue;
        WriteFileAtomically(folder / "figures" / to / name.filename(), ReadFile(from));
        names.insert((to / name.filename()).string());
      }
    }
  }
  return {names.begin(), names.end()};
}

// Their files would replace each other.
template <typename Spec>
void RequireDifferentIds(const std::vector<Spec>& specs, std::set<std::string>& ids) {
  for (const Spec& spec : specs) {
    if (!ids.insert(spec.id).second)
      throw ConfigError("{}/id: \"{}\" is taken; ids must differ", spec.where, spec.id);
  }
}

// Tables of which the run holds nothing, as where --set left their ciphers out.
void TellLeftOut(const std::vector<TableSpec>& specs, const std::vector<TableModel>& models) {
  std::vector<std::string> names;
  for (const TableSpec& spec : specs) {
    if (std::ranges::find(models, spec.id, &TableModel::id) == models.end())
      names.push_back(spec.id);
  }
  if (!names.empty()) LogInfo("tables without results, left out: {}", JoinNames(names));
}

}  // namespace

namespace {

// The measured rows of results/<name>/cells.csv, for each name: slow results that another config
// made stand in this one's tables too.
std::vector<ResultRow> ReadKeptResults(const Config& config) {
  std::vector<ResultRow> rows;
  for (const Json& entry : config.value.at("kept_results")) {
    const std::string name = (entry.is_string() ? entry : entry.at("name")).get<std::string>();
    const auto methods = entry.is_string() ? std::vector<std::string>()
                                           : entry.value("methods", std::vector<std::string>());
    const std::filesystem::path file = ProjectFolder() / "results" / name / "cells.csv";
    if (!std::filesystem::exists(file)) {
      throw ConfigError("{}: \"{}\": no such results, expected {}",
                        config.Where("/kept_results"),
                        name,
                        file.string());
    }
    // The mean over some pictures is none over the set.
    const Json made_by = ReadJsonFile(file.parent_path() / "manifest.json").at("config");
    const bool part = !made_by.value("images", Json::array()).empty();
    for (ResultRow& row : ReadCells(ReadTextFile(file), file.string())) {
      if (!row.measured() || (part && row.image == "*mean")) continue;
      if (!methods.empty() && std::ranges::find(methods, row.method) == methods.end()) continue;
      row.published.reset();
      row.source.clear();
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

auto PlaceOf(const ResultRow& row) {
  return std::tie(row.dataset,
                  row.image,
                  row.rate,
                  row.method,
                  row.cipher,
                  row.map,
                  row.variant,
                  row.seed,
                  row.sweep,
                  row.metric);
}

}  // namespace

std::vector<ResultRow> ResultRows(const Plan& plan, const Ledger& ledger) {
  std::vector<ResultRow> rows;
  for (const Cell& cell : plan.cells) {
    const LedgerRow* found = ledger.Find(cell.id);
    ResultRow row = RowOf(cell.axes);
    if (found == nullptr || found->status != CellStatus::kOk) {
      row.value = std::numeric_limits<double>::quiet_NaN();
      const bool failed = found != nullptr && found->status == CellStatus::kFailed;
      row.status = failed ? "failed: " + found->error : "not run";
      rows.push_back(std::move(row));
      continue;
    }
    for (const Measurement& value : found->result.values) {
      row.image = value.image;
      row.metric = value.metric;
      row.value = value.value;
      const MetricInfo* metric = FindMetric(value.metric);
      row.unit = metric != nullptr ? metric->unit : "";
      rows.push_back(row);
    }
  }
  return rows;
}

std::vector<CellFile> FilesOfCells(const Plan& plan,
                                   const Ledger& ledger,
                                   const std::filesystem::path& run_folder,
                                   const std::vector<std::string>& kinds,
                                   const std::string& extension) {
  std::vector<CellFile> files;
  for (const Cell& cell : plan.cells) {
    const LedgerRow* found = ledger.Find(cell.id);
    if (found == nullptr || found->status != CellStatus::kOk) continue;
    for (const std::string& name : found->result.files) {
      for (const std::string& kind : kinds) {
        const std::string ending = "_" + kind + extension;
        if (!name.ends_with(ending)) continue;
        CellFile file{RowOf(cell.axes), CellFolder(run_folder, cell.id) / name};
        file.axes.image = name.substr(0, name.size() - ending.size());
        file.axes.metric = kind;
        files.push_back(std::move(file));
      }
    }
  }
  return files;
}

Outputs::Outputs(const Config& config)
    : published_(ReadPublishedFiles(ProjectFolder() / "configs" / "published",
                                    config.value.at("published").get<std::vector<std::string>>(),
                                    config.Where("/published"))),
      kept_(ReadKeptResults(config)),
      aliases_(config.value.at("aliases").get<std::map<std::string, std::string>>()) {
  for (size_t i = 0; i < config.value.at("tables").size(); ++i) {
    tables_.push_back(
        ParseTableSpec(config.value["tables"][i], config.Where(fmt::format("/tables/{}", i))));
  }
  for (size_t i = 0; i < config.value.at("figures").size(); ++i) {
    figures_.push_back(
        ParseFigureSpec(config.value["figures"][i], config.Where(fmt::format("/figures/{}", i))));
  }
  for (size_t i = 0; i < config.value.at("panels").size(); ++i) {
    panels_.push_back(
        ParsePanelSpec(config.value["panels"][i], config.Where(fmt::format("/panels/{}", i))));
  }
  for (size_t i = 0; i < config.value.at("sheets").size(); ++i) {
    sheets_.push_back(
        ParseSheetSpec(config.value["sheets"][i], config.Where(fmt::format("/sheets/{}", i))));
  }
  std::set<std::string> table_ids, figure_ids;
  RequireDifferentIds(tables_, table_ids);
  RequireDifferentIds(figures_, figure_ids);
  RequireDifferentIds(panels_, figure_ids);
  RequireDifferentIds(sheets_, figure_ids);
}

void Outputs::CheckTables(const Plan& plan) const {
  const std::vector<std::string> swept = SweptAxes(plan);
  for (const TableSpec& spec : tables_) {
    for (const auto& axes : {spec.rows, spec.columns, KeysOf(spec.filter)})
      RequireSwept(axes, swept, spec.where);
  }
  for (const FigureSpec& spec : figures_) RequireSwept({spec.x, spec.series}, swept, spec.where);
  for (const TableSpec& spec : tables_)
    BuildTable(spec, WithKept(ExpectedRows(plan, spec, spec.metrics)));
  for (const FigureSpec& spec : figures_)
    BuildFigure(spec, WithKept(ExpectedRows(plan, spec, {spec.y})));
}

std::vector<ResultRow> Outputs::WithKept(std::vector<ResultRow> rows) const {
  if (kept_.empty()) return rows;
  std::set<decltype(PlaceOf(kept_.front()))> own;
  for (const ResultRow& row : rows) own.insert(PlaceOf(row));
  // A row of a cell that failed has neither image nor metric, and stands for all that it lacks.
  const auto lacking = [&](ResultRow row) {
    row.image.clear();
    row.metric.clear();
    return own.contains(PlaceOf(row));
  };
  std::vector<ResultRow> added;
  for (const ResultRow& row : kept_) {
    if (!own.contains(PlaceOf(row)) && !lacking(row)) added.push_back(row);
  }
  rows.insert(rows.end(), added.begin(), added.end());
  return rows;
}

Outputs::Written Outputs::Write(const std::filesystem::path& folder,
                                const Plan& plan,
                                const Ledger& ledger) const {
  std::vector<ResultRow> rows = WithKept(ResultRows(plan, ledger));
  JoinPublished(published_, aliases_, rows);
  for (ResultRow& row : PublishedOnlyRows(published_, aliases_, rows))
    rows.push_back(std::move(row));
  WriteFileAtomically(folder / "cells.csv", WriteCells(rows));
  Written written;
  const std::vector<TableModel> models = BuildTables(tables_, rows);
  TellLeftOut(tables_, models);
  for (const TableModel& model : models)
    written.tables += (written.tables.empty() ? "" : "\n") + RenderMarkdown(model);
  WriteTables(models, folder);
  const auto add = [&](const std::vector<std::string>& names) {
    for (const std::string& name : names) written.files.push_back("figures/" + name);
  };
  std::vector<FigureModel> figures;
  for (const FigureSpec& spec : figures_) figures.push_back(BuildFigure(spec, rows));
  add(WriteFigures(figures, folder / "figures"));
  add(CopyCellFigures(folder, plan, ledger));
  std::vector<PanelFigure> panels;
  for (const PanelSpec& spec : panels_)
    panels.push_back(BuildPanels(spec, FilesOfCells(plan, ledger, folder, {spec.data}, ".csv")));
  add(WritePanels(panels, folder / "figures"));
  for (const SheetSpec& spec : sheets_) {
    add(WriteSheets({spec},
                    FilesOfCells(plan, ledger, folder, spec.pictures, ".png"),
                    rows,
                    folder / "figures"));
  }
  std::vector<std::vector<FinishedCell>> finished(plan.experiments.size());
  for (const Cell& cell : plan.cells) {
    const LedgerRow* row = ledger.Find(cell.id);
    if (row != nullptr && row->status == CellStatus::kOk)
      finished[cell.experiment].push_back({cell, row->result});
  }
  std::string summary;
  for (size_t i = 0; i < finished.size(); ++i) {
    const std::string own = plan.experiments[i]->Summary(finished[i]);
    summary += (summary.empty() || own.empty() ? "" : "\n") + own;
  }
  if (!summary.empty()) {
    WriteFileAtomically(folder / "summary.md", summary);
    written.files.emplace_back("summary.md");
  }
  return written;
}

}  // namespace chaosense
