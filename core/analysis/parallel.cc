#include "core/analysis/parallel.h"

#include <algorithm>
#include <exception>

#include "core/base/signals.h"

namespace chaosense {

void ParallelFor(int64_t count, int threads, const std::function<void(int64_t)>& work) {
  std::exception_ptr failure;
  int64_t failed_at = count;
  const int used = static_cast<int>(std::clamp<int64_t>(count, 1, std::max(1, threads)));
#pragma omp parallel for schedule(dynamic) num_threads(used)
  for (int64_t i = 0; i < count; ++i) {
    if (InterruptRequested()) continue;
    try {
      work(i);
    } catch (...) {
#pragma omp critical(chaosense_parallel_failure)
      if (i < failed_at) {
        failed_at = i;
        failure = std::current_exception();
      }
    }
  }
  ThrowIfInterrupted();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace chaosense
