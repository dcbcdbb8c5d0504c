// The audit's checks. Each asks one question about a cipher and answers with a verdict and its
// evidence: the number of oracle queries, p-values, counts, and where a picture was recovered, the
// picture.
//
// Whether a check is right is itself tested (tests/unit/attacks): it fires on a cipher that was
// broken on purpose and stays silent on the standard ciphers.
#ifndef CHAOSENSE_CORE_ATTACKS_CHECK_H_
#define CHAOSENSE_CORE_ATTACKS_CHECK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/attacks/oracle.h"

namespace chaosense {

enum class Verdict {
  kPassed,           // the attack failed, or nothing was found
  kWeak,             // a defect that gives no plaintext by itself
  kBroken,           // plaintext, keystream or the game was won
  kExpectedFailure,  // a standard cipher fails what its definition says it must (expected.h)
  kNotApplicable,
  kInformative  // measured, not judged
};

std::string VerdictName(Verdict verdict);  // "passed", "weak", "broken", "expected", "n/a", "info"

struct CheckNumber {
  std::string name;
  double value = 0;
};

struct CheckPicture {
  std::string name;  // "plain", "cipher", "recovered", "diffusion"
  ImageU8 pixels;
};

struct CheckResult {
  Verdict verdict = Verdict::kNotApplicable;
  int64_t queries = 0;            // what the attack asked; its own verification does not count
  std::optional<double> p_value;  // corrected for the number of tests within the check
  std::string evidence;           // one sentence
  std::vector<CheckNumber> numbers;
  std::vector<CheckPicture> pictures;
};

// A chaotic system as it runs inside a cipher: each call advances it and gives its state.
using Orbit = std::function<std::vector<double>()>;

struct AuditTarget {
  const Cipher* cipher = nullptr;
  std::string cipher_name;  // in the registry; "" for ciphers that are in none
  bool default_parameters = true;
  NonceMode mode = NonceMode::kFrozen;
  Bytes key;  // secret: only oracles and the tests of the key itself use it
  // Of the random streams: run seed and cipher. Not the mode: both get the same keys and pictures,
  // and what has no nonce in it comes out alike.
  std::string name;
  ImageU8 picture;  // gray, square, at least kPictureSide: what the attacker wants to see
  std::vector<ImageU8> known;  // other pictures of that size, known to the attacker
  // What is done to a picture before it is encrypted (sensing and quantising); empty: nothing.
  std::function<ImageU8(const ImageU8&)> compress;
  Orbit orbit;  // empty where the cipher has none

  Oracle NewOracle(const std::string& purpose) const;
  RandomStream Stream(const std::string& purpose) const;
};

inline constexpr int kPictureSide = 256;

struct AuditBudget {
  int affine_side = 16;              // of the pictures on which affine models are tested
  int recover_side = 32;             // of the picture recovered by solving an affine model
  int cca_side = 64;                 // of the picture recovered by the chosen-ciphertext model
  int picture_side = 128;            // of the picture recovered by all others
  int keys = 20;                     // of the statistics
  int weak_keys = 512;               // random keys searched for weak ones
  int64_t collision_keys = 1 << 15;  // random keys of A12 among which equal ones are sought
  int trials = 200;                  // of the IND-CPA game
  int differential = 100;            // changed bytes of A5
  int timings = 300;                 // of each class
  int64_t stream_bytes = int64_t{1} << 20;  // of the keystream's period and bias
  int64_t orbit_steps = int64_t{1} << 22;   // a 1024 x 1024 RGB picture takes 3.1 million
};

enum class CheckKind { kAttack, kStatistics, kInformative };

struct CheckInfo {
  std::string id;        // "a1", "a1c": the metric is "audit_a1"
  std::string name;      // what tables show: "A1 affine, chosen plaintext"
  std::string question;  // one sentence
  CheckKind kind = CheckKind::kAttack;
  CheckResult (*run)(const AuditTarget& target, const AuditBudget& budget) = nullptr;
};

// In the order people should read them.
const std::vector<CheckInfo>& AllChecks();
const CheckInfo* FindCheck(const std::string& id);  // nullptr if there is none

// Runs the check and turns what a standard cipher must fail into kExpectedFailure.
CheckResult RunCheck(const CheckInfo& check, const AuditTarget& target, const AuditBudget& budget);

// The number a table cell holds (MetricFormat::kAttack): n >= 0 broken with n queries, +inf passed,
// -1 weak, -2 - n a failure to be expected, with n queries, -inf informative, NaN not applicable.
double VerdictValue(const CheckResult& result);

// The centred square of a gray picture, shrunk to side x side by averaging over areas. Throws
// Error(kConfig) if it is smaller than that.
ImageU8 PictureOfSide(const ImageU8& gray, int side);

// One function a check.
CheckResult CheckAffineEncryption(const AuditTarget&, const AuditBudget&);
CheckResult CheckAffineDecryption(const AuditTarget&, const AuditBudget&);
CheckResult CheckPermutationOnly(const AuditTarget&, const AuditBudget&);
CheckResult CheckKeystreamReuse(const AuditTarget&, const AuditBudget&);
CheckResult CheckScrambledKeystream(const AuditTarget&, const AuditBudget&);
CheckResult CheckTargetNonce(const AuditTarget&, const AuditBudget&);
CheckResult CheckHashBinding(const AuditTarget&, const AuditBudget&);
CheckResult CheckDiffusion(const AuditTarget&, const AuditBudget&);
CheckResult CheckEquivalentKeys(const AuditTarget&, const AuditBudget&);
CheckResult CheckWeakKeys(const AuditTarget&, const AuditBudget&);
CheckResult CheckPrecision(const AuditTarget&, const AuditBudget&);
CheckResult CheckDigest(const AuditTarget&, const AuditBudget&);
CheckResult CheckQuantiser(const AuditTarget&, const AuditBudget&);
CheckResult CheckTables(const AuditTarget&, const AuditBudget&);
CheckResult CheckKeyBits(const AuditTarget&, const AuditBudget&);
CheckResult CheckTiming(const AuditTarget&, const AuditBudget&);
CheckResult CheckMalleability(const AuditTarget&, const AuditBudget&);
CheckResult CheckIndCpa(const AuditTarget&, const AuditBudget&);
CheckResult CheckChannels(const AuditTarget&, const AuditBudget&);
CheckResult CheckStatistics(const AuditTarget&, const AuditBudget&);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_CHECK_H_
