// What the standard ciphers must fail, by their definitions. A failure that is listed here becomes
// Verdict::kExpectedFailure; everything else they fail would be a defect of the cipher or of the
// check. The tests hold both ways: nothing outside the list fails, and everything in it does.
#ifndef CHAOSENSE_CORE_ATTACKS_EXPECTED_H_
#define CHAOSENSE_CORE_ATTACKS_EXPECTED_H_

#include <string>
#include <vector>

#include "core/attacks/oracle.h"

namespace chaosense {

// The reason, or "" if this failure is not to be expected.
std::string ExpectedFailure(const std::string& cipher, NonceMode mode, const std::string& check);

// aes256_ctr, aes256_gcm, aes256_siv, chacha20, chacha20_poly1305.
const std::vector<std::string>& StandardCiphers();

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_EXPECTED_H_
