// Time and memory of one stage.
#ifndef CHAOSENSE_EXPERIMENTS_STAGE_COST_H_
#define CHAOSENSE_EXPERIMENTS_STAGE_COST_H_

#include <chrono>
#include <optional>

namespace chaosense {

// Wall-clock seconds of one call.
template <typename Stage>
double SecondsOf(Stage stage) {
  const auto start = std::chrono::steady_clock::now();
  stage();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// The peak resident memory of the process since construction. Linux only: what free blocks the
// allocator holds is given back first, then /proc/self/clear_refs resets VmHWM. Other threads of
// the process count too.
class MemoryPeak {
 public:
  explicit MemoryPeak(bool enabled);

  // Bytes by which the peak stands above what was resident at construction, at least 0; NaN if not
  // enabled or if the system does not tell.
  double BytesAbove() const;

 private:
  std::optional<double> resident_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_STAGE_COST_H_
