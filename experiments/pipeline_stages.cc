#include <algorithm>
#include <cmath>

#include "core/attacks/oracle.h"
#include "core/base/error.h"
#include "experiments/pipeline.h"
#include "experiments/stage_cost.h"

namespace chaosense {
namespace {

// NaN becomes byte 0, which would look like a value.
void RequireFinite(const std::vector<float>& values, const char* what) {
  if (!std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); }))
    throw RunError("the {} holds values that are not finite", what);
}

}  // namespace

PipelineStages::PipelineStages(const Reconstructor& method, const Cipher& cipher, uint64_t seed)
    : method_(method),
      cipher_(cipher),
      key_(Sha256Of(fmt::format("pipeline key|seed {}", seed))),
      frozen_(Sha256Of(fmt::format("pipeline frozen hash|seed {}", seed))) {}

Digest PipelineStages::HashOf(const ImageU8& image) { return PlaintextHash(image); }

ImageU8 PipelineStages::Compress(const ImageU8& original) const {
  const Codes<float> measurements = method_.Sense(ToFloat(original));
  RequireFinite(measurements.values, "measurements");
  return ArrangeAsImage(method_.QuantiserFor(original.shape.channels).Quantise(measurements));
}

ImageF PipelineStages::Expand(const ImageU8& decrypted,
                              const Codes<uint8_t>& codes,
                              Shape shape) const {
  const Codes<uint8_t> received = FromArrangement(decrypted, codes.grid, codes.block);
  ImageF image =
      method_.Reconstruct(method_.QuantiserFor(shape.channels).Dequantise(received), shape);
  RequireFinite(image.data, "reconstruction from the received codes");
  return image;
}

PipelineImage PipelineStages::Process(std::string name,
                                      const ImageU8& original,
                                      const PipelineNeeds& needs) const {
  PipelineImage image;
  image.name = std::move(name);
  image.original = original;
  try {
    Fill(needs, image);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) throw;
    throw Error(error.kind(), fmt::format("{}: {}", image.name, error.what()));
  }
  return image;
}

void PipelineStages::Fill(const PipelineNeeds& needs, PipelineImage& image) const {
  const Shape shape = image.original.shape;
  const Quantiser& quantiser = method_.QuantiserFor(shape.channels);
  const ImageF pixels = ToFloat(image.original);
  image.cost.seconds_sense = SecondsOf([&] { image.measurements = method_.Sense(pixels); });
  if (needs.reconstructed) {
    const MemoryPeak memory(needs.cost);
    image.cost.seconds_reconstruct =
        SecondsOf([&] { image.reconstructed = method_.Reconstruct(image.measurements, shape); });
    image.cost.peak_memory = memory.BytesAbove();
  }
  RequireFinite(image.measurements.values, "measurements");
  RequireFinite(image.reconstructed.data, "reconstruction");
  image.codes = quantiser.Quantise(image.measurements);
  image.plain = ArrangeAsImage(image.codes);
  const Digest nonce = HashOf(image.original);
  image.cipher = cipher_.Encrypt(image.plain, key_, nonce);
  image.decrypted = cipher_.Decrypt(image.cipher, key_, nonce);
  if (needs.received) image.received = Expand(image.decrypted, image.codes, shape);
}

}  // namespace chaosense
