#include "core/solvers/bm3d.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/solvers/bm3d_matching.h"
#include "core/solvers/bm3d_transform.h"

namespace chaosense {
namespace {

// Reference blocks whose first row lies in the same kBandRows rows are one piece of work. The
// height is fixed so that sums are formed in the same order whatever the number of threads.
constexpr int kBandRows = 48;

// Weighted sum of estimates and of weights, for the rows that a band's groups may touch.
struct Aggregate {
  int first_row;
  PaddedPlane numerator;
  PaddedPlane denominator;
};

// What a stage needs besides its parameters.
struct StageInput {
  const PaddedPlane& noisy;
  const PaddedPlane* basic;  // the result of stage 1; null in stage 1 itself
  const BlockTransform& transform;
  const std::vector<float>& window;
  std::span<const float> sigma;  // noise of every pixel
  float threshold;               // in units of sigma; stage 1 only
};

// Positions 0, step, 2 step, ... and always the last one.
std::vector<int> ReferencePositions(int last, int step) {
  std::vector<int> positions;
  for (int i = 0; i < last; i += step) positions.push_back(i);
  positions.push_back(last);
  return positions;
}

class Band {
 public:
  Band(const StageInput& input, const Bm3dStage& stage, std::span<const int> rows)
      : input_(input),
        stage_(stage),
        rows_(rows),
        size_(BlockSize(stage.block)),
        columns_(input.noisy.width - stage.block + 1),
        first_row_(std::max(0, rows.front() - stage.window / 2)),
        end_row_(std::min(input.noisy.height - stage.block, rows.back() + stage.window / 2) + 1) {}

  Aggregate Filter() {
    TransformBlocks(input_.transform, input_.noisy, first_row_, end_row_, noisy_blocks_);
    if (input_.basic != nullptr) {
      TransformBlocks(input_.transform, *input_.basic, first_row_, end_row_, basic_blocks_);
    }
    noisy_group_.resize(static_cast<size_t>(stage_.max_similar * size_));
    basic_group_.resize(noisy_group_.size());
    const int height = end_row_ - first_row_ + stage_.block - 1;
    Aggregate sums{first_row_,
                   PaddedPlane(height, input_.noisy.width),
                   PaddedPlane(height, input_.noisy.width)};
    const std::vector<int> columns = ReferencePositions(columns_ - 1, stage_.step);
    for (const int row : rows_) {
      for (const int column : columns) FilterGroup(row, column, sums);
    }
    return sums;
  }

 private:
  void FilterGroup(int row, int column, Aggregate& sums) {
    const PaddedPlane& guide = input_.basic == nullptr ? input_.noisy : *input_.basic;
    const BlockGroup group = FindSimilar(guide, stage_, row, column);
    Gather(group, noisy_blocks_, noisy_group_);
    const float variance = MeanVariance(group);
    float weight;
    if (input_.basic == nullptr) {
      const int kept = HardThresholdGroup(
          noisy_group_.data(), group.count, size_, input_.threshold * std::sqrt(variance));
      weight = 1.0f / static_cast<float>(std::max(1, kept));
    } else {
      Gather(group, basic_blocks_, basic_group_);
      const float energy =
          WienerGroup(noisy_group_.data(), basic_group_.data(), group.count, size_, variance);
      // A group of nothing but noise would get an infinite weight.
      weight = 1.0f / std::max(energy, 1e-6f);
    }
    for (int i = 0; i < group.count; ++i) {
      const BlockMatch& match = group.matches[static_cast<size_t>(i)];
      AddBlock(input_.transform,
               noisy_group_.data() + i * size_,
               input_.window.data(),
               weight,
               sums.numerator.at(match.row - first_row_, match.column),
               sums.denominator.at(match.row - first_row_, match.column),
               sums.numerator.stride);
    }
  }

  float MeanVariance(const BlockGroup& group) const {
    // Noise below the precision of pixels is none; a variance of 0 would let stage 2 divide 0 by 0.
    constexpr float kSmallest = 1e-12f;
    const int centre = stage_.block / 2;
    float sum = 0;
    for (int i = 0; i < group.count; ++i) {
      const BlockMatch& match = group.matches[static_cast<size_t>(i)];
      const float sigma = input_.sigma[static_cast<size_t>(
          (match.row + centre) * input_.noisy.width + match.column + centre)];
      sum += sigma * sigma;
    }
    return std::max(kSmallest, sum / static_cast<float>(group.count));
  }

  void Gather(const BlockGroup& group,
              const std::vector<float>& blocks,
              std::vector<float>& out) const {
    for (int i = 0; i < group.count; ++i) {
      const BlockMatch& match = group.matches[static_cast<size_t>(i)];
      const auto position =
          static_cast<ptrdiff_t>(match.row - first_row_) * columns_ + match.column;
      std::copy_n(blocks.data() + position * size_, size_, out.data() + i * size_);
    }
  }

