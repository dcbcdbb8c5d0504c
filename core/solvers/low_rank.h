// Low-rank approximation of one group of similar patches.
#ifndef CHAOSENSE_CORE_SOLVERS_LOW_RANK_H_
#define CHAOSENSE_CORE_SOLVERS_LOW_RANK_H_

#include "core/solvers/patch_groups.h"
#include "core/solvers/symmetric_eigen.h"

namespace chaosense {

static_assert(kPatch * kPatch == kEigenSize);

inline constexpr int kGroupRows = 48;  // kGroup patches and rows of 0: whole blocks of 4

// How singular values s shrink: soft(s, constant + weight / s).
struct Shrinkage {
  float constant;
  float weight;
};

// patches: kGroupRows rows of kEigenStride floats, a patch of kEigenSize pixels in each of the
// first kGroup, the rest 0. basis: kEigenSize x kEigenSize, rows are the left singular vectors of
// the group of an earlier call; if `refresh`, those of this group are computed and stored.
// Subtracts the mean patch, shrinks the singular values, adds the mean patch again; with an old
// basis, the norms of the group's coefficients stand for the singular values. Returns how many
// stayed above 0.
int ShrinkGroup(float* patches, const Shrinkage& shrinkage, bool refresh, float* basis);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_LOW_RANK_H_
