// A5: how far one changed plaintext byte reaches.
#include <fmt/format.h>

#include <algorithm>

#include "core/attacks/evidence.h"
#include "core/metrics/differential.h"

namespace chaosense {
namespace {

constexpr int kSide = 64;
constexpr int kMapSide = 16;
constexpr double kAlpha = 0.01;

// Row i, column j: white where a change of plaintext byte i changed ciphertext byte j.
ImageU8 DiffusionMap(Oracle& oracle, RandomStream& random, double& reach, double& least) {
  const Shape shape{1, kMapSide, kMapSide};
  const auto size = static_cast<int>(shape.size());
  const ImageU8 plain = RandomPicture(shape, random);
  const ImageU8 reference = oracle.Encrypt(plain).cipher.bytes;
  ImageU8 map(Shape{1, size, size});
  double sum = 0;
  least = size;
  for (int i = 0; i < size; ++i) {
    ImageU8 changed = plain;
    changed.data[static_cast<size_t>(i)] ^= static_cast<uint8_t>(1 + random.UniformInt(255));
    const ImageU8 answer = oracle.Encrypt(changed).cipher.bytes;
    int moved = 0;
    for (int j = 0; j < size; ++j) {
      const auto at = static_cast<size_t>(j);
      if (answer.data[at] == reference.data[at]) continue;
      map.at(0, i, j) = 255;
      ++moved;
    }
    sum += moved;
    least = std::min(least, static_cast<double>(moved));
  }
  reach = sum / size;
  return map;
}

const DifferentialSummary::Level& LevelOf(const DifferentialSummary& summary) {
  return *std::find_if(summary.levels.begin(), summary.levels.end(), [](const auto& level) {
    return level.alpha == kAlpha;
  });
}

}  // namespace

CheckResult CheckDiffusion(const AuditTarget& target, const AuditBudget& budget) {
  CheckResult result;
  Oracle oracle = target.NewOracle("a5");
  RandomStream random = target.Stream("a5");
  const ImageU8 plain = PictureOfSide(target.picture, kSide);
  const ImageU8 reference = oracle.Encrypt(plain).cipher.bytes;
  std::vector<DifferentialPair> pairs;
  for (int i = 0; i < budget.differential; ++i) {
    ImageU8 changed = plain;
    changed.data[static_cast<size_t>(random.UniformInt(static_cast<int64_t>(plain.data.size())))] ^=
        i % 2 == 0 ? 0x01 : 0x80;
    const ImageU8 answer = oracle.Encrypt(changed).cipher.bytes;
    pairs.push_back({Npcr(reference.data, answer.data), Uaci(reference.data, answer.data)});
  }
  const auto elements = static_cast<int64_t>(plain.data.size());
  const DifferentialSummary npcr = SummariseNpcr(pairs, elements);
  const DifferentialSummary uaci = SummariseUaci(pairs, elements);
  double reach = 0;
  double least = 0;
  result.pictures.push_back({"diffusion", DiffusionMap(oracle, random, reach, least)});
  const double p = std::min(LevelOf(npcr).fail_p, LevelOf(uaci).fail_p);
  result.p_value = std::min(1.0, 2 * p);
  const bool passed =
      DifferentialSummary::Passes(LevelOf(npcr)) && DifferentialSummary::Passes(LevelOf(uaci));
  result.verdict = passed ? Verdict::kPassed : Verdict::kWeak;
  result.numbers = {{"npcr_mean", npcr.mean},
                    {"npcr_min", npcr.min},
                    {"uaci_mean", uaci.mean},
                    {"uaci_min", uaci.min},
                    {"uaci_max", uaci.max},
                    {"bytes_reached_mean", reach},
                    {"bytes_reached_least", least}};
  result.evidence = fmt::format(
      "One changed byte of {} changes {:.4g} ciphertext bytes on average, of {} then {:.1f} (least "
      "{:.0f}); NPCR {:.3f} %, UACI {:.2f} %; pairs that fail at 0.01: {} and {} of {}.",
      elements,
      npcr.mean * static_cast<double>(elements),
      kMapSide * kMapSide,
      reach,
      least,
      100 * npcr.mean,
      100 * uaci.mean,
      LevelOf(npcr).fails,
      LevelOf(uaci).fails,
      npcr.pairs);
  return result;
}

}  // namespace chaosense
