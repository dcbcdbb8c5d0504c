// Digests of ciphertexts on record, for A9: a chaotic keystream that comes out differently on
// another machine, compiler or library decrypts nothing (core/chaos/README.md).
#ifndef CHAOSENSE_CORE_ATTACKS_DIGESTS_H_
#define CHAOSENSE_CORE_ATTACKS_DIGESTS_H_

#include <string>

#include "core/cipher/cipher.h"

namespace chaosense {

// SHA-256 (hex) of ciphertext and tag of a fixed 3 x 24 x 20 picture under a fixed key and nonce.
std::string CiphertextDigest(const Cipher& cipher);

// What it was when the cipher was last changed on purpose, with its default parameters; "" if there
// is none.
std::string RecordedDigest(const std::string& cipher_name);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_DIGESTS_H_
