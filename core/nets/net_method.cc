#include "core/nets/net_method.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/nets/weights.h"
#include "core/sensing/measurement_matrix.h"

namespace chaosense {
namespace {

constexpr int64_t kBatch = 128;

template <typename T>
std::vector<T> Repeat(const std::vector<T>& values, int times) {
  std::vector<T> result;
  for (int i = 0; i < times; ++i) result.insert(result.end(), values.begin(), values.end());
  return result;
}

// Runs `apply` on batches of rows of `input` and gathers the rows of what it returns.
template <typename Apply>
std::vector<float> InBatches(const std::vector<float>& input,
                             int64_t rows,
                             at::Device device,
                             Apply apply) {
  const torch::NoGradGuard no_grad;
  CHAOSENSE_CHECK(rows > 0 && input.size() % static_cast<size_t>(rows) == 0);
  const int64_t width = static_cast<int64_t>(input.size()) / rows;
  std::vector<float> output;
  for (int64_t begin = 0; begin < rows; begin += kBatch) {
    const int64_t count = std::min(kBatch, rows - begin);
    const at::Tensor batch =
        at::from_blob(const_cast<float*>(input.data()) + begin * width, {count, width}).to(device);
    const at::Tensor result = apply(batch).to(at::kCPU, at::kFloat).contiguous();
    const float* values = result.template data_ptr<float>();
    output.insert(output.end(), values, values + result.numel());
  }
  return output;
}

}  // namespace

void NetMethod::SetNet(std::shared_ptr<BlockNet> net,
                       const Quantiser& quantiser,
                       const FitContext& context) {
  device_ = PickDevice(context.device);
  threads_ = std::max(1, context.threads);
  net_ = std::move(net);
  net_->to(device_);
  net_->eval();
  quantiser_ = quantiser;
  if (net_->channels() == 1 && !quantiser.empty()) {
    color_quantiser_ =
        Quantiser(Repeat(quantiser.centre(), 3), Repeat(quantiser.half_range(), 3), quantiser.mu());
  }
}

Codes<float> NetMethod::Sense(const ImageF& image) const {
  CHAOSENSE_CHECK(net_ != nullptr, "Fit comes first");
  at::set_num_threads(threads_);
  const bool replicate = net_->channels() == 3 && image.shape.channels == 1;
  const std::vector<float> blocks = SplitBlocks(replicate ? ReplicateChannels(image, 3) : image);
  const int64_t per_position = BlocksPerPosition(image.shape.channels);
  Codes<float> codes{GridFor(image.shape.height, image.shape.width), net_->measurement_shape(), {}};
  codes.block.channels *= static_cast<int>(per_position);
  const int64_t rows = codes.grid.count() * per_position;
  codes.values = InBatches(blocks, rows, device_, [&](const at::Tensor& batch) {
    return net_->Encode(batch.view({-1, net_->channels(), kBlockSize, kBlockSize}));
  });
  return codes;
}

ImageF NetMethod::Reconstruct(const Codes<float>& codes, Shape shape) const {
  CHAOSENSE_CHECK(net_ != nullptr, "Fit comes first");
  at::set_num_threads(threads_);
  const int64_t rows = codes.grid.count() * BlocksPerPosition(shape.channels);
  CHAOSENSE_CHECK(codes.grid == GridFor(shape.height, shape.width) &&
                  codes.values.size() ==
                      static_cast<size_t>(rows) * net_->measurement_shape().size());
  const std::vector<float> blocks = InBatches(
      codes.values, rows, device_, [&](const at::Tensor& batch) { return net_->Decode(batch); });
  if (net_->channels() != 3 || shape.channels == 3) return MergeBlocks(blocks, shape);
  return MeanOfChannels(MergeBlocks(blocks, Shape{3, shape.height, shape.width}));
}

const Quantiser& NetMethod::QuantiserFor(int channels) const {
  return channels == 3 && !color_quantiser_.empty() ? color_quantiser_ : quantiser_;
}

Cost NetMethod::cost() const {
  CHAOSENSE_CHECK(net_ != nullptr, "Fit comes first");
  return {ParameterCount(*net_), net_->MacsPerBlock()};
}

std::filesystem::path WeightsPath(const std::string& weights,
                                  const std::string& automatic,
                                  const std::string& advice,
                                  const FitContext& context) {
  const std::filesystem::path path =
      weights == "auto"
          ? context.model_dir / automatic
          : ResolveDataPath(weights, context.data != nullptr ? context.data->data_dir() : "");
  if (!std::filesystem::exists(path)) throw DataError("{}: no weights; {}", path.string(), advice);
  return path;
}

}  // namespace chaosense
