#include "core/solvers/bm3d_matching.h"

#include <algorithm>
#include <bit>

#include "core/base/simd.h"

namespace chaosense {
namespace {

// Distances from one row of candidates to the reference, 16 * kVectors side by side: every lane
// adds its own squares in the same order, so the vector width changes no bit.
template <int kVectors>
inline __attribute__((always_inline)) void RowDistances(const float* reference,
                                                        const float* candidates,
                                                        ptrdiff_t stride,
                                                        int block,
                                                        float* distances) {
  Float16 sums[kVectors] = {};
  for (int i = 0; i < block; ++i) {
    for (int j = 0; j < block; ++j) {
      const float pixel = reference[i * stride + j];
      const float* line = candidates + i * stride + j;
#pragma GCC unroll 3
      for (int v = 0; v < kVectors; ++v) {
        Float16 difference;
        Load(line + 16 * v, difference);
        difference -= pixel;
        sums[v] += difference * difference;
      }
    }
  }
#pragma GCC unroll 3
  for (int v = 0; v < kVectors; ++v) Store(sums[v], distances + 16 * v);
}

constexpr int kRowLength = 48;  // kMaxWindow in whole vectors

// distances: [rows][kRowLength]; only the first `columns` of a row mean something.
CHAOSENSE_SIMD_CLONES void WindowDistances(const float* reference,
                                           const float* candidates,
                                           ptrdiff_t stride,
                                           int block,
                                           int rows,
                                           int columns,
                                           float* distances) {
  for (int row = 0; row < rows; ++row) {
    const float* line = candidates + row * stride;
    float* out = distances + row * kRowLength;
    if (columns <= 16) {
      RowDistances<1>(reference, line, stride, block, out);
    } else if (columns <= 32) {
      RowDistances<2>(reference, line, stride, block, out);
    } else {
      RowDistances<3>(reference, line, stride, block, out);
    }
  }
}

}  // namespace

BlockGroup FindSimilar(const PaddedPlane& plane, const Bm3dStage& stage, int row, int column) {
  const int half = stage.window / 2;
  const int first_row = std::max(0, row - half);
  const int end_row = std::min(plane.height - stage.block, row + half) + 1;
  const int first_column = std::max(0, column - half);
  const int end_column = std::min(plane.width - stage.block, column + half) + 1;
  std::array<float, kMaxWindow * kRowLength> distances;
  WindowDistances(plane.at(row, column),
                  plane.at(first_row, first_column),
                  plane.stride,
                  stage.block,
                  end_row - first_row,
                  end_column - first_column,
                  distances.data());

  BlockGroup group;
  group.matches[0] = {row, column, 0.0f};
  group.count = 1;
  float limit = stage.max_distance * static_cast<float>(stage.block * stage.block);
  std::array<int, kRowLength> near;
  for (int r = first_row; r < end_row; ++r) {
    const float* line = distances.data() + (r - first_row) * kRowLength - first_column;
    // Those near enough, without a branch for each of the many that are not.
    int count = 0;
    for (int c = first_column; c < end_column; ++c) {
      near[static_cast<size_t>(count)] = c;
      count += line[c] < limit ? 1 : 0;
    }
    for (int n = 0; n < count; ++n) {
      const int c = near[static_cast<size_t>(n)];
      if (line[c] >= limit || (r == row && c == column)) continue;
      // Insertion into the sorted list; a full one loses its last.
      int place = std::min(group.count, stage.max_similar - 1);
      while (place > 1 && group.matches[static_cast<size_t>(place - 1)].distance > line[c]) {
        group.matches[static_cast<size_t>(place)] = group.matches[static_cast<size_t>(place - 1)];
        --place;
      }
      group.matches[static_cast<size_t>(place)] = {r, c, line[c]};
      group.count = std::min(group.count + 1, stage.max_similar);
      if (group.count == stage.max_similar) {
        limit = std::min(limit, group.matches[static_cast<size_t>(group.count - 1)].distance);
      }
    }
  }
  group.count = static_cast<int>(std::bit_floor(static_cast<unsigned>(group.count)));
  return group;
}

}  // namespace chaosense
