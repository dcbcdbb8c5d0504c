#include "experiments/stage_cost.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace chaosense {
namespace {

// A field of /proc/self/status in bytes ("VmRSS:     12345 kB").
std::optional<double> StatusBytes(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kibibytes = 0;
    if (word == field + ":" && status >> kibibytes) return kibibytes * 1024;
  }
  return std::nullopt;
}

}  // namespace

MemoryPeak::MemoryPeak(bool enabled) {
  if (!enabled) return;
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
  std::ofstream reset("/proc/self/clear_refs");
  if (reset << "5" << std::flush) resident_ = StatusBytes("VmRSS");
}

double MemoryPeak::BytesAbove() const {
  const std::optional<double> peak = resident_ ? StatusBytes("VmHWM") : std::nullopt;
  if (!peak) return std::numeric_limits<double>::quiet_NaN();
  return std::max(0.0, *peak - *resident_);
}

}  // namespace chaosense
