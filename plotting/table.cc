#include "plotting/table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "plotting/footnotes.h"
#include "plotting/missing.h"
#include "plotting/table_grid.h"
#include "plotting/table_order.h"
#include "plotting/table_spread.h"
#include "plotting/table_style.h"
#include "plotting/verdicts.h"

namespace chaosense {
namespace {

using Tuple = TableGrid::Tuple;

constexpr const char* kMissing = "--";
constexpr const char* kPublishedOnly =
    "not measured here; the value beside it is copied from its source";

// Which axes are shown: those that vary, and the innermost if none does.
std::vector<size_t> Varying(const std::vector<std::string>& axes,
                            const std::vector<Tuple>& tuples) {
  std::vector<size_t> varying;
  for (size_t i = 0; i < axes.size(); ++i) {
    if (std::any_of(
            tuples.begin(), tuples.end(), [&](const Tuple& t) { return t[i] != tuples[0][i]; })) {
      varying.push_back(i);
    }
  }
  if (varying.empty() && !axes.empty()) varying.push_back(axes.size() - 1);
  return varying;
}

std::string WhyMissing(const GridEntry& entry) {
  if (!entry.missing.empty()) return ReasonOf(entry.missing);
  return entry.published_only != nullptr ? kPublishedOnly : "not measured";
}

class Builder {
 public:
  Builder(const TableSpec& spec, const std::vector<ResultRow>& all)
      : spec_(spec),
        made_(MakeGrid(spec, all)),
        findings_(JudgeVerdicts(spec, all)),
        lacks_(spec, all),
        counts_(CountsOf(made_)),
        results_(made_.results),
        rows_(made_.rows),
        columns_(made_.columns),
        grid_(made_.cells) {}

  TableModel Build() {
    model_.id = spec_.id;
    RankRows(spec_, made_);
    const std::vector<size_t> row_axes = Varying(spec_.rows, rows_);
    const std::vector<size_t> column_axes = Varying(spec_.columns, columns_);
    model_.title = TitleWith(row_axes, column_axes);
    for (const size_t i : row_axes) model_.row_headings.push_back(LabelOf(spec_, spec_.rows[i]));
    FindUsualSource();
    for (size_t c = 0; c < columns_.size(); ++c) AddColumn(c, column_axes);
    DropLoneParts();
    for (size_t r = 0; r < rows_.size(); ++r) AddRow(r, row_axes);
    MarkBest(spec_, made_, OursPrinted(), model_);
    AddNotes();
    return std::move(model_);
  }

 private:
  enum class Part { kOurs, kPublished, kDifference };

  // The axes with one value, after the title: "Table 1 (dataset set11, rate 0.25; dB)".
  std::string TitleWith(const std::vector<size_t>& row_axes,
                        const std::vector<size_t>& column_axes) const {
    std::vector<std::string> constant;
    const auto add = [&](const auto& axes, const auto& tuples, const std::vector<size_t>& shown) {
      for (size_t i = 0; i < axes.size() && !tuples.empty(); ++i) {
        if (std::find(shown.begin(), shown.end(), i) != shown.end() || tuples[0][i].empty())
          continue;
        constant.push_back(fmt::format(
            "{} {}", LabelOf(spec_, axes[i]), HeadingOf(spec_, results_, axes[i], tuples[0][i])));
      }
    };
    add(spec_.rows, rows_, row_axes);
    add(spec_.columns, columns_, column_axes);
    const std::string unit = spec_.metrics.size() == 1 ? StyleOf(spec_, spec_.metrics[0]).unit : "";
    std::string suffix = fmt::format("{}", fmt::join(constant, ", "));
    const std::string title = spec_.title.empty() ? spec_.id : spec_.title;
    if (!unit.empty() && title.find(unit) == std::string::npos)
      suffix += (suffix.empty() ? "" : "; ") + unit;
    return suffix.empty() ? title : fmt::format("{} ({})", title, suffix);
  }

  // The source of most published values goes below the table; the others get a footnote each.
  void FindUsualSource() {
    std::map<std::string, int> uses;
    for (const auto& line : grid_) {
      for (const GridEntry& entry : line) {
        if (spec_.published && entry.published() != nullptr) ++uses[entry.published()->source];
      }
    }
    int most = 0;
    for (const auto& [source, count] : uses) {
      if (count > most) {
        most = count;
        usual_source_ = source;
      }
    }
  }

