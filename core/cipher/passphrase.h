// Keys from passphrases: scrypt (RFC 7914, OpenSSL).
#ifndef CHAOSENSE_CORE_CIPHER_PASSPHRASE_H_
#define CHAOSENSE_CORE_CIPHER_PASSPHRASE_H_

#include <cstdint>
#include <string_view>

#include "core/base/file.h"

namespace chaosense {

// Cost: 128 n r bytes of memory and n r p steps. The defaults take 128 MiB and about 0.4 s.
struct ScryptParameters {
  uint64_t n = uint64_t{1} << 17;  // a power of two
  uint64_t r = 8;
  uint64_t p = 1;
  Bytes salt;  // 16 random bytes

  bool operator==(const ScryptParameters&) const = default;
};

// What we are ready to spend on a file of unknown origin: n a power of two from 2 to 2^22, r and p
// from 1 to 32, at most 1 GiB, at most 16 times the default's steps, a salt of 8 to 64 bytes.
bool Affordable(const ScryptParameters& parameters);

// New ones with a random salt.
ScryptParameters RandomScryptParameters();

// `size` bytes. Throws InternalError if the parameters are not affordable, Error(kRun) if memory
// lacks.
Bytes Scrypt(std::string_view passphrase, const ScryptParameters& parameters, size_t size);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_PASSPHRASE_H_
