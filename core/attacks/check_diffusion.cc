// A5: how far one changed plaintext byte reaches.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/attacks/evidence.h"
#include "core/metrics/differential.h"
#include "core/metrics/statistics.h"

namespace chaosense {
namespace {

constexpr int kSide = 64;
constexpr int kMapSide = 16;
constexpr double kAlpha = 0.01;       // of one pair
constexpr double kFailAlpha = 0.001;  // of the check

// Which ciphertext bytes each plaintext byte changes.
struct Reach {
  ImageU8 map;           // row i, column j: white where plaintext byte i changed ciphertext byte j
  double mean = 0;       // ciphertext bytes that a plaintext byte changes
  int64_t least = 0;     // ... of the worst plaintext byte
  int64_t least_by = 0;  // plaintext bytes that change the worst ciphertext byte
  double least_p = 1;    // of the worst plaintext and ciphertext byte, for the number of both
};

Reach MeasureReach(Oracle& oracle, RandomStream& random) {
  const Shape shape{1, kMapSide, kMapSide};
  const auto size = static_cast<int>(shape.size());
  const ImageU8 plain = RandomPicture(shape, random);
  const ImageU8 reference = oracle.Encrypt(plain).cipher.bytes;
  Reach reach{ImageU8(Shape{1, size, size})};
  std::vector<int64_t> row(shape.size()), column(shape.size());
  for (int i = 0; i < size; ++i) {
    ImageU8 changed = plain;
    changed.data[static_cast<size_t>(i)] ^= static_cast<uint8_t>(1 + random.UniformInt(255));
    const ImageU8 answer = oracle.Encrypt(changed).cipher.bytes;
    for (int j = 0; j < size; ++j) {
      const auto at = static_cast<size_t>(j);
      if (answer.data[at] == reference.data[at]) continue;
      reach.map.at(0, i, j) = 255;
      ++row[static_cast<size_t>(i)];
      ++column[at];
      reach.mean += 1.0 / size;
    }
  }
  reach.least = std::ranges::min(row);
  reach.least_by = std::ranges::min(column);
  // Ideally each of a line's bytes stays by chance with probability 1/256.
  const double p = BinomialUpperTail(size, 1.0 / 256, size - std::min(reach.least, reach.least_by));
  reach.least_p = std::min(1.0, 2 * size * p);
  return reach;
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
  Reach reach = MeasureReach(oracle, random);
  result.pictures.push_back({"diffusion", std::move(reach.map)});
  const Fails fails = CountFails(pairs, elements);
  const auto fail_p = [&](int64_t of) { return BinomialUpperTail(npcr.pairs, kAlpha, of); };
  // The number of pairs that fail does not show where a few bytes spread nothing at all: the mean
  // does, the worst pair, and the worst line of the map.
  const std::array p_values = {fail_p(fails.npcr),
                               fail_p(fails.uaci),
                               npcr.mean_p,
                               uaci.mean_p,
                               npcr.least_p,
                               uaci.least_p,
                               reach.least_p};
  result.p_value = std::min(1.0, p_values.size() * std::ranges::min(p_values));
  result.verdict = *result.p_value < kFailAlpha ? Verdict::kWeak : Verdict::kPassed;
  result.numbers = {{"npcr_mean", npcr.mean},
                    {"npcr_min", npcr.min},
                    {"uaci_mean", uaci.mean},
                    {"uaci_min", uaci.min},
                    {"uaci_max", uaci.max},
                    {"npcr_least_p", npcr.least_p},
                    {"uaci_least_p", uaci.least_p},
                    {"bytes_reached_mean", reach.mean},
                    {"bytes_reached_least", static_cast<double>(reach.least)},
                    {"reached_by_least", static_cast<double>(reach.least_by)},
                    {"reach_least_p", reach.least_p}};
  result.evidence = fmt::format(
      "One changed byte of {} changes {:.4g} ciphertext bytes on average, of {} then {:.1f} (least "
      "{}; each of these bytes changes with {} plaintext bytes at least); NPCR {:.3f} % (least "
      "{:.3f} %), UACI {:.2f} %; pairs that fail at 0.01: {} and {} of {}; smallest p of {} tests, "
      "corrected: {:.2g}.",
      elements,
      npcr.mean * static_cast<double>(elements),
      kMapSide * kMapSide,
      reach.mean,
      reach.least,
      reach.least_by,
      100 * npcr.mean,
      100 * npcr.min,
      100 * uaci.mean,
      fails.npcr,
      fails.uaci,
      npcr.pairs,
      p_values.size(),
      *result.p_value);
  return result;
}

}  // namespace chaosense