  void AddColumn(size_t c, const std::vector<size_t>& axes) {
    bool ours = false, published = false, both = false;
    for (size_t r = 0; r < rows_.size(); ++r) {
      const GridEntry& entry = grid_[r][c];
      const bool has_published = spec_.published && entry.published() != nullptr;
      ours = ours || entry.measured() || !entry.missing.empty();
      published = published || has_published;
      both =
          both || (entry.measured() && has_published &&
                   StyleOf(spec_, MetricAt(spec_, made_, r, c)).format != MetricFormat::kVerdict);
    }
    std::vector<Part> parts;
    if (ours || !published) parts.push_back(Part::kOurs);
    if (published) parts.push_back(Part::kPublished);
    if (both) parts.push_back(Part::kDifference);
    TableColumn column;
    for (const size_t i : axes)
      column.headings.push_back(HeadingOf(spec_, results_, spec_.columns[i], columns_[c][i]));
    for (const Part part : parts) {
      column.parts.push_back(part == Part::kOurs        ? "ours"
                             : part == Part::kPublished ? spec_.published_label
                                                        : "diff");
    }
    parts_.push_back(std::move(parts));
    model_.columns.push_back(std::move(column));
  }

  // Without any published value, "ours" everywhere says nothing.
  void DropLoneParts() {
    const bool only_ours = std::all_of(parts_.begin(), parts_.end(), [](const auto& parts) {
      return parts == std::vector{Part::kOurs};
    });
    for (TableColumn& column : model_.columns) {
      if (only_ours) column.parts = {""};
    }
  }

  void AddRow(size_t r, const std::vector<size_t>& axes) {
    TableRow row;
    for (const size_t i : axes)
      row.headings.push_back(
          {HeadingOf(spec_, results_, spec_.rows[i], rows_[r][i]), {}, false, ""});
    // Where all of a row is missing for one reason, the mark stands at its name.
    std::set<std::string> reasons;
    bool any_measured = false, any_missing = false, any_published_only = false;
    for (size_t c = 0; c < columns_.size(); ++c) {
      const GridEntry& entry = grid_[r][c];
      any_published_only = any_published_only || entry.published_only != nullptr;
      if (parts_[c][0] != Part::kOurs) continue;
      any_measured = any_measured || entry.measured();
      any_missing = any_missing || !entry.missing.empty();
      if (!entry.measured()) reasons.insert(WhyMissing(entry));
    }
    // A row of the literature may have gaps of its own.
    if (!any_measured && !any_missing && any_published_only) reasons = {kPublishedOnly};
    const bool whole_row = !any_measured && reasons.size() == 1;
    if (whole_row) row.headings.back().mark = footnotes_.MarkFor(*reasons.begin());
    for (size_t c = 0; c < columns_.size(); ++c) {
      for (const Part part : parts_[c]) {
        row.cells.push_back(CellFor(r, c, part, whole_row));
        AddFindings(r, c, part, row.cells.back());
      }
    }
    model_.rows.push_back(std::move(row));
  }

  TableCell CellFor(size_t r, size_t c, Part part, bool row_is_marked) {
    const GridEntry& entry = grid_[r][c];
    const std::string metric = MetricAt(spec_, made_, r, c);
    const ValueStyle style = StyleOf(spec_, metric);
    const ResultRow* published = entry.published();
    TableCell cell;
    if (part == Part::kOurs) {
      if (!entry.measured()) {
        cell.text = kMissing;
        if (!row_is_marked) cell.mark = footnotes_.MarkFor(WhyMissing(entry));
        return cell;
      }
      const double value = ValueOf(spec_, metric, entry);
      cell.value = value * style.scale;
      cell.text = (AtLimit(spec_, metric, value) ? "≥ " : "") +
                  FormatValue(*cell.value, style.format, style.precision) +
                  SpreadText(spec_, metric, entry, style, counts_.size() > 1);
      cell.lack = lacks_.Of(metric, entry);
      if (!cell.lack.empty()) cell.mark = footnotes_.MarkFor(cell.lack);
    } else if (published != nullptr && (part == Part::kPublished || entry.measured())) {
      cell.value = *published->published * style.scale;
      if (part == Part::kPublished) {
        cell.text = FormatValue(*cell.value, style.format, style.precision);
        if (published->source != usual_source_) cell.mark = footnotes_.MarkFor(published->source);
      } else {
        cell.value = ValueOf(spec_, metric, entry) * style.scale - *cell.value;
        cell.text = FormatDifference(*cell.value, style.precision);
      }
    }
    return cell;
  }

