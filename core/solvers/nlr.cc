#include "core/solvers/nlr.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/signals.h"
#include "core/base/simd.h"
#include "core/solvers/low_rank.h"
#include "core/solvers/patch_groups.h"

namespace chaosense {
namespace {

constexpr int kN = kPatch * kPatch;
constexpr int kInner = 15;
constexpr int kRefresh = 4;  // inner iterations 1, 4, 8, 12 compute the singular vectors
constexpr float kBeta = 0.01f;
constexpr int kRoom = 2;  // a row of a patch is added as 8 values, the last two 0

// The patches of a group, out of a plane into rows of kEigenStride.
void CopyPatches(const float* plane, const int32_t* members, int width, float* patches) {
  for (int k = 0; k < kGroup; ++k) {
    for (int row = 0; row < kPatch; ++row) {
      __builtin_memcpy(patches + k * kEigenStride + row * kPatch,
                       plane + members[k] + row * width,
                       kPatch * sizeof(float));
    }
  }
}

// Adds w times every patch of a group to the plane `sum`, and w to `corners` at its corner.
// members: offsets of the corners, from which `shift` is subtracted.
CHAOSENSE_SIMD_CLONES
void AddPatches(const float* patches,
                const int32_t* members,
                ptrdiff_t shift,
                int width,
                float w,
                float* sum,
                float* corners) {
  static_assert(kPatch == 6);
  const Float8 weights = {w, w, w, w, w, w, 0, 0};
  for (int k = 0; k < kGroup; ++k) {
    const ptrdiff_t corner = members[k] - shift;
    corners[corner] += w;
    for (int row = 0; row < kPatch; ++row) {
      Float8 values;
      Float8 total;
      Load(patches + k * kEigenStride + row * kPatch, values);
      Load(sum + corner + row * width, total);
      total += weights * values;
      Store(total, sum + corner + row * width);
    }
  }
}

// box[y][x] = the sum of corners[y - i][x - j], 0 <= i, j < kPatch, inside the plane: a patch's
// weight counts at each of its pixels.
void BoxSums(const std::vector<float>& corners, int width, std::vector<float>& box) {
  const size_t columns = static_cast<size_t>(width);
  std::vector<float> line(columns + kPatch - 1);
  std::fill(box.begin(), box.end(), 0.0f);
  for (size_t start = 0; start < corners.size(); start += columns) {
    std::copy_n(corners.data() + start, columns, line.data() + kPatch - 1);
    for (size_t x = 0; x < columns; ++x) {
      float across = 0;
      for (size_t j = 0; j < kPatch; ++j) across += line[x + j];
      for (size_t y = 0; y < kPatch && start + y * columns < box.size(); ++y) {
        box[start + y * columns + x] += across;
      }
    }
  }
}

// The groups of a plane, by rows of reference patches ("bands"), which threads share. Every band
// sums into rows of its own, and those are added in one order: the result does not depend on the
// threads.
class Groups {
 public:
  Groups(int height, int width, int threads)
      : height_(height),
        width_(width),
        threads_(threads),
        ys_(ReferencePositions(height)),
        xs_(ReferencePositions(width)),
        members_(ys_.size() * xs_.size() * kGroup),
        bases_(ys_.size() * xs_.size() * kBasisFloats),
        bands_(ys_.size()) {
    for (size_t b = 0; b < bands_.size(); ++b) {
      bands_[b].top = std::max(0, ys_[b] - kSearchRadius);
      const int bottom = std::min(height - kPatch, ys_[b] + kSearchRadius) + kPatch;
      bands_[b].weight.resize(static_cast<size_t>(bottom - bands_[b].top) *
                              static_cast<size_t>(width));
      bands_[b].corners.resize(bands_[b].weight.size());
      bands_[b].sum.resize(bands_[b].weight.size() + kRoom);
    }
  }

  void Match(const std::vector<float>& x) {
    const size_t per_band = xs_.size() * kGroup;
#pragma omp parallel for schedule(dynamic) num_threads(threads_)
    for (size_t b = 0; b < bands_.size(); ++b) {
      MatchPatches(
          x, height_, width_, ys_[b], xs_, std::span(members_).subspan(b * per_band, per_band));
    }
  }

  // sum: of all shrunk patches, weighted; weight: of the weights; both a plane.
  void Shrink(const std::vector<float>& x,
              const Shrinkage& shrinkage,
              bool refresh,
              std::vector<float>& sum,
              std::vector<float>& weight) {
#pragma omp parallel for schedule(dynamic) num_threads(threads_)
    for (size_t b = 0; b < bands_.size(); ++b) ShrinkBand(x, shrinkage, refresh, b);
    std::fill(sum.begin(), sum.end(), 0.0f);
    std::fill(weight.begin(), weight.end(), 0.0f);
    for (const Band& band : bands_) {
      const size_t start = static_cast<size_t>(band.top) * static_cast<size_t>(width_);
      for (size_t i = 0; i < band.weight.size(); ++i) {
        sum[start + i] += band.sum[i];
        weight[start + i] += band.weight[i];
      }
    }
  }

 private:
  struct Band {
    int top = 0;             // the first row of the plane that its groups can touch
    std::vector<float> sum;  // kRoom more than pixels
    std::vector<float> weight;
    std::vector<float> corners;  // the weight of the patches whose corner is this pixel
  };

