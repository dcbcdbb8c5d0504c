// A12: whether each bit of the key counts, and how many different keys collisions leave room for.
// That each bit counts does not make many keys: of SHA-256(key), cut to 16 bits, each bit counts.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/attacks/evidence.h"
#include "core/attacks/key_space.h"
#include "core/metrics/differential.h"
#include "core/metrics/statistics.h"

namespace chaosense {
namespace {

constexpr double kAlpha = 0.001;
constexpr int kKeys = 4;
constexpr int64_t kSearchable = 80;  // bits

// One key against those that differ from it in one bit.
struct BitCount {
  int64_t counting = 0;  // bits
  int64_t opened = 0;    // wrong keys that decrypt
  double npcr_mean = 0, npcr_min = 1;
  double flipped = 0;  // share of the ciphertext's bits, mean
  double p_min = 1;    // of the NPCRs
};

BitCount CountBits(const AuditTarget& target, const Bytes& key, const ImageU8& plain) {
  const auto elements = static_cast<int64_t>(plain.data.size());
  const Digest nonce = KeyCheckNonce(target);
  const Ciphertext reference = target.cipher->Encrypt(plain, key, nonce);
  const size_t bits = 8 * key.size();
  BitCount count;
  for (size_t bit = 0; bit < bits; ++bit) {
    Bytes near_key = key;
    near_key[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    const ImageU8 other = EncryptUnder(target, near_key, plain);
    const double npcr = Npcr(reference.bytes.data, other.data);
    const bool opens = Opens(*target.cipher, reference, near_key, nonce, plain);
    count.opened += opens ? 1 : 0;
    // Of a cipher that draws randomness of its own two ciphertexts differ under one key as well.
    count.counting += npcr > 0 && !opens ? 1 : 0;
    count.npcr_mean += npcr / static_cast<double>(bits);
    count.npcr_min = std::min(count.npcr_min, npcr);
    // Exact: at 1,024 bytes the normal tail is ten times too thin.
    const auto equal = std::llround((1 - npcr) * static_cast<double>(elements));
    count.p_min = std::min(count.p_min, BinomialUpperTail(elements, 1.0 / 256, equal));
    int64_t flipped = 0;
    for (size_t i = 0; i < other.data.size(); ++i)
      flipped += __builtin_popcount(reference.bytes.data[i] ^ other.data[i]);
    count.flipped += static_cast<double>(flipped) / (8.0 * static_cast<double>(elements * bits));
  }
  return count;
}

std::string SpaceWords(const KeySpace& space) {
  if (!space.deterministic)
    return " Equal keys give unequal ciphertexts, so collisions of keys do not show.";
  if (space.pairs == 0) {
    return fmt::format(
        " No two of {} random keys give one ciphertext: at least {:.1f} bits by collisions (99.9 % "
        "confidence; more cannot be seen so).",
        space.keys,
        std::floor(10 * space.bits) / 10);
  }
  std::string words = fmt::format(
      " {} random keys give {} ciphertexts ({} keys the same at most), as of 2^{:.1f} keys",
      space.keys,
      space.distinct,
      space.largest,
      space.bits);
  if (space.found_after > 0) {
    return words + fmt::format("; random key number {} decrypts what the secret key encrypted.",
                               space.found_after);
  }
  return words + ".";
}

}  // namespace

CheckResult CheckKeyBits(const AuditTarget& target, const AuditBudget& budget) {
  RandomStream random = target.Stream("a12");
  const ImageU8 plain = RandomPicture({1, 32, 32}, random);
  const auto bits = static_cast<int64_t>(8 * target.key.size());
  int64_t least = bits, opened = 0;
  double counting = 0, npcr = 0, npcr_min = 1, flipped = 0, p_min = 1;
  for (int k = 0; k < kKeys; ++k) {
    const Bytes key = k == 0 ? target.key : random.RandomBytes(target.key.size());
    const BitCount count = CountBits(target, key, plain);
    least = std::min(least, count.counting);
    opened += count.opened;
    counting += static_cast<double>(count.counting) / kKeys;
    npcr += count.npcr_mean / kKeys;
    npcr_min = std::min(npcr_min, count.npcr_min);
    flipped += count.flipped / kKeys;
    p_min = std::min(p_min, count.p_min);
  }
  CheckResult result;
  result.p_value = std::min(1.0, p_min * static_cast<double>(bits * kKeys));
  result.numbers = {{"key_bits", static_cast<double>(bits)},
                    {"key_bits_that_count_least", static_cast<double>(least)},
                    {"key_bits_that_count_mean", counting},
                    {"npcr_mean", npcr},
                    {"npcr_min", npcr_min},
                    {"bits_flipped_share", flipped},
                    {"wrong_keys_that_decrypt", static_cast<double>(opened)}};
  result.verdict = least < kSearchable                        ? Verdict::kBroken
                   : least < bits || *result.p_value < kAlpha ? Verdict::kWeak
                                                              : Verdict::kPassed;
  result.evidence = fmt::format(
      "{} under each of {} keys: one flipped changes {:.2f} % of the ciphertext's bytes on "
      "average, "
      "at least {:.2f} %, and {:.2f} % of its bits; {} of {} keys wrong in one bit decrypt it.",
      least == bits
          ? fmt::format("Each single one of {} key bits counts", bits)
          : fmt::format(
                "Of {} key bits {:.4g} count on average, {} at least,", bits, counting, least),
      kKeys,
      100 * npcr,
      100 * npcr_min,
      100 * flipped,
      opened,
      bits * kKeys);
  if (counting == 0) {
    result.evidence += " There is no key: anyone decrypts.";
    return result;
  }
  const KeySpace space = MeasureKeySpace(target, budget.collision_keys);
  result.evidence += SpaceWords(space);
  result.numbers.push_back({"collision_keys", static_cast<double>(space.keys)});
  result.numbers.push_back({"colliding_pairs", static_cast<double>(space.pairs)});
  result.numbers.push_back({"key_space_bits", space.bits});
  result.numbers.push_back({"key_found_after", static_cast<double>(space.found_after)});
  if (space.found_after > 0) {
    result.verdict = Verdict::kBroken;
    result.queries = 1;  // the picture whose ciphertext the keys are tried on
  } else if (space.pairs > 0 && result.verdict == Verdict::kPassed) {
    result.verdict = Verdict::kWeak;
  }
  return result;
}

}  // namespace chaosense
