#include "core/training/validation.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/training/closed_form.h"

namespace chaosense {
namespace {

constexpr int64_t kBatchBlocks = 256;
constexpr uint64_t kNoiseSeed = 20201127;  // the same noise at every validation

}  // namespace

double ValidationPsnr::selection() const { return std::isnan(color) ? gray : 0.5 * (color + gray); }

std::string ToText(const ValidationPsnr& psnr) {
  std::string text = std::isnan(psnr.color) ? "" : fmt::format("color {:.3f} dB, ", psnr.color);
  text += fmt::format("gray {:.3f} dB", psnr.gray);
  if (!psnr.gray_by_count.empty())
    text += fmt::format(" ({:.2f})", fmt::join(psnr.gray_by_count, ", "));
  return text;
}

Validation::Validation(const std::vector<ImageU8>& images, int channels, size_t blocks, int side) {
  std::vector<ImageU8> gray;
  for (const ImageU8& image : images) {
    const ImageU8 luminance = ToGray(image);
    gray.push_back(channels == 1 ? luminance : ToU8(ReplicateChannels(ToFloat(luminance), 3)));
  }
  gray_ = Cut(std::move(gray), blocks, side);
  if (channels == 3) color_ = Cut(images, blocks, side);
}

Validation::Blocks Validation::Cut(std::vector<ImageU8> images, size_t blocks, int side) {
  const BlockDataset dataset(std::move(images), side, side);
  if (dataset.size() == 0)
    throw ConfigError("/validation: no picture of it holds a crop of {0} x {0} pixels", side);
  const auto k = static_cast<size_t>(side / kBlockSize);
  const size_t crops = std::max<size_t>(1, blocks / (k * k));
  const size_t step = std::max<size_t>(1, dataset.size() / crops);
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

double Validation::MeanPsnr(PictureNet& net,
                            const Blocks& blocks,
                            bool average,
                            const at::Device& device,
                            const CodeChannel& channel) {
  const torch::NoGradGuard no_grad;
  std::vector<double> error(blocks.images, 0.0);
  std::vector<double> count(blocks.images, 0.0);
  const int64_t total = blocks.values.size(0);
  const int64_t k = blocks.values.size(2) / kBlockSize;
  const int64_t batch = std::max<int64_t>(1, kBatchBlocks / (k * k));
  for (int64_t begin = 0; begin < total; begin += batch) {
    at::Tensor x = blocks.values.slice(0, begin, std::min(begin + batch, total)).to(device);
    const at::Tensor codes = channel.Pass(net.Sense(x), kNoiseSeed + static_cast<uint64_t>(begin));
    at::Tensor estimate = net.Reconstruct(codes);
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

ValidationPsnr Validation::Measure(PictureNet& net,
                                   const at::Device& device,
                                   const CodeChannel& channel) const {
  const bool color = color_.images > 0;
  ValidationPsnr psnr;
  psnr.color = color ? MeanPsnr(net, color_, false, device, channel)
                     : std::numeric_limits<double>::quiet_NaN();
  const std::vector<int> counts = net.measurement_counts();
  if (counts.size() < 2) {
    psnr.gray = MeanPsnr(net, gray_, color, device, channel);
    return psnr;
  }
  CHAOSENSE_CHECK(!color, "networks of several rates are gray");
  for (const int count : counts) {
    net.set_measurement_count(count);
    psnr.gray_by_count.push_back(MeanPsnr(net, gray_, false, device, channel));
    psnr.gray += psnr.gray_by_count.back() / static_cast<double>(counts.size());
  }
  return psnr;
}

}  // namespace chaosense
