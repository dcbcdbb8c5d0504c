// A4: what binding the key to the plaintext's hash gives and costs.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <set>
#include <vector>

#include "core/attacks/evidence.h"

namespace chaosense {
namespace {

constexpr int kSide = 32;
constexpr int kCandidates = 256;
constexpr int kLsbChanges = 64;
constexpr int kNonces = 512;
constexpr int kDictionary = 2048;

struct NonceBits {
  int counting = 0;       // bits whose flip changes the ciphertext
  double least_npcr = 1;  // over those bits
};

NonceBits CountNonceBits(const AuditTarget& target, const ImageU8& plain) {
  const Digest nonce = Sha256Of(target.name + "|a4 nonce");
  const ImageU8 reference = target.cipher->Encrypt(plain, target.key, nonce).bytes;
  NonceBits bits;
  for (size_t bit = 0; bit < 8 * nonce.size(); ++bit) {
    Digest flipped = nonce;
    flipped[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    const double npcr =
        ShareOfDifferent(reference, target.cipher->Encrypt(plain, target.key, flipped).bytes);
    if (npcr == 0) continue;
    ++bits.counting;
    bits.least_npcr = std::min(bits.least_npcr, npcr);
  }
  return bits;
}

// The nonce alone tells which of many pictures was encrypted: 1 of 1 if it is their hash.
bool NonceConfirmsGuess(const AuditTarget& target, Oracle& oracle, RandomStream& random) {
  const ImageU8 base = PictureOfSide(target.picture, kSide);
  std::vector<ImageU8> candidates(kCandidates, base);
  for (size_t i = 0; i < candidates.size(); ++i)
    candidates[i].data[i] = static_cast<uint8_t>(random.UniformInt(256));
  const auto secret = static_cast<size_t>(random.UniformInt(kCandidates));
  candidates[secret].data[0] ^= 1;  // no two alike by chance
  const Digest nonce = oracle.Encrypt(candidates[secret]).nonce;
  const auto found = std::find_if(candidates.begin(), candidates.end(), [&](const ImageU8& c) {
    return PlaintextHash(c) == nonce;
  });
  return found == candidates.begin() + static_cast<std::ptrdiff_t>(secret);
}

// Share of one-LSB changes of the picture that sensing and quantising swallow.
double VanishingChanges(const AuditTarget& target, RandomStream& random) {
  const ImageU8 before = target.compress(target.picture);
  int vanished = 0;
  for (int i = 0; i < kLsbChanges; ++i) {
    ImageU8 changed = target.picture;
    changed
        .data[static_cast<size_t>(random.UniformInt(static_cast<int64_t>(changed.data.size())))] ^=
        1;
    vanished += target.compress(changed) == before ? 1 : 0;
  }
  return static_cast<double>(vanished) / kLsbChanges;
}

// How many different ciphertexts one picture has under many nonces.
int DistinctCiphertexts(const AuditTarget& target, const ImageU8& plain, RandomStream& random) {
  std::set<Bytes> seen;
  for (int i = 0; i < kNonces; ++i) {
    Digest nonce;
    const Bytes bytes = random.RandomBytes(nonce.size());
    std::copy(bytes.begin(), bytes.end(), nonce.begin());
    seen.insert(target.cipher->Encrypt(plain, target.key, nonce).bytes.data);
  }
  return static_cast<int>(seen.size());
}

int64_t Roughness(const ImageU8& image) {
  int64_t sum = 0;
  for (int r = 0; r < image.shape.height; ++r) {
    for (int c = 1; c < image.shape.width; ++c)
      sum += std::abs(int{image.at(0, r, c)} - int{image.at(0, r, c - 1)});
  }
  return sum;
}

// Where few keystreams serve all nonces: the attacker collects them from pictures of his own and
// tries each on the target; the right one gives the smoothest picture.
bool DictionaryAttack(const AuditTarget& target, RandomStream& random, CheckResult& result) {
  Oracle oracle = target.NewOracle("a4 dictionary");
  const ImageU8 picture = PictureOfSide(target.picture, kSide);
  const ImageU8 secret = oracle.Encrypt(picture).cipher.bytes;
  ImageU8 best;
  int64_t roughness = std::numeric_limits<int64_t>::max();
  const int64_t before = oracle.queries();
  for (int i = 0; i < kDictionary; ++i) {
    const ImageU8 chosen = RandomPicture(picture.shape, random);
    const ImageU8 answer = oracle.Encrypt(chosen).cipher.bytes;
    for (const bool exclusive_or : {true, false}) {
      ImageU8 guess(picture.shape);
      for (size_t at = 0; at < guess.data.size(); ++at) {
        guess.data[at] = static_cast<uint8_t>(
            exclusive_or ? secret.data[at] ^ answer.data[at] ^ chosen.data[at]
                         : secret.data[at] - answer.data[at] + chosen.data[at]);
      }
      if (Roughness(guess) >= roughness) continue;
      roughness = Roughness(guess);
      best = std::move(guess);
    }
  }
  if (best != picture) return false;
  result.queries = oracle.queries() - before;
  AddRecovery(picture, secret, best, result);
  return true;
}

}  // namespace

CheckResult CheckHashBinding(const AuditTarget& target, const AuditBudget&) {
  if (target.mode == NonceMode::kFrozen)
    return Say(Verdict::kNotApplicable, "The nonce is frozen: nothing is bound to the plaintext.");
  CheckResult result;
  Oracle oracle = target.NewOracle("a4");
  RandomStream random = target.Stream("a4");
  const ImageU8 plain = RandomPicture({1, kSide, kSide}, random);
  const Oracle::Answer first = oracle.Encrypt(plain);
  const Oracle::Answer second = oracle.Encrypt(plain);
  const bool deterministic = first.cipher.bytes == second.cipher.bytes;
  const bool confirms = NonceConfirmsGuess(target, oracle, random);
  const NonceBits bits = CountNonceBits(target, plain);
  Digest wrong = first.nonce;
  wrong[31] ^= 1;
  const std::optional<ImageU8> garbled = oracle.Decrypt(first.cipher, wrong);
  const double lost = garbled ? ShareOfDifferent(plain, *garbled) : 1;
  const auto add = [&](const char* name, double value) { result.numbers.push_back({name, value}); };
  add("deterministic", deterministic ? 1 : 0);
  add("nonce_confirms_guess", confirms ? 1 : 0);
  add("nonce_bits_that_count", bits.counting);
  add("least_npcr_of_a_nonce_bit", bits.least_npcr);
  add("wrong_pixels_share_without_the_nonce", lost);
  const int distinct = DistinctCiphertexts(target, plain, random);
  add("distinct_ciphertexts_of_512_nonces", distinct);
  const bool dictionary = distinct < kNonces && DictionaryAttack(target, random, result);

  result.evidence = fmt::format(
      "{} of 256 nonce bits change the ciphertext{}",
      bits.counting,
      bits.counting > 0 ? fmt::format(" (at least {:.1f} % of its bytes)", 100 * bits.least_npcr)
                        : "");
  if (distinct < kNonces) {
    result.evidence += fmt::format(
        "; {} nonces give only {} different ciphertexts of one picture", kNonces, distinct);
  }
  if (dictionary) {
    result.evidence += fmt::format(
        "; the keystreams of {} chosen pictures, each tried on the target, give it back whole",
        result.queries);
  }
  if (confirms) {
    result.evidence += fmt::format(
        "; the nonce is the picture's hash, so it tells which of {} guessed pictures was "
        "encrypted, without key and without queries",
        kCandidates);
  }
  if (deterministic) result.evidence += "; equal pictures give equal ciphertexts under one key";
  if (lost > 0)
    result.evidence += "; without the nonce nothing decrypts, so 32 bytes go with every picture";
  if (target.compress) {
    const double vanished = VanishingChanges(target, random);
    add("lsb_changes_that_vanish", vanished);
    result.evidence += fmt::format(
        "; {:.0f} % of one-LSB changes of a picture vanish in sensing and quantising{}",
        100 * vanished,
        confirms ? ": the encrypted bytes are equal and only the hash makes the ciphertexts differ"
                 : "");
  }
  result.evidence += ".";
  const bool weak = deterministic || confirms || bits.counting < 256 || distinct < kNonces;
  result.verdict = dictionary ? Verdict::kBroken : weak ? Verdict::kWeak : Verdict::kPassed;
  return result;
}

}  // namespace chaosense
