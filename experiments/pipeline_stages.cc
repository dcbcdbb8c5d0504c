#include "experiments/pipeline.h"

namespace chaosense {

PipelineStages::PipelineStages(const Reconstructor& method, const Cipher& cipher, uint64_t seed)
    : method_(method),
      cipher_(cipher),
      key_(Sha256Of(fmt::format("pipeline key|seed {}", seed))),
      frozen_(Sha256Of(fmt::format("pipeline frozen hash|seed {}", seed))) {}

Digest PipelineStages::HashOf(const ImageU8& image) {
  return Sha256()
      .Update(fmt::format("{}x{}x{}|", image.shape.channels, image.shape.height, image.shape.width))
      .Update(image.data)
      .Finish();
}

ImageU8 PipelineStages::Compress(const ImageU8& original) const {
  const Quantiser& quantiser = method_.QuantiserFor(original.shape.channels);
  return ArrangeAsImage(quantiser.Quantise(method_.Sense(ToFloat(original))));
}

PipelineImage PipelineStages::Process(std::string name, const ImageU8& original) const {
  PipelineImage image;
  image.name = std::move(name);
  image.original = original;
  const Quantiser& quantiser = method_.QuantiserFor(original.shape.channels);
  image.measurements = method_.Sense(ToFloat(original));
  image.reconstructed = method_.Reconstruct(image.measurements, original.shape);
  image.codes = quantiser.Quantise(image.measurements);
  image.plain = ArrangeAsImage(image.codes);
  const Digest nonce = HashOf(original);
  image.cipher = cipher_.Encrypt(image.plain, key_, nonce);
  image.decrypted = cipher_.Decrypt(image.cipher, key_, nonce);
  const Codes<uint8_t> received =
      FromArrangement(image.decrypted, image.codes.grid, image.codes.block);
  image.received = method_.Reconstruct(quantiser.Dequantise(received), original.shape);
  return image;
}

}  // namespace chaosense
