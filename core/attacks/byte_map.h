// Ciphers whose ciphertext bytes each come from one plaintext byte: y[j] = t_j(x[source[j]]). With
// t_j an addition mod 256 or an exclusive or this is a permuted keystream, and one question tells
// the keystream, ceil(log256 L) more the permutation of L bytes. With any other t_j it takes 256
// questions, one for each byte value, instead of one.
//
// Fewer do not suffice without using more of the cipher than this form: the first answer is
// explained by every permutation together with the keystream it implies, so it says nothing about
// the permutation; and of L! permutations, each answer of L bytes rules out all but a share 256^-L
// at best, so that log256(L!) / L = (log2 L - 1.44) / 8 answers more are needed, which rounds up to
// ceil(log256 L) for 700 to 65536 bytes (MinimumQueries).
#ifndef CHAOSENSE_CORE_ATTACKS_BYTE_MAP_H_
#define CHAOSENSE_CORE_ATTACKS_BYTE_MAP_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/attacks/oracle.h"

namespace chaosense {

enum class ByteOperation {
  kXor,      // y = x ^ t
  kAdd,      // y = x + t mod 256 (subtraction of a keystream included)
  kSubtract  // y = t - x mod 256
};

struct ByteMap {
  std::vector<uint32_t> source;                 // [j]: where output byte j comes from
  std::vector<std::array<uint8_t, 256>> table;  // [j]: t_j, a permutation of 0..255
  std::string form;  // "exclusive or", "addition mod 256", ..., "256-entry tables"
  bool permuted = false;

  ImageU8 Apply(const ImageU8& x) const;
  ImageU8 Invert(const ImageU8& y) const;
};

// ceil(log256 L): how many pictures number L positions; 1 for L = 1.
int DigitPictures(size_t positions);
// Picture d: digit d of each position's number, base 256.
ImageU8 DigitPicture(Shape shape, int digit);

// The least number of chosen pictures that can give keystream and permutation of `positions` bytes:
// 1 + ceil(log256(L!) / L).
int MinimumQueries(size_t positions);

// Whether one changed byte changes at most one byte of the output, tried at `trials` places with
// 1 + trials questions. False if any question is rejected.
bool ChangesStayLocal(const ImageMap& map, const ImageU8& base, int trials, RandomStream& random);

// The models below are verified on pictures of random bytes that were not part of the questions;
// nothing is returned unless every byte of two of them is predicted. `queries` is increased by what
// the attack asked, verification not included.

// 1 question. Positions stay.
std::optional<ByteMap> FindKeystream(const ImageMap& map,
                                     Shape shape,
                                     RandomStream& random,
                                     int64_t& queries);
// ceil(log256 L) questions. Bytes move, none changes.
std::optional<ByteMap> FindPermutation(const ImageMap& map,
                                       Shape shape,
                                       RandomStream& random,
                                       int64_t& queries);
// 1 + ceil(log256 L) questions.
std::optional<ByteMap> FindScrambledKeystream(const ImageMap& map,
                                              Shape shape,
                                              RandomStream& random,
                                              int64_t& queries);
// 256 + ceil(log256 L) questions.
std::optional<ByteMap> FindTables(const ImageMap& map,
                                  Shape shape,
                                  RandomStream& random,
                                  int64_t& queries);

// Known plaintext: which position each output byte comes from, guessed from pairs of a known
// picture and its permuted form. Positions that the pairs cannot tell apart are given out in order.
std::vector<uint32_t> GuessPermutation(const std::vector<ImageU8>& known,
                                       const std::vector<ImageU8>& permuted);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_BYTE_MAP_H_
