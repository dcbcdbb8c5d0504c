// PSNR and SSIM of the plain reconstruction and of what came through the whole pipeline.
#include <limits>

#include "core/metrics/quality.h"
#include "experiments/pipeline.h"

namespace chaosense {
namespace {

// Adds measurements of one image under their metrics' names.
class Adder {
 public:
  Adder(const PipelineImage& image, std::vector<Measurement>& values)
      : image_(image), values_(values) {}
  void operator()(const char* metric, double value) const {
    values_.push_back({image_.name, metric, value});
  }

 private:
  const PipelineImage& image_;
  std::vector<Measurement>& values_;
};

void AddPlain(const PipelineImage& image, const Adder& add) {
  const ImageF original = ToFloat(image.original);
  add("psnr", Psnr(original, image.reconstructed));
  add("psnr_8bit", Psnr8Bit(image.original, ToU8(image.reconstructed)));
  add("ssim", Ssim(original, image.reconstructed));
}

void AddReceived(const PipelineImage& image, const Adder& add) {
  const ImageU8 received = ToU8(image.received);
  add("psnr_pipeline", Psnr8Bit(image.original, received));
  add("ssim_pipeline", Ssim(image.original, received));
}

void AddSizes(const PipelineImage& image, const MeasureContext& context, const Adder& add) {
  const Reconstructor& method = context.stages.method();
  const int channels = image.original.shape.channels;
  const Cost cost = method.cost(channels);
  add("rate_actual", method.ExactRate(channels));
  add("parameters", Parameters(cost));
  add("macs", Macs(cost, image));
  add("plain_bytes", static_cast<double>(image.original.data.size()));
  add("cipher_elements", static_cast<double>(image.cipher.bytes.data.size()));
}

}  // namespace

double Parameters(const Cost& cost) {
  if (!cost.parameters) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(*cost.parameters);
}

double Macs(const Cost& cost, const PipelineImage& image) {
  if (!cost.macs_per_block) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(*cost.macs_per_block) * image.codes.grid.count();
}

void MeasureQuality(const PipelineImage& image,
                    const MeasureContext& context,
                    std::vector<Measurement>& values) {
  const Adder add(image, values);
  AddPlain(image, add);
  AddReceived(image, add);
  AddSizes(image, context, add);
}

void MeasureReconstruction(const PipelineImage& image,
                           const MeasureContext& context,
                           std::vector<Measurement>& values) {
  const Adder add(image, values);
  AddPlain(image, add);
  AddSizes(image, context, add);
}

void MeasureReceived(const PipelineImage& image,
                     const MeasureContext& context,
                     std::vector<Measurement>& values) {
  const Adder add(image, values);
  AddReceived(image, add);
  AddSizes(image, context, add);
  const Shape shape = image.original.shape;
  add("bits_per_pixel",
      8.0 * static_cast<double>(image.cipher.bytes.data.size()) /
          (static_cast<double>(shape.height) * static_cast<double>(shape.width)));
}

}  // namespace chaosense
