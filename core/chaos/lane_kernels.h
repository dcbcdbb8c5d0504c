// The operations that formulas are mostly made of, on wide lanes in memory: compiled for several
// instruction sets, the best picked when the program starts (core/base/simd.h). Lane by lane the
// bits are those of the double operation; the target may be one of the operands.
#ifndef CHAOSENSE_CORE_CHAOS_LANE_KERNELS_H_
#define CHAOSENSE_CORE_CHAOS_LANE_KERNELS_H_

#include <cstddef>
#include <cstdint>

namespace chaosense {

// Lanes that formulas step together: more than compiled maps do, so that decoding an instruction
// weighs little.
inline constexpr size_t kFormulaWidth = 64;

// Arrays of kFormulaWidth doubles.
void AddLanes(const double* a, const double* b, double* target);
void SubtractLanes(const double* a, const double* b, double* target);
void MultiplyLanes(const double* a, const double* b, double* target);
void DivideLanes(const double* a, const double* b, double* target);
void NegateLanes(const double* a, double* target);
void CopyLanes(const double* a, double* target);
// Masks: all bits of a lane set or none.
void CompareLess(const double* a, const double* b, int64_t* mask);
void CompareLessEqual(const double* a, const double* b, int64_t* mask);
void SelectLanes(const int64_t* mask, const double* a, const double* b, double* target);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_LANE_KERNELS_H_
