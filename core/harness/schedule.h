// Which cell a worker computes next: those that share a preparation stay with one worker, one after
// the other, and nobody is idle while there is work.
#ifndef CHAOSENSE_CORE_HARNESS_SCHEDULE_H_
#define CHAOSENSE_CORE_HARNESS_SCHEDULE_H_

#include <cstddef>
#include <deque>
#include <vector>

#include "core/harness/experiment.h"

namespace chaosense {

class Schedule {
 public:
  // `cells`: in the order of execution, sharing ones (Cell::shares) one after the other.
  Schedule(const std::vector<const Cell*>& cells, size_t workers);

  // The next cell for this worker (0 <= worker < workers); nullptr: there is none left. First cells
  // that were put back, then its own group, then a group that nobody has begun, then the second
  // half of the largest.
  const Cell* Next(size_t worker);
  // A cell that is to be computed again, by whoever asks next.
  void PutBack(const Cell* cell) { again_.push_back(cell); }

  bool empty() const { return left_ == 0 && again_.empty(); }

 private:
  using Group = std::deque<const Cell*>;

  std::deque<Group> waiting_;   // begun by nobody
  std::vector<Group> current_;  // of each worker
  std::deque<const Cell*> again_;
  size_t left_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_SCHEDULE_H_
