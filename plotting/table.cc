#include "plotting/table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "core/base/error.h"
#include "plotting/table_grid.h"
#include "plotting/verdicts.h"

namespace chaosense {
namespace {

using Tuple = TableGrid::Tuple;

constexpr const char* kMissing = "--";
constexpr const char* kPublishedOnly =
    "not measured here; the value beside it is copied from its source";

template <typename T>
T ForMetric(const std::map<std::string, T>& values, const std::string& metric, T otherwise) {
  if (const auto found = values.find(metric); found != values.end()) return found->second;
  if (const auto all = values.find(""); all != values.end()) return all->second;
  return otherwise;
}

// How a metric is printed in this table.
struct Style {
  double scale;
  int precision;
  MetricFormat format;
  std::string unit;
  Direction direction;
};

Style StyleOf(const TableSpec& spec, const std::string& metric) {
  const MetricInfo& info = MetricByName(metric, spec.where);
  const double scale = ForMetric(spec.scale, metric, 1.0);
  return {scale,
          ForMetric(spec.precision, metric, info.precision),
          ForMetric(spec.format, metric, info.format),
          ForMetric(spec.unit, metric, scale == 100 ? std::string("%") : info.unit),
          info.direction};
}

std::string Label(const TableSpec& spec, const std::string& value) {
  const auto found = spec.labels.find(value);
  return found == spec.labels.end() ? value : found->second;
}

std::string MetricLabel(const TableSpec& spec, const std::string& metric) {
  if (spec.labels.contains(metric)) return spec.labels.at(metric);
  const std::string unit = StyleOf(spec, metric).unit;
  return unit.empty() ? metric : fmt::format("{} ({})", metric, unit);
}

size_t Decimals(const std::string& number) {
  const size_t point = number.find('.');
  return point == std::string::npos || number.find('e') != std::string::npos
             ? 0
             : number.size() - point - 1;
}

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

// Letters for footnotes in order of first use.
class Footnotes {
 public:
  std::string MarkFor(const std::string& text) {
    const auto [found, fresh] = marks_.emplace(text, "");
    if (fresh) {
      found->second = Letters(texts_.size());
      texts_.push_back(text);
    }
    return found->second;
  }
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  static std::string Letters(size_t i) {  // a ... z, aa, ab, ...
    std::string letters(1, static_cast<char>('a' + i % 26));
    return i < 26 ? letters : Letters(i / 26 - 1) + letters;
  }
  std::map<std::string, std::string> marks_;
  std::vector<std::string> texts_;
};

double MeanOf(const std::vector<const ResultRow*>& rows) {
  double sum = 0;
  for (const ResultRow* row : rows) sum += row->value;
  return sum / static_cast<double>(rows.size());
}

std::string Signed(double difference, int precision) {
  if (!std::isfinite(difference)) return FormatValue(difference, MetricFormat::kNumber, precision);
  std::string text = fmt::format("{:+.{}f}", difference, precision);
  if (text.find_first_of("123456789") == std::string::npos)
    text.erase(0, 1);  // neither +0.00 nor -0.00
  return text;
}

std::string WhyMissing(const GridEntry& entry) {
  if (entry.failed != nullptr) return entry.failed->status;
  return entry.published_only != nullptr ? kPublishedOnly : "not measured";
}

class Builder {
 public:
  Builder(const TableSpec& spec, const std::vector<ResultRow>& all)
      : spec_(spec),
        made_(MakeGrid(spec, all)),
        findings_(JudgeVerdicts(spec, all)),
        results_(made_.results),
        rows_(made_.rows),
        columns_(made_.columns),
        grid_(made_.cells) {}

  TableModel Build() {
    model_.id = spec_.id;
    for (const ResultRow* row : results_)
      rate_digits_ = std::max(rate_digits_, Decimals(AxisText(*row, "rate")));
    if (!rows_.empty()) Rank();
    const std::vector<size_t> row_axes = Varying(spec_.rows, rows_);
    const std::vector<size_t> column_axes = Varying(spec_.columns, columns_);
    model_.title = TitleWith(row_axes, column_axes);
    for (const size_t i : row_axes) model_.row_headings.push_back(Label(spec_, spec_.rows[i]));
    FindUsualSource();
    for (size_t c = 0; c < columns_.size(); ++c) AddColumn(c, column_axes);
    DropLoneParts();
    for (size_t r = 0; r < rows_.size(); ++r) AddRow(r, row_axes);
    if (spec_.best) MarkBest();
    AddNotes();
    return std::move(model_);
  }

 private:
  enum class Part { kOurs, kPublished, kDifference };

  // Rates with equally many digits: 0.25 and 0.10.
  std::string AxisLabel(const std::string& axis, const std::string& value) const {
    if (axis == "metric" && !value.empty()) return MetricLabel(spec_, value);
    const bool plain = axis == "rate" && !value.empty() && value.find('e') == std::string::npos;
    if (!plain || spec_.labels.contains(value)) return Label(spec_, value);
    return value + std::string(rate_digits_ > 0 && Decimals(value) == 0 ? "." : "") +
           std::string(rate_digits_ - Decimals(value), '0');
  }

