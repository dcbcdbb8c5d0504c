#include "core/solvers/low_rank.h"

#include <algorithm>
#include <cmath>

#include "core/base/simd.h"

namespace chaosense {
namespace {

constexpr int kN = kEigenSize;
constexpr int kStride = kEigenStride;
constexpr int kLanes = 16;
constexpr int kVectors = kStride / kLanes;
constexpr int kRows = kGroupRows;
constexpr int kTile = 4;  // rows at a time: 12 sums in registers

// out row r (kTile of them) = sum_i factors[r][i] * rows[i], i < count; `rows` have kStride floats.
inline __attribute__((always_inline)) void MultiplyTile(
    const float* factors, int factor_stride, const float* rows, int count, float* out) {
  Float16 sums[kTile][kVectors] = {};
  Float16 row[kVectors];
  for (int i = 0; i < count; ++i) {
    for (int v = 0; v < kVectors; ++v) Load(rows + i * kStride + v * kLanes, row[v]);
    for (int r = 0; r < kTile; ++r) {
      const float factor = factors[r * factor_stride + i];
      for (int v = 0; v < kVectors; ++v) sums[r][v] += factor * row[v];
    }
  }
  for (int r = 0; r < kTile; ++r) {
    for (int v = 0; v < kVectors; ++v) Store(sums[r][v], out + r * kStride + v * kLanes);
  }
}

// out = factors * rows: out and factors have kRows rows.
CHAOSENSE_SIMD_CLONES
void Multiply(const float* factors, int factor_stride, const float* rows, int count, float* out) {
  for (int r = 0; r < kRows; r += kTile) {
    MultiplyTile(factors + r * factor_stride, factor_stride, rows, count, out + r * kStride);
  }
}

// patches' patches, kN x kN: the transposed patches are the factors.
CHAOSENSE_SIMD_CLONES
void Gram(const float* patches, float* gram) {
  for (int i = 0; i < kN; i += kTile) {
    Float16 sums[kTile][kVectors] = {};
    Float16 row[kVectors];
    for (int k = 0; k < kGroup; ++k) {
      for (int v = 0; v < kVectors; ++v) Load(patches + k * kStride + v * kLanes, row[v]);
      for (int r = 0; r < kTile; ++r) {
        const float factor = patches[k * kStride + i + r];
        for (int v = 0; v < kVectors; ++v) sums[r][v] += factor * row[v];
      }
    }
    for (int r = 0; r < kTile; ++r) {
      for (int v = 0; v < kVectors; ++v) Store(sums[r][v], gram + (i + r) * kStride + v * kLanes);
    }
  }
}

// values[j] = sum over the first kGroup rows of a[k][j]^power, power 1 or 2.
template <int kPower>
inline __attribute__((always_inline)) void ColumnSums(const float* a, float* values) {
  Float16 sums[kVectors] = {};
  for (int k = 0; k < kGroup; ++k) {
    for (int v = 0; v < kVectors; ++v) {
      Float16 row;
      Load(a + k * kStride + v * kLanes, row);
      sums[v] += kPower == 1 ? row : row * row;
    }
  }
  for (int v = 0; v < kVectors; ++v) Store(sums[v], values + v * kLanes);
}

// Adds `row` to the first kGroup rows.
inline __attribute__((always_inline)) void AddRow(const float* row, float* rows) {
  Float16 added[kVectors];
  for (int v = 0; v < kVectors; ++v) Load(row + v * kLanes, added[v]);
  for (int k = 0; k < kGroup; ++k) {
    for (int v = 0; v < kVectors; ++v) {
      Float16 values;
      Load(rows + k * kStride + v * kLanes, values);
      values += added[v];
      Store(values, rows + k * kStride + v * kLanes);
    }
  }
}

CHAOSENSE_SIMD_CLONES
void SubtractMean(float* patches, float* mean) {
  ColumnSums<1>(patches, mean);
  float negative[kStride];
  for (int j = 0; j < kStride; ++j) {
    mean[j] /= kGroup;
    negative[j] = -mean[j];
  }
  AddRow(negative, patches);
}

CHAOSENSE_SIMD_CLONES
void SquaredNorms(const float* coefficients, float* norms) { ColumnSums<2>(coefficients, norms); }

CHAOSENSE_SIMD_CLONES
void AddMean(const float* mean, float* patches) { AddRow(mean, patches); }

}  // namespace

int ShrinkGroup(float* patches, const Shrinkage& shrinkage, bool refresh, float* basis) {
  alignas(64) float mean[kStride];
  SubtractMean(patches, mean);
  alignas(64) float columns[kRows * kStride];  // singular vectors as columns, later the kept ones
  alignas(64) float coefficients[kRows * kStride];
  if (refresh) {
    // The left singular vectors of the patches as columns are the eigenvectors of their Gram
    // matrix.
    Gram(patches, coefficients);
    SymmetricEigenvectors(coefficients, columns);
    for (int k = 0; k < kN; ++k) std::copy_n(columns + k * kStride, kN, basis + k * kN);
  }
  for (int i = 0; i < kN; ++i) {
    for (int k = 0; k < kN; ++k) columns[i * kStride + k] = basis[k * kN + i];
    std::fill(columns + i * kStride + kN, columns + (i + 1) * kStride, 0.0f);
  }
  Multiply(patches, kStride, columns, kN, coefficients);

  alignas(64) float norms[kStride];
  SquaredNorms(coefficients, norms);
  // The factors of the components that stay, these components in front.
  int kept[kN];
  float scale[kN];
  int rank = 0;
  for (int k = 0; k < kN; ++k) {
    const float value = std::sqrt(norms[k]);
    if (value <= 0) continue;
    const float rest = value - shrinkage.constant - shrinkage.weight / value;
    if (rest <= 0) continue;
    kept[rank] = k;
    scale[rank++] = rest / value;
  }
  for (int r = 0; r < rank; ++r) {
    std::copy_n(basis + kept[r] * kN, kN, columns + r * kStride);
    std::fill(columns + r * kStride + kN, columns + (r + 1) * kStride, 0.0f);
  }
  for (int k = 0; k < kGroup; ++k) {
    float* row = coefficients + k * kStride;
    for (int r = 0; r < rank; ++r) row[r] = scale[r] * row[kept[r]];  // kept[r] >= r
  }
  Multiply(coefficients, kStride, columns, rank, patches);
  AddMean(mean, patches);
  return rank;
}

}  // namespace chaosense
