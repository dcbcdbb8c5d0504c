// Low-rank approximation of one group of similar patches.
#ifndef CHAOSENSE_CORE_SOLVERS_LOW_RANK_H_
#define CHAOSENSE_CORE_SOLVERS_LOW_RANK_H_

#include "core/solvers/patch_groups.h"
#include "core/solvers/symmetric_eigen.h"

namespace chaosense {

static_assert(kPatch * kPatch == kEigenSize);

inline constexpr int kGroupRows = 48;  // kGroup patches and rows of 0: whole blocks of 4
// A basis is kEigenSize x kEigenSize floats, and zeros so that whole vectors may be read.
inline constexpr int kBasisFloats = kEigenSize * kEigenSize + kEigenStride - kEigenSize;

// How singular values s shrink: soft(s, constant + weight / s).
struct Shrinkage {
  float constant;
  float weight;
};

// A group is kGroupRows rows of kEigenStride floats, a patch of kEigenSize pixels in each of the
// first kGroup, the rest 0.
inline constexpr int kGroupFloats = kGroupRows * kEigenStride;

// groups: `count` <= kEigenBatch groups one after the other; their mean patches are subtracted.
// bases: for each kBasisFloats, whose columns are the left singular vectors of what is left.
void GroupBases(float* groups, int count, float* bases);

// Subtracts the mean patch, shrinks the singular values, adds the mean patch again; the norms of
// the coefficients in `basis`, which may be that of the group some iterations ago, stand for the
// singular values. On return only the first kGroup rows mean something. Returns how many values
// stayed above 0.
int ShrinkGroup(float* group, const Shrinkage& shrinkage, const float* basis);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_LOW_RANK_H_
