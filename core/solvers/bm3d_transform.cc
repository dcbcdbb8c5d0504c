#include "core/solvers/bm3d_transform.h"

#include <Eigen/Dense>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/base/simd.h"

namespace chaosense {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

std::vector<float> Padded(const Matrix& matrix, int row_length) {
  std::vector<float> values(static_cast<size_t>(matrix.rows() * row_length), 0.0f);
  for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
      values[static_cast<size_t>(i * row_length + j)] = static_cast<float>(matrix(i, j));
    }
  }
  return values;
}

BlockTransform FromMatrix(const Matrix& forward) {
  const Matrix inverse = forward.inverse();
  const int block = static_cast<int>(forward.rows());
  return {block,
          Padded(forward, block),
          Padded(inverse, block),
          Padded(forward.transpose(), BlockRow(block)),
          Padded(inverse.transpose(), BlockRow(block))};
}

// The modified Bessel function I0, by its power series.
double BesselI0(double x) {
  double term = 1;
  double sum = 1;
  for (int k = 1; k < 40; ++k) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

// The compiler unrolls short loops only when told; unrolled, their values stay in registers.
#define CHAOSENSE_UNROLL _Pragma("GCC unroll 32")

// The Haar transform of kCount vectors and its inverse, in place: after the pass of a given step,
// sums stand at even multiples of it and differences at odd ones.
constexpr float kHalfRoot = std::numbers::sqrt2_v<float> / 2;
constexpr int kMaxGroup = 32;

template <int kCount, int kStep = 1>
inline __attribute__((always_inline)) void Haar(Float16* values) {
  if constexpr (kStep < kCount) {
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; i += 2 * kStep) {
      const Float16 sum = (values[i] + values[i + kStep]) * kHalfRoot;
      values[i + kStep] = (values[i] - values[i + kStep]) * kHalfRoot;
      values[i] = sum;
    }
    Haar<kCount, 2 * kStep>(values);
  }
}

template <int kCount, int kStep = kCount / 2>
inline __attribute__((always_inline)) void InverseHaar(Float16* values) {
  if constexpr (kStep >= 1) {
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; i += 2 * kStep) {
      const Float16 first = (values[i] + values[i + kStep]) * kHalfRoot;
      values[i + kStep] = (values[i] - values[i + kStep]) * kHalfRoot;
      values[i] = first;
    }
    InverseHaar<kCount, kStep / 2>(values);
  }
}

template <int kCount>
inline __attribute__((always_inline)) int HardThresholdOf(float* group, int size, float threshold) {
  Int16 kept = {};
  for (int c = 0; c < size; c += 16) {
    Float16 values[kCount];
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) Load(group + c + i * size, values[i]);
    Haar<kCount>(values);
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) {
      const Int16 keep = (values[i] > threshold) | (values[i] < -threshold);
      kept -= keep;  // true is -1
      values[i] = (Float16)((Int16)values[i] & keep);
    }
    InverseHaar<kCount>(values);
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) Store(values[i], group + c + i * size);
  }
  int sum = 0;
  for (int i = 0; i < 16; ++i) sum += kept[i];
  return sum;
}

template <int kCount>
inline __attribute__((always_inline)) float WienerOf(float* noisy,
                                                     const float* basic,
                                                     int size,
                                                     float variance) {
  Float16 squares = {};
  for (int c = 0; c < size; c += 16) {
    Float16 values[kCount];
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) Load(basic + c + i * size, values[i]);
    Haar<kCount>(values);
    Float16 weights[kCount];
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) {
      const Float16 power = values[i] * values[i];
      weights[i] = power / (power + variance);
      squares += weights[i] * weights[i];
    }
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) Load(noisy + c + i * size, values[i]);
    Haar<kCount>(values);
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) values[i] *= weights[i];
    InverseHaar<kCount>(values);
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) Store(values[i], noisy + c + i * size);
  }
  float sum = 0;
  for (int i = 0; i < 16; ++i) sum += squares[i];
  return sum;
}

// Rows: values of one image row transformed at every column. out: [columns][BlockRow].
template <int kBlock, typename Lane>
inline __attribute__((always_inline)) void TransformRow(const float* forward_row,
                                                        const float* pixels,
                                                        int columns,
                                                        float* out) {
  constexpr int kRow = BlockRow(kBlock);
  Lane weights[kBlock];
  CHAOSENSE_UNROLL for (int j = 0; j < kBlock; ++j) Load(forward_row + j * kRow, weights[j]);
  for (int x = 0; x < columns; ++x) {
    Lane sum = weights[0] * pixels[x];
    CHAOSENSE_UNROLL for (int j = 1; j < kBlock; ++j) sum += weights[j] * pixels[x + j];
    Store(sum, out + x * kRow);
  }
}

