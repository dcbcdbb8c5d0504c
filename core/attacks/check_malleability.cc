// A14: altered ciphertexts, and forged tags.
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "core/attacks/evidence.h"
#include "core/attacks/tag_probe.h"

namespace chaosense {
namespace {

constexpr int kSide = 64;
constexpr int kFlips = 32;
constexpr size_t kCopies = 3;

struct Flips {
  int accepted = 0;
  int one_byte = 0;    // changed one plaintext byte
  int predicted = 0;   // ... by the flipped bit, as exclusive or or as +-2^b
  double changed = 0;  // plaintext bytes, mean over the accepted
};

Flips FlipBits(Oracle& oracle,
               const Oracle::Answer& secret,
               const ImageU8& plain,
               RandomStream& random) {
  Flips flips;
  for (int i = 0; i < kFlips; ++i) {
    Ciphertext altered = secret.cipher;
    const auto at =
        static_cast<size_t>(random.UniformInt(static_cast<int64_t>(altered.bytes.data.size())));
    const auto mask = static_cast<uint8_t>(1u << random.UniformInt(8));
    altered.bytes.data[at] ^= mask;
    const std::optional<ImageU8> answer = oracle.Decrypt(altered, secret.nonce);
    if (!answer) continue;
    ++flips.accepted;
    flips.changed += static_cast<double>(WrongBytes(plain, *answer));
    if (WrongBytes(plain, *answer) != 1) continue;
    ++flips.one_byte;
    for (size_t j = 0; j < plain.data.size(); ++j) {
      const uint8_t was = plain.data[j];
      const uint8_t is = answer->data[j];
      if (was == is) continue;
      const auto up = static_cast<uint8_t>(was + mask);
      const auto down = static_cast<uint8_t>(was - mask);
      flips.predicted += (was ^ is) == mask || is == up || is == down ? 1 : 0;
    }
  }
  if (flips.accepted > 0) flips.changed /= flips.accepted;
  return flips;
}

// The target with one byte altered in three different places: what at least two of them say.
std::optional<ImageU8> VoteOfAlteredCopies(const Oracle::Answer& secret, const ImageMap& decrypt) {
  std::vector<ImageU8> answers;
  const size_t size = secret.cipher.bytes.data.size();
  for (size_t copy = 0; copy < kCopies; ++copy) {
    ImageU8 altered = secret.cipher.bytes;
    altered.data[(2 * copy + 1) * size / (2 * kCopies)] ^= 0x55;
    std::optional<ImageU8> answer = decrypt(altered);
    if (!answer) return std::nullopt;
    answers.push_back(std::move(*answer));
  }
  ImageU8 vote = answers[0];
  for (size_t i = 0; i < vote.data.size(); ++i) {
    if (answers[1].data[i] == answers[2].data[i]) vote.data[i] = answers[1].data[i];
  }
  return vote;
}

// Another picture's ciphertext and tag, sent under the target's nonce.
struct Splice {
  bool accepted = false;             // as another picture than it was
  std::optional<ImageU8> recovered;  // the target, by the keystream that this gives
};

Splice SendUnderTheTargetsNonce(Oracle& oracle,
                                const Oracle::Answer& secret,
                                const ImageU8& plain,
                                RandomStream& random) {
  const ImageU8 known = RandomPicture(plain.shape, random);
  const Oracle::Answer other = oracle.Encrypt(known);
  const std::optional<ImageU8> answer = oracle.Decrypt(other.cipher, secret.nonce);
  Splice splice;
  if (!answer || *answer == known) return splice;
  splice.accepted = true;
  ImageU8 by_xor = secret.cipher.bytes, by_sum = secret.cipher.bytes;
  for (size_t i = 0; i < by_xor.data.size(); ++i) {
    const auto sent = other.cipher.bytes.data[i];
    by_xor.data[i] ^= sent ^ answer->data[i];
    by_sum.data[i] = static_cast<uint8_t>(by_sum.data[i] - sent + answer->data[i]);
  }
  if (by_xor == plain) splice.recovered = by_xor;
  if (by_sum == plain) splice.recovered = by_sum;
  return splice;
}

std::string ProbeWords(const TagProbe& probe, size_t tag_size) {
  std::string words =
      fmt::format("{} of {} tag bits are looked at", probe.bits_checked, probe.bits);
  if (probe.shortest < tag_size)
    words += fmt::format(", and of {} bytes the first {} are enough", tag_size, probe.shortest);
  return words;
}

CheckResult Recovered(CheckResult result,
                      const Oracle::Answer& secret,
                      const ImageU8& plain,
                      const ImageU8& recovered,
                      int64_t queries,
                      const std::string& words) {
  result.verdict = Verdict::kBroken;
  result.queries = queries;
  AddRecovery(plain, secret.cipher.bytes, recovered, result);
  result.evidence += words;
  return result;
}

// Ciphertexts that an attacker may alter, by `decrypt`.
CheckResult JudgeAltered(CheckResult result,
                         const Oracle::Answer& secret,
                         const ImageU8& plain,
                         const ImageMap& decrypt,
                         int64_t queries) {
  const std::optional<ImageU8> vote = VoteOfAlteredCopies(secret, decrypt);
  if (!vote || *vote != plain) {
    result.verdict = Verdict::kWeak;
    result.evidence += "; nothing is authenticated.";
    return result;
  }
  return Recovered(
      std::move(result),
      secret,
      plain,
      *vote,
      queries + static_cast<int64_t>(kCopies),
      fmt::format("; {} altered copies of the target, decrypted, give it back whole by majority.",
                  kCopies));
}

// Decryption rejects altered ciphertexts with the tag they had: now the tag itself.
CheckResult AttackTag(Oracle& oracle,
                      const Oracle::Answer& secret,
                      const ImageU8& plain,
                      RandomStream& random,
                      CheckResult result) {
  const size_t tag_size = secret.cipher.tag.size();
  std::optional<TagForgery> forgery = FindTagForgery(oracle, secret, random);
  const TagProbe probe = ProbeTag(oracle, secret, random);
  if (!forgery) forgery = probe.by_trying;
  result.numbers.push_back({"tag_bits", static_cast<double>(probe.bits)});
  result.numbers.push_back({"tag_bits_checked", static_cast<double>(probe.bits_checked)});
  result.numbers.push_back({"shortest_tag_accepted", static_cast<double>(probe.shortest)});
  result.numbers.push_back({"forged", forgery ? 1.0 : 0.0});
  if (forgery) {
    result.evidence +=
        fmt::format("; but any altered ciphertext is accepted with a forged tag: {}", forgery->how);
    const ImageMap decrypt = DecryptionMap(oracle, secret, *forgery);
    return JudgeAltered(std::move(result), secret, plain, decrypt, forgery->queries);
  }
  const Splice splice = SendUnderTheTargetsNonce(oracle, secret, plain, random);
  if (splice.accepted) {
    result.verdict = Verdict::kWeak;
    result.evidence +=
        "; but another picture's ciphertext with its tag is accepted under the target's nonce";
    if (!splice.recovered) {
      result.evidence += ".";
      return result;
    }
    return Recovered(std::move(result),
                     secret,
                     plain,
                     *splice.recovered,
                     2,
                     ", and what it decrypts to gives the keystream and the target whole.");
  }
  if (!probe.complete(tag_size)) {
    result.verdict = Verdict::kWeak;
    result.evidence += "; but " + ProbeWords(probe, tag_size) + ".";
    return result;
  }
  result.verdict = Verdict::kPassed;
  if (tag_size > 0) {
    result.evidence += fmt::format(
        "; so are random ones with {}; {}, and another picture's tag does not serve under the "
        "target's nonce",
        kForgeriesTried,
        ProbeWords(probe, tag_size));
  }
  result.evidence += ".";
  return result;
}

}  // namespace

CheckResult CheckMalleability(const AuditTarget& target, const AuditBudget&) {
  Oracle oracle = target.NewOracle("a14");
  RandomStream random = target.Stream("a14");
  const ImageU8 plain = PictureOfSide(target.picture, kSide);
  const Oracle::Answer secret = oracle.Encrypt(plain);
  const Flips flips = FlipBits(oracle, secret, plain, random);
  CheckResult result;
  result.numbers = {{"flipped", kFlips},
                    {"accepted", static_cast<double>(flips.accepted)},
                    {"plain_bytes_changed_mean", flips.changed},
                    {"changed_as_predicted", static_cast<double>(flips.predicted)}};
  if (flips.accepted == 0) {
    result.evidence =
        fmt::format("All of {} ciphertexts with one bit flipped are rejected", kFlips);
    return AttackTag(oracle, secret, plain, random, std::move(result));
  }
  result.evidence = fmt::format(
      "{} of {} ciphertexts with one bit flipped are accepted, {:.4g} of {} plaintext bytes change "
      "on average{}",
      flips.accepted,
      kFlips,
      flips.changed,
      plain.data.size(),
      flips.predicted > 0
          ? fmt::format(", {} times one byte by the flipped bit's own weight", flips.predicted)
          : "");
  const ImageMap decrypt = [&](const ImageU8& bytes) {
    return oracle.Decrypt({bytes, secret.cipher.tag}, secret.nonce);
  };
  return JudgeAltered(std::move(result), secret, plain, decrypt, 0);
}

}  // namespace chaosense
