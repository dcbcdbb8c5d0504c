#include "core/harness/schedule.h"

#include <algorithm>

namespace chaosense {

Schedule::Schedule(const std::vector<const Cell*>& cells, size_t workers)
    : current_(workers), left_(cells.size()) {
  for (const Cell* cell : cells) {
    const bool joins = !waiting_.empty() && !cell->shares.empty() &&
                       waiting_.back().back()->shares == cell->shares;
    if (!joins) waiting_.emplace_back();
    waiting_.back().push_back(cell);
  }
}

const Cell* Schedule::Next(size_t worker) {
  if (!again_.empty()) {
    const Cell* cell = again_.front();
    again_.pop_front();
    return cell;
  }
  Group& own = current_[worker];
  if (own.empty() && !waiting_.empty()) {
    own = std::move(waiting_.front());
    waiting_.pop_front();
  }
  if (own.empty()) {
    Group& largest =
        *std::max_element(current_.begin(), current_.end(), [](const Group& a, const Group& b) {
          return a.size() < b.size();
        });
    const auto half = static_cast<std::ptrdiff_t>(largest.size() / 2);
    own.assign(largest.begin() + half, largest.end());
    largest.erase(largest.begin() + half, largest.end());
  }
  if (own.empty()) return nullptr;
  const Cell* cell = own.front();
  own.pop_front();
  --left_;
  return cell;
}

}  // namespace chaosense
