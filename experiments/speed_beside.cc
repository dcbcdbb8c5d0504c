#include "experiments/speed_beside.h"

#include <sched.h>
#include <time.h>

#include <algorithm>

#include "core/analysis/confidence.h"
#include "core/base/error.h"
#include "core/base/file.h"

namespace chaosense {
namespace {

// Keeps the thread on the core it is on.
class OneCore {
 public:
  OneCore() {
    saved_ = sched_getaffinity(0, sizeof(old_), &old_) == 0;
    cpu_set_t one;
    CPU_ZERO(&one);
    const int core = sched_getcpu();
    if (saved_ && core >= 0) {
      CPU_SET(static_cast<size_t>(core), &one);
      sched_setaffinity(0, sizeof(one), &one);
    }
  }
  ~OneCore() {
    if (saved_) sched_setaffinity(0, sizeof(old_), &old_);
  }
  OneCore(const OneCore&) = delete;
  OneCore& operator=(const OneCore&) = delete;

 private:
  cpu_set_t old_;
  bool saved_;
};

double ThreadSeconds() {
  timespec time{};
  CHAOSENSE_CHECK(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// One generator and how many buffers it fills in a slice.
class Runner {
 public:
  Runner(const FillBytes& fill, double slice_s) : fill_(fill), buffer_(kBuffer) {
    Seconds();  // warms up
    double seconds = Seconds();
    while (seconds < slice_s && fills_ < kMostFills) {
      fills_ *= 2;
      seconds = Seconds();
    }
  }
  // Of one slice.
  double Seconds() {
    const double start = ThreadSeconds();
    for (int64_t i = 0; i < fills_; ++i) fill_(buffer_);
    return std::max(ThreadSeconds() - start, 1e-9);
  }
  double bytes() const { return static_cast<double>(fills_) * kBuffer; }

 private:
  static constexpr size_t kBuffer = size_t{1} << 12;
  static constexpr int64_t kMostFills = int64_t{1} << 30;
  const FillBytes& fill_;
  Bytes buffer_;
  int64_t fills_ = 1;
};

}  // namespace

SpeedsBeside MeasureSpeedsBeside(const std::vector<FillBytes>& generators,
                                 int rounds,
                                 double slice_s) {
  CHAOSENSE_CHECK(!generators.empty() && rounds >= 1 && slice_s > 0);
  const OneCore core;
  std::vector<Runner> runners;
  runners.reserve(generators.size());
  for (const FillBytes& fill : generators) runners.emplace_back(fill, slice_s);
  const size_t n = runners.size();
  std::vector<std::vector<double>> speeds(n);
  std::vector<std::vector<double>> ratios(n);
  std::vector<double> now(n);
  for (int round = 0; round < rounds; ++round) {
    for (size_t k = 0; k < n; ++k) {
      const size_t i = round % 2 == 0 ? k : n - 1 - k;
      now[i] = runners[i].bytes() / runners[i].Seconds();
    }
    for (size_t i = 0; i < n; ++i) {
      speeds[i].push_back(now[i]);
      ratios[i].push_back(now[i] / now[0]);
    }
  }
  SpeedsBeside result;
  for (size_t i = 0; i < n; ++i) {
    result.bytes_per_second.push_back(MedianOf(std::move(speeds[i])));
    result.ratio_to_first.push_back(MedianOf(std::move(ratios[i])));
  }
  return result;
}

}  // namespace chaosense
