#include "core/attacks/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/attacks/expected.h"
#include "core/base/error.h"

namespace chaosense {

std::string VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "passed";
    case Verdict::kWeak:
      return "weak";
    case Verdict::kBroken:
      return "broken";
    case Verdict::kExpectedFailure:
      return "expected";
    case Verdict::kNotApplicable:
      return "n/a";
    case Verdict::kInformative:
      return "info";
  }
  CHAOSENSE_CHECK(false, "bad verdict");
}

double VerdictValue(const CheckResult& result) {
  constexpr double kInf = std::numeric_limits<double>::infinity();
  const auto queries = static_cast<double>(result.queries);
  switch (result.verdict) {
    case Verdict::kPassed:
      return kInf;
    case Verdict::kWeak:
      return -1;
    case Verdict::kBroken:
      return queries;
    case Verdict::kExpectedFailure:
      return -2 - queries;
    case Verdict::kNotApplicable:
      return std::numeric_limits<double>::quiet_NaN();
    case Verdict::kInformative:
      return -kInf;
  }
  CHAOSENSE_CHECK(false, "bad verdict");
}

Oracle AuditTarget::NewOracle(const std::string& purpose) const {
  return Oracle(*cipher, key, mode, name + "|" + purpose);
}

RandomStream AuditTarget::Stream(const std::string& purpose) const {
  return RandomStream(name + "|" + purpose);
}

const std::vector<CheckInfo>& AllChecks() {
  constexpr CheckKind kAttack = CheckKind::kAttack;
  static const std::vector<CheckInfo> all = {
      {"a1",
       "A1 affine, chosen plaintext",
       "Is encryption an affine map of the bytes mod 256, or of the bits, that MN+1 (8MN+1) chosen "
       "pictures give away?",
       kAttack,
       CheckAffineEncryption},
      {"a1c",
       "A1c affine, chosen ciphertext",
       "Is decryption such a map (the universal attack of Chen, Chen and Zhou)?",
       kAttack,
       CheckAffineDecryption},
      {"a2",
       "A2 permutation only",
       "Do the bytes only move, so that ceil(log256 MN) chosen pictures tell where to?",
       kAttack,
       CheckPermutationOnly},
      {"a3",
       "A3 keystream reuse",
       "Does an all-zero picture give the keystream of the next pictures?",
       kAttack,
       CheckKeystreamReuse},
      {"a3s",
       "A3s scrambling and keystream",
       "Do an all-zero picture and ceil(log256 MN) more give keystream and permutation together?",
       kAttack,
       CheckScrambledKeystream},
      {"a3c",
       "A3c the target's nonce, chosen ciphertext",
       "Does decrypting other ciphertexts under the target's public nonce give its keystream and "
       "permutation?",
       kAttack,
       CheckTargetNonce},
      {"a4",
       "A4 hash binding",
       "What does the nonce give away, and does every bit of it count?",
       kAttack,
       CheckHashBinding},
      {"a5",
       "A5 diffusion",
       "Does each changed plaintext byte change every ciphertext byte with probability 255/256?",
       kAttack,
       CheckDiffusion},
      {"a6",
       "A6 equivalent keys",
       "Do related keys (complements, negated or swapped fields) decrypt each other's ciphertexts?",
       kAttack,
       CheckEquivalentKeys},
      {"a7",
       "A7 weak keys",
       "Are there keys whose keystream is constant, periodic or far from uniform?",
       kAttack,
       CheckWeakKeys},
      {"a8",
       "A8 finite precision",
       "Does the keystream, or the orbit behind it, run into a cycle shorter than pictures need?",
       kAttack,
       CheckPrecision},
      {"a9",
       "A9 reproducibility",
       "Is the ciphertext the same, bit for bit, as the digest on record?",
       kAttack,
       CheckDigest},
      {"a10",
       "A10 quantiser bias",
       "Are the bytes that an all-zero picture becomes uniform, bit by bit and in linear "
       "complexity?",
       kAttack,
       CheckQuantiser},
      {"a11",
       "A11 fixed tables",
       "Is every ciphertext byte a fixed table of one plaintext byte, which 256 chosen pictures "
       "give away?",
       kAttack,
       CheckTables},
      {"a12",
       "A12 key bits",
       "Does each single bit of the key change the whole ciphertext, does a wrong key decrypt "
       "nothing, and do random keys never collide?",
       kAttack,
       CheckKeyBits},
      {"a13",
       "A13 timing",
       "Does the time of an encryption depend on the key?",
       CheckKind::kInformative,
       CheckTiming},
      {"a14",
       "A14 malleability",
       "Is an altered ciphertext accepted, with its own tag or a forged one, and what does that "
       "give?",
       kAttack,
       CheckMalleability},
      {"a15",
       "A15 IND-CPA game",
       "Can an attacker tell which of two pictures of his choice was encrypted?",
       kAttack,
       CheckIndCpa},
      {"a16",
       "A16 channel reuse",
       "Do equal channels (gray copied to three) show in the ciphertext?",
       kAttack,
       CheckChannels},
      {"a17",
       "A17 statistics",
       "Does the ciphertext pass the statistics that papers print?",
       CheckKind::kStatistics,
       CheckStatistics}};
  return all;
}

const CheckInfo* FindCheck(const std::string& id) {
  const auto& all = AllChecks();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const CheckInfo& check) { return check.id == id; });
  return found == all.end() ? nullptr : &*found;
}

CheckResult RunCheck(const CheckInfo& check, const AuditTarget& target, const AuditBudget& budget) {
  CheckResult result = check.run(target, budget);
  if (result.verdict != Verdict::kBroken && result.verdict != Verdict::kWeak) return result;
  const std::string reason = ExpectedFailure(target.cipher_name, target.mode, check.id);
  if (reason.empty()) return result;
  result.verdict = Verdict::kExpectedFailure;
  result.evidence += fmt::format(" To be expected: {}.", reason);
  return result;
}

ImageU8 PictureOfSide(const ImageU8& gray, int side) {
  const int square = std::min(gray.shape.height, gray.shape.width);
  if (gray.shape.channels != 1 || square < side) {
    throw ConfigError(
        "a picture of {}x{}x{} cannot be shrunk to 1x{}x{}; expected gray, that large",
        gray.shape.channels,
        gray.shape.height,
        gray.shape.width,
        side,
        side);
  }
  const int top = (gray.shape.height - square) / 2;
  const int left = (gray.shape.width - square) / 2;
  ImageU8 small(Shape{1, side, side});
  for (int r = 0; r < side; ++r) {
    const int r0 = top + r * square / side;
    const int r1 = top + (r + 1) * square / side;
    for (int c = 0; c < side; ++c) {
      const int c0 = left + c * square / side;
      const int c1 = left + (c + 1) * square / side;
      int64_t sum = 0;
      for (int y = r0; y < r1; ++y) {
        for (int x = c0; x < c1; ++x) sum += gray.at(0, y, x);
      }
      const int64_t count = int64_t{r1 - r0} * (c1 - c0);
      small.at(0, r, c) = static_cast<uint8_t>((sum + count / 2) / count);
    }
  }
  return small;
}

}  // namespace chaosense
