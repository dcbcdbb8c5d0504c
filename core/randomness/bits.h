// A sequence of bits, packed into 64-bit words: bit i is bit i mod 64 of word i / 64. Bytes give
// their most significant bit first, as NIST's programs read them.
#ifndef CHAOSENSE_CORE_RANDOMNESS_BITS_H_
#define CHAOSENSE_CORE_RANDOMNESS_BITS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace chaosense {

class BitSequence {
 public:
  BitSequence() = default;
  // `bits` bits of `bytes`, from bit `skip` on; skip + bits <= 8 bytes.size().
  static BitSequence FromBytes(std::span<const uint8_t> bytes, size_t bits, size_t skip = 0);
  static BitSequence FromBytes(std::span<const uint8_t> bytes) {
    return FromBytes(bytes, 8 * bytes.size());
  }
  // A text of '0' and '1' alone.
  static BitSequence FromText(std::string_view digits);

  size_t size() const { return size_; }
  bool operator[](size_t i) const { return (words_[i / 64] >> (i % 64) & 1) != 0; }
  // The packed words; bits past the end are 0, and two words of 0 follow.
  std::span<const uint64_t> words() const { return words_; }

  // Bits i .. i + 63, bit i lowest; zeros past the end. i <= size().
  uint64_t Word(size_t i) const {
    const size_t word = i / 64;
    const size_t shift = i % 64;
    return words_[word] >> shift | (words_[word + 1] << 1) << (63 - shift);
  }
  // Bits i .. i + length - 1, bit i lowest. length in 1 .. 63.
  uint64_t Window(size_t i, size_t length) const { return Word(i) & ((uint64_t{1} << length) - 1); }
  // The end of the run of equal bits that bit i belongs to: the first later place with another bit,
  // or size().
  size_t RunEnd(size_t i) const;
  // Ones among bits begin .. end - 1.
  int64_t Ones(size_t begin, size_t end) const;
  int64_t Ones() const { return Ones(0, size_); }

  // Bits begin .. begin + length - 1.
  BitSequence Slice(size_t begin, size_t length) const;
  // Bit at place 2^k, k = plane, of each byte (plane 0: the least significant).
  static BitSequence Plane(std::span<const uint8_t> bytes, int plane);

 private:
  explicit BitSequence(size_t size) : words_(size / 64 + 3), size_(size) {}

  std::vector<uint64_t> words_ = std::vector<uint64_t>(3);
  size_t size_ = 0;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_BITS_H_
