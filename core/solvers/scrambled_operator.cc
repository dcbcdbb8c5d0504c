#include "core/solvers/scrambled_operator.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/base/random.h"

namespace chaosense {

ScrambledOperator::ScrambledOperator(std::unique_ptr<FastTransform> transform,
                                     int height,
                                     int width,
                                     int64_t measurements,
                                     uint64_t seed)
    : transform_(std::move(transform)), height_(height), width_(width) {
  const int64_t count = pixels();
  CHAOSENSE_CHECK(transform_ != nullptr && transform_->size() == count && count > 0 &&
                  count <= std::numeric_limits<uint32_t>::max());
  CHAOSENSE_CHECK(measurements >= 1 && measurements <= count);
  const std::string stream = fmt::format("{}|{}|{}x{}", transform_->name(), seed, height, width);

  order_.resize(static_cast<size_t>(count));
  std::iota(order_.begin(), order_.end(), 0U);
  RandomStream pixel_order(stream + "|pixels");
  Shuffle(order_, pixel_order);

  std::vector<bool> is_mean(static_cast<size_t>(count));
  for (const FastTransform::Mean& mean : transform_->means()) {
    is_mean[static_cast<size_t>(mean.coefficient)] = true;
    if (static_cast<int64_t>(kept_.size()) == measurements) continue;
    kept_.push_back(static_cast<uint32_t>(mean.coefficient));
    mean_groups_.push_back(mean.n);
  }
  std::vector<uint32_t> others;
  others.reserve(static_cast<size_t>(count));
  for (size_t i = 0; i < is_mean.size(); ++i) {
    if (!is_mean[i]) others.push_back(static_cast<uint32_t>(i));
  }
  RandomStream choice(stream + "|coefficients");
  Shuffle(others, choice);
  others.resize(static_cast<size_t>(measurements) - kept_.size());
  kept_.insert(kept_.end(), others.begin(), others.end());
}

void ScrambledOperator::Apply(std::span<const float> x, std::span<float> y) const {
  CHAOSENSE_CHECK(x.size() == order_.size() && y.size() == kept_.size());
  std::vector<float> values(order_.size());
  for (size_t i = 0; i < values.size(); ++i) values[i] = x[order_[i]];
  transform_->Forward(values);
  for (size_t i = 0; i < kept_.size(); ++i) y[i] = values[kept_[i]];
}

void ScrambledOperator::ApplyTranspose(std::span<const float> y, std::span<float> x) const {
  CHAOSENSE_CHECK(x.size() == order_.size() && y.size() == kept_.size());
  std::vector<float> values(order_.size());
  for (size_t i = 0; i < kept_.size(); ++i) values[kept_[i]] = y[i];
  transform_->Inverse(values);
  for (size_t i = 0; i < values.size(); ++i) x[order_[i]] = values[i];
}

}  // namespace chaosense
