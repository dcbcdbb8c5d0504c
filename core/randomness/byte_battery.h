// All tests of byte_tests.h on a stream: it counts while the bytes come, in bounded memory, and
// judges what it has counted at any time.
#ifndef CHAOSENSE_CORE_RANDOMNESS_BYTE_BATTERY_H_
#define CHAOSENSE_CORE_RANDOMNESS_BYTE_BATTERY_H_

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/randomness/byte_tests.h"
#include "core/randomness/repeated_words.h"

namespace chaosense {

class ByteBattery {
 public:
  // The tests named; all if empty. Throws Error(kConfig) on an unknown name.
  explicit ByteBattery(const std::vector<std::string>& names = {});
  static const std::vector<std::string>& Names();

  void Add(std::span<const uint8_t> bytes);  // the next bytes of the stream
  uint64_t size() const { return size_; }    // bytes so far

  // One p-value for each test and variant, of the bytes so far; they do not depend on how these
  // were cut into pieces. At most 80.
  TestOutcomes Outcomes() const;

 private:
  static constexpr std::array<size_t, 42> kBitLags = {
      1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17,  18,  19,  20,   21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 40, 48, 56, 64, 96, 128, 256, 512, 1024, 2048};
  static constexpr std::array<size_t, 6> kByteLags = {1, 2, 3, 4, 8, 16};
  static constexpr size_t kNibbleLags = 4;      // 1 .. 4
  static constexpr size_t kHistory = 2048 / 8;  // bytes that the longest lag reaches back
  static constexpr size_t kBeginning = 8192;    // bytes kept for linear complexity

  bool Wanted(const char* name) const;
  // `bytes`: as many bytes of history as there are, then the new ones, from `begin` on.
  void Count(std::span<const uint8_t> bytes, size_t begin);
  void CountBits(std::span<const uint8_t> bytes, size_t begin);
  void AddComplexity(TestOutcomes& outcomes) const;

  std::vector<std::string> names_;
  uint64_t size_ = 0;
  Bytes recent_;     // the last bytes, kHistory at most
  Bytes beginning_;  // the first bytes, kBeginning at most
  ByteHistogram bytes_{};
  std::vector<int64_t> pairs_;                                       // aligned words of 16 bits
  std::array<std::array<ByteHistogram, kNibbleLags>, 2> nibbles_{};  // low, high
  std::array<int64_t, kWeightCells> weights_{};
  std::array<int64_t, kByteLags.size()> products_{};
  std::array<int64_t, kBitLags.size()> unlike_{};
  RunCounts runs_;         // that have ended
  bool open_run_ = false;  // the bits of the run that has not
  size_t open_length_ = 0;
  RepeatedWords words4_{32};
  RepeatedWords words8_{64};
  mutable TestOutcomes complexity_;  // does not change once all of beginning_ is there
};

// The battery on one sequence.
TestOutcomes RunByteTests(std::span<const uint8_t> bytes,
                          const std::vector<std::string>& names = {});

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_BYTE_BATTERY_H_
