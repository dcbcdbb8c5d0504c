#include "plotting/verdicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "core/metrics/metric.h"
#include "plotting/table_grid.h"

namespace chaosense {
namespace {

using Tuple = TableGrid::Tuple;

struct Bounds {
  std::optional<double> low, high;
  bool known() const { return low || high; }
  bool Pass(double value) const { return (!low || value > *low) && (!high || value < *high); }
  std::string Text() const {
    if (low && high) return fmt::format("{:.6g} to {:.6g}", *low, *high);
    return low ? fmt::format("above {:.6g}", *low) : fmt::format("below {:.6g}", *high);
  }
};

const char* Word(bool pass) { return pass ? "pass" : "fail"; }

// The values of one row of the table, by metric.
class RowValues {
 public:
  RowValues(const TableGrid& grid, size_t r) {
    for (size_t c = 0; c < grid.columns.size(); ++c)
      entries_[grid.columns[c][0]] = &grid.cells[r][c];
  }
  std::optional<double> Ours(const std::string& metric) const {
    const auto found = entries_.find(metric);
    if (found == entries_.end() || !found->second->measured()) return std::nullopt;
    double sum = 0;
    for (const ResultRow* row : found->second->ours) sum += row->value;
    return sum / static_cast<double>(found->second->ours.size());
  }
  std::optional<double> Published(const std::string& metric) const {
    const auto found = entries_.find(metric);
    if (found == entries_.end() || found->second->published() == nullptr) return std::nullopt;
    return found->second->published()->published;
  }
  // A bound is a number, or a metric of this row.
  std::optional<double> BoundOf(const VerdictBound& bound) const {
    return bound.number ? bound.number : bound.metric.empty() ? std::nullopt : Ours(bound.metric);
  }

 private:
  std::map<std::string, const GridEntry*> entries_;
};

// Counts over the rows of a table, for its notes.
struct Counts {
  int ours = 0, ours_differ = 0;
  int published = 0, published_differ = 0, unknown = 0, unknown_fail = 0;
};

class Judge {
 public:
  Judge(const TableSpec& table, const VerdictSpec& verdict) : table_(table), verdict_(verdict) {}

  void Ours(const RowValues& row, std::vector<VerdictFinding>& findings) {
    const auto own = row.Ours(verdict_.own), printed = row.Ours(verdict_.printed);
    if (!own || !printed) return;
    ++counts_.ours;
    if (*own == *printed) return;
    ++counts_.ours_differ;
    findings.push_back({ShownOf({verdict_.printed, verdict_.own, verdict_.value}),
                        false,
                        fmt::format("the verdicts differ: {} says {}, {} says {}{}",
                                    verdict_.own,
                                    Word(*own == 1),
                                    verdict_.printed,
                                    Word(*printed == 1),
                                    Why())});
  }

  void Published(const RowValues& row, std::vector<VerdictFinding>& findings) {
    const auto value = row.Published(verdict_.value);
    const Bounds own{row.BoundOf(verdict_.own_low), row.BoundOf(verdict_.own_high)};
    const Bounds printed{row.BoundOf(verdict_.printed_low), row.BoundOf(verdict_.printed_high)};
    if (!value || !printed.known()) return;
    const bool by_print = printed.Pass(*value);
    const auto add = [&](std::string text) {
      findings.push_back({ShownOf({verdict_.value}), true, std::move(text)});
    };
    if (!own.known()) {
      ++counts_.unknown;
      if (by_print) return;
      ++counts_.unknown_fail;
      add(
          fmt::format("fails the printed bound ({}); the size of its ciphertext, and so its own "
                      "bound, is not known",
                      printed.Text()));
      return;
    }
    ++counts_.published;
    if (own.Pass(*value) == by_print) return;
    ++counts_.published_differ;
    add(
        fmt::format("the published value would {} by the printed bound ({}) and {} by that of the "
                    "ciphertext's own size ({}){}",
                    Word(by_print),
                    printed.Text(),
                    Word(!by_print),
                    own.Text(),
                    Why()));
  }

  void AddNotes(std::vector<std::string>& notes) const {
    const auto sentence = [](int differ, int all, const std::string& what) {
      return differ == 0 ? fmt::format("agree on all {} {}", all, what)
                         : fmt::format("differ on {} of {} {}", differ, all, what);
    };
    if (counts_.ours > 0) {
      notes.push_back(fmt::format("{} and {} {}.",
                                  verdict_.own,
                                  verdict_.printed,
                                  sentence(counts_.ours_differ, counts_.ours, "values of ours")));
    }
    if (counts_.published > 0) {
      notes.push_back(
          fmt::format("Own and printed bounds of {} {}.",
                      verdict_.value,
                      sentence(counts_.published_differ, counts_.published, "published values")));
    }
    if (counts_.unknown > 0) {
      notes.push_back(fmt::format(
          "{} published values of {} have no own bound, as their ciphertext's size is not known; "
          "{} of them fail the printed one.",
          counts_.unknown,
          verdict_.value,
          counts_.unknown_fail));
    }
  }

 private:
  // The first of these metrics that the table shows; "" for none.
  std::string ShownOf(const std::vector<std::string>& metrics) const {
    for (const std::string& metric : metrics) {
      const auto& shown = table_.metrics;
      if (std::find(shown.begin(), shown.end(), metric) != shown.end()) return metric;
    }
    return "";
  }
  std::string Why() const { return verdict_.why.empty() ? "" : ": " + verdict_.why; }

  const TableSpec& table_;
  const VerdictSpec& verdict_;
  Counts counts_;
};

}  // namespace

VerdictFindings JudgeVerdicts(const TableSpec& spec, const std::vector<ResultRow>& rows) {
  VerdictFindings findings;
  for (const VerdictSpec& verdict : spec.verdicts) {
    TableSpec values = spec;
    values.columns = {"metric"};
    values.metrics = {verdict.value, verdict.own, verdict.printed};
    for (const VerdictBound* bound : {&verdict.own_low, &verdict.own_high}) {
      if (!bound->metric.empty()) values.metrics.push_back(bound->metric);
    }
    const TableGrid grid = MakeGrid(values, rows);
    Judge judge(spec, verdict);
    for (size_t r = 0; r < grid.rows.size(); ++r) {
      const RowValues row(grid, r);
      std::vector<VerdictFinding>& found = findings.by_row[grid.rows[r]];
      judge.Ours(row, found);
      judge.Published(row, found);
    }
    judge.AddNotes(findings.notes);
  }
  return findings;
}

}  // namespace chaosense
