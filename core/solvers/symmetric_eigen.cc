#include "core/solvers/symmetric_eigen.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/simd.h"

namespace chaosense {
namespace {

constexpr int kN = kEigenSize;
constexpr int kStride = kEigenStride;
constexpr int kLanes = 16;
constexpr int kVectors = kStride / kLanes;
// Elements this small beside the largest, 1, count as 0: their squares must not underflow.
constexpr float kTiny = 1e-12f;

// The compiler unrolls loops over the vectors of a row only when told.
#define CHAOSENSE_UNROLL _Pragma("GCC unroll 3")

// The sum of all lanes, in one order on every machine.
inline __attribute__((always_inline)) float Sum(const Float16& values) {
  Float8 low;
  Float8 high;
  const float* address = reinterpret_cast<const float*>(&values);
  Load(address, low);
  Load(address + 8, high);
  low += high;
  return ((low[0] + low[4]) + (low[2] + low[6])) + ((low[1] + low[5]) + (low[3] + low[7]));
}

// The reflections H_k = I - scale[k] v_k v_k', v_k zero up to element k.
struct Reflections {
  float v[kN][kStride];
  float scale[kN];
};

// Steps k of [begin, end) of the tridiagonalisation, all with k + 1 >= kFirst: the vectors from
// element kFirst on hold what they touch.
template <int kFirst>
inline __attribute__((always_inline)) void TridiagonaliseSteps(
    int begin, int end, float* a, Reflections& h, float* d, float* e) {
  constexpr int kCount = (kStride - kFirst) / kLanes;
  for (int k = begin; k < end; ++k) {
    float* v = h.v[k];
    const float* row = a + k * kStride;
    d[k] = row[k];
    for (int j = 0; j < kStride; ++j) v[j] = j > k && j < kN ? row[j] : 0.0f;
    Float16 vs[kCount];
    Float16 squares = {};
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) {
      Load(v + kFirst + i * kLanes, vs[i]);
      squares += vs[i] * vs[i];
    }
    const float norm = std::sqrt(Sum(squares));
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
    Float16 w[kCount] = {};
    for (int j = k + 1; j < kN; ++j) {
      const float factor = scale * v[j];
      CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) {
        Float16 line;
        Load(a + j * kStride + kFirst + i * kLanes, line);
        w[i] += factor * line;
      }
    }
    Float16 products = {};
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) {
      Load(v + kFirst + i * kLanes, vs[i]);
      products += w[i] * vs[i];
    }
    const float half = 0.5f * scale * Sum(products);
    alignas(64) float ws[kStride];
    CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) {
      w[i] -= half * vs[i];
      Store(w[i], ws + kFirst + i * kLanes);
    }
    for (int j = k + 1; j < kN; ++j) {
      CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) {
        Float16 line;
        Load(a + j * kStride + kFirst + i * kLanes, line);
        line -= v[j] * w[i] + ws[j] * vs[i];
        Store(line, a + j * kStride + kFirst + i * kLanes);
      }
    }
  }
}

// A = Q T Q', Q = H_0 H_1 ...; T: diagonal d, off-diagonal e. Destroys a.
CHAOSENSE_SIMD_CLONES
void Tridiagonalise(float* a, Reflections& h, float* d, float* e) {
  TridiagonaliseSteps<0>(0, kLanes - 1, a, h, d, e);
  TridiagonaliseSteps<kLanes>(kLanes - 1, 2 * kLanes - 1, a, h, d, e);
  TridiagonaliseSteps<2 * kLanes>(2 * kLanes - 1, kN - 2, a, h, d, e);
  d[kN - 2] = a[(kN - 2) * kStride + kN - 2];
  d[kN - 1] = a[(kN - 1) * kStride + kN - 1];
  e[kN - 2] = a[(kN - 2) * kStride + kN - 1];
}

// Applies H_k, k from `last` down to `first`, all with k + 1 >= kFirst, from the left to q, which
// is the unit matrix but for its rows and columns from k + 2 on.
template <int kFirst>
inline __attribute__((always_inline)) void AccumulateSteps(int last,
                                                           int first,
                                                           const Reflections& h,
                                                           float* q) {
  constexpr int kCount = (kStride - kFirst) / kLanes;
  for (int k = last; k >= first; --k) {
    const float* v = h.v[k];
    Float16 product[kCount] = {};  // scale v'Q
    for (int j = k + 1; j < kN; ++j) {
      const float factor = h.scale[k] * v[j];
      CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) {
        Float16 line;
        Load(q + j * kStride + kFirst + i * kLanes, line);
        product[i] += factor * line;
      }
    }
    for (int j = k + 1; j < kN; ++j) {
      CHAOSENSE_UNROLL for (int i = 0; i < kCount; ++i) {
        Float16 line;
        Load(q + j * kStride + kFirst + i * kLanes, line);
        line -= v[j] * product[i];
        Store(line, q + j * kStride + kFirst + i * kLanes);
      }
    }
  }
}

// q = H_0 H_1 ... H_{n-3}, from the last factor on, so that each touches the corner below it only.
CHAOSENSE_SIMD_CLONES
void Accumulate(const Reflections& h, float* q) {
  std::fill(q, q + kN * kStride, 0.0f);
  for (int i = 0; i < kN; ++i) q[i * kStride + i] = 1;
  AccumulateSteps<2 * kLanes>(kN - 3, 2 * kLanes - 1, h, q);
  AccumulateSteps<kLanes>(2 * kLanes - 2, kLanes - 1, h, q);
  AccumulateSteps<0>(kLanes - 2, 0, h, q);
}

