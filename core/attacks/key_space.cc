#include "core/attacks/key_space.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/attacks/evidence.h"

namespace chaosense {
namespace {

// 64 bytes: large enough that a scrambling alone hardly repeats by chance, small for slow ciphers.
constexpr Shape kShape{1, 8, 8};

}  // namespace

KeySpace MeasureKeySpace(const AuditTarget& target, int64_t keys) {
  RandomStream random = target.Stream("key space");
  const ImageU8 plain = RandomPicture(kShape, random);
  const Digest nonce = KeyCheckNonce(target);
  const Ciphertext secret = target.cipher->Encrypt(plain, target.key, nonce);
  KeySpace space;
  space.keys = keys;
  space.deterministic = EncryptUnder(target, target.key, plain) == secret.bytes;
  if (!space.deterministic) return space;

  int64_t tried = 0;
  const auto next = [&] {
    const Bytes key = random.RandomBytes(target.cipher->key_size());
    ++tried;
    const ImageU8 bytes = EncryptUnder(target, key, plain);
    if (space.found_after == 0 && bytes == secret.bytes && key != target.key &&
        Opens(*target.cipher, secret, key, nonce, plain))
      space.found_after = tried;
    return Sha256Of(bytes.data);
  };
  std::vector<Digest> ciphertexts;
  for (int64_t i = 0; i < keys; ++i) ciphertexts.push_back(next());
  std::ranges::sort(ciphertexts);
  for (auto at = ciphertexts.begin(); at != ciphertexts.end();) {
    const auto end = std::find_if(at, ciphertexts.end(), [&](const Digest& d) { return d != *at; });
    const int64_t equal = end - at;
    ++space.distinct;
    space.pairs += equal * (equal - 1) / 2;
    space.largest = std::max(space.largest, equal);
    at = end;
  }
  const double all_pairs = static_cast<double>(keys) * static_cast<double>(keys - 1) / 2;
  if (space.pairs == 0) {
    space.bits = std::log2(all_pairs / std::log(1000.0));
    return space;
  }
  const double estimate = all_pairs / static_cast<double>(space.pairs);
  space.bits = std::log2(estimate);
  // 8 K keys miss one of K with probability exp(-8).
  if (estimate <= 8 * static_cast<double>(keys)) {
    while (space.found_after == 0 && static_cast<double>(tried) < 8 * estimate) next();
  }
  return space;
}

}  // namespace chaosense
