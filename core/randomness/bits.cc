#include "core/randomness/bits.h"

#include <algorithm>
#include <bit>

#include "core/base/error.h"

namespace chaosense {
namespace {

// Turns round the bits of each of the eight bytes.
uint64_t ReverseBytesBits(uint64_t word) {
  word = (word >> 1 & 0x5555555555555555) | (word & 0x5555555555555555) << 1;
  word = (word >> 2 & 0x3333333333333333) | (word & 0x3333333333333333) << 2;
  return (word >> 4 & 0x0f0f0f0f0f0f0f0f) | (word & 0x0f0f0f0f0f0f0f0f) << 4;
}

}  // namespace

BitSequence BitSequence::FromBytes(std::span<const uint8_t> bytes, size_t bits, size_t skip) {
  CHAOSENSE_CHECK(skip + bits <= 8 * bytes.size(), "{} + {} bits", skip, bits);
  if (skip % 8 != 0) {
    const size_t lead = skip % 8;
    return FromBytes(bytes.subspan(skip / 8), bits + lead).Slice(lead, bits);
  }
  bytes = bytes.subspan(skip / 8, (bits + 7) / 8);
  BitSequence sequence(bits);
  for (size_t i = 0; i < bytes.size(); ++i) {
    sequence.words_[i / 8] |= uint64_t{bytes[i]} << (8 * (i % 8));
  }
  for (uint64_t& word : sequence.words_) word = ReverseBytesBits(word);
  if (bits % 64 != 0) sequence.words_[bits / 64] &= (uint64_t{1} << (bits % 64)) - 1;
  return sequence;
}

BitSequence BitSequence::FromText(std::string_view digits) {
  BitSequence sequence(digits.size());
  for (size_t i = 0; i < digits.size(); ++i) {
    CHAOSENSE_CHECK(digits[i] == '0' || digits[i] == '1', "'{}' is no bit", digits[i]);
    sequence.words_[i / 64] |= uint64_t{digits[i] == '1'} << (i % 64);
  }
  return sequence;
}

size_t BitSequence::RunEnd(size_t i) const {
  const bool one = (*this)[i];
  for (;;) {
    const uint64_t word = Word(i);
    const auto same = static_cast<size_t>(one ? std::countr_one(word) : std::countr_zero(word));
    i = std::min(size_, i + same);
    if (same < 64 || i == size_) return i;
  }
}

int64_t BitSequence::Ones(size_t begin, size_t end) const {
  CHAOSENSE_CHECK(begin <= end && end <= size_, "{} .. {} of {}", begin, end, size_);
  int64_t ones = 0;
  size_t i = begin;
  for (; i + 64 <= end; i += 64) ones += std::popcount(Word(i));
  if (i < end) ones += std::popcount(Window(i, end - i));
  return ones;
}

BitSequence BitSequence::Slice(size_t begin, size_t length) const {
  CHAOSENSE_CHECK(begin + length <= size_, "{} + {} of {}", begin, length, size_);
  BitSequence slice(length);
  for (size_t i = 0; i < length; i += 64) slice.words_[i / 64] = Word(begin + i);
  if (length % 64 != 0) slice.words_[length / 64] &= (uint64_t{1} << (length % 64)) - 1;
  return slice;
}

BitSequence BitSequence::Plane(std::span<const uint8_t> bytes, int plane) {
  BitSequence sequence(bytes.size());
  for (size_t i = 0; i < bytes.size(); ++i) {
    sequence.words_[i / 64] |= uint64_t{(bytes[i] >> plane & 1) != 0} << (i % 64);
  }
  return sequence;
}

}  // namespace chaosense
