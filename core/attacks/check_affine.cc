// A1, A1c: affine models of encryption and decryption.
#include <fmt/format.h>

#include "core/attacks/affine.h"
#include "core/attacks/evidence.h"
#include "core/attacks/tag_forgery.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr int kTrials = 6;

Shape Square(int side) { return {1, side, side}; }

void AddAffinity(Ring ring, const AffinityTest& test, CheckResult& result) {
  result.numbers.push_back(
      {ring == Ring::kZ256 ? "affine_share_z256" : "affine_share_gf2", test.affine_share});
}

// No ring fits. A byte that is not affine stays affine in all trials by chance with probability
// 2^-48.
CheckResult NotAffine(CheckResult result, double share, const std::string& direction) {
  result.verdict = share > 0 ? Verdict::kWeak : Verdict::kPassed;
  result.evidence =
      share > 0
          ? fmt::format(
                "{:.1f} % of the bytes of {} are affine in the others.", 100 * share, direction)
          : fmt::format(
                "{} breaks f(x+y) - f(x) - f(y) + f(0) = 0 at every byte, over Z_256 "
                "and over GF(2) ({} trials).",
                direction,
                kTrials);
  return result;
}

bool Predicts(const AffineModel& model, const ImageMap& map, Shape shape, RandomStream& random) {
  for (int i = 0; i < 2; ++i) {
    const ImageU8 unseen = RandomPicture(shape, random);
    const std::optional<ImageU8> answer = map(unseen);
    if (!answer || *answer != model.Apply(unseen)) return false;
  }
  return true;
}

}  // namespace

CheckResult CheckAffineEncryption(const AuditTarget& target, const AuditBudget& budget) {
  CheckResult result;
  RandomStream random = target.Stream("a1");
  double best_share = 0;
  for (const Ring ring : {Ring::kZ256, Ring::kBits}) {
    Oracle oracle = target.NewOracle("a1");
    const ImageMap map = EncryptionMap(oracle);
    const AffinityTest test = TestAffinity(map, Square(budget.affine_side), ring, kTrials, random);
    AddAffinity(ring, test, result);
    best_share = std::max(best_share, test.affine_share);
    if (!test.affine()) continue;
    const int side = ring == Ring::kZ256 ? budget.recover_side : budget.affine_side;
    const Shape shape = Square(side);
    result.queries = 0;
    const std::optional<AffineModel> model = AffineModel::Build(map, shape, ring, result.queries);
    CHAOSENSE_CHECK(model.has_value(), "encryption was rejected");
    if (!Predicts(*model, map, shape, random)) continue;
    result.verdict = Verdict::kBroken;
    result.evidence = fmt::format(
        "Encryption is affine over {}: a model from {} of {}x{} predicts every byte of unseen "
        "encryptions",
        RingName(ring),
        Count(result.queries, "chosen picture"),
        side,
        side);
    const ImageU8 picture = PictureOfSide(target.picture, side);
    const ImageU8 cipher = oracle.Encrypt(picture).cipher.bytes;
    if (const std::optional<ImageU8> recovered = model->Solve(cipher)) {
      AddRecovery(picture, cipher, *recovered, result);
      result.evidence += fmt::format("; solving it gives back the target with {}.",
                                     Count(WrongBytes(picture, *recovered), "wrong pixel"));
    } else {
      result.evidence += "; its matrix has no inverse, so it was not solved for the target.";
    }
    return result;
  }
  return NotAffine(std::move(result), best_share, "Encryption");
}

CheckResult CheckAffineDecryption(const AuditTarget& target, const AuditBudget& budget) {
  CheckResult result;
  RandomStream random = target.Stream("a1c");
  double best_share = 0;
  for (const Ring ring : {Ring::kZ256, Ring::kBits}) {
    const int side = ring == Ring::kZ256 ? budget.cca_side : budget.recover_side;
    const Shape shape = Square(side);
    Oracle oracle = target.NewOracle("a1c");
    const ImageU8 picture = PictureOfSide(target.picture, side);
    const Oracle::Answer secret = oracle.Encrypt(picture);
    RandomStream tags = target.Stream("a1c tag");
    const std::optional<TagForgery> forgery = FindTagForgery(oracle, secret, tags);
    if (!forgery) return Say(Verdict::kPassed, kRejected);
    const ImageMap map = DecryptionMap(oracle, secret, *forgery);
    const AffinityTest test = TestAffinity(map, shape, ring, kTrials, random);
    if (test.rejected) return Say(Verdict::kPassed, kRejected);
    AddAffinity(ring, test, result);
    best_share = std::max(best_share, test.affine_share);
    if (!test.affine()) continue;
    result.queries = 0;
    const std::optional<AffineModel> model = AffineModel::Build(map, shape, ring, result.queries);
    CHAOSENSE_CHECK(model.has_value(), "decryption was rejected");
    const ImageU8 recovered = model->Apply(secret.cipher.bytes);
    if (recovered != picture) continue;
    result.verdict = Verdict::kBroken;
    AddRecovery(picture, secret.cipher.bytes, recovered, result);
    result.evidence = fmt::format(
        "Decryption is affine over {}: {} under the target's nonce (of {}x{}: {}) give the whole "
        "map, and with it the target with 0 wrong pixels; the target itself was never asked.",
        RingName(ring),
        Count(result.queries, "chosen ciphertext"),
        side,
        side,
        ring == Ring::kZ256 ? "MN + 1" : "8MN + 1");
    result.evidence += ForgeryWords(*forgery);
    result.queries += forgery->queries;
    return result;
  }
  return NotAffine(std::move(result), best_share, "Decryption");
}

}  // namespace chaosense
