// Groups of similar patches, as the nonlocal low-rank solver uses them.
#ifndef CHAOSENSE_CORE_SOLVERS_PATCH_GROUPS_H_
#define CHAOSENSE_CORE_SOLVERS_PATCH_GROUPS_H_

#include <cstdint>
#include <span>
#include <vector>

namespace chaosense {

inline constexpr int kPatch = 6;          // side
inline constexpr int kPatchStep = 5;      // from one reference patch to the next
inline constexpr int kSearchRadius = 20;  // candidates: corners at most this far away
inline constexpr int kGroup = 45;         // patches of a group

// Where patches of kPatch pixels begin along a side of `length` pixels: 0, kPatchStep, ..., and
// then every position up to the last.
std::vector<int> ReferencePositions(int length);

// For the reference patches at row `y` and the columns `xs`: the kGroup patches with the smallest
// squared distance to it (ties: the smaller offset), as offsets y * width + x of their corners in
// rising order. groups: xs.size() * kGroup. Sides of the plane must be at least kPatch + 2 *
// kSearchRadius or hold kGroup candidates anyway, as 33 x 33 does.
void MatchPatches(std::span<const float> plane,
                  int height,
                  int width,
                  int y,
                  std::span<const int> xs,
                  std::span<int32_t> groups);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_PATCH_GROUPS_H_
