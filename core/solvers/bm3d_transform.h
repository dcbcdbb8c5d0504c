// The transforms of BM3D: separable 2-D transforms of square blocks, the Haar transform across a
// group with the shrinkage between it and its inverse, and the aggregation of filtered blocks.
#ifndef CHAOSENSE_CORE_SOLVERS_BM3D_TRANSFORM_H_
#define CHAOSENSE_CORE_SOLVERS_BM3D_TRANSFORM_H_

#include <cstddef>
#include <vector>

namespace chaosense {

// Blocks are stored with rows of 8 or 16 floats: whole vectors. The padding holds zeros.
constexpr int BlockRow(int block) { return block <= 8 ? 8 : 16; }
constexpr int BlockSize(int block) { return block * BlockRow(block); }

// A 1-D transform of `block` values applied to the rows and the columns of a block.
struct BlockTransform {
  int block = 0;                   // 8 or 11
  std::vector<float> forward;      // block x block: row k holds the weights of coefficient k
  std::vector<float> inverse;      // block x block: the inverse matrix
  std::vector<float> forward_row;  // transposes, rows padded to BlockRow(block)
  std::vector<float> inverse_row;
};

// Three levels of the biorthogonal spline wavelet 1.5 (Cohen, Daubechies, Feauveau, 1992; analysis
// low-pass of 10 taps, high-pass of 2) on 8 values with periodic extension. Rows have unit norm, so
// that white noise keeps its standard deviation in every coefficient.
BlockTransform Bior15Transform();

// Orthonormal DCT-II.
BlockTransform DctTransform(int block);

// The products of a 2-D Kaiser window (beta = 2) of side `block`, BlockSize(block) values.
std::vector<float> KaiserWindow(int block);

// An image whose rows are followed by kPlanePadding zeros, so that vectors may be read past the
// end.
inline constexpr int kPlanePadding = 48;
struct PaddedPlane {
  PaddedPlane(int height, int width);
  int height;
  int width;
  ptrdiff_t stride;
  std::vector<float> data;
  const float* at(int row, int column) const { return data.data() + row * stride + column; }
  float* at(int row, int column) { return data.data() + row * stride + column; }
};

// The 2-D transforms of all blocks whose upper left corner lies in rows [first_row, end_row) of the
// plane: [row - first_row][column][BlockSize], columns 0 .. width - block. Resizes `out`.
void TransformBlocks(const BlockTransform& transform,
                     const PaddedPlane& plane,
                     int first_row,
                     int end_row,
                     std::vector<float>& out);

// group: [count][size], count a power of two <= 32, size a multiple of 16. Haar transform across
// the group, values of magnitude <= threshold set to zero, inverse. Returns how many were kept.
int HardThresholdGroup(float* group, int count, int size, float threshold);

// noisy, basic: [count][size]. Wiener filter of `noisy` with weights w = b^2 / (b^2 + variance), b
// the Haar coefficients across `basic`. Returns the sum of w^2.
float WienerGroup(float* noisy, const float* basic, int count, int size, float variance);

// Transforms one block back and adds weight * window * pixels to the numerator and weight * window
// to the denominator; both point at the block's upper left corner in planes of this stride.
void AddBlock(const BlockTransform& transform,
              const float* coefficients,
              const float* window,
              float weight,
              float* numerator,
              float* denominator,
              ptrdiff_t stride);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_BM3D_TRANSFORM_H_