  void ShrinkBand(const std::vector<float>& x,
                  const Shrinkage& shrinkage,
                  bool refresh,
                  size_t index) {
    Band& band = bands_[index];
    std::fill(band.sum.begin(), band.sum.end(), 0.0f);
    std::fill(band.corners.begin(), band.corners.end(), 0.0f);
    const ptrdiff_t shift = static_cast<ptrdiff_t>(band.top) * width_;
    const size_t first = index * xs_.size();
    const size_t end = first + xs_.size();
    if (refresh) UpdateBases(x, first, end);
    alignas(64) float patches[kGroupFloats] = {};
    for (size_t g = first; g < end; ++g) {
      const int32_t* members = members_.data() + g * kGroup;
      CopyPatches(x.data(), members, width_, patches);
      const int rank = ShrinkGroup(patches, shrinkage, bases_.data() + g * kBasisFloats);
      const float w = static_cast<float>(rank == kN ? 1 : kN - rank) / kN;
      AddPatches(patches, members, shift, width_, w, band.sum.data(), band.corners.data());
    }
    BoxSums(band.corners, width_, band.weight);
  }

  void UpdateBases(const std::vector<float>& x, size_t first, size_t end) {
    alignas(64) float groups[kEigenBatch * kGroupFloats] = {};
    for (size_t g = first; g < end; g += kEigenBatch) {
      const size_t count = std::min<size_t>(kEigenBatch, end - g);
      for (size_t i = 0; i < count; ++i) {
        CopyPatches(
            x.data(), members_.data() + (g + i) * kGroup, width_, groups + i * kGroupFloats);
      }
      GroupBases(groups, static_cast<int>(count), bases_.data() + g * kBasisFloats);
    }
  }

  int height_;
  int width_;
  int threads_;
  std::vector<int> ys_;
  std::vector<int> xs_;
  std::vector<int32_t> members_;
  std::vector<float> bases_;  // the left singular vectors of every group
  std::vector<Band> bands_;
};

double Norm(const std::vector<float>& a) {
  double sum = 0;
  for (const float v : a) sum += static_cast<double>(v) * v;
  return std::sqrt(sum);
}

double RelativeChange(const std::vector<float>& now, const std::vector<float>& before) {
  double sum = 0;
  for (size_t i = 0; i < now.size(); ++i) {
    const double d = static_cast<double>(now[i]) - before[i];
    sum += d * d;
  }
  return std::sqrt(sum) / std::max(Norm(before), 1e-30);
}

class NlrSolver {
 public:
  NlrSolver(const MeasurementOperator& op,
            std::span<const float> y,
            const NlrOptions& options,
            int threads)
      : op_(op),
        y_(y),
        options_(options),
        groups_(op.height(), op.width(), threads),
        sum_(static_cast<size_t>(op.pixels())),
        weight_(sum_.size()),
        residual_(y.size()) {}

  std::vector<float> Run(std::vector<float> x, Trace& trace) {
    for (int outer = 1; outer <= options_.outer; ++outer) {
      ThrowIfInterrupted();
      const std::vector<float> before = x;
      groups_.Match(x);
      const float variance = options_.noise * options_.noise;
      const Shrinkage shrinkage =
          outer <= options_.unweighted
              ? Shrinkage{options_.constant * variance, 0}
              : Shrinkage{0, options_.weight * std::sqrt(2.0f * kGroup) * variance};
      for (int inner = 1; inner <= kInner; ++inner) {
        InnerIteration(shrinkage, inner == 1 || inner % kRefresh == 0, x, trace);
      }
      if (!AllFinite(x)) {
        trace.note = fmt::format("not finite in outer iteration {}; the one before is kept", outer);
        return before;
      }
      if (RelativeChange(x, before) < options_.tolerance) break;
    }
    return x;
  }

 private:
  void InnerIteration(const Shrinkage& shrinkage,
                      bool refresh,
                      std::vector<float>& x,
                      Trace& trace) {
    groups_.Shrink(x, shrinkage, refresh, sum_, weight_);
    std::vector<float> next(x.size());
    for (size_t i = 0; i < x.size(); ++i) {
      next[i] = (sum_[i] + kBeta * x[i]) / (weight_[i] + kBeta);
    }
    op_.Apply(next, residual_);
    for (size_t i = 0; i < residual_.size(); ++i) {
      residual_[i] = (y_[i] - residual_[i]) / (1 + kBeta);
    }
    op_.ApplyTranspose(residual_, sum_);
    for (size_t i = 0; i < x.size(); ++i) next[i] += sum_[i];
    // What is left of the residual after the step: beta / (1 + beta) of that before it.
    const double left = kBeta * Norm(residual_);
    trace.iterations.push_back(
        {static_cast<int>(trace.iterations.size()) + 1, left, left, RelativeChange(next, x)});
    x = std::move(next);
  }

  const MeasurementOperator& op_;
  std::span<const float> y_;
  const NlrOptions& options_;
  Groups groups_;
  std::vector<float> sum_;
  std::vector<float> weight_;
  std::vector<float> residual_;
};

}  // namespace

std::vector<float> SolveNlr(const MeasurementOperator& op,
                            std::span<const float> y,
                            std::vector<float> start,
                            const NlrOptions& options,
                            int threads,
                            Trace& trace) {
  CHAOSENSE_CHECK(static_cast<int64_t>(y.size()) == op.measurements() &&
                  static_cast<int64_t>(start.size()) == op.pixels());
  if (!AllFinite(start)) throw RunError("nlr_cs: the start is not finite");
  return NlrSolver(op, y, options, threads).Run(std::move(start), trace);
}

}  // namespace chaosense
