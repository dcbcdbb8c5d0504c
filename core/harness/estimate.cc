#include "core/harness/estimate.h"

#include <map>
#include <set>
#include <string>
#include <tuple>

namespace chaosense {
namespace {

namespace fs = std::filesystem;

auto KindOf(const Axes& axes) {
  return std::tuple(axes.experiment, axes.method, axes.cipher, axes.map);
}

struct Sum {
  double seconds = 0;
  double bytes = 0;
  double count = 0;
};

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

}  // namespace

Estimate EstimateCost(const Plan& plan,
                      const std::vector<const Cell*>& to_run,
                      const Ledger& ledger,
                      const fs::path& run_folder) {
  std::map<decltype(KindOf(Axes())), Sum> sums;
  std::set<std::string> seen;
  for (const Cell& cell : plan.cells) {
    const LedgerRow* row = ledger.Find(cell.id);
    if (row == nullptr || row->status != CellStatus::kOk || !seen.insert(cell.id).second) continue;
    const auto seconds = row->result.notes.find("wall_seconds");
    if (seconds == row->result.notes.end() || !seconds->is_number()) continue;
    Sum& sum = sums[KindOf(cell.axes)];
    sum.seconds += seconds->get<double>();
    sum.bytes += BytesOf(*row, run_folder);
    ++sum.count;
  }
  Estimate estimate;
  for (const Cell* cell : to_run) {
    const auto found = sums.find(KindOf(cell->axes));
    if (found == sums.end()) {
      ++estimate.unknown;
      continue;
    }
    ++estimate.known;
    estimate.seconds += found->second.seconds / found->second.count;
    estimate.bytes += found->second.bytes / found->second.count;
  }
  return estimate;
}

}  // namespace chaosense