  // Footnotes of verdicts that differ; a cell may have a mark already.
  void AddFindings(size_t r, size_t c, Part part, TableCell& cell) {
    const auto found = findings_.by_row.find(rows_[r]);
    if (found == findings_.by_row.end() || part == Part::kDifference || !cell.value) return;
    for (const VerdictFinding& finding : found->second) {
      if (finding.metric != MetricAt(spec_, made_, r, c) ||
          finding.published != (part == Part::kPublished))
        continue;
      cell.mark += (cell.mark.empty() ? "" : ",") + footnotes_.MarkFor(finding.text);
    }
  }

  // Of each column, where among the printed ones ours stands.
  std::vector<std::optional<size_t>> OursPrinted() const {
    std::vector<std::optional<size_t>> ours;
    size_t printed = 0;
    for (const std::vector<Part>& parts : parts_) {
      ours.push_back(parts[0] == Part::kOurs ? std::optional(printed) : std::nullopt);
      printed += parts.size();
    }
    return ours;
  }

  void AddNotes() {
    model_.footnotes = footnotes_.texts();
    if (columns_.empty()) {  // nothing at all was measured: no cell to hang a footnote on
      std::set<std::string> told;
      for (const ResultRow* row : results_) {
        if (row->missing() && told.insert(row->status).second) model_.notes.push_back(row->status);
      }
    }
    if (!usual_source_.empty())
      model_.notes.push_back(fmt::format("{}: {}", spec_.published_label, usual_source_));
    if (const std::string note = SpreadNote(spec_, made_); !note.empty())
      model_.notes.push_back(note);
    if (spec_.definitions) {
      for (const std::string& metric : spec_.metrics) {
        const bool shown = std::any_of(
            results_.begin(), results_.end(), [&](const auto* r) { return r->metric == metric; });
        if (shown)
          model_.notes.push_back(fmt::format("{}: {}", metric, MetricByName(metric).definition));
      }
    }
    model_.notes.insert(model_.notes.end(), findings_.notes.begin(), findings_.notes.end());
    model_.notes.insert(model_.notes.end(), spec_.footnotes.begin(), spec_.footnotes.end());
  }

  const TableSpec& spec_;
  TableGrid made_;
  const VerdictFindings findings_;
  const Lacks lacks_;
  const std::set<size_t> counts_;  // results that a cell averages
  const std::vector<const ResultRow*>& results_;
  const std::vector<Tuple>& rows_;
  const std::vector<Tuple>& columns_;
  const std::vector<std::vector<GridEntry>>& grid_;
  std::vector<std::vector<Part>> parts_;
  std::string usual_source_;
  Footnotes footnotes_;
  TableModel model_;
};

}  // namespace

size_t TableModel::PrintedColumns() const {
  size_t count = row_headings.size();
  for (const TableColumn& column : columns) count += column.parts.size();
  return count;
}

TableModel BuildTable(const TableSpec& spec, const std::vector<ResultRow>& rows) {
  TableSpec whole = spec;
  for (const std::string& axis : SweepAxes(rows)) {
    const auto in = [&axis](const std::vector<std::string>& axes) {
      return std::find(axes.begin(), axes.end(), axis) != axes.end();
    };
    if (!in(spec.rows) && !in(spec.columns) && !spec.filter.contains(axis))
      whole.rows.push_back(axis);
  }
  return Builder(whole, rows).Build();
}

std::vector<TableModel> BuildTables(const std::vector<TableSpec>& specs,
                                    const std::vector<ResultRow>& rows) {
  std::vector<TableModel> models;
  for (const TableSpec& spec : specs) models.push_back(BuildTable(spec, rows));
  const auto empty = [](const TableModel& model) { return model.rows.empty(); };
  if (!std::ranges::all_of(models, empty)) std::erase_if(models, empty);
  return models;
}

}  // namespace chaosense
