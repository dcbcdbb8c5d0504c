#include "core/randomness/repeated_words.h"

#include <cmath>
#include <utility>

#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr size_t kMostWords = size_t{1} << 18;
constexpr int kSlotBits = 19;  // half of the slots stay free

// The finaliser of SplitMix64: a permutation, so that words are thinned out evenly whatever they
// are.
uint64_t HashOf(uint64_t word) {
  word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9;
  word = (word ^ word >> 27) * 0x94d049bb133111eb;
  return word ^ word >> 31;
}

}  // namespace

RepeatedWords::RepeatedWords(int width_bits) : width_bits_(width_bits) {
  CHAOSENSE_CHECK(width_bits >= 8 && width_bits <= 64, "words of {} bits", width_bits);
}

void RepeatedWords::Add(uint64_t word) {
  ++words_;
  const uint64_t hash = HashOf(word);
  if ((hash & ((uint64_t{1} << shift_) - 1)) != 0) return;
  if (slots_.empty()) slots_.resize(size_t{1} << kSlotBits);
  Slot& slot = Find(word, hash);
  slot.word = word;
  if (slot.count++ > 0) return;
  if (++used_ > kMostWords) KeepHalf();
}

RepeatedWords::Slot& RepeatedWords::Find(uint64_t word, uint64_t hash) {
  size_t at = hash >> (64 - kSlotBits);
  while (slots_[at].count > 0 && slots_[at].word != word) at = (at + 1) % slots_.size();
  return slots_[at];
}

void RepeatedWords::KeepHalf() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size()));
  ++shift_;
  used_ = 0;
  for (const Slot& slot : old) {
    const uint64_t hash = HashOf(slot.word);
    if (slot.count == 0 || (hash & ((uint64_t{1} << shift_) - 1)) != 0) continue;
    Find(slot.word, hash) = slot;
    ++used_;
  }
}

int64_t RepeatedWords::pairs() const {
  int64_t pairs = 0;
  for (const Slot& slot : slots_) pairs += slot.count * (slot.count - 1) / 2;
  return pairs;
}

double RepeatedWords::expected() const {
  const double words = static_cast<double>(words_);
  return std::ldexp(words * (words - 1) / 2, -width_bits_ - shift_);
}

}  // namespace chaosense
