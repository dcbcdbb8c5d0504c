// Forged tags of AES-GCM and ChaCha20-Poly1305 where one nonce served several messages.
//
// Both tags are a polynomial in a secret point r, its coefficients the ciphertext's blocks, plus a
// mask that the nonce decides. Of two messages under one nonce the mask cancels and an equation in
// r alone is left (Joux, "Authentication failures in NIST version of GCM", comment to NIST, 2006).
// Here the two differ in their last block alone, so the equation is d r^2 = t: a square root, where
// messages of any other difference would need the roots of a polynomial. The associated data must
// be the same for all messages; it need not be known.
#ifndef CHAOSENSE_CORE_ATTACKS_NONCE_REUSE_H_
#define CHAOSENSE_CORE_ATTACKS_NONCE_REUSE_H_

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/base/file.h"

namespace chaosense {

struct TaggedBytes {
  Bytes bytes;  // a ciphertext
  Bytes tag;
};

// The tags that fit a ciphertext as long as those of the attack: GCM one, Poly1305 two (which of
// them, the mask's carry decides).
using TagMaker = std::function<std::vector<Bytes>(std::span<const uint8_t> ciphertext)>;

// `first` and `second` differ in their last 16-byte block alone; `witness` is any third message.
// All of one length, at least one byte, under one key and nonce. Nothing if the tag is not of 16
// bytes, the ciphertexts differ elsewhere, or the witness's tag is not among those predicted: then
// the cipher is another one, or the nonces differed.
std::optional<TagMaker> ForgeGcm(const TaggedBytes& first,
                                 const TaggedBytes& second,
                                 const TaggedBytes& witness);
std::optional<TagMaker> ForgePoly1305(const TaggedBytes& first,
                                      const TaggedBytes& second,
                                      const TaggedBytes& witness);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_NONCE_REUSE_H_
