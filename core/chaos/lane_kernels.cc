#include "core/chaos/lane_kernels.h"

#include <bit>

#include "core/base/simd.h"

// Target and operand are the same array or apart, so no iteration needs another's result.
#if defined(__GNUC__) && !defined(__clang__)
#define CHAOSENSE_INDEPENDENT_ITERATIONS _Pragma("GCC ivdep")
#else
#define CHAOSENSE_INDEPENDENT_ITERATIONS
#endif

namespace chaosense {

CHAOSENSE_SIMD_CLONES void AddLanes(const double* a, const double* b, double* target) {
  CHAOSENSE_INDEPENDENT_ITERATIONS
  for (size_t i = 0; i < kFormulaWidth; ++i) target[i] = a[i] + b[i];
}

CHAOSENSE_SIMD_CLONES void SubtractLanes(const double* a, const double* b, double* target) {
  CHAOSENSE_INDEPENDENT_ITERATIONS
  for (size_t i = 0; i < kFormulaWidth; ++i) target[i] = a[i] - b[i];
}

CHAOSENSE_SIMD_CLONES void MultiplyLanes(const double* a, const double* b, double* target) {
  CHAOSENSE_INDEPENDENT_ITERATIONS
  for (size_t i = 0; i < kFormulaWidth; ++i) target[i] = a[i] * b[i];
}

CHAOSENSE_SIMD_CLONES void DivideLanes(const double* a, const double* b, double* target) {
  CHAOSENSE_INDEPENDENT_ITERATIONS
  for (size_t i = 0; i < kFormulaWidth; ++i) target[i] = a[i] / b[i];
}

CHAOSENSE_SIMD_CLONES void NegateLanes(const double* a, double* target) {
  CHAOSENSE_INDEPENDENT_ITERATIONS
  for (size_t i = 0; i < kFormulaWidth; ++i) target[i] = -a[i];
}

CHAOSENSE_SIMD_CLONES void CopyLanes(const double* a, double* target) {
  CHAOSENSE_INDEPENDENT_ITERATIONS
  for (size_t i = 0; i < kFormulaWidth; ++i) target[i] = a[i];
}

CHAOSENSE_SIMD_CLONES void CompareLess(const double* a, const double* b, int64_t* mask) {
  CHAOSENSE_INDEPENDENT_ITERATIONS
  for (size_t i = 0; i < kFormulaWidth; ++i) mask[i] = a[i] < b[i] ? -1 : 0;
}

CHAOSENSE_SIMD_CLONES void CompareLessEqual(const double* a, const double* b, int64_t* mask) {
  CHAOSENSE_INDEPENDENT_ITERATIONS
  for (size_t i = 0; i < kFormulaWidth; ++i) mask[i] = a[i] <= b[i] ? -1 : 0;
}

CHAOSENSE_SIMD_CLONES void SelectLanes(const int64_t* mask,
                                       const double* a,
                                       const double* b,
                                       double* target) {
  CHAOSENSE_INDEPENDENT_ITERATIONS
  for (size_t i = 0; i < kFormulaWidth; ++i) {
    const auto yes = std::bit_cast<int64_t>(a[i]);
    const auto no = std::bit_cast<int64_t>(b[i]);
    target[i] = std::bit_cast<double>((yes & mask[i]) | (no & ~mask[i]));
  }
}

}  // namespace chaosense
