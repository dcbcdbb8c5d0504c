// Vector decomposition (OUR INTERPRETATION; the paper's equations are not available) and its
// chained form.
//
// V1: a byte p is a vector, decomposed into a key vector k from the keystream and the cipher vector
// c = p - k mod 256. One changed byte changes one byte.
//
// V3: the chain c_i = p_i - k_i - f(c_{i-1}, c_{i-2}) mod 256, forward in the first pass, backward
// in the second, and so on, with c_{-1}, c_{-2} from the keystream.
//   linear:       f = c_{i-1}. A difference d of one plaintext byte runs on as +d, -d, +d, ...; the
//   cipher stays affine
//                 over the integers mod 256, and a change of 128 never changes any bit but the
//                 highest.
//   substitution: f = S[c_{i-1} + S[c_{i-2}] mod 256] with a keyed permutation S of the bytes: not
//   affine, and after
//                 two passes each byte of the ciphertext depends on every byte of the plaintext.
//                 (With one byte of memory the backward pass would lose the difference with
//                 probability 1/256; with two, 2^-16.)
// Decryption needs few neighbours: a wrong ciphertext byte spoils 2 plaintext bytes a pass for
// linear, 3 a pass less overlaps (5 after two passes) for substitution, so pictures survive noise
// and cropping.
#ifndef CHAOSENSE_CORE_CIPHER_DIFFUSION_H_
#define CHAOSENSE_CORE_CIPHER_DIFFUSION_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/chaos/keystream.h"

namespace chaosense {

using Substitution = std::array<uint8_t, 256>;  // a permutation of 0..255

// Fisher-Yates on 0..255, from the last place down: 255 draws NextBelow(256), NextBelow(255), ...,
// NextBelow(2).
Substitution DrawSubstitution(Keystream& keystream);

// The key of one chained pass: draws c_{-1}, c_{-2}, then one byte for each byte of data.
struct ChainKey {
  std::array<uint8_t, 2> start{};
  std::vector<uint8_t> bytes;
};
ChainKey DrawChainKey(Keystream& keystream, size_t size);

// V1, in place. `key` has the size of `data`.
void DecomposeVectors(std::span<uint8_t> data, std::span<const uint8_t> key);
void ComposeVectors(std::span<uint8_t> data, std::span<const uint8_t> key);

// One pass of V3, in place. A null `substitution` means the linear chain.
void ChainForward(std::span<uint8_t> data, const ChainKey& key, const Substitution* substitution);
void UnchainForward(std::span<uint8_t> data, const ChainKey& key, const Substitution* substitution);
void ChainBackward(std::span<uint8_t> data, const ChainKey& key, const Substitution* substitution);
void UnchainBackward(std::span<uint8_t> data,
                     const ChainKey& key,
                     const Substitution* substitution);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_DIFFUSION_H_
