// A14: altered ciphertexts.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/attacks/evidence.h"
#include "core/base/error.h"

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
std::optional<ImageU8> VoteOfAlteredCopies(Oracle& oracle, const Oracle::Answer& secret) {
  std::vector<ImageU8> answers;
  const size_t size = secret.cipher.bytes.data.size();
  for (size_t copy = 0; copy < kCopies; ++copy) {
    Ciphertext altered = secret.cipher;
    altered.bytes.data[(2 * copy + 1) * size / (2 * kCopies)] ^= 0x55;
    std::optional<ImageU8> answer = oracle.Decrypt(altered, secret.nonce);
    if (!answer) return std::nullopt;
    answers.push_back(std::move(*answer));
  }
  ImageU8 vote = answers[0];
  for (size_t i = 0; i < vote.data.size(); ++i) {
    if (answers[1].data[i] == answers[2].data[i]) vote.data[i] = answers[1].data[i];
  }
  return vote;
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
    result.verdict = Verdict::kPassed;
    result.evidence =
        fmt::format("All of {} ciphertexts with one bit flipped are rejected.", kFlips);
    return result;
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
  const std::optional<ImageU8> vote = VoteOfAlteredCopies(oracle, secret);
  if (!vote || *vote != plain) {
    result.verdict = Verdict::kWeak;
    result.evidence += "; nothing is authenticated.";
    return result;
  }
  result.verdict = Verdict::kBroken;
  result.queries = kCopies;
  AddRecovery(plain, secret.cipher.bytes, *vote, result);
  result.evidence += fmt::format(
      "; {} altered copies of the target, decrypted, give it back whole by majority.", kCopies);
  return result;
}

}  // namespace chaosense
