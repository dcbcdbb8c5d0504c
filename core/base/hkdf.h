// HKDF-SHA256 (RFC 5869, OpenSSL): independent keys from one secret.
#ifndef CHAOSENSE_CORE_BASE_HKDF_H_
#define CHAOSENSE_CORE_BASE_HKDF_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/file.h"

namespace chaosense {

// `count` bytes (1 to 255 * 32) bound to `label` (the RFC's info). `salt` may be empty.
Bytes HkdfSha256(std::span<const uint8_t> secret,
                 std::span<const uint8_t> salt,
                 std::string_view label,
                 size_t count);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_HKDF_H_