// Columns: the transformed rows of kBlock image rows, combined. out: [columns][BlockSize].
template <int kBlock, typename Lane>
inline __attribute__((always_inline)) void TransformColumns(const float* forward,
                                                            const float* const* rows,
                                                            int columns,
                                                            float* out) {
  constexpr int kRow = BlockRow(kBlock);
  for (int x = 0; x < columns; ++x, out += kBlock * kRow) {
    Lane in[kBlock];
    CHAOSENSE_UNROLL for (int i = 0; i < kBlock; ++i) Load(rows[i] + x * kRow, in[i]);
    CHAOSENSE_UNROLL for (int l = 0; l < kBlock; ++l) {
      Lane sum = in[0] * forward[l * kBlock];
      CHAOSENSE_UNROLL for (int i = 1; i < kBlock; ++i) sum += in[i] * forward[l * kBlock + i];
      Store(sum, out + l * kRow);
    }
  }
}

template <int kBlock, typename Lane>
inline __attribute__((always_inline)) void AddBlockOf(const float* inverse,
                                                      const float* inverse_row,
                                                      const float* coefficients,
                                                      const float* window,
                                                      float weight,
                                                      float* numerator,
                                                      float* denominator,
                                                      ptrdiff_t stride) {
  constexpr int kRow = BlockRow(kBlock);
  Lane in[kBlock];
  Lane weights[kBlock];
  CHAOSENSE_UNROLL for (int i = 0; i < kBlock; ++i) {
    Load(coefficients + i * kRow, in[i]);
    Load(inverse_row + i * kRow, weights[i]);
  }
  CHAOSENSE_UNROLL for (int i = 0; i < kBlock; ++i) {
    float line[kRow];
    Lane sum = in[0] * inverse[i * kBlock];
    CHAOSENSE_UNROLL for (int l = 1; l < kBlock; ++l) sum += in[l] * inverse[i * kBlock + l];
    Store(sum, line);
    Lane pixels = weights[0] * line[0];
    CHAOSENSE_UNROLL for (int k = 1; k < kBlock; ++k) pixels += weights[k] * line[k];
    Lane share;
    Lane total;
    Load(window + i * kRow, share);
    share *= weight;
    Load(numerator + i * stride, total);
    total += share * pixels;
    Store(total, numerator + i * stride);
    Load(denominator + i * stride, total);
    total += share;
    Store(total, denominator + i * stride);
  }
}

CHAOSENSE_SIMD_CLONES void TransformRow8(const float* forward_row,
                                         const float* pixels,
                                         int columns,
                                         float* out) {
  TransformRow<8, Float8>(forward_row, pixels, columns, out);
}
CHAOSENSE_SIMD_CLONES void TransformRow11(const float* forward_row,
                                          const float* pixels,
                                          int columns,
                                          float* out) {
  TransformRow<11, Float16>(forward_row, pixels, columns, out);
}
CHAOSENSE_SIMD_CLONES void TransformColumns8(const float* forward,
                                             const float* const* rows,
                                             int columns,
                                             float* out) {
  TransformColumns<8, Float8>(forward, rows, columns, out);
}
CHAOSENSE_SIMD_CLONES void TransformColumns11(const float* forward,
                                              const float* const* rows,
                                              int columns,
                                              float* out) {
  TransformColumns<11, Float16>(forward, rows, columns, out);
}
CHAOSENSE_SIMD_CLONES void AddBlock8(const float* inverse,
                                     const float* inverse_row,
                                     const float* coefficients,
                                     const float* window,
                                     float weight,
                                     float* numerator,
                                     float* denominator,
                                     ptrdiff_t stride) {
  AddBlockOf<8, Float8>(
      inverse, inverse_row, coefficients, window, weight, numerator, denominator, stride);
}
CHAOSENSE_SIMD_CLONES void AddBlock11(const float* inverse,
                                      const float* inverse_row,
                                      const float* coefficients,
                                      const float* window,
                                      float weight,
                                      float* numerator,
                                      float* denominator,
                                      ptrdiff_t stride) {
  AddBlockOf<11, Float16>(
      inverse, inverse_row, coefficients, window, weight, numerator, denominator, stride);
}

CHAOSENSE_SIMD_CLONES int HardThreshold(float* group, int count, int size, float threshold) {
  switch (count) {
    case 1:
      return HardThresholdOf<1>(group, size, threshold);
    case 2:
      return HardThresholdOf<2>(group, size, threshold);
    case 4:
      return HardThresholdOf<4>(group, size, threshold);
    case 8:
      return HardThresholdOf<8>(group, size, threshold);
    case 16:
      return HardThresholdOf<16>(group, size, threshold);
    default:
      return HardThresholdOf<kMaxGroup>(group, size, threshold);
  }
}

CHAOSENSE_SIMD_CLONES float Wiener(
    float* noisy, const float* basic, int count, int size, float variance) {
  switch (count) {
    case 1:
      return WienerOf<1>(noisy, basic, size, variance);
    case 2:
      return WienerOf<2>(noisy, basic, size, variance);
    case 4:
      return WienerOf<4>(noisy, basic, size, variance);
    case 8:
      return WienerOf<8>(noisy, basic, size, variance);
    case 16:
      return WienerOf<16>(noisy, basic, size, variance);
    default:
      return WienerOf<kMaxGroup>(noisy, basic, size, variance);
  }
}

