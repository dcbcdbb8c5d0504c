// Seeded random streams. A stream is named by text (run seed, cell axes, purpose), so that its
// values do not depend on threads or on the order of work. There is no global generator.
#ifndef CHAOSENSE_CORE_BASE_RANDOM_H_
#define CHAOSENSE_CORE_BASE_RANDOM_H_

#include <cstdint>
#include <random>
#include <string_view>

#include "core/base/file.h"

namespace chaosense {

class RandomStream {
 public:
  // The state is the Mersenne twister seeded by SHA-256 of `name`, e.g. "seed=0|set11|0.25|noise".
  explicit RandomStream(std::string_view name);

  uint64_t Next() { return engine_(); }
  double Uniform();                   // [0, 1), 53 bits
  int64_t UniformInt(int64_t below);  // [0, below), unbiased; below >= 1
  double Normal();  // mean 0, variance 1; the same on every compiler (Boost.Random)
  Bytes RandomBytes(size_t count);

  // UniformRandomBitGenerator, for std::shuffle's like; prefer Shuffle of this file, which is
  // portable.
  using result_type = uint64_t;
  static constexpr uint64_t min() { return 0; }
  static constexpr uint64_t max() { return ~uint64_t{0}; }
  uint64_t operator()() { return Next(); }

 private:
  std::mt19937_64 engine_;
};

// Fisher-Yates; the same permutation on every standard library.
template <typename Range>
void Shuffle(Range& range, RandomStream& random) {
  for (size_t i = range.size(); i > 1; --i) {
    std::swap(range[i - 1], range[static_cast<size_t>(random.UniformInt(static_cast<int64_t>(i)))]);
  }
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_RANDOM_H_
