// A5: how far one changed plaintext byte reaches.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/attacks/evidence.h"
#include "core/metrics/differential.h"
#include "core/metrics/statistics.h"

namespace chaosense {
namespace {

constexpr int kSide = 64;
constexpr int kMapSide = 16;
constexpr double kAlpha = 0.01;       // of one pair
constexpr double kFailAlpha = 0.001;  // of the number of pairs that fail, both measures together

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

// Of pairs of ciphertexts: those whose NPCR is too low, and whose UACI lies outside, at kAlpha.
struct Fails {
  int64_t npcr = 0;
  int64_t uaci = 0;
};

Fails CountFails(const std::vector<DifferentialPair>& pairs, int64_t elements) {
  const Interval bounds = UaciCritical(elements, kAlpha);
  Fails fails;
  for (const DifferentialPair& pair : pairs) {
    // Exact: at 4,096 bytes the critical value from the normal distribution fails 1.3 % of ideal
    // pairs, not 1 %.
    const auto equal = std::llround((1 - pair.npcr) * static_cast<double>(elements));
    fails.npcr += BinomialUpperTail(elements, 1.0 / 256, equal) < kAlpha ? 1 : 0;
    fails.uaci += bounds.Contains(pair.uaci) ? 0 : 1;
  }
  return fails;
}

}  // namespace

CheckResult CheckDiffusion(const AuditTarget& target, const AuditBudget& budget) {
  CheckResult result;
  Oracle oracle = target.NewOracle("a5");
  RandomStream random = target.Stream("a5");
  const ImageU8 plain = PictureOfSide(target.picture, kSide);
  const auto elements = static_cast<int64_t>(plain.data.size());
  const auto position = [&] { return static_cast<size_t>(random.UniformInt(elements)); };
  std::vector<DifferentialPair> pairs;
  for (int i = 0; i < budget.differential; ++i) {
    // A picture of its own for each pair: pairs that share a ciphertext fail together.
    ImageU8 before = plain;
    before.data[position()] ^= static_cast<uint8_t>(1 + random.UniformInt(255));
    ImageU8 after = before;
    after.data[position()] ^= i % 2 == 0 ? 0x01 : 0x80;
    const ImageU8 first = oracle.Encrypt(before).cipher.bytes;
    const ImageU8 second = oracle.Encrypt(after).cipher.bytes;
    pairs.push_back({Npcr(first.data, second.data), Uaci(first.data, second.data)});
  }
  const DifferentialSummary npcr = SummariseNpcr(pairs, elements);
  const DifferentialSummary uaci = SummariseUaci(pairs, elements);
  double reach = 0;
  double least = 0;
  result.pictures.push_back({"diffusion", DiffusionMap(oracle, random, reach, least)});
  const Fails fails = CountFails(pairs, elements);
  const auto fail_p = [&](int64_t of) { return BinomialUpperTail(npcr.pairs, kAlpha, of); };
  result.p_value = std::min(1.0, 2 * std::min(fail_p(fails.npcr), fail_p(fails.uaci)));
  result.verdict = *result.p_value < kFailAlpha ? Verdict::kWeak : Verdict::kPassed;
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
      fails.npcr,
      fails.uaci,
      npcr.pairs);
  return result;
}

}  // namespace chaosense
