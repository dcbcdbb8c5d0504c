#include "core/randomness/repeated_words.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr size_t kFewestSlots = size_t{1} << 10;
constexpr size_t kMostSlots = size_t{1} << 19;  // half of them stay free

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
  if (!Kept(hash)) return;
  if (2 * used_ >= slots_.size()) {
    Grow();
    if (!Kept(hash)) return;
  }
  Slot& slot = Find(word, hash);
  slot.word = word;
  if (slot.count++ == 0) ++used_;
}

RepeatedWords::Slot& RepeatedWords::Find(uint64_t word, uint64_t hash) {
  size_t at = (hash >> 32) & (slots_.size() - 1);
  while (slots_[at].count > 0 && slots_[at].word != word) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

void RepeatedWords::Grow() {
  const bool thin = slots_.size() == kMostSlots;
  const size_t size = thin ? kMostSlots : std::max(kFewestSlots, 2 * slots_.size());
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(size));
  shift_ += thin ? 1 : 0;
  used_ = 0;
  for (const Slot& slot : old) {
    const uint64_t hash = HashOf(slot.word);
    if (slot.count == 0 || !Kept(hash)) continue;
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
