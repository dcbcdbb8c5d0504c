// CMT-IEA, the cipher of Hua, Zhou, Pun, Chen, "2D Sine Logistic modulation map for image
// encryption", Inf. Sci. 297 (2015) 80, made anew from its description. It is BROKEN: J. Chen, L.
// Chen, Y. Zhou (arXiv 1903.11987) decrypt without the key after size + 1 chosen ciphertexts, since
// it is affine over the integers mod 256.
//
// The image is one matrix of r = channels * height rows (channels stacked) and c = width columns.
//   key      256 bits, the most significant of each byte first: x0, y0, a0, T as binary fractions
//            of 52 bits, then two 24-bit integers A1, A2, least significant bit first
//   round i  x = (x0 + A_i T) mod 1, y = (y0 + A_i T) mod 1, alpha = 0.9 + ((a0 + A_i T) mod 0.1);
//            the 2D-SLMM (beta = 3), stepped r c times without a transient, fills S = x + y column
//            by column
//   CMT      I(m, n): the row of the m-th smallest of column n of S (equal ones by row).
//            From 0: C(I(m, n), n) = P(I(m, j), j), j = (n + m + 1) mod c
//   rows     T(m, 0) = P(m, 0) + s(m, 0) + P(m, c-1),  T(m, n) = P(m, n) + s(m, n) + T(m, n-1)
//   columns  C(0, n) = T(0, n) + s(0, n) + T(r-1, n),  C(m, n) = T(m, n) + s(m, n) + C(m-1, n)
//            all mod 256, s = floor(2^32 S) mod 256
// Two rounds. Ours to decide, as the description covers gray images of more than one row and column
// only: colour is stacked; with one column (one row) the wrapping term P(m, c-1) (T(r-1, n)) is the
// byte itself and is left out, or 2 p could not be undone; the first S is that after one step.
#ifndef CHAOSENSE_CORE_CIPHER_HUA2015_H_
#define CHAOSENSE_CORE_CIPHER_HUA2015_H_

#include "core/cipher/cipher.h"

namespace chaosense {

class Hua2015Cipher final : public Cipher {
 public:
  // `bind_nonce`: the key becomes HKDF-SHA256(key, salt = nonce). As published there is no nonce.
  explicit Hua2015Cipher(bool bind_nonce) : bind_nonce_(bind_nonce) {}
  CipherTraits traits() const override;
  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest& nonce) const override;
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest& nonce) const override;

 private:
  bool bind_nonce_;
};

void RegisterHua2015(CipherRegistry& registry);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_HUA2015_H_