#undef CHAOSENSE_UNROLL

}  // namespace

BlockTransform Bior15Transform() {
  constexpr int kBlock = 8;
  // sqrt(2) / 256 times these; the two taps of the high-pass are -+ 1 / sqrt(2).
  constexpr std::array<double, 10> kLow = {3, -3, -22, 22, 128, 128, 22, -22, -3, 3};
  const double root = std::numbers::sqrt2;
  Matrix forward = Matrix::Identity(kBlock, kBlock);
  for (int length = kBlock; length > 1; length /= 2) {
    const Matrix before = forward.topRows(length);
    Matrix after = Matrix::Zero(length, kBlock);
    for (int i = 0; i < length / 2; ++i) {
      for (int tap = 0; tap < 10; ++tap) {
        const int source = (2 * i + tap - 4 + 2 * length) % length;
        after.row(i) += root / 256 * kLow[static_cast<size_t>(tap)] * before.row(source);
      }
      after.row(length / 2 + i) = (before.row(2 * i + 1) - before.row(2 * i)) / root;
    }
    forward.topRows(length) = after;
  }
  forward.rowwise().normalize();
  return FromMatrix(forward);
}

BlockTransform DctTransform(int block) {
  Matrix forward(block, block);
  for (int k = 0; k < block; ++k) {
    for (int j = 0; j < block; ++j) {
      forward(k, j) = std::sqrt((k == 0 ? 1.0 : 2.0) / block) *
                      std::cos(std::numbers::pi * (2 * j + 1) * k / (2.0 * block));
    }
  }
  return FromMatrix(forward);
}

std::vector<float> KaiserWindow(int block) {
  constexpr double kBeta = 2.0;
  Eigen::VectorXd line(block);
  for (int i = 0; i < block; ++i) {
    const double u = 2.0 * i / (block - 1) - 1;
    line[i] = BesselI0(kBeta * std::sqrt(1 - u * u)) / BesselI0(kBeta);
  }
  return Padded(line * line.transpose(), BlockRow(block));
}

PaddedPlane::PaddedPlane(int rows, int columns)
    : height(rows),
      width(columns),
      stride(columns + kPlanePadding),
      data(static_cast<size_t>(rows) * static_cast<size_t>(columns + kPlanePadding), 0.0f) {}

void TransformBlocks(const BlockTransform& transform,
                     const PaddedPlane& plane,
                     int first_row,
                     int end_row,
                     std::vector<float>& out) {
  const int block = transform.block;
  CHAOSENSE_CHECK(block == 8 || block == 11);
  CHAOSENSE_CHECK(first_row >= 0 && end_row + block - 1 <= plane.height && block <= plane.width);
  const int columns = plane.width - block + 1;
  const auto row_length = static_cast<size_t>(columns * BlockRow(block));
  // The transformed lines of the last `block` rows, in a ring.
  std::vector<float> lines(row_length * static_cast<size_t>(block));
  out.resize(static_cast<size_t>(end_row - first_row) * static_cast<size_t>(columns) *
             static_cast<size_t>(BlockSize(block)));
  float* result = out.data();
  for (int row = first_row; row < end_row + block - 1; ++row) {
    float* line = lines.data() + static_cast<size_t>(row % block) * row_length;
    (block == 8 ? TransformRow8 : TransformRow11)(
        transform.forward_row.data(), plane.at(row, 0), columns, line);
    const int top = row - block + 1;
    if (top < first_row) continue;
    std::array<const float*, 11> sources{};
    for (int i = 0; i < block; ++i) {
      sources[static_cast<size_t>(i)] =
          lines.data() + static_cast<size_t>((top + i) % block) * row_length;
    }
    (block == 8 ? TransformColumns8 : TransformColumns11)(
        transform.forward.data(), sources.data(), columns, result);
    result += static_cast<ptrdiff_t>(columns) * BlockSize(block);
  }
}

int HardThresholdGroup(float* group, int count, int size, float threshold) {
  CHAOSENSE_CHECK(count >= 1 && count <= kMaxGroup && (count & (count - 1)) == 0 && size % 16 == 0);
  return HardThreshold(group, count, size, threshold);
}

float WienerGroup(float* noisy, const float* basic, int count, int size, float variance) {
  CHAOSENSE_CHECK(count >= 1 && count <= kMaxGroup && (count & (count - 1)) == 0 && size % 16 == 0);
  return Wiener(noisy, basic, count, size, variance);
}

void AddBlock(const BlockTransform& transform,
              const float* coefficients,
              const float* window,
              float weight,
              float* numerator,
              float* denominator,
              ptrdiff_t stride) {
  (transform.block == 8 ? AddBlock8 : AddBlock11)(transform.inverse.data(),
                                                  transform.inverse_row.data(),
                                                  coefficients,
                                                  window,
                                                  weight,
                                                  numerator,
                                                  denominator,
                                                  stride);
}

}  // namespace chaosense