  std::string MetricAt(size_t r, size_t c) const {
    for (size_t i = 0; i < spec_.rows.size(); ++i) {
      if (spec_.rows[i] == "metric") return rows_[r][i];
    }
    for (size_t i = 0; i < spec_.columns.size(); ++i) {
      if (spec_.columns[i] == "metric") return columns_[c][i];
    }
    return spec_.metrics[0];
  }

  // The axes with one value, after the title: "Table 1 (dataset set11, rate 0.25; dB)".
  std::string TitleWith(const std::vector<size_t>& row_axes,
                        const std::vector<size_t>& column_axes) const {
    std::vector<std::string> constant;
    const auto add = [&](const auto& axes, const auto& tuples, const std::vector<size_t>& shown) {
      for (size_t i = 0; i < axes.size() && !tuples.empty(); ++i) {
        if (std::find(shown.begin(), shown.end(), i) != shown.end() || tuples[0][i].empty())
          continue;
        constant.push_back(
            fmt::format("{} {}", Label(spec_, axes[i]), AxisLabel(axes[i], tuples[0][i])));
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
      ours = ours || entry.measured() || entry.failed != nullptr;
      published = published || has_published;
      both = both || (entry.measured() && has_published &&
                      StyleOf(spec_, MetricAt(r, c)).format != MetricFormat::kVerdict);
    }
    std::vector<Part> parts;
    if (ours || !published) parts.push_back(Part::kOurs);
    if (published) parts.push_back(Part::kPublished);
    if (both) parts.push_back(Part::kDifference);
    TableColumn column;
    for (const size_t i : axes)
      column.headings.push_back(AxisLabel(spec_.columns[i], columns_[c][i]));
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
      row.headings.push_back({AxisLabel(spec_.rows[i], rows_[r][i]), {}, false, ""});
    // Where all of a row is missing for one reason, the mark stands at its name.
    std::set<std::string> reasons;
    bool any_measured = false, any_failed = false, any_published_only = false;
    for (size_t c = 0; c < columns_.size(); ++c) {
      const GridEntry& entry = grid_[r][c];
      any_published_only = any_published_only || entry.published_only != nullptr;
      if (parts_[c][0] != Part::kOurs) continue;
      any_measured = any_measured || entry.measured();
      any_failed = any_failed || entry.failed != nullptr;
      if (!entry.measured()) reasons.insert(WhyMissing(entry));
    }
    // A row of the literature may have gaps of its own.
    if (!any_measured && !any_failed && any_published_only) reasons = {kPublishedOnly};
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
    const Style style = StyleOf(spec_, MetricAt(r, c));
    const ResultRow* published = entry.published();
    TableCell cell;
    if (part == Part::kOurs) {
      if (!entry.measured()) {
        cell.text = kMissing;
        if (!row_is_marked) cell.mark = footnotes_.MarkFor(WhyMissing(entry));
        return cell;
      }
      if (entry.ours.size() > 1) seeds_.insert(entry.ours.size());
      cell.value = MeanOf(entry.ours) * style.scale;
      cell.text = FormatValue(*cell.value, style.format, style.precision) + Interval(entry, style);
    } else if (published != nullptr && (part == Part::kPublished || entry.measured())) {
      cell.value = *published->published * style.scale;
      if (part == Part::kPublished) {
        cell.text = FormatValue(*cell.value, style.format, style.precision);
        if (published->source != usual_source_) cell.mark = footnotes_.MarkFor(published->source);
      } else {
        cell.value = MeanOf(entry.ours) * style.scale - *cell.value;
        cell.text = Signed(*cell.value, style.precision);
      }
    }
    return cell;
  }

  // Footnotes of verdicts that differ; a cell may have a mark already.
  void AddFindings(size_t r, size_t c, Part part, TableCell& cell) {
    const auto found = findings_.by_row.find(rows_[r]);
    if (found == findings_.by_row.end() || part == Part::kDifference || !cell.value) return;
    for (const VerdictFinding& finding : found->second) {
      if (finding.metric != MetricAt(r, c) || finding.published != (part == Part::kPublished))
        continue;
      cell.mark += (cell.mark.empty() ? "" : ",") + footnotes_.MarkFor(finding.text);
    }
  }

  // " ±0.002": half of the 95 % interval of the mean over the seeds, where the spec asks for it.
  std::string Interval(const GridEntry& entry, const Style& style) const {
    if (!spec_.interval || style.format != MetricFormat::kNumber) return "";
    const std::optional<double> half = HalfInterval(entry);
    return half ? fmt::format(" ±{:.{}f}", *half * style.scale, style.precision) : "";
  }

  // Rows by the metrics of `rank_by` in turn, those without a value last.
  void Rank() {
    std::vector<std::vector<double>> keys(rows_.size());  // smaller is better
    for (const std::string& metric : spec_.rank_by) {
      size_t column = 0;
      while (column < columns_.size() && MetricAt(0, column) != metric) ++column;
      if (column == columns_.size()) continue;
      const bool higher = StyleOf(spec_, metric).direction != Direction::kLower;
      for (size_t r = 0; r < rows_.size(); ++r) {
        const GridEntry& entry = made_.cells[r][column];
        const double mean = entry.measured() ? MeanOf(entry.ours) : std::nan("");
        keys[r].push_back(std::isnan(mean) ? std::numeric_limits<double>::infinity()
                          : higher         ? -mean
                                           : mean);
      }
    }
    std::vector<size_t> places(rows_.size());
    std::iota(places.begin(), places.end(), size_t{0});
    std::stable_sort(
        places.begin(), places.end(), [&](size_t a, size_t b) { return keys[a] < keys[b]; });
    TableGrid ranked = made_;
    for (size_t r = 0; r < places.size(); ++r) {
      ranked.rows[r] = made_.rows[places[r]];
      ranked.cells[r] = made_.cells[places[r]];
    }
    made_.rows = std::move(ranked.rows);
    made_.cells = std::move(ranked.cells);
  }

  // Ties at the printed precision are all best. Alone in its group, a value is neither.
  void MarkBest() {
    std::vector<size_t> axes;
    for (size_t i = 0; i < spec_.rows.size(); ++i) {
      if (std::find(spec_.best->begin(), spec_.best->end(), spec_.rows[i]) != spec_.best->end())
        axes.push_back(i);
    }
    size_t printed = 0;
    for (size_t c = 0; c < columns_.size(); printed += parts_[c].size(), ++c) {
      if (parts_[c][0] != Part::kOurs) continue;
      std::map<Tuple, std::vector<size_t>> groups;
      for (size_t r = 0; r < rows_.size(); ++r) {
        Tuple key = {MetricAt(r, c)};
        for (const size_t i : axes) key.push_back(rows_[r][i]);
        const TableCell& cell = model_.rows[r].cells[printed];
        if (cell.value && !std::isnan(*cell.value)) groups[key].push_back(r);
      }
      for (const auto& [key, members] : groups) {
        const Style style = StyleOf(spec_, key[0]);
        const bool judged =
            style.direction == Direction::kHigher || style.direction == Direction::kLower;
        if (!judged || style.format == MetricFormat::kVerdict || members.size() < 2) continue;
        const double sign = style.direction == Direction::kHigher ? 1 : -1;
        const auto printed_value = [&](size_t r) {
          const double value = *model_.rows[r].cells[printed].value;
          const auto read = ParseNumber(fmt::format("{:.{}f}", value, style.precision));
          return sign * read.value_or(value);
        };
        double best = printed_value(members[0]);
        for (const size_t r : members) best = std::max(best, printed_value(r));
        for (const size_t r : members)
          model_.rows[r].cells[printed].best = printed_value(r) == best;
      }
    }
  }

  void AddNotes() {
    model_.footnotes = footnotes_.texts();
    if (columns_.empty()) {  // nothing at all was measured: no cell to hang a footnote on
      for (const ResultRow* row : results_) {
        if (row->failed()) model_.notes.push_back(row->status);
      }
    }
    if (!usual_source_.empty())
      model_.notes.push_back(fmt::format("{}: {}", spec_.published_label, usual_source_));
    if (!seeds_.empty())
      model_.notes.push_back(fmt::format("ours: mean over {} seeds", fmt::join(seeds_, " or ")));
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
  const std::vector<const ResultRow*>& results_;
  const std::vector<Tuple>& rows_;
  const std::vector<Tuple>& columns_;
  const std::vector<std::vector<GridEntry>>& grid_;
  std::vector<std::vector<Part>> parts_;
  size_t rate_digits_ = 0;
  std::string usual_source_;
  std::set<size_t> seeds_;
  Footnotes footnotes_;
  TableModel model_;
};

}  // namespace

size_t TableModel::PrintedColumns() const {
  size_t count = row_headings.size();
  for (const TableColumn& column : columns) count += column.parts.size();
  return count;
}

namespace {

// MetricFormat::kAttack in words.
std::string AttackText(double value) {
  if (std::isnan(value)) return "n/a";
  if (std::isinf(value)) return value > 0 ? "passed" : "info";
  if (value >= 0) return fmt::format("broken ({:.0f})", value);
  return value > -2 ? "weak" : fmt::format("expected ({:.0f})", -2 - value);
}

}  // namespace

std::string FormatValue(double value, MetricFormat format, int precision) {
  if (format == MetricFormat::kAttack) return AttackText(value);
  if (std::isnan(value)) return format == MetricFormat::kVerdict ? kMissing : "nan";
  if (format == MetricFormat::kVerdict)
    return value == 1               ? "pass"
           : value == 0             ? "fail"
           : value > 0 && value < 1 ? fmt::format("{:.0f} % pass", 100 * value)  // of several seeds
                                    : fmt::format("{}", value);
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (format == MetricFormat::kCount) precision = 0;
  std::string text = fmt::format("{:.{}f}", value, precision);
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  if (zero && text[0] == '-') text.erase(0, 1);
  if (zero && value > 0 && format == MetricFormat::kPValue)
    return fmt::format("<{:.{}f}", std::pow(10, -precision), precision);
  return text;
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

}  // namespace chaosense
