#include "core/nets/klt_net.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/base/error.h"
#include "core/image/blocks.h"
#include "core/nets/description.h"
#include "core/nets/tensor_blocks.h"
#include "core/sensing/measurement_matrix.h"

namespace chaosense {
namespace {

namespace nn = torch::nn;

constexpr int64_t kSide = kBlockSize;
constexpr int64_t kPixels = kSide * kSide;
constexpr int64_t kCell = 3;  // convolutions work on cells of 3 x 3 pixels: 11 x 11 a block
constexpr int64_t kCellValues = kCell * kCell;
constexpr int64_t kCells = kPixels / kCellValues;

// About the root mean square error of the closed-form estimate from `count` measurements, relative
// to that from 10. What the trunk adds is multiplied by it: without, a change that helps a low rate
// a little harms a high one much, and rates together learn nothing.
double ErrorScale(int64_t count) {
  const auto m = static_cast<double>(count);
  return std::pow(10 / m, 0.3) * std::pow(1 - std::min(m / kPixels, 0.99), 0.6);
}

nn::Conv2d Conv3x3(int64_t in, int64_t out) {
  return nn::Conv2d(nn::Conv2dOptions(in, out, 3).padding(1));
}

}  // namespace

KltNet::KltNet(const KltLayout& layout, uint64_t seed)
    : layout_(layout), count_(layout.counts.front()) {
  const int64_t rows = layout.counts.front();
  const int64_t f = layout.features;
  phi_ = register_parameter("phi", at::zeros({rows, kPixels}));
  psi_ = register_parameter("psi", at::zeros({rows, kPixels}));
  head_ = register_module("head", Conv3x3(kCellValues, f));
  for (int k = 0; k < layout.phases; ++k) {
    const std::string phase = "phase" + std::to_string(k);
    if (k > 0) inject_.push_back(register_module(phase + "_inject", Conv3x3(kCellValues, f)));
    for (int i = 0; i < layout.blocks; ++i) {
      const std::string block = phase + "_block" + std::to_string(i);
      first_.push_back(register_module(block + "a", Conv3x3(f, f)));
      second_.push_back(register_module(block + "b", Conv3x3(f, f)));
    }
    out_.push_back(register_module(phase + "_out", Conv3x3(f, kCellValues)));
  }
  gates_ = register_parameter("gates",
                              at::zeros({static_cast<int64_t>(layout.counts.size()),
                                         int64_t{layout.phases} * layout.blocks,
                                         2,
                                         f}));
  InitialiseGaussian(*this, seed, 1.0);
  // What is added to the closed-form estimate begins at zero.
  const torch::NoGradGuard no_grad;
  for (nn::Conv2d& layer : second_) layer->weight.zero_();
  for (nn::Conv2d& layer : out_) layer->weight.zero_();
  gates_.zero_();
  SetComponents(at::eye(rows, kPixels));
}

void KltNet::SetComponents(const at::Tensor& rows) {
  const torch::NoGradGuard no_grad;
  phi_.copy_(rows);
  psi_.copy_(rows);
}

void KltNet::set_measurement_count(int count) {
  CHAOSENSE_CHECK(count >= 1 && count <= phi_.size(0));
  count_ = count;
}

at::Tensor KltNet::Sense(const at::Tensor& pictures) {
  return at::matmul(ToBlocks(pictures - 0.5), phi_.slice(0, 0, count_).t());
}

at::Tensor KltNet::Estimate(const at::Tensor& measurements) const {
  return FromBlocks(at::matmul(measurements, psi_.slice(0, 0, measurements.size(3))));
}

at::Tensor KltNet::Reconstruct(const at::Tensor& measurements) {
  if (layout_.whole_picture) return Trunk(measurements, Estimate(measurements)) + 0.5;
  const int64_t n = measurements.size(0);
  const int64_t a = measurements.size(1);
  const int64_t b = measurements.size(2);
  const at::Tensor alone = measurements.reshape({n * a * b, 1, 1, measurements.size(3)});
  return FromBlocks(Trunk(alone, Estimate(alone)).view({n, a, b, kPixels})) + 0.5;
}

at::Tensor KltNet::GatesFor(int64_t count) const {
  const std::vector<int>& counts = layout_.counts;  // descending
  at::Tensor gates = gates_[0];
  for (size_t i = 1; i < counts.size() && count < counts[i - 1]; ++i) {
    const double above = std::log(counts[i - 1]);
    const double below = std::log(counts[i]);
    const double share = (above - std::log(static_cast<double>(count))) / (above - below);
    const auto k = static_cast<int64_t>(i);
    gates = share >= 1 ? gates_[k] : at::lerp(gates_[k - 1], gates_[k], share);
  }
  return gates.view({-1, 2, 1, layout_.features, 1, 1});
}

at::Tensor KltNet::Trunk(const at::Tensor& measurements, at::Tensor picture) {
  const int64_t count = measurements.size(3);
  const auto cells = [&](const at::Tensor& x) { return Format(at::pixel_unshuffle(x, kCell)); };
  const at::Tensor gates = GatesFor(count).to(convolution_type_);
  const double scale = ErrorScale(count);
  at::Tensor h = Convolve(head_, cells(picture));
  size_t block = 0;
  for (size_t k = 0; k < out_.size(); ++k) {
    if (k > 0) {
      const at::Tensor news =
          layout_.measurement_residual
              ? Estimate(measurements - at::matmul(ToBlocks(picture), phi_.slice(0, 0, count).t()))
              : picture;
      h = h + Convolve(inject_[k - 1], cells(news));
    }
    for (int i = 0; i < layout_.blocks; ++i, ++block) {
      const at::Tensor gate = gates[static_cast<int64_t>(block)];  // factor less 1, summand
      at::Tensor u = at::relu(Convolve(first_[block], h));
      u = at::addcmul(u + gate[1], u, gate[0]);
      h = h + Convolve(second_[block], u);
    }
    const at::Tensor change = Convolve(out_[k], at::relu(h)).to(at::kFloat);
    picture = picture + at::pixel_shuffle(change, kCell) * scale;
  }
  return picture;
}

int64_t KltNet::MacsPerBlock() const {
  const int64_t linear = count_ * kPixels;
  int64_t macs = 2 * linear + ConvolutionMacs(head_, kCells);
  for (const auto* layers : {&first_, &second_, &inject_, &out_}) {
    for (const nn::Conv2d& layer : *layers) macs += ConvolutionMacs(layer, kCells);
  }
  if (layout_.measurement_residual) macs += 2 * linear * (layout_.phases - 1);
  return macs;
}

Json KltNet::Description() const {
  return {{"name", "klt_net"},
          {"size", layout_.size},
          {"counts", layout_.counts},
          {"features", layout_.features},
          {"phases", layout_.phases},
          {"blocks", layout_.blocks},
          {"measurement_residual", layout_.measurement_residual},
          {"whole_picture", layout_.whole_picture}};
}

std::shared_ptr<PictureNet> MakeKltNet(const Json& description,
                                       uint64_t seed,
                                       const std::string& where) {
  const DescriptionReader reader(description,
                                 where,
                                 {"name",
                                  "size",
                                  "counts",
                                  "features",
                                  "phases",
                                  "blocks",
                                  "measurement_residual",
                                  "whole_picture"});
  KltLayout layout;
  layout.size = reader.Name("size", layout.size);
  layout.counts.clear();
  for (const int64_t count : reader.Integers("counts", 0, 1, kPixels))
    layout.counts.push_back(static_cast<int>(count));
  if (std::ranges::adjacent_find(layout.counts, std::less_equal<>()) != layout.counts.end())
    throw ConfigError("{}/counts: expected numbers of measurements in descending order", where);
  layout.features = static_cast<int>(reader.Integer("features", layout.features, 1, 1024));
  layout.phases = static_cast<int>(reader.Integer("phases", layout.phases, 1, 64));
  layout.blocks = static_cast<int>(reader.Integer("blocks", layout.blocks, 1, 64));
  layout.measurement_residual = reader.Flag("measurement_residual", layout.measurement_residual);
  layout.whole_picture = reader.Flag("whole_picture", layout.whole_picture);
  return std::make_shared<KltNet>(layout, seed);
}

}  // namespace chaosense
