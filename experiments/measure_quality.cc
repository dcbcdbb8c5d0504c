#include "core/metrics/quality.h"
#include "experiments/pipeline.h"

namespace chaosense {

void MeasureQuality(const PipelineImage& image,
                    const MeasureContext& context,
                    std::vector<Measurement>& values) {
  const auto add = [&](const char* metric, double value) {
    values.push_back({image.name, metric, value});
  };
  const ImageF original = ToFloat(image.original);
  const ImageU8 seen = ToU8(image.reconstructed);
  add("psnr", Psnr(original, image.reconstructed));
  add("psnr_8bit", Psnr8Bit(image.original, seen));
  add("ssim", Ssim(original, image.reconstructed));
  const ImageU8 received = ToU8(image.received);
  add("psnr_pipeline", Psnr8Bit(image.original, received));
  add("ssim_pipeline", Ssim(image.original, received));

  const Cost cost = context.stages.method().cost();
  add("rate_actual", context.stages.method().ExactRate(image.original.shape.channels));
  add("parameters", static_cast<double>(cost.parameters));
  add("macs", static_cast<double>(cost.macs_per_block) * image.codes.grid.count());
  add("plain_bytes", static_cast<double>(image.original.data.size()));
  add("cipher_elements", static_cast<double>(image.cipher.bytes.data.size()));
}

}  // namespace chaosense
