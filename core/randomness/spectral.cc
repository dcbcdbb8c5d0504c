// DFT (section 2.6), with the threshold and variance of STS 2.1.2, through FFTW.
#include <fftw3.h>

#include <cmath>
#include <memory>
#include <mutex>

#include "core/base/error.h"
#include "core/randomness/sp800_22.h"

namespace chaosense {
namespace {

struct FftwFree {
  void operator()(void* memory) const { fftw_free(memory); }
};

// FFTW's planner is not thread-safe, its execution is.
std::mutex& PlannerMutex() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

TestOutcomes DftTest(const BitSequence& bits, const Sp80022Options& options) {
  const size_t n = bits.size();
  const size_t minimum = options.check_conditions ? 1000 : 2;
  constexpr size_t kMost = size_t{1} << 30;  // FFTW's lengths are ints
  if (n < minimum) return {NotApplicable("DFT", fmt::format("n = {} < {}", n, minimum))};
  if (n > kMost) return {NotApplicable("DFT", fmt::format("n = {} > 2^30", n))};
  // In place: n reals become n / 2 + 1 complex numbers.
  const std::unique_ptr<double, FftwFree> data(
      static_cast<double*>(fftw_malloc(sizeof(double) * 2 * (n / 2 + 1))));
  CHAOSENSE_CHECK(data != nullptr, "no memory for {} reals", n);
  double* x = data.get();
  auto* transform = reinterpret_cast<fftw_complex*>(x);
  fftw_plan plan;
  {
    const std::lock_guard lock(PlannerMutex());
    plan = fftw_plan_dft_r2c_1d(static_cast<int>(n), x, transform, FFTW_ESTIMATE);
  }
  CHAOSENSE_CHECK(plan != nullptr, "FFTW has no plan for {}", n);
  for (size_t i = 0; i < n; ++i) x[i] = bits[i] ? 1.0 : -1.0;
  fftw_execute(plan);
  const double length = static_cast<double>(n);
  const double threshold2 = 2.995732274 * length;  // ln(1 / 0.05) n
  int64_t below = 0;
  for (size_t k = 0; k < n / 2; ++k) {
    below += transform[k][0] * transform[k][0] + transform[k][1] * transform[k][1] < threshold2;
  }
  {
    const std::lock_guard lock(PlannerMutex());
    fftw_destroy_plan(plan);
  }
  const double expected = 0.95 * length / 2;
  const double d = (static_cast<double>(below) - expected) / std::sqrt(length * 0.95 * 0.05 / 4.0);
  return {{"DFT", "", d, TwoSidedNormal(d), ""}};
}

}  // namespace chaosense
