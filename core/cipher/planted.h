// Ciphers BROKEN ON PURPOSE: controls for every test and attack of the laboratory. A statistic that
// cannot tell them from AES says nothing about security; an attack that does not find their flaw is
// itself broken. Never for anything else.
//
//   broken_xor_pad    one pad for every image of a key, whatever the nonce. c = p ^ pad.
//                     Flaw: c1 ^ c2 = p1 ^ p2; one known image gives the pad.
//   broken_aes_ecb    AES-256 on blocks of 16 bytes, each by itself, in channel-major order; the
//                     last full block lends bytes to a shorter end (ciphertext stealing), so the
//                     size stays. Fewer than 16 bytes are xored with the encrypted zero block.
//                     Flaw: equal blocks stay equal; a change stays in its block.
//   broken_lcg_chain  no key at all: a linear congruential generator (1664525, 1013904223 mod 2^32)
//                     that takes in every ciphertext byte; forward, then backward.
//                     Flaw: anybody decrypts. Diffusion is perfect by every usual statistic.
//   broken_affine     c_i = a_i p_i + b_i + m_i c_(i-1) mod 256, a_i and m_i odd, forward, then
//                     backward; a, b, m from AES-256-CTR under key and nonce.
//                     Flaw: affine over the integers mod 256: size + 1 chosen images give it all.
//   broken_hash_only  c = p ^ pad(key, h), h the exclusive-or of the nonce's 32 bytes, where the
//                     nonce is the plaintext's SHA-256.
//                     Flaws: diffusion comes from the hash alone (frozen: one byte changes one
//                     byte), and 256 pads serve all images of a key.
//
// (A permutation alone is `scramble_only`, a keystream alone `diffuse_only`.)
// Source: Preishuber, Huetter, Katzenbeisser, Uhl, IEEE TIFS 13 (2018) 2137, for the idea of
// obviously insecure ciphers that pass the usual tests; the ciphers are ours.
#ifndef CHAOSENSE_CORE_CIPHER_PLANTED_H_
#define CHAOSENSE_CORE_CIPHER_PLANTED_H_

#include "core/cipher/cipher.h"

namespace chaosense {

void RegisterPlantedCiphers(CipherRegistry& registry);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_PLANTED_H_
