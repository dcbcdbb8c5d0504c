// Small parts that the checks share.
#ifndef CHAOSENSE_CORE_ATTACKS_EVIDENCE_H_
#define CHAOSENSE_CORE_ATTACKS_EVIDENCE_H_

#include <span>
#include <string>

#include "core/attacks/check.h"
#include "core/base/count.h"

namespace chaosense {

int64_t WrongBytes(const ImageU8& a, const ImageU8& b);
double ShareOfDifferent(const ImageU8& a, const ImageU8& b);

bool IsConstant(std::span<const uint8_t> bytes);
bool IsZero(std::span<const uint8_t> bytes);

// Whether `key` gives back `plain`; false if the cipher rejects. Throws what else goes wrong.
bool Opens(const Cipher& cipher,
           const Ciphertext& ciphertext,
           const Bytes& key,
           const Digest& nonce,
           const ImageU8& plain);

// What the checks of the key (A6, A7, A12) encrypt with: one nonce, the same in both modes.
Digest KeyCheckNonce(const AuditTarget& target);
ImageU8 EncryptUnder(const AuditTarget& target, const Bytes& key, const ImageU8& plain);

// Adds "plain", "cipher" and "recovered", and the number of wrong pixels.
void AddRecovery(const ImageU8& plain,
                 const ImageU8& cipher,
                 const ImageU8& recovered,
                 CheckResult& result);

ImageU8 RandomPicture(Shape shape, RandomStream& random);
ImageU8 ConstantPicture(Shape shape, uint8_t value);

// A result that only says what was found.
CheckResult Say(Verdict verdict, std::string evidence, int64_t queries = 0);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_EVIDENCE_H_
