// Tags that decryption accepts with ciphertexts which encryption never made.
#ifndef CHAOSENSE_CORE_ATTACKS_TAG_FORGERY_H_
#define CHAOSENSE_CORE_ATTACKS_TAG_FORGERY_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/attacks/oracle.h"

namespace chaosense {

struct TagForgery {
  std::string how;  // "an empty tag"
  // For a ciphertext of the target's shape under the target's nonce: the tags to try in turn.
  std::function<std::vector<Bytes>(const ImageU8& bytes)> tags;
  int64_t queries = 0;  // encryptions asked to get there
};

// What FindTagForgery tries, for evidence: the target's own tag, none, zeros; CRC-32 (of the
// ciphertext, or of the plaintext under an exclusive or), MD5, SHA-1, SHA-2 and SHA-3 of the
// ciphertext with or without the nonce, whole or cut to the tag's size; where two encryptions have
// one nonce, the algebra of GCM and Poly1305 (nonce_reuse.h).
inline constexpr const char* kForgeriesTried =
    "the target's own tag, none, zeros, CRC-32, MD5, SHA-1, SHA-2 and SHA-3 without a key, and, "
    "where the nonce repeats, GCM's and Poly1305's solved for";

// " The tags: no tag."; nothing where the target's own tag, or none at all, went with every
// ciphertext.
std::string ForgeryWords(const TagForgery& forgery);

inline constexpr const char* kRejected =
    "Ciphertexts that were not made by encryption are rejected, with forged tags as well.";

// The first way whose tags make decryption accept two random ciphertexts under the target's nonce.
std::optional<TagForgery> FindTagForgery(Oracle& oracle,
                                         const Oracle::Answer& secret,
                                         RandomStream& random);

// As Oracle::Decrypt; a program that fails over a tag of another size than the target's rejects it.
std::optional<ImageU8> DecryptWithTag(Oracle& oracle,
                                      const Oracle::Answer& secret,
                                      const ImageU8& bytes,
                                      const Bytes& tag);

// Other ciphertexts under the nonce of `secret`, with forged tags: what an attacker can send.
ImageMap DecryptionMap(Oracle& oracle, const Oracle::Answer& secret, const TagForgery& forgery);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_TAG_FORGERY_H_
