#include "core/solvers/low_rank.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/simd.h"

namespace chaosense {
namespace {

constexpr int kN = kEigenSize;
constexpr int kStride = kEigenStride;
constexpr int kLanes = 16;
constexpr int kVectors = kStride / kLanes;
constexpr int kRows = kGroupRows;
constexpr int kTile = 4;  // rows at a time: 12 sums, in registers once their loops are unrolled

// The compiler unrolls these short loops only when told.
#define CHAOSENSE_UNROLL _Pragma("GCC unroll 4")

// out row r (kTile of them) = sum over i < count of factors[r][index(i)] * rows[i], + `added` where
// given; `rows` are row_stride apart, kStride floats of each are read.
template <typename Index>
inline __attribute__((always_inline)) void MultiplyTile(const float* factors,
                                                        Index index,
                                                        const float* rows,
                                                        int row_stride,
                                                        int count,
                                                        const float* added,
                                                        float* out) {
  Float16 sums[kTile][kVectors] = {};
  Float16 row[kVectors];
  for (int i = 0; i < count; ++i) {
    CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) {
      Load(rows + i * row_stride + v * kLanes, row[v]);
    }
    CHAOSENSE_UNROLL for (int r = 0; r < kTile; ++r) {
      const float factor = factors[r * kStride + index(i)];
      CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) sums[r][v] += factor * row[v];
    }
  }
  if (added != nullptr) {
    CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) Load(added + v * kLanes, row[v]);
    CHAOSENSE_UNROLL for (int r = 0; r < kTile; ++r) {
      CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) sums[r][v] += row[v];
    }
  }
  CHAOSENSE_UNROLL for (int r = 0; r < kTile; ++r) {
    CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) {
      Store(sums[r][v], out + r * kStride + v * kLanes);
    }
  }
}

// coefficients = patches * basis; both have kRows rows. What stands in a row after kN values is
// meaningless, but finite.
CHAOSENSE_SIMD_CLONES
void Project(const float* patches, const float* basis, float* coefficients) {
  for (int r = 0; r < kRows; r += kTile) {
    MultiplyTile(
        patches + r * kStride,
        [](int i) { return i; },
        basis,
        kN,
        kN,
        nullptr,
        coefficients + r * kStride);
  }
}

// patches[k] = mean + sum over r < rank of coefficients[k][kept[r]] * vectors[r].
CHAOSENSE_SIMD_CLONES
void Restore(const float* coefficients,
             const int* kept,
             int rank,
             const float* vectors,
             const float* mean,
             float* patches) {
  for (int r = 0; r < kRows; r += kTile) {
    MultiplyTile(
        coefficients + r * kStride,
        [kept](int i) { return kept[i]; },
        vectors,
        kStride,
        rank,
        mean,
        patches + r * kStride);
  }
}

// patches' patches, kN x kN: the transposed patches are the factors.
CHAOSENSE_SIMD_CLONES
void Gram(const float* patches, float* gram) {
  for (int i = 0; i < kN; i += kTile) {
    Float16 sums[kTile][kVectors] = {};
    Float16 row[kVectors];
    for (int k = 0; k < kGroup; ++k) {
      CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) {
        Load(patches + k * kStride + v * kLanes, row[v]);
      }
      CHAOSENSE_UNROLL for (int r = 0; r < kTile; ++r) {
        const float factor = patches[k * kStride + i + r];
        CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) sums[r][v] += factor * row[v];
      }
    }
    CHAOSENSE_UNROLL for (int r = 0; r < kTile; ++r) {
      CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) {
        Store(sums[r][v], gram + (i + r) * kStride + v * kLanes);
      }
    }
  }
}

// Subtracts the mean of the first kGroup rows from them.
CHAOSENSE_SIMD_CLONES
void SubtractMean(float* patches, float* mean) {
  Float16 sums[kVectors] = {};
  Float16 row[kVectors];
  for (int k = 0; k < kGroup; ++k) {
    CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) {
      Load(patches + k * kStride + v * kLanes, row[v]);
      sums[v] += row[v];
    }
  }
  CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) {
    sums[v] /= static_cast<float>(kGroup);
    Store(sums[v], mean + v * kLanes);
  }
  for (int k = 0; k < kGroup; ++k) {
    CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) {
      Load(patches + k * kStride + v * kLanes, row[v]);
      row[v] -= sums[v];
      Store(row[v], patches + k * kStride + v * kLanes);
    }
  }
}

// norms[j] = sqrt(sum over the first kGroup rows of a[k][j]^2), j < kStride.
CHAOSENSE_SIMD_CLONES
void ColumnNorms(const float* a, float* norms) {
  Float16 sums[kVectors] = {};
  for (int k = 0; k < kGroup; ++k) {
    CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) {
      Float16 row;
      Load(a + k * kStride + v * kLanes, row);
      sums[v] += row * row;
    }
  }
  CHAOSENSE_UNROLL for (int v = 0; v < kVectors; ++v) Store(sums[v], norms + v * kLanes);
  for (int j = 0; j < kStride; ++j) norms[j] = std::sqrt(norms[j]);
}

#undef CHAOSENSE_UNROLL

}  // namespace

void GroupBases(float* groups, int count, float* bases) {
  alignas(64) float mean[kStride];
  alignas(64) float matrices[kEigenBatch * kEigenFloats];
  alignas(64) float vectors[kEigenBatch * kEigenFloats];
  CHAOSENSE_CHECK(count >= 0 && count <= kEigenBatch);
  for (int g = 0; g < count; ++g) {
    SubtractMean(groups + g * kGroupFloats, mean);
    // The left singular vectors of the patches as columns are the eigenvectors of their Gram
    // matrix.
    Gram(groups + g * kGroupFloats, matrices + g * kEigenFloats);
  }
  SymmetricEigenvectors(matrices, count, vectors);
  for (int g = 0; g < count; ++g) {
    const float* rows = vectors + g * kEigenFloats;
    float* basis = bases + g * kBasisFloats;
    for (int i = 0; i < kN; ++i) {
      for (int k = 0; k < kN; ++k) basis[i * kN + k] = rows[k * kStride + i];
    }
    std::fill(basis + kN * kN, basis + kBasisFloats, 0.0f);
  }
}

int ShrinkGroup(float* patches, const Shrinkage& shrinkage, const float* basis) {
  alignas(64) float mean[kStride];
  SubtractMean(patches, mean);
  alignas(64) float vectors[kN * kStride];  // the kept ones as rows
  alignas(64) float coefficients[kGroupFloats];
  Project(patches, basis, coefficients);

  alignas(64) float norms[kStride];
  ColumnNorms(coefficients, norms);
  // The components that stay, with their vectors scaled to what is left of them.
  int kept[kN];
  int rank = 0;
  for (int k = 0; k < kN; ++k) {
    const float value = norms[k];
    if (!(value > 0)) continue;
    const float rest = value - shrinkage.constant - shrinkage.weight / value;
    if (!(rest > 0)) continue;
    const float scale = rest / value;
    float* vector = vectors + rank * kStride;
    for (int i = 0; i < kN; ++i) vector[i] = scale * basis[i * kN + k];
    std::fill(vector + kN, vector + kStride, 0.0f);
    kept[rank++] = k;
  }
  Restore(coefficients, kept, rank, vectors, mean, patches);
  return rank;
}

}  // namespace chaosense
