// What of a picture survives when the ciphertext is disturbed on its way: noise and cropping.
#include <limits>
#include <optional>

#include "core/base/error.h"
#include "core/image/image_io.h"
#include "core/metrics/differential.h"
#include "core/metrics/quality.h"
#include "experiments/channel_attack.h"
#include "experiments/pipeline.h"

namespace chaosense {
namespace {

// Nothing where an authenticated cipher rejects the ciphertext. Other ciphers have no way to
// reject: what they throw is an error.
std::optional<ImageU8> Decrypted(const PipelineStages& stages,
                                 const Ciphertext& received,
                                 const Digest& nonce) {
  if (!stages.cipher().traits().authenticated) {
    return stages.cipher().Decrypt(received, stages.key(), nonce);
  }
  try {
    return stages.cipher().Decrypt(received, stages.key(), nonce);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kConfig) throw;
    return std::nullopt;
  }
}

}  // namespace

void MeasureRobustness(const PipelineImage& image,
                       const MeasureContext& context,
                       std::vector<Measurement>& values) {
  const auto add = [&](const char* metric, double value) {
    values.push_back({image.name, metric, value});
  };
  const ChannelAttack attack = ChannelAttack::FromDescription(context.attack);
  const PipelineStages& stages = context.stages;
  // The same disturbance whatever the cipher and the method, so that they can be compared.
  RandomStream random(
      fmt::format("seed {}|{}|channel {}", context.seed, image.name, attack.Label()));
  const Ciphertext received{attack.Apply(image.cipher.bytes, random), image.cipher.tag};
  const std::optional<ImageU8> decrypted =
      Decrypted(stages, received, PipelineStages::HashOf(image.original));
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::optional<ImageU8> picture;
  if (decrypted) picture = ToU8(stages.Expand(*decrypted, image.codes, image.original.shape));
  add("attack_strength", attack.strength);
  add("cipher_changed", Npcr(image.cipher.bytes.data, received.bytes.data));
  add("rejected", decrypted ? 0 : 1);
  add("codes_changed", decrypted ? Npcr(image.plain.data, decrypted->data) : kNone);
  add("psnr_attacked", picture ? Psnr8Bit(image.original, *picture) : kNone);
  add("ssim_attacked", picture ? Ssim(image.original, *picture) : kNone);
  if (!picture || !context.settings.at("attack_pictures").get<bool>()) return;
  const std::string file = image.name + "_attacked.png";
  SaveImage(*picture, context.cell.folder / file);
  context.files.push_back(file);
}

}  // namespace chaosense
