#include "core/cipher/passphrase.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <bit>
#include <memory>

#include "core/base/error.h"
#include "core/cipher/key_file.h"

namespace chaosense {

bool Affordable(const ScryptParameters& s) {
  constexpr uint64_t kMostMemory = uint64_t{1} << 30;
  constexpr uint64_t kMostSteps = uint64_t{16} * 8 << 17;
  return std::has_single_bit(s.n) && s.n >= 2 && s.n <= uint64_t{1} << 22 && s.r >= 1 &&
         s.r <= 32 && s.p >= 1 && s.p <= 32 && 128 * s.n * s.r <= kMostMemory &&
         s.n * s.r * s.p <= kMostSteps && s.salt.size() >= 8 && s.salt.size() <= 64;
}

ScryptParameters RandomScryptParameters() {
  const Digest random = RandomNonce();
  ScryptParameters parameters;
  parameters.salt.assign(random.begin(), random.begin() + 16);
  return parameters;
}

Bytes Scrypt(std::string_view passphrase, const ScryptParameters& parameters, size_t size) {
  CHAOSENSE_CHECK(Affordable(parameters));
  const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(
      EVP_KDF_fetch(nullptr, "SCRYPT", nullptr), EVP_KDF_free);
  CHAOSENSE_CHECK(kdf != nullptr, "this OpenSSL has no scrypt");
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(
      EVP_KDF_CTX_new(kdf.get()), EVP_KDF_CTX_free);
  CHAOSENSE_CHECK(context != nullptr);
  std::string pass(passphrase);
  Bytes salt = parameters.salt;
  uint64_t n = parameters.n, r = parameters.r, p = parameters.p;
  uint64_t memory = uint64_t{2} << 30;  // OpenSSL's own limit, which is 32 MiB by default
  const OSSL_PARAM given[] = {
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, pass.data(), pass.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_R, &r),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_P, &p),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
      OSSL_PARAM_construct_end()};
  Bytes key(size);
  if (EVP_KDF_derive(context.get(), key.data(), key.size(), given) != 1) {
    throw RunError("no memory for the passphrase's key ({} MiB needed)",
                   128 * parameters.n * parameters.r >> 20);
  }
  return key;
}

}  // namespace chaosense
