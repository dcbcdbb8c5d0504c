#include "core/base/hkdf.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <array>
#include <memory>

#include "core/base/error.h"

namespace chaosense {

Bytes HkdfSha256(std::span<const uint8_t> secret,
                 std::span<const uint8_t> salt,
                 std::string_view label,
                 size_t count) {
  CHAOSENSE_CHECK(!secret.empty() && count >= 1 && count <= 255 * 32);
  const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(
      EVP_KDF_fetch(nullptr, "HKDF", nullptr), EVP_KDF_free);
  CHAOSENSE_CHECK(kdf != nullptr);
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(
      EVP_KDF_CTX_new(kdf.get()), EVP_KDF_CTX_free);
  CHAOSENSE_CHECK(context != nullptr);
  // OpenSSL only reads through these pointers.
  const auto octets = [](const char* name, const void* data, size_t size) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<void*>(data), size);
  };
  char digest[] = "SHA256";
  std::array<OSSL_PARAM, 5> parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
      octets(OSSL_KDF_PARAM_KEY, secret.data(), secret.size()),
      octets(OSSL_KDF_PARAM_INFO, label.data(), label.size()),
      salt.empty() ? OSSL_PARAM_construct_end()
                   : octets(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()),
      OSSL_PARAM_construct_end()};
  Bytes out(count);
  CHAOSENSE_CHECK(EVP_KDF_derive(context.get(), out.data(), out.size(), parameters.data()) == 1);
  return out;
}

}  // namespace chaosense
