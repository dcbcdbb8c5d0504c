// A2, A3, A3s, A3c, A11: ciphers whose ciphertext bytes each come from one plaintext byte.
#include <fmt/format.h>

#include <algorithm>

#include "core/attacks/byte_map.h"
#include "core/attacks/evidence.h"
#include "core/attacks/tag_forgery.h"

namespace chaosense {
namespace {

Shape PictureShape(const AuditBudget& budget) {
  return {1, budget.picture_side, budget.picture_side};
}

// The target, encrypted and recovered by inverting the model.
void RecoverTarget(const AuditTarget& target,
                   const AuditBudget& budget,
                   const ByteMap& model,
                   Oracle& oracle,
                   CheckResult& result) {
  const ImageU8 picture = PictureOfSide(target.picture, budget.picture_side);
  const ImageU8 cipher = oracle.Encrypt(picture).cipher.bytes;
  AddRecovery(picture, cipher, model.Invert(cipher), result);
}

int64_t WrongIn(const CheckResult& result) {
  return static_cast<int64_t>(result.numbers.empty() ? 0 : result.numbers[0].value);
}

// What is left of `image` without the keystream; `form` as ByteMap names it.
ImageU8 Difference(const std::string& form, const ImageU8& image, const ImageU8& from) {
  ImageU8 difference(image.shape);
  for (size_t i = 0; i < image.data.size(); ++i) {
    difference.data[i] = form == "exclusive or"
                             ? static_cast<uint8_t>(image.data[i] ^ from.data[i])
                             : static_cast<uint8_t>(image.data[i] - from.data[i]);
  }
  return difference;
}

// Known pictures in place of chosen ones: how much of the target comes out right. Differences
// against the first known picture cancel the keystream; a permutation alone needs none.
void AddKnownPlaintext(const AuditTarget& target,
                       const AuditBudget& budget,
                       const std::string& form,
                       Oracle& oracle,
                       CheckResult& result) {
  if (form == "subtraction mod 256" || form == "256-entry tables") return;
  const bool keystream = form != "permutation";
  std::vector<ImageU8> known, ciphers;
  for (const ImageU8& picture : target.known) {
    known.push_back(PictureOfSide(picture, budget.picture_side));
    ciphers.push_back(oracle.Encrypt(known.back()).cipher.bytes);
  }
  if (known.size() < (keystream ? 2u : 1u)) return;
  ImageU8 plain = PictureOfSide(target.picture, budget.picture_side);
  ImageU8 secret = oracle.Encrypt(plain).cipher.bytes;
  if (keystream) {
    const ImageU8 first_known = known[0];
    const ImageU8 first_cipher = ciphers[0];
    for (size_t i = 0; i < known.size(); ++i) {
      known[i] = Difference(form, known[i], first_known);
      ciphers[i] = Difference(form, ciphers[i], first_cipher);
    }
    known.erase(known.begin());
    ciphers.erase(ciphers.begin());
    plain = Difference(form, plain, first_known);
    secret = Difference(form, secret, first_cipher);
  }
  for (size_t n = 1; n <= known.size(); ++n) {
    const std::vector<uint32_t> source =
        GuessPermutation({known.begin(), known.begin() + static_cast<std::ptrdiff_t>(n)},
                         {ciphers.begin(), ciphers.begin() + static_cast<std::ptrdiff_t>(n)});
    ImageU8 recovered(plain.shape);
    for (size_t j = 0; j < source.size(); ++j) recovered.data[source[j]] = secret.data[j];
    result.numbers.push_back({fmt::format("known_plaintext_{}_right", n + (keystream ? 1 : 0)),
                              1 - ShareOfDifferent(plain, recovered)});
  }
}

std::string KnownPlaintextWords(const CheckResult& result) {
  if (result.numbers.empty() || !result.numbers.back().name.starts_with("known_plaintext_"))
    return "";
  const CheckNumber& last = result.numbers.back();
  const std::string count = last.name.substr(16, last.name.find("_right") - 16);
  return fmt::format(
      " With {} known pictures in place of chosen ones {:.1f} % of its pixels come "
      "out right.",
      count,
      100 * last.value);
}

// Most ciphers are no byte maps, and two questions show it.
bool IsLocal(const AuditTarget& target, Oracle& oracle, const AuditBudget& budget) {
  RandomStream random = target.Stream("byte map, local");
  return ChangesStayLocal(
      EncryptionMap(oracle), RandomPicture(PictureShape(budget), random), 4, random);
}

constexpr const char* kSpreads =
    "One changed plaintext byte changes several ciphertext bytes: no ciphertext byte depends on "
    "one plaintext byte alone.";

}  // namespace

CheckResult CheckPermutationOnly(const AuditTarget& target, const AuditBudget& budget) {
  Oracle oracle = target.NewOracle("a2");
  RandomStream random = target.Stream("a2");
  const ImageMap map = EncryptionMap(oracle);
  const ImageU8 probe = RandomPicture(PictureShape(budget), random);
  Bytes before = probe.data;
  Bytes after = oracle.Encrypt(probe).cipher.bytes.data;
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  if (before != after)
    return Say(Verdict::kPassed, "The ciphertext is not made of the plaintext's bytes.");
  CheckResult result;
  const std::optional<ByteMap> model =
      FindPermutation(map, PictureShape(budget), random, result.queries);
  if (!model) {
    result.verdict = Verdict::kWeak;
    result.evidence =
        "The bytes only move, so that every ciphertext shows the picture's histogram, but they "
        "move differently each time.";
    return result;
  }
  result.verdict = Verdict::kBroken;
  RecoverTarget(target, budget, *model, oracle, result);
  result.evidence = fmt::format(
      "Bytes only move: {} (ceil(log256 {}) of them) give the permutation, and the target comes "
      "back with {}.",
      Count(result.queries, "chosen picture"),
      PictureShape(budget).size(),
      Count(WrongIn(result), "wrong pixel"));
  AddKnownPlaintext(target, budget, model->form, oracle, result);
  result.evidence += KnownPlaintextWords(result);
  return result;
}

CheckResult CheckKeystreamReuse(const AuditTarget& target, const AuditBudget& budget) {
  Oracle oracle = target.NewOracle("a3");
  RandomStream random = target.Stream("a3");
  const ImageMap map = EncryptionMap(oracle);
  const Shape shape = PictureShape(budget);
  CheckResult result;
  const std::optional<ByteMap> model = FindKeystream(map, shape, random, result.queries);
  if (model) {
    result.verdict = Verdict::kBroken;
    RecoverTarget(target, budget, *model, oracle, result);
    result.evidence = fmt::format(
        "The keystream is the same for the next picture ({}): 1 chosen all-zero picture gives it, "
        "and the target comes back with {}.",
        model->form,
        Count(WrongIn(result), "wrong pixel"));
    return result;
  }
  // Behind a permutation the keystream shows all the same: without it the bytes of the picture are
  // left, in another order.
  const ImageU8 zero = *map(ConstantPicture(shape, 0));
  const ImageU8 probe = RandomPicture(shape, random);
  const ImageU8 answer = *map(probe);
  Bytes plain = probe.data;
  std::sort(plain.begin(), plain.end());
  const bool moves_only = IsZero(zero.data);
  for (const char* form : {"addition mod 256", "exclusive or"}) {
    Bytes left = Difference(form, answer, zero).data;
    std::sort(left.begin(), left.end());
    if (left != plain || moves_only) continue;
    result.verdict = Verdict::kBroken;
    const ImageU8 picture = PictureOfSide(target.picture, budget.picture_side);
    const ImageU8 cipher = oracle.Encrypt(picture).cipher.bytes;
    result.pictures = {
        {"plain", picture}, {"cipher", cipher}, {"recovered", Difference(form, cipher, zero)}};
    result.evidence = fmt::format(
        "1 chosen all-zero picture gives the whole keystream ({}); what is left of the target are "
        "its pixels in another order, its histogram exactly. The order takes A3s.",
        form);
    return result;
  }
  result.verdict = Verdict::kPassed;
  int64_t fits = 0;
  for (size_t i = 0; i < answer.data.size(); ++i) {
    fits += static_cast<uint8_t>(answer.data[i] - zero.data[i]) == probe.data[i] ? 1 : 0;
    fits += (answer.data[i] ^ zero.data[i]) == probe.data[i] ? 1 : 0;
  }
  const double share = static_cast<double>(fits) / (2.0 * static_cast<double>(shape.size()));
  result.numbers.push_back({"keystream_share_that_fits", share});
  result.evidence = moves_only ? "There is no keystream: zero bytes stay zero."
                               : fmt::format(
                                     "The all-zero picture's ciphertext is no keystream of "
                                     "the next picture: {:.2f} % of its bytes fit, 0.39 % "
                                     "by chance.",
                                     100 * share);
  return result;
}

CheckResult CheckScrambledKeystream(const AuditTarget& target, const AuditBudget& budget) {
  Oracle oracle = target.NewOracle("a3s");
  RandomStream random = target.Stream("a3s");
  const Shape shape = PictureShape(budget);
  CheckResult result;
  const std::optional<ByteMap> model =
      FindScrambledKeystream(EncryptionMap(oracle), shape, random, result.queries);
  if (!model) {
    result.verdict = Verdict::kPassed;
    result.evidence =
        fmt::format("{} give no keystream and permutation that predict the next picture.",
                    Count(result.queries, "chosen picture"));
    return result;
  }
  if (!model->permuted)
    return Say(Verdict::kNotApplicable, "The bytes stay where they are: see A3.");
  const ImageU8 zero = *EncryptionMap(oracle)(ConstantPicture(shape, 0));
  if (IsZero(zero.data)) return Say(Verdict::kNotApplicable, "There is no keystream: see A2.");
  result.verdict = Verdict::kBroken;
  RecoverTarget(target, budget, *model, oracle, result);
  const int least = MinimumQueries(shape.size());
  result.numbers.push_back({"least_queries", static_cast<double>(least)});
  result.evidence = fmt::format(
      "{} give keystream ({}) and permutation, and the target comes back with {}; {}.",
      Count(result.queries, "chosen picture"),
      model->form,
      Count(WrongIn(result), "wrong pixel"),
      least == result.queries
          ? "that is the least for a permutation of which nothing else is known: the first answer "
            "fits every permutation, and what is left to know takes two more"
          : fmt::format("by counting, {} could do", least));
  AddKnownPlaintext(target, budget, model->form, oracle, result);
  result.evidence += KnownPlaintextWords(result);
  return result;
}

CheckResult CheckTargetNonce(const AuditTarget& target, const AuditBudget& budget) {
  Oracle oracle = target.NewOracle("a3c");
  RandomStream random = target.Stream("a3c");
  const Shape shape = PictureShape(budget);
  const ImageU8 picture = PictureOfSide(target.picture, budget.picture_side);
  const Oracle::Answer secret = oracle.Encrypt(picture);
  RandomStream tags = target.Stream("a3c tag");
  const std::optional<TagForgery> forgery = FindTagForgery(oracle, secret, tags);
  if (!forgery) return Say(Verdict::kPassed, kRejected);
  const ImageMap map = DecryptionMap(oracle, secret, *forgery);
  if (!map(ConstantPicture(shape, 0))) return Say(Verdict::kPassed, kRejected);
  CheckResult result;
  std::optional<ByteMap> model;
  for (const auto find : {FindKeystream, FindPermutation, FindScrambledKeystream}) {
    result.queries = 0;
    model = find(map, shape, random, result.queries);
    if (model) break;
  }
  if (!model) {
    result.verdict = Verdict::kPassed;
    result.queries = 0;
    result.evidence =
        "Decryption under the target's nonce is no permuted keystream, so a few chosen "
        "ciphertexts do not give it away.";
    return result;
  }
  result.verdict = Verdict::kBroken;
  AddRecovery(picture, secret.cipher.bytes, model->Apply(secret.cipher.bytes), result);
  result.evidence = fmt::format(
      "The nonce travels with the ciphertext and is accepted with any other: {} decrypted under "
      "it, the target not among them, give {}, and the target comes back with {}.",
      Count(result.queries, "chosen ciphertext"),
      model->permuted && model->form != "permutation" ? "keystream and permutation"
      : model->form == "permutation"                  ? "the permutation"
                                                      : "the keystream",
      Count(WrongIn(result), "wrong pixel"));
  result.evidence += ForgeryWords(*forgery);
  result.queries += forgery->queries;
  return result;
}

CheckResult CheckTables(const AuditTarget& target, const AuditBudget& budget) {
  Oracle oracle = target.NewOracle("a11");
  if (!IsLocal(target, oracle, budget)) return Say(Verdict::kPassed, kSpreads);
  RandomStream random = target.Stream("a11");
  CheckResult result;
  const std::optional<ByteMap> model =
      FindTables(EncryptionMap(oracle), PictureShape(budget), random, result.queries);
  if (!model) {
    result.verdict = Verdict::kPassed;
    result.evidence = fmt::format("{} give no tables that predict the next picture.",
                                  Count(result.queries, "chosen picture"));
    return result;
  }
  result.verdict = Verdict::kBroken;
  RecoverTarget(target, budget, *model, oracle, result);
  result.evidence = fmt::format(
      "Each ciphertext byte is a fixed table of one plaintext byte, whatever the substitution: {} "
      "give all tables{}, and the target comes back with {}.",
      Count(result.queries, "chosen picture"),
      model->permuted ? " and the permutation" : "",
      Count(WrongIn(result), "wrong pixel"));
  return result;
}

}  // namespace chaosense
