// Loops over independent pieces of work. The results must be written to places of their own; then
// nothing depends on the number of threads.
#ifndef CHAOSENSE_CORE_ANALYSIS_PARALLEL_H_
#define CHAOSENSE_CORE_ANALYSIS_PARALLEL_H_

#include <cstdint>
#include <functional>

namespace chaosense {

// work(0) ... work(count - 1) on at most `threads` threads. Of several exceptions the one of the
// lowest index is thrown on, as a loop on one thread would. A signal stops it
// (Error(kInterrupted)).
void ParallelFor(int64_t count, int threads, const std::function<void(int64_t)>& work);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_PARALLEL_H_
