// Measures of a map's keystream and of a cipher on it; standard ciphers have them as well.
#include <algorithm>
#include <cmath>

#include "core/cipher/chaotic_cipher.h"
#include "core/metrics/correlation.h"
#include "core/metrics/differential.h"
#include "core/metrics/entropy.h"
#include "core/metrics/statistics.h"
#include "core/randomness/sp800_22.h"
#include "core/randomness/until_failure.h"
#include "experiments/map_study.h"
#include "experiments/speed_beside.h"

namespace chaosense {
namespace {

void Add(std::vector<Measurement>& values, const std::string& metric, double value) {
  values.push_back({"", metric, value});
}

FillBytes StreamOf(const MapSubject& subject, const MapMeasureContext& context) {
  return KeystreamOf(subject, context.seed, context.settings.at("extractor"));
}

std::unique_ptr<Cipher> CipherOn(const MapSubject& subject, const MapMeasureContext& context) {
  if (subject.yardstick) return context.cell.ciphers->Create(subject.label);
  const auto plan = KeystreamPlanOf(*subject.family, context.settings.at("extractor"));
  const ChaoticCipherOptions options{2, Diffusion::kVector, 1};  // scrambling as `paper`
  return std::make_unique<ChaoticCipher>(options,
                                         [plan](std::span<const uint8_t> key, const Digest& nonce) {
                                           return std::make_unique<MapKeystream>(plan, key, nonce);
                                         });
}

}  // namespace

void MeasureMapSp80022(const MapSubject& subject,
                       const MapMeasureContext& context,
                       std::vector<Measurement>& values) {
  constexpr double kAlpha = 0.01;
  const auto count = context.settings.at("stream_bits").get<size_t>();
  Bytes bytes((count + 7) / 8);
  StreamOf(subject, context)(bytes);
  const TestOutcomes outcomes = RunSp80022(BitSequence::FromBytes(bytes, count), {});
  int64_t applicable = 0;
  int64_t failed = 0;
  for (const TestOutcome& outcome : outcomes) {
    applicable += outcome.applicable() ? 1 : 0;
    failed += outcome.Fails(kAlpha) ? 1 : 0;
  }
  Add(values, "sp800_22_p_values", static_cast<double>(applicable));
  Add(values, "sp800_22_failed", static_cast<double>(failed));
  Add(values,
      "sp800_22_pass_share",
      1 - static_cast<double>(failed) / static_cast<double>(std::max<int64_t>(1, applicable)));
  // p-values of one sequence hang together, so that the bound is a wide one.
  Add(values, "sp800_22_pass", BinomialUpperTail(applicable, kAlpha, failed) >= 1e-4 ? 1 : 0);
}

void MeasureMapUntilFailure(const MapSubject& subject,
                            const MapMeasureContext& context,
                            std::vector<Measurement>& values) {
  UntilFailureOptions options;
  options.limit = context.settings.at("failure_limit").get<uint64_t>();
  const auto source = MakeGeneratorSource(subject.label, StreamOf(subject, context));
  const UntilFailure result = TestUntilFailure(*source, options);
  Add(values,
      "bytes_until_failure",
      static_cast<double>(result.failed_at.value_or(result.bytes_tested)));
  Add(values, "until_failure_pass", result.failed_at ? 0 : 1);
  Add(values, "until_failure_adjusted_p", result.AdjustedP());
  Add(values, "until_failure_failed", result.failed_by_holm);
}

void MeasureMapSpeed(const MapSubject& subject,
                     const MapMeasureContext& context,
                     std::vector<Measurement>& values) {
  const SpeedsBeside speeds =
      MeasureSpeedsBeside({StreamOf(subject, context),
                           KeystreamOf(YardstickSubject("aes256_ctr", ""), context.seed),
                           KeystreamOf(YardstickSubject("chacha20", ""), context.seed)});
  Add(values, "keystream_speed", speeds.bytes_per_second[0] / 1e6);
  Add(values, "slower_than_aes256_ctr", speeds.ratio_to_first[1]);
  Add(values, "slower_than_chacha20", speeds.ratio_to_first[2]);
}

void MeasureMapCipher(const MapSubject& subject,
                      const MapMeasureContext& context,
                      std::vector<Measurement>& values) {
  const auto cipher = CipherOn(subject, context);
  const Dataset set = context.cell.data->Load(
      "generated_test", ColorMode::kGray, {context.settings.at("picture").get<std::string>()});
  const ImageU8& plain = set.images.at(0).pixels;
  const Digest key = Sha256Of(fmt::format("map study cipher {}", context.seed));
  const Digest frozen = Sha256Of("frozen nonce");
  const ImageU8 base = cipher->Encrypt(plain, key, Sha256Of(plain.data)).bytes;
  const ImageU8 base_frozen = cipher->Encrypt(plain, key, frozen).bytes;
  const auto n = static_cast<int64_t>(base.data.size());
  const double entropy = ShannonEntropy(base.data);
  Add(values, "entropy", entropy);
  Add(values, "entropy_z", EntropyZ(entropy, n));
  for (const auto& [letter, neighbour] : {std::pair{"h", Neighbour::kHorizontal},
                                          {"v", Neighbour::kVertical},
                                          {"d", Neighbour::kDiagonal}})
    Add(values, fmt::format("correlation_{}", letter), AdjacentCorrelation(base, neighbour).r);
  RandomStream random(fmt::format("map study pixels {}", context.seed));
  const int changes = context.settings.at("pixel_changes").get<int>();
  double npcr = 0;
  double uaci = 0;
  double npcr_frozen = 0;
  for (int i = 0; i < changes; ++i) {
    ImageU8 changed = plain;
    const auto at = static_cast<size_t>(random.UniformInt(n));
    changed.data[at] = static_cast<uint8_t>(changed.data[at] ^ 1);
    const ImageU8 live = cipher->Encrypt(changed, key, Sha256Of(changed.data)).bytes;
    npcr += Npcr(base.data, live.data) / changes;
    uaci += Uaci(base.data, live.data) / changes;
    npcr_frozen +=
        Npcr(base_frozen.data, cipher->Encrypt(changed, key, frozen).bytes.data) / changes;
  }
  Add(values, "npcr", npcr);
  Add(values, "uaci", uaci);
  Add(values, "npcr_frozen", npcr_frozen);
}

}  // namespace chaosense
