// Equal words in a stream of any length, in bounded memory.
#ifndef CHAOSENSE_CORE_RANDOMNESS_REPEATED_WORDS_H_
#define CHAOSENSE_CORE_RANDOMNESS_REPEATED_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chaosense {

// Counts how often each word came. Of more than 2^18 different words it keeps those alone whose
// hash ends in one zero bit, two, three ...: all places of a word are kept or none, so that a cycle
// shows in the part kept as it does in the whole.
class RepeatedWords {
 public:
  explicit RepeatedWords(int width_bits);  // 8 .. 64

  void Add(uint64_t word);

  int64_t pairs() const;                     // of equal words among those kept
  double expected() const;                   // pairs of that kind among uniform words
  int kept_shift() const { return shift_; }  // one word value in 2^shift is kept

 private:
  struct Slot {
    uint64_t word = 0;
    int64_t count = 0;  // 0: free
  };
  bool Kept(uint64_t hash) const { return (hash & ((uint64_t{1} << shift_) - 1)) == 0; }
  Slot& Find(uint64_t word, uint64_t hash);
  // Makes room: twice the slots, or half of the words.
  void Grow();

  int width_bits_;
  int shift_ = 0;
  uint64_t words_ = 0;  // all, kept or not
  size_t used_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_REPEATED_WORDS_H_
