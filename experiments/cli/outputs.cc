#include "experiments/cli/outputs.h"

#include <limits>
#include <set>

#include "core/base/file.h"
#include "core/metrics/metric.h"
#include "experiments/cli/command.h"
#include "plotting/figure.h"
#include "plotting/render.h"
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
  return row;
}

// What the plan's cells would give: one row for each metric and image.
std::vector<ResultRow> ExpectedRows(const Plan& plan,
                                    const std::map<std::string, std::vector<std::string>>& filter,
                                    const std::vector<std::string>& metrics) {
  const auto found = filter.find("image");
  const auto images = found == filter.end() ? std::vector<std::string>{"*mean"} : found->second;
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

// Figures that cells drew (a gnuplot script with its data and pictures) are shown with the others.
void CopyCellFigures(const std::filesystem::path& folder, const Plan& plan, const Ledger& ledger) {
  for (const Cell& cell : plan.cells) {
    const LedgerRow* row = ledger.Find(cell.id);
    if (row == nullptr || row->status != CellStatus::kOk) continue;
    for (const std::string& file : row->result.files) {
      if (std::filesystem::path(file).extension() != ".gp") continue;
      for (const char* extension : {".csv", ".gp", ".svg", ".pdf"}) {
        const std::filesystem::path name = std::filesystem::path(file).replace_extension(extension);
        const std::filesystem::path from = CellFolder(folder, cell.id) / name;
        if (std::filesystem::exists(from))
          WriteFileAtomically(folder / "figures" / name.filename(), ReadFile(from));
      }
    }
  }
}

// Their files would replace each other.
template <typename Spec>
void RequireDifferentIds(const std::vector<Spec>& specs) {
  std::set<std::string> ids;
  for (const Spec& spec : specs) {
    if (!ids.insert(spec.id).second)
      throw ConfigError("{}/id: \"{}\" is taken; ids must differ", spec.where, spec.id);
  }
}

}  // namespace

std::vector<ResultRow> ResultRows(const Plan& plan, const Ledger& ledger) {
  std::vector<ResultRow> rows;
  for (const Cell& cell : plan.cells) {
    const LedgerRow* found = ledger.Find(cell.id);
    ResultRow row = RowOf(cell.axes);
    if (found == nullptr || found->status != CellStatus::kOk) {
      row.value = std::numeric_limits<double>::quiet_NaN();
      row.status = "failed: " + (found == nullptr ? "not run" : found->error);
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

Outputs::Outputs(const Config& config)
    : published_(ReadPublishedFiles(ProjectFolder() / "configs" / "published",
                                    config.value.at("published").get<std::vector<std::string>>(),
                                    config.Where("/published"))),
      aliases_(config.value.at("aliases").get<std::map<std::string, std::string>>()) {
  for (size_t i = 0; i < config.value.at("tables").size(); ++i) {
    tables_.push_back(
        ParseTableSpec(config.value["tables"][i], config.Where(fmt::format("/tables/{}", i))));
  }
  for (size_t i = 0; i < config.value.at("figures").size(); ++i) {
    figures_.push_back(
        ParseFigureSpec(config.value["figures"][i], config.Where(fmt::format("/figures/{}", i))));
  }
  RequireDifferentIds(tables_);
  RequireDifferentIds(figures_);
}

void Outputs::CheckTables(const Plan& plan) const {
  for (const TableSpec& spec : tables_)
    BuildTable(spec, ExpectedRows(plan, spec.filter, spec.metrics));
  for (const FigureSpec& spec : figures_)
    BuildFigure(spec, ExpectedRows(plan, spec.filter, {spec.y}));
}

std::string Outputs::Write(const std::filesystem::path& folder,
                           const Plan& plan,
                           const Ledger& ledger) const {
  std::vector<ResultRow> rows = ResultRows(plan, ledger);
  JoinPublished(published_, aliases_, rows);
  for (ResultRow& row : PublishedOnlyRows(published_, aliases_, rows))
    rows.push_back(std::move(row));
  WriteFileAtomically(folder / "cells.csv", WriteCells(rows));
  std::string shown;
  std::vector<TableModel> models;
  for (const TableSpec& spec : tables_) {
    models.push_back(BuildTable(spec, rows));
    shown += (shown.empty() ? "" : "\n") + RenderMarkdown(models.back());
  }
  if (!models.empty()) WriteTables(models, folder);
  std::vector<FigureModel> figures;
  for (const FigureSpec& spec : figures_) figures.push_back(BuildFigure(spec, rows));
  WriteFigures(figures, folder / "figures");
  CopyCellFigures(folder, plan, ledger);
  return shown;
}

}  // namespace chaosense
