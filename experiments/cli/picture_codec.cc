#include "experiments/cli/picture_codec.h"

#include "core/base/error.h"
#include "core/chaos/cloud.h"
#include "core/cipher/key_file.h"
#include "experiments/pipeline.h"

namespace chaosense {

PictureCodec::PictureCodec(const Choice& choice,
                           const FitContext& context,
                           Registries& registries,
                           const std::string& where)
    : choice_(choice) {
  for (const auto& [kind, name] : {std::pair{"cipher", choice.cipher}, {"method", choice.method}}) {
    if (name != "external") continue;
    throw ConfigError(
        "{}: an external {} cannot go into a file: decrypting it would run whatever program "
        "the file names",
        where,
        kind);
  }
  registries.NeedMethod(choice.method);
  const PluginInfo& method = registries.methods.Info(choice.method, where);
  choice_.method_parameters =
      ResolveParameters(method, choice.method_parameters, where + ": " + choice.method);
  const PluginInfo& cipher = registries.ciphers.Info(choice.cipher, where);
  choice_.cipher_parameters =
      ResolveParameters(cipher, choice.cipher_parameters, where + ": " + choice.cipher);
  cipher_revision_ = cipher.revision;
  cipher_ = registries.ciphers.Create(choice.cipher, choice_.cipher_parameters, where);
  method_ = registries.methods.Create(choice.method, choice_.method_parameters, where);
  FitContext fit = context;
  fit.fit_datasets = choice.fit_datasets;
  const Json identity = {{"model", method_->Identity(fit)}, {"revision", method.revision}};
  model_checksum_ = ToHex(Sha256Of(CanonicalJson(identity)));
  method_->Fit(fit);
}

Container PictureCodec::Encrypt(const ImageU8& picture, std::span<const uint8_t> key) const {
  Container c;
  c.cipher = choice_.cipher;
  c.cipher_parameters = choice_.cipher_parameters;
  c.cipher_revision = cipher_revision_;
  c.method = choice_.method;
  c.method_parameters = choice_.method_parameters;
  c.fit_datasets = choice_.fit_datasets;
  c.model_checksum = model_checksum_;
  c.chaos_abi = kChaosAbi;
  c.rate = method_->ExactRate(picture.shape.channels);
  c.image = picture.shape;
  const Codes<uint8_t> codes =
      method_->QuantiserFor(picture.shape.channels).Quantise(method_->Sense(ToFloat(picture)));
  c.grid = codes.grid;
  c.block = codes.block;
  const ImageU8 plain = ArrangeAsImage(codes);
  // Of what is encrypted, not of the picture: two methods or rates make different codes of one
  // picture, and one keystream for both would give their difference away.
  c.nonce = cipher_->traits().plaintext_bound ? PipelineStages::HashOf(plain) : RandomNonce();
  Ciphertext encrypted = cipher_->Encrypt(plain, ContainerCipherKey(key), c.nonce);
  c.payload = std::move(encrypted.bytes.data);
  c.tag = std::move(encrypted.tag);
  return c;
}

ImageU8 PictureCodec::Decrypt(const Container& container, std::span<const uint8_t> key) const {
  const Ciphertext encrypted{ImageU8(container.payload_shape(), container.payload), container.tag};
  const ImageU8 plain = cipher_->Decrypt(encrypted, ContainerCipherKey(key), container.nonce);
  const Codes<uint8_t> codes = FromArrangement(plain, container.grid, container.block);
  const Quantiser& quantiser = method_->QuantiserFor(container.image.channels);
  return ToU8(method_->Reconstruct(quantiser.Dequantise(codes), container.image));
}

void PictureCodec::RequireSame(const Container& container, const std::string& name) const {
  if (container.model_checksum != model_checksum_) {
    throw ConfigError("{}: written with another model of {} (checksum {}..., this build has {}...)",
                      name,
                      container.method,
                      container.model_checksum.substr(0, 12),
                      model_checksum_.substr(0, 12));
  }
  if (container.cipher_revision != cipher_revision_) {
    throw ConfigError("{}: written with revision {} of the cipher {}, this build has {}",
                      name,
                      container.cipher_revision,
                      container.cipher,
                      cipher_revision_);
  }
  if (cipher_->traits().chaotic && container.chaos_abi != kChaosAbi) {
    throw ConfigError("{}: written with the keystream \"{}\", this build has \"{}\"",
                      name,
                      container.chaos_abi,
                      kChaosAbi);
  }
  // In raw mode these may have been changed; the quantiser must never see another number of
  // coefficients.
  const size_t coefficients = method_->QuantiserFor(container.image.channels).centre().size();
  if (container.block.size() != coefficients) {
    throw ConfigError("{}: damaged header: blocks of {} bytes, but {} gives {}",
                      name,
                      container.block.size(),
                      container.method,
                      coefficients);
  }
}

std::string SizeText(Shape shape) {
  return fmt::format("{} x {}, {} channel{}",
                     shape.width,
                     shape.height,
                     shape.channels,
                     shape.channels == 1 ? "" : "s");
}

}  // namespace chaosense
