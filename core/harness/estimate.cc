#include "core/harness/estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace chaosense {
namespace {

namespace fs = std::filesystem;

// What two cells must have in common to be so much alike.
std::string KindOf(const Cell& cell, Likeness likeness) {
  const Axes& axes = cell.axes;
  if (likeness == Likeness::kOtherRate) return Json{axes.experiment, axes.method, axes.map}.dump();
  Json kind = {axes.experiment, axes.dataset, axes.method, axes.map, axes.variant, axes.rate};
  if (likeness == Likeness::kOtherSetting) return kind.dump();
  const bool any_cipher = likeness == Likeness::kOtherCipher;
  kind.push_back(any_cipher ? "" : axes.cipher);
  Json description = Json::object();
  for (const auto& [key, value] : cell.description.items()) {
    if (key == "seed" || (any_cipher && key.starts_with("cipher"))) continue;
    description[key] = value;
  }
  kind.push_back(std::move(description));
  return kind.dump();
}

struct Sum {
  double seconds = 0;
  double bytes = 0;
  double count = 0;
};

double Noted(const LedgerRow& row, const char* note) {
  const Json& notes = row.result.notes;
  return notes.contains(note) && notes[note].is_number() ? notes[note].get<double>() : 0;
}

double BytesOf(const LedgerRow& row, const fs::path& run_folder) {
  auto bytes = static_cast<double>(
      ToJson(row).dump(-1, ' ', false, Json::error_handler_t::replace).size() + 1);
  std::error_code none;
  for (const auto& entry :
       fs::recursive_directory_iterator(CellFolder(run_folder, row.cell), none)) {
    if (entry.is_regular_file(none)) bytes += static_cast<double>(entry.file_size(none));
  }
  return bytes;
}

// The costs of finished cells.
class Experience {
 public:
  void Add(const Cell& cell, const LedgerRow& row, const fs::path& run_folder) {
    const double fit = Noted(row, "fit_seconds");
    const double bytes = BytesOf(row, run_folder);
    for (size_t i = 0; i < kLikenesses; ++i) {
      Sum& sum = sums_[i][KindOf(cell, static_cast<Likeness>(i))];
      sum.seconds += std::max(0.0, Noted(row, "wall_seconds") - fit);
      sum.bytes += bytes;
      ++sum.count;
    }
    // The first cell of a process fits, the next ones find it done.
    for (const std::string& key : {cell.shares, cell.axes.method}) {
      double& most = fits_[key];
      most = std::max(most, fit);
    }
  }

  void Tell(const Cell& cell, Estimate& estimate) {
    for (size_t i = 0; i < kLikenesses; ++i) {
      const auto found = sums_[i].find(KindOf(cell, static_cast<Likeness>(i)));
      if (found == sums_[i].end()) continue;
      const Sum& sum = found->second;
      ++estimate.known[i];
      estimate.seconds += sum.seconds / sum.count;
      estimate.bytes += sum.bytes / sum.count;
      if (cell.shares.empty() || !fitted_.insert(cell.shares).second) return;
      const auto fit =
          fits_.contains(cell.shares) ? fits_.find(cell.shares) : fits_.find(cell.axes.method);
      if (fit == fits_.end()) return;
      estimate.fit_seconds += fit->second;
      estimate.seconds += fit->second;
      return;
    }
    ++estimate.unknown;
  }

 private:
  std::array<std::map<std::string, Sum>, kLikenesses> sums_;
  std::map<std::string, double> fits_;  // by what cells share, and by method
  std::set<std::string> fitted_;        // shares that are counted
};

}  // namespace

int64_t Estimate::all_known() const {
  return std::accumulate(known.begin(), known.end(), int64_t{});
}

Estimate EstimateCost(const Plan& plan,
                      const std::vector<const Cell*>& to_run,
                      const Ledger& ledger,
                      const fs::path& run_folder) {
  Experience experience;
  std::set<std::string> seen;
  for (const Cell& cell : plan.cells) {
    const LedgerRow* row = ledger.Find(cell.id);
    if (row == nullptr || row->status != CellStatus::kOk || !seen.insert(cell.id).second) continue;
    if (row->result.notes.contains("wall_seconds")) experience.Add(cell, *row, run_folder);
  }
  Estimate estimate;
  for (const Cell* cell : to_run) experience.Tell(*cell, estimate);
  return estimate;
}

std::string OriginOf(const Estimate& estimate) {
  static constexpr std::array<const char*, kLikenesses> kBy = {
      "by cells that differ in the seed alone",
      "by cells with another cipher",
      "by cells of other settings (may be far off)",
      "by cells of another rate, dataset or variant (may be far off)"};
  std::string text = fmt::format("of {} to run", estimate.all_known() + estimate.unknown);
  const char* separator = " ";
  const auto add = [&](int64_t cells, const char* how) {
    if (cells == 0) return;
    text += fmt::format("{}{} {}", separator, cells, how);
    separator = ", ";
  };
  for (size_t i = 0; i < kLikenesses; ++i) add(estimate.known[i], kBy[i]);
  add(estimate.unknown, "unknown, as no cell like them is finished");
  return text;
}

}  // namespace chaosense
