#include "core/solvers/symmetric_eigen.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/simd.h"

namespace chaosense {
namespace {

constexpr int kN = kEigenSize;
constexpr int kStride = kEigenStride;
constexpr int kLanes = 16;
// Elements this small beside the largest, 1, count as 0: their squares must not underflow.
constexpr float kTiny = 1e-12f;

// to += factor * from on the vectors from element `first`, a multiple of kLanes, on.
inline __attribute__((always_inline)) void AddScaled(float factor,
                                                     const float* from,
                                                     float* to,
                                                     int first) {
  Float16 a;
  Float16 b;
  for (int at = first; at < kStride; at += kLanes) {
    Load(from + at, a);
    Load(to + at, b);
    b += factor * a;
    Store(b, to + at);
  }
}

// The reflections H_k = I - scale[k] v_k v_k', v_k zero up to element k.
struct Reflections {
  float v[kN][kStride];
  float scale[kN];
};

// A = Q T Q', Q = H_0 H_1 ...; T: diagonal d, off-diagonal e. Destroys a.
CHAOSENSE_SIMD_CLONES
void Tridiagonalise(float* a, Reflections& h, float* d, float* e) {
  for (int k = 0; k < kN - 2; ++k) {
    float* v = h.v[k];
    float* row = a + k * kStride;
    d[k] = row[k];
    float norm = 0;
    for (int j = k + 1; j < kN; ++j) norm += row[j] * row[j];
    norm = std::sqrt(norm);
    for (int j = 0; j < kStride; ++j) v[j] = j > k && j < kN ? row[j] : 0.0f;
    h.scale[k] = 0;
    e[k] = 0;
    if (norm <= kTiny) continue;
    // The sign that adds up, not cancels; H x = -sign(x_1) |x| e_1.
    const float head = v[k + 1];
    const float alpha = head > 0 ? -norm : norm;
    v[k + 1] = head - alpha;
    e[k] = alpha;
    const float scale = 1 / (norm * (norm + std::abs(head)));  // 2 / v'v
    h.scale[k] = scale;

    // A -= v w' + w v', w = p - scale/2 (p'v) v, p = scale A v; on rows and columns from k + 1.
    alignas(64) float w[kStride] = {};
    const int first = (k + 1) / kLanes * kLanes;
    for (int j = k + 1; j < kN; ++j) AddScaled(scale * v[j], a + j * kStride, w, first);
    float product = 0;
    for (int j = k + 1; j < kN; ++j) product += w[j] * v[j];
    const float half = 0.5f * scale * product;
    for (int j = first; j < kStride; ++j) w[j] = j > k && j < kN ? w[j] - half * v[j] : 0.0f;
    for (int j = k + 1; j < kN; ++j) {
      AddScaled(-v[j], w, a + j * kStride, first);
      AddScaled(-w[j], v, a + j * kStride, first);
    }
  }
  d[kN - 2] = a[(kN - 2) * kStride + kN - 2];
  d[kN - 1] = a[(kN - 1) * kStride + kN - 1];
  e[kN - 2] = a[(kN - 2) * kStride + kN - 1];
}

// q = H_0 H_1 ... H_{n-3}, from the last factor on, so that each touches the corner below it only.
CHAOSENSE_SIMD_CLONES
void Accumulate(const Reflections& h, float* q) {
  std::fill(q, q + kN * kStride, 0.0f);
  for (int i = 0; i < kN; ++i) q[i * kStride + i] = 1;
  for (int k = kN - 3; k >= 0; --k) {
    const float* v = h.v[k];
    const int first = (k + 1) / kLanes * kLanes;
    alignas(64) float product[kStride] = {};  // scale v'Q
    for (int j = k + 1; j < kN; ++j) {
      AddScaled(h.scale[k] * v[j], q + j * kStride, product, first);
    }
    for (int j = k + 1; j < kN; ++j) AddScaled(-v[j], product, q + j * kStride, first);
  }
}

bool Negligible(const float* d, const float* e, int i) {
  return std::abs(e[i]) <=
         std::numeric_limits<float>::epsilon() * (std::abs(d[i]) + std::abs(d[i + 1])) + kTiny;
}

// Diagonalises T; the rotations are applied to the rows of r.
CHAOSENSE_SIMD_CLONES
void Diagonalise(float* d, float* e, float* r) {
  int high = kN - 1;
  // A bound far above the usual two steps an eigenvalue. Where it strikes, r is still orthonormal.
  for (int steps = 0; high > 0 && steps < 30 * kN; ++steps) {
    if (Negligible(d, e, high - 1)) {
      --high;
      continue;
    }
    int low = high - 1;
    while (low > 0 && !Negligible(d, e, low - 1)) --low;
    // Wilkinson's shift: the eigenvalue of the last 2 x 2 that is closer to its last element.
    const float delta = 0.5f * (d[high - 1] - d[high]);
    const float off = e[high - 1];
    const float root = std::sqrt(delta * delta + off * off);
    const float shift = d[high] - off * off / (delta + (delta < 0 ? -root : root));
    float x = d[low] - shift;
    float z = e[low];
    for (int k = low; k < high; ++k) {
      const float length = std::sqrt(x * x + z * z);
      const float c = length > 0 ? x / length : 1.0f;
      const float s = length > 0 ? z / length : 0.0f;
      if (k > low) e[k - 1] = length;
      const float d0 = d[k];
      const float d1 = d[k + 1];
      const float e0 = e[k];
      const float mixed = 2 * c * s * e0;
      d[k] = c * c * d0 + mixed + s * s * d1;
      d[k + 1] = s * s * d0 - mixed + c * c * d1;
      e[k] = c * s * (d1 - d0) + (c * c - s * s) * e0;
      if (k + 1 < high) {
        x = e[k];
        z = s * e[k + 1];
        e[k + 1] = c * e[k + 1];
      }
      float* upper = r + k * kStride;
      float* lower = upper + kStride;
      for (int at = 0; at < kStride; at += kLanes) {
        Float16 a;
        Float16 b;
        Load(upper + at, a);
        Load(lower + at, b);
        Store(c * a + s * b, upper + at);
        Store(c * b - s * a, lower + at);
      }
    }
  }
}

}  // namespace

void SymmetricEigenvectors(float* matrix, float* vectors) {
  float largest = 0;
  for (int i = 0; i < kN * kStride; ++i) largest = std::max(largest, std::abs(matrix[i]));
  if (largest < 1e-30f) {  // 0: every basis will do
    std::fill(vectors, vectors + kN * kStride, 0.0f);
    for (int i = 0; i < kN; ++i) vectors[i * kStride + i] = 1;
    return;
  }
  const float normalise = 1 / largest;
  for (int i = 0; i < kN * kStride; ++i) matrix[i] *= normalise;
  Reflections reflections;
  float d[kN];
  float e[kN];
  Tridiagonalise(matrix, reflections, d, e);
  Accumulate(reflections, matrix);
  // T = Q'AQ: the rotations act on the rows of Q'.
  for (int i = 0; i < kN; ++i) {
    for (int j = 0; j < kN; ++j) vectors[i * kStride + j] = matrix[j * kStride + i];
    std::fill(vectors + i * kStride + kN, vectors + (i + 1) * kStride, 0.0f);
  }
  Diagonalise(d, e, vectors);
}

}  // namespace chaosense
