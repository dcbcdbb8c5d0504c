#include "core/nets/net_method.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/nets/weights.h"
#include "core/sensing/measurement_matrix.h"

namespace chaosense {
namespace {

// The planes as [channels / group, group, 33 a, 33 b]; at the right and at the bottom zeros, or the
// last pixels again.
at::Tensor PaddedPictures(const ImageF& image, int64_t group, bool repeat_edge) {
  const Shape& shape = image.shape;
  const BlockGrid grid = GridFor(shape.height, shape.width);
  at::Tensor pictures = at::zeros({shape.channels / group,
                                   group,
                                   int64_t{grid.rows} * kBlockSize,
                                   int64_t{grid.columns} * kBlockSize});
  pictures.slice(2, 0, shape.height)
      .slice(3, 0, shape.width)
      .copy_(at::from_blob(const_cast<float*>(image.data.data()),
                           {shape.channels / group, group, shape.height, shape.width}));
  if (repeat_edge) {
    pictures.slice(3, shape.width).copy_(pictures.slice(3, shape.width - 1, shape.width));
    pictures.slice(2, shape.height).copy_(pictures.slice(2, shape.height - 1, shape.height));
  }
  return pictures;
}

std::vector<float> ToVector(const at::Tensor& tensor) {
  const at::Tensor host = tensor.to(at::kCPU, at::kFloat).contiguous();
  return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

}  // namespace

void NetMethod::SetNet(std::shared_ptr<PictureNet> net,
                       const Quantiser& quantiser,
                       const FitContext& context) {
  device_ = PickDevice(context.device);
  threads_ = std::max(1, context.threads);
  net_ = std::move(net);
  net_->to(device_);
  net_->eval();
  quantiser_ = quantiser;
  if (net_->channels() == 1 && !quantiser.empty()) {
    color_quantiser_ = quantiser.Repeated(3);
  }
}

Codes<float> NetMethod::Sense(const ImageF& image) const {
  CHAOSENSE_CHECK(net_ != nullptr, "Fit comes first");
  at::set_num_threads(threads_);
  const torch::NoGradGuard no_grad;
  const bool replicate = net_->channels() == 3 && image.shape.channels == 1;
  const at::Tensor pictures = PaddedPictures(
      replicate ? ReplicateChannels(image, 3) : image, net_->channels(), RepeatsEdge());
  Codes<float> codes{GridFor(image.shape.height, image.shape.width), net_->measurement_shape(), {}};
  codes.block.channels *= static_cast<int>(pictures.size(0));
  // [pictures, a, b, m]: a block's pictures follow one another in its code.
  codes.values = ToVector(net_->Sense(pictures.to(device_)).permute({1, 2, 0, 3}));
  return codes;
}

ImageF NetMethod::Reconstruct(const Codes<float>& codes, Shape shape) const {
  CHAOSENSE_CHECK(net_ != nullptr, "Fit comes first");
  at::set_num_threads(threads_);
  const torch::NoGradGuard no_grad;
  const int64_t pictures = net_->channels() == 3 ? 1 : shape.channels;
  const auto count = static_cast<int64_t>(net_->measurement_shape().size());
  CHAOSENSE_CHECK(codes.grid == GridFor(shape.height, shape.width) &&
                  codes.values.size() ==
                      static_cast<size_t>(codes.grid.count() * pictures * count));
  const at::Tensor measurements =
      at::from_blob(const_cast<float*>(codes.values.data()),
                    {codes.grid.rows, codes.grid.columns, pictures, count})
          .permute({2, 0, 1, 3})
          .contiguous();
  at::Tensor picture = net_->Reconstruct(measurements.to(device_));
  if (net_->channels() == 3 && shape.channels == 1) picture = picture.mean(1, /*keepdim=*/true);
  return ImageF(shape, ToVector(picture.slice(2, 0, shape.height).slice(3, 0, shape.width)));
}

const Quantiser& NetMethod::QuantiserFor(int channels) const {
  return channels == 3 && !color_quantiser_.empty() ? color_quantiser_ : quantiser_;
}

Json NetMethod::Identity(const FitContext& context) const {
  const std::filesystem::path file = WeightFile(context);
  if (context.weights_to_come && !std::filesystem::exists(file)) return {{"weights", "to come"}};
  return {{"weights", ToHex(Sha256OfFile(file))}};
}

Cost NetMethod::cost(int channels) const {
  CHAOSENSE_CHECK(net_ != nullptr, "Fit comes first");
  int64_t numbers = ParameterCount(*net_);
  for (const at::Tensor& fixed : net_->buffers()) numbers += fixed.numel();
  const int pictures = net_->channels() == 1 ? channels : 1;
  return {numbers, pictures * net_->MacsPerBlock()};
}

std::filesystem::path WeightsPath(const std::string& name,
                                  const std::string& advice,
                                  const std::filesystem::path& model_dir,
                                  const DataFolder* data,
                                  bool to_come) {
  const bool is_model = name.find('/') == std::string::npos && !name.starts_with("data:");
  const std::filesystem::path path =
      is_model ? model_dir / name : ResolveDataPath(name, data != nullptr ? data->data_dir() : "");
  if (!(is_model && to_come) && !std::filesystem::exists(path))
    throw DataError("{}: no weights; {}", path.string(), advice);
  return path;
}

std::filesystem::path WeightsPath(const std::string& weights,
                                  const std::string& automatic,
                                  const std::string& advice,
                                  const FitContext& context) {
  const bool ours = weights == "auto";
  return WeightsPath(ours ? automatic : weights,
                     ours ? advice : "give a file that exists, or \"auto\"",
                     context.model_dir,
                     context.data,
                     context.weights_to_come);
}

}  // namespace chaosense