bool Negligible(const float* d, const float* e, int i) {
  return std::abs(e[i]) <=
         std::numeric_limits<float>::epsilon() * (std::abs(d[i]) + std::abs(d[i + 1])) + kTiny;
}

// QR iterations on a tridiagonal matrix T, one rotation at a time; the rotations are applied to the
// rows of r.
struct Iteration {
  float d[kN];
  float e[kN];
  float* r;
  int low;   // the sweep under way covers [low, high]
  int high;  // what lies above is done
  int at;    // the next rotation turns `at` and `at` + 1
  int sweeps;
  float x;
  float z;
};

// Finds the next block to work on and its shift. False: T is diagonal.
inline __attribute__((always_inline)) bool BeginSweep(Iteration& t) {
  while (t.high > 0 && Negligible(t.d, t.e, t.high - 1)) --t.high;
  // A bound far above the usual two sweeps an eigenvalue. Where it strikes, r is still orthonormal.
  if (t.high <= 0 || t.sweeps++ >= 30 * kN) return false;
  t.low = t.high - 1;
  while (t.low > 0 && !Negligible(t.d, t.e, t.low - 1)) --t.low;
  // Wilkinson's shift: the eigenvalue of the last 2 x 2 that is closer to its last element.
  const float delta = 0.5f * (t.d[t.high - 1] - t.d[t.high]);
  const float off = t.e[t.high - 1];
  const float root = std::sqrt(delta * delta + off * off);
  const float shift = t.d[t.high] - off * off / (delta + (delta < 0 ? -root : root));
  t.x = t.d[t.low] - shift;
  t.z = t.e[t.low];
  t.at = t.low;
  return true;
}

inline __attribute__((always_inline)) void Rotate(Iteration& t) {
  const int k = t.at++;
  const float length = std::sqrt(t.x * t.x + t.z * t.z);
  const float c = length > 0 ? t.x / length : 1.0f;
  const float s = length > 0 ? t.z / length : 0.0f;
  if (k > t.low) t.e[k - 1] = length;
  const float d0 = t.d[k];
  const float d1 = t.d[k + 1];
  const float e0 = t.e[k];
  const float mixed = 2 * c * s * e0;
  t.d[k] = c * c * d0 + mixed + s * s * d1;
  t.d[k + 1] = s * s * d0 - mixed + c * c * d1;
  t.e[k] = c * s * (d1 - d0) + (c * c - s * s) * e0;
  if (k + 1 < t.high) {
    t.x = t.e[k];
    t.z = s * t.e[k + 1];
    t.e[k + 1] = c * t.e[k + 1];
  }
  float* row = t.r + k * kStride;
  CHAOSENSE_UNROLL for (int i = 0; i < kVectors; ++i) {
    Float16 upper;
    Float16 lower;
    Load(row + i * kLanes, upper);
    Load(row + kStride + i * kLanes, lower);
    Store(c * upper + s * lower, row + i * kLanes);
    Store(c * lower - s * upper, row + kStride + i * kLanes);
  }
}

// One rotation of each in turn: the chains of roots and quotients overlap.
CHAOSENSE_SIMD_CLONES
void Diagonalise(Iteration* iterations, int count) {
  Iteration* active[kEigenBatch];
  int left = 0;
  for (int i = 0; i < count; ++i) {
    iterations[i].high = kN - 1;
    iterations[i].sweeps = 0;
    if (BeginSweep(iterations[i])) active[left++] = &iterations[i];
  }
  while (left > 0) {
    for (int i = 0; i < left; ++i) Rotate(*active[i]);
    for (int i = 0; i < left;) {
      if (active[i]->at == active[i]->high && !BeginSweep(*active[i])) {
        active[i] = active[--left];
      } else {
        ++i;
      }
    }
  }
}

CHAOSENSE_SIMD_CLONES
float LargestMagnitude(const float* matrix) {
  Float16 largest = {};
  for (int i = 0; i < kEigenFloats; i += kLanes) {
    Float16 values;
    Load(matrix + i, values);
    values = values < 0 ? -values : values;
    largest = values > largest ? values : largest;
  }
  float result = 0;
  for (int i = 0; i < kLanes; ++i) result = std::max(result, largest[i]);
  return result;
}

#undef CHAOSENSE_UNROLL

}  // namespace

void SymmetricEigenvectors(float* matrices, int count, float* vectors) {
  CHAOSENSE_CHECK(count >= 0 && count <= kEigenBatch);
  Iteration iterations[kEigenBatch];
  int proper = 0;
  for (int b = 0; b < count; ++b) {
    float* matrix = matrices + b * kEigenFloats;
    float* rows = vectors + b * kEigenFloats;
    const float largest = LargestMagnitude(matrix);
    if (largest < 1e-30f) {  // 0: every basis will do
      std::fill(rows, rows + kEigenFloats, 0.0f);
      for (int i = 0; i < kN; ++i) rows[i * kStride + i] = 1;
      continue;
    }
    const float normalise = 1 / largest;
    for (int i = 0; i < kEigenFloats; ++i) matrix[i] *= normalise;
    Reflections reflections;
    Iteration& iteration = iterations[proper++];
    iteration.r = rows;
    Tridiagonalise(matrix, reflections, iteration.d, iteration.e);
    Accumulate(reflections, matrix);
    // T = Q'AQ: the rotations act on the rows of Q'.
    for (int i = 0; i < kN; ++i) {
      for (int j = 0; j < kN; ++j) rows[i * kStride + j] = matrix[j * kStride + i];
      std::fill(rows + i * kStride + kN, rows + (i + 1) * kStride, 0.0f);
    }
  }
  Diagonalise(iterations, proper);
}

}  // namespace chaosense