  const StageInput& input_;
  const Bm3dStage& stage_;
  std::span<const int> rows_;  // of the reference blocks
  int size_;                   // floats of a block
  int columns_;                // positions of a block in a row
  int first_row_;              // blocks of the band's groups begin in [first_row_, end_row_)
  int end_row_;
  std::vector<float> noisy_blocks_;
  std::vector<float> basic_blocks_;
  std::vector<float> noisy_group_;
  std::vector<float> basic_group_;
};

PaddedPlane RunStage(const StageInput& input, const Bm3dStage& stage, int threads) {
  CHAOSENSE_CHECK(stage.max_similar <= kMaxSimilar && stage.window <= kMaxWindow);
  const int height = input.noisy.height;
  const int width = input.noisy.width;
  const std::vector<int> rows = ReferencePositions(height - stage.block, stage.step);
  std::vector<std::span<const int>> bands;
  for (size_t first = 0; first < rows.size();) {
    size_t end = first;
    while (end < rows.size() && rows[end] / kBandRows == rows[first] / kBandRows) ++end;
    bands.push_back(std::span(rows).subspan(first, end - first));
    first = end;
  }
  std::vector<Aggregate> parts(bands.size(), Aggregate{0, PaddedPlane(0, 0), PaddedPlane(0, 0)});
#pragma omp parallel for schedule(dynamic) num_threads(threads)
  for (size_t i = 0; i < bands.size(); ++i) parts[i] = Band(input, stage, bands[i]).Filter();

  PaddedPlane result(height, width);
  PaddedPlane weights(height, width);
  for (const Aggregate& part : parts) {
    for (int row = 0; row < part.numerator.height; ++row) {
      float* sum = result.at(part.first_row + row, 0);
      float* weight = weights.at(part.first_row + row, 0);
      for (int column = 0; column < width; ++column) {
        sum[column] += part.numerator.at(row, 0)[column];
        weight[column] += part.denominator.at(row, 0)[column];
      }
    }
  }
  for (int row = 0; row < height; ++row) {
    for (int column = 0; column < width; ++column) {
      *result.at(row, column) /= *weights.at(row, column);
    }
  }
  return result;
}

float RootMeanSquare(std::span<const float> values) {
  double sum = 0;
  for (const float v : values) sum += static_cast<double>(v) * v;
  return static_cast<float>(std::sqrt(sum / static_cast<double>(values.size())));
}

}  // namespace

Bm3dParameters Bm3dParametersFor(Bm3dProfile profile, float sigma) {
  if (profile == Bm3dProfile::kLowComplexity) {
    return {.hard = {8, 6, 16, 25, 3000}, .wiener = {8, 5, 16, 25, 400}, .threshold = 2.7f};
  }
  if (sigma > 40) {
    return {.hard = {8, 4, 32, 39, 25000}, .wiener = {11, 6, 32, 39, 3500}, .threshold = 2.8f};
  }
  return {.hard = {8, 3, 16, 39, 3000}, .wiener = {8, 3, 32, 39, 400}, .threshold = 2.7f};
}

void Bm3d::DenoiseVarying(std::span<const float> noisy,
                          int height,
                          int width,
                          std::span<const float> sigma,
                          int threads,
                          std::span<float> denoised) const {
  CheckDenoiserInput("BM3D", noisy, height, width, sigma, denoised);
  static const BlockTransform bior = Bior15Transform();
  static const BlockTransform dct8 = DctTransform(8);
  static const BlockTransform dct11 = DctTransform(11);
  static const std::vector<float> window8 = KaiserWindow(8);
  static const std::vector<float> window11 = KaiserWindow(11);

  Bm3dParameters parameters = Bm3dParametersFor(profile_, RootMeanSquare(sigma));
  if (std::min(height, width) < parameters.wiener.block) parameters.wiener.block = 8;
  PaddedPlane plane(height, width);
  for (int row = 0; row < height; ++row) {
    std::copy_n(noisy.data() + static_cast<size_t>(row) * static_cast<size_t>(width),
                width,
                plane.at(row, 0));
  }
  const bool large = parameters.wiener.block == 11;
  const PaddedPlane basic = RunStage(
      {plane, nullptr, bior, window8, sigma, parameters.threshold}, parameters.hard, threads);
  const PaddedPlane result =
      RunStage({plane, &basic, large ? dct11 : dct8, large ? window11 : window8, sigma, 0},
               parameters.wiener,
               threads);
  for (int row = 0; row < height; ++row) {
    std::copy_n(result.at(row, 0),
                width,
                denoised.data() + static_cast<size_t>(row) * static_cast<size_t>(width));
  }
}

int64_t Bm3d::macs(int height, int width) const {
  const Bm3dParameters parameters = Bm3dParametersFor(profile_, 0);
  int64_t sum = 0;
  for (const Bm3dStage& stage : {parameters.hard, parameters.wiener}) {
    const int64_t block = stage.block;
    const int64_t transform = 2 * block * block * block;
    const int64_t groups = int64_t{height / stage.step + 1} * (width / stage.step + 1);
    const int64_t window = std::min(stage.window, height) * std::min(stage.window, width);
    sum += int64_t{height} * width * transform;
    sum += groups * (window * block * block + stage.max_similar * (transform + 8 * block * block));
  }
  return sum;
}

}  // namespace chaosense
