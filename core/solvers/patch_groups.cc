#include "core/solvers/patch_groups.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/simd.h"

namespace chaosense {
namespace {

constexpr int kLanes = 16;
constexpr int kRowVectors = 3;  // 2 * kSearchRadius + 1 = 41 candidates of a row, and room
constexpr int kRowLength = kRowVectors * kLanes;

// distances[i]: of the patch at `candidates` + i to the one at `reference`, i < kRowLength. Reads
// kRowLength + kPatch - 1 values of each row.
CHAOSENSE_SIMD_CLONES
void RowDistances(const float* reference, const float* candidates, int width, float* distances) {
  Float16 sums[kRowVectors] = {};
  for (int dy = 0; dy < kPatch; ++dy) {
    for (int dx = 0; dx < kPatch; ++dx) {
      const float value = reference[dy * width + dx];
      for (int v = 0; v < kRowVectors; ++v) {
        Float16 difference;
        Load(candidates + dy * width + dx + v * kLanes, difference);
        difference -= value;
        sums[v] += difference * difference;
      }
    }
  }
  for (int v = 0; v < kRowVectors; ++v) Store(sums[v], distances + v * kLanes);
}

}  // namespace

std::vector<int> ReferencePositions(int length) {
  CHAOSENSE_CHECK(length >= kPatch);
  std::vector<int> positions;
  for (int at = 0; at + kPatch <= length; at += kPatchStep) positions.push_back(at);
  for (int at = positions.back() + 1; at + kPatch <= length; ++at) positions.push_back(at);
  return positions;
}

void MatchPatches(std::span<const float> plane,
                  int height,
                  int width,
                  int y,
                  std::span<const int> xs,
                  std::span<int32_t> groups) {
  CHAOSENSE_CHECK(groups.size() == xs.size() * kGroup);
  const int top = std::max(0, y - kSearchRadius);
  const int bottom = std::min(height - kPatch, y + kSearchRadius);
  // The rows that matter, with room behind each for whole vectors.
  const int stride = width + kRowLength;
  const int rows = bottom - top + kPatch;
  std::vector<float> band(static_cast<size_t>(rows) * static_cast<size_t>(stride));
  for (int row = 0; row < rows; ++row) {
    std::copy_n(plane.begin() + static_cast<ptrdiff_t>(top + row) * width,
                width,
                band.begin() + static_cast<ptrdiff_t>(row) * stride);
  }
  std::vector<std::pair<float, int32_t>> candidates;
  float distances[kRowLength];
  for (size_t i = 0; i < xs.size(); ++i) {
    const int left = std::max(0, xs[i] - kSearchRadius);
    const int right = std::min(width - kPatch, xs[i] + kSearchRadius);
    const float* reference = band.data() + static_cast<ptrdiff_t>(y - top) * stride + xs[i];
    candidates.clear();
    for (int row = top; row <= bottom; ++row) {
      RowDistances(reference,
                   band.data() + static_cast<ptrdiff_t>(row - top) * stride + left,
                   stride,
                   distances);
      for (int x = left; x <= right; ++x) {
        candidates.emplace_back(distances[x - left], row * width + x);
      }
    }
    CHAOSENSE_CHECK(candidates.size() >= kGroup);
    std::nth_element(candidates.begin(), candidates.begin() + kGroup - 1, candidates.end());
    const std::span<int32_t> group = groups.subspan(i * kGroup, kGroup);
    for (size_t k = 0; k < kGroup; ++k) group[k] = candidates[k].second;
    std::sort(group.begin(), group.end());
  }
}

}  // namespace chaosense
