#include "core/training/validation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/training/closed_form.h"

namespace chaosense {
namespace {

constexpr int64_t kBatch = 256;

at::Tensor ThroughBytes(const at::Tensor& codes, const Quantiser& quantiser) {
  const at::Tensor host = codes.to(at::kCPU).contiguous();
  const auto rows = static_cast<int>(host.size(0));
  Codes<float> values{BlockGrid{rows, 1},
                      Shape{1, 1, static_cast<int>(host.size(1))},
                      {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()}};
  values = quantiser.Dequantise(quantiser.Quantise(values));
  return at::from_blob(values.values.data(), host.sizes()).clone().to(codes.device());
}

}  // namespace

double ValidationPsnr::selection() const { return std::isnan(color) ? gray : 0.5 * (color + gray); }

Validation::Validation(const std::vector<ImageU8>& images, int channels, size_t blocks) {
  std::vector<ImageU8> gray;
  for (const ImageU8& image : images) {
    const ImageU8 luminance = ToGray(image);
    gray.push_back(channels == 1 ? luminance : ToU8(ReplicateChannels(ToFloat(luminance), 3)));
  }
  gray_ = Cut(std::move(gray), blocks);
  if (channels == 3) color_ = Cut(images, blocks);
}

Validation::Blocks Validation::Cut(std::vector<ImageU8> images, size_t blocks) {
  const BlockDataset dataset(std::move(images), kBlockSize);
  if (dataset.size() == 0)
    throw ConfigError("/validation: no picture of it holds a {0} x {0} block", kBlockSize);
  const size_t step = std::max<size_t>(1, dataset.size() / std::max<size_t>(1, blocks));
  std::vector<BatchOrder::Item> items;
  Blocks result;
  for (size_t i = 0; i < dataset.size(); i += step) {
    items.push_back({i, 0});
    result.image.push_back(dataset.image_of(i));
  }
  result.values = LoadBatch(dataset, items);
  result.images = *std::max_element(result.image.begin(), result.image.end()) + 1;
  return result;
}

double Validation::MeanPsnr(BlockNet& net,
                            const Blocks& blocks,
                            bool average,
                            const at::Device& device,
                            const Quantiser* quantiser) {
  const torch::NoGradGuard no_grad;
  std::vector<double> error(blocks.images, 0.0);
  std::vector<double> count(blocks.images, 0.0);
  const int64_t total = blocks.values.size(0);
  for (int64_t begin = 0; begin < total; begin += kBatch) {
    at::Tensor x = blocks.values.slice(0, begin, std::min(begin + kBatch, total)).to(device);
    at::Tensor codes = net.Encode(x);
    if (quantiser != nullptr) codes = ThroughBytes(codes, *quantiser);
    at::Tensor estimate = net.Decode(codes);
    if (average) {
      estimate = estimate.mean({1}, /*keepdim=*/true);
      x = x.slice(1, 0, 1);
    }
    const at::Tensor squares =
        (estimate - x).square().mean({1, 2, 3}).to(at::kCPU, at::kDouble).contiguous();
    for (int64_t i = 0; i < squares.numel(); ++i) {
      const size_t image = blocks.image[static_cast<size_t>(begin + i)];
      error[image] += squares.data_ptr<double>()[i];
      count[image] += 1;
    }
  }
  double sum = 0;
  double images = 0;
  for (size_t i = 0; i < blocks.images; ++i) {
    if (count[i] == 0) continue;
    sum += -10 * std::log10(std::max(error[i] / count[i], 1e-20));
    images += 1;
  }
  return sum / images;
}

ValidationPsnr Validation::Measure(BlockNet& net,
                                   const at::Device& device,
                                   const Quantiser* quantiser) const {
  const bool color = color_.images > 0;
  return {color ? MeanPsnr(net, color_, false, device, quantiser)
                : std::numeric_limits<double>::quiet_NaN(),
          MeanPsnr(net, gray_, color, device, quantiser)};
}

}  // namespace chaosense
