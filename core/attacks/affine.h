// Affine models of a map of byte images, y = A x + b over the integers mod 256, or over the bits.
//
// Many published image ciphers are affine over one of the two: permutations and exclusive or are
// over the bits, permutations and additions mod 256 over Z_256, whatever the key schedule and the
// number of rounds. L + 1 questions (8 L + 1 for bits) then give the whole map: 0 and the unit
// pictures. Decryption under Z_256: J. Chen, L. Chen, Y. Zhou, "Universal chosen-ciphertext attack
// for a family of image encryption schemes", IEEE Trans. Multimedia (arXiv 1903.11987).
#ifndef CHAOSENSE_CORE_ATTACKS_AFFINE_H_
#define CHAOSENSE_CORE_ATTACKS_AFFINE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "core/attacks/oracle.h"

namespace chaosense {

enum class Ring { kZ256, kBits };

std::string RingName(Ring ring);  // "Z_256", "GF(2)"

struct AffinityTest {
  bool rejected = false;  // a question was not answered
  int trials = 0;
  // Share of output bytes for which f(x + y) - f(x) - f(y) + f(0) = 0 in every trial.
  double affine_share = 0;
  bool affine() const { return !rejected && affine_share == 1; }
};

// 1 + 3 trials questions with random pictures. A map that is not affine fails at a given byte of a
// given trial with probability about 255/256.
AffinityTest TestAffinity(
    const ImageMap& map, Shape shape, Ring ring, int trials, RandomStream& random);

class AffineModel {
 public:
  // L + 1 or 8 L + 1 questions. Nothing if one is rejected.
  static std::optional<AffineModel> Build(const ImageMap& map,
                                          Shape shape,
                                          Ring ring,
                                          int64_t& queries);

  ImageU8 Apply(const ImageU8& x) const;
  // The x with Apply(x) == y, by elimination; nothing if the matrix has no inverse.
  std::optional<ImageU8> Solve(const ImageU8& y) const;

 private:
  AffineModel(Shape shape, Ring ring) : shape_(shape), ring_(ring) {}
  std::optional<ImageU8> SolveZ256(const ImageU8& y) const;
  std::optional<ImageU8> SolveBits(const ImageU8& y) const;

  Shape shape_;
  Ring ring_;
  Bytes constant_;             // f(0)
  std::vector<Bytes> column_;  // [i]: f(unit i) - f(0); bits: unit 8 i + b has bit b of byte i
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_AFFINE_H_
