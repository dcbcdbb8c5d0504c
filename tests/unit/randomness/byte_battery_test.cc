#include "core/randomness/byte_battery.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace chaosense {
namespace {

void ExpectSame(const TestOutcomes& a, const TestOutcomes& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].Name(), b[i].Name());
    EXPECT_EQ(a[i].not_applicable, b[i].not_applicable) << a[i].Name();
    if (!a[i].applicable()) continue;
    EXPECT_EQ(a[i].statistic, b[i].statistic) << a[i].Name();
    EXPECT_EQ(a[i].p_value, b[i].p_value) << a[i].Name();
  }
}

// Words, runs and lags that cross from one piece into the next are counted all the same.
TEST(ByteBattery, PiecesDoNotMatter) {
  RandomStream random("pieces");
  for (const size_t size : {size_t{5}, size_t{3001}, size_t{200003}}) {
    const Bytes bytes = random.RandomBytes(size);
    ByteBattery battery;
    size_t piece = 1;
    for (size_t at = 0; at < size; at += piece, piece = piece * 3 % 1009 + 1) {
      piece = std::min(piece, size - at);
      battery.Add(std::span(bytes).subspan(at, piece));
    }
    EXPECT_EQ(battery.size(), size);
    ExpectSame(battery.Outcomes(), RunByteTests(bytes));
  }
}

// Counted by hand, pair by pair.
TEST(ByteBattery, CountsWhatItsTestsSay) {
  RandomStream random("by hand");
  const Bytes bytes = random.RandomBytes(10000);
  for (const TestOutcome& one : RunByteTests(bytes)) {
    if (one.Name() == "ByteAutocorrelation lag=16") {
      double sum = 0;
      for (size_t i = 16; i < bytes.size(); ++i)
        sum += (bytes[i] - 127.5) * (bytes[i - 16] - 127.5);
      EXPECT_NEAR(one.statistic, sum / (65535.0 / 12) / std::sqrt(9984.0), 1e-9);
    }
    if (one.Name() == "NibblePairs low lag=3") {
      std::array<double, 256> pairs{};
      std::array<double, 16> singles{};
      for (size_t i = 0; i < bytes.size(); ++i) {
        ++singles[bytes[i] & 15];
        ++pairs[(bytes[i] & 15U) * 16U + (bytes[(i + 3) % bytes.size()] & 15U)];
      }
      double psi = 0;
      for (const double count : pairs) psi += count * count * 256 / 10000;
      for (const double count : singles) psi -= count * count * 16 / 10000;
      EXPECT_NEAR(one.statistic, psi, 1e-6);
    }
  }
}

TEST(RepeatedWords, CountsPairs) {
  RepeatedWords words(32);
  for (const uint64_t word : {7, 7, 7, 9, 9, 0, 0, 1}) words.Add(word);
  EXPECT_EQ(words.pairs(), 3 + 1 + 1);
  EXPECT_EQ(words.expected(), 28 * 0x1p-32);
}

// Two million words, each value twice: the thinned half or quarter has its pairs, and no others.
TEST(RepeatedWords, ThinningKeepsAllPlacesOfAWordOrNone) {
  RepeatedWords words(64);
  constexpr int64_t kValues = 1000000;
  for (int turn = 0; turn < 2; ++turn) {
    for (int64_t i = 0; i < kValues; ++i) words.Add(static_cast<uint64_t>(i) * 0x9e3779b97f4a7c15);
  }
  ASSERT_GT(words.kept_shift(), 0);
  const double kept = std::ldexp(static_cast<double>(kValues), -words.kept_shift());
  EXPECT_NEAR(static_cast<double>(words.pairs()), kept, 5 * std::sqrt(kept));
}

// One word without end is no reason to thin out, and no overflow.
TEST(RepeatedWords, ConstantStream) {
  RepeatedWords words(64);
  for (int i = 0; i < 1000000; ++i) words.Add(0);
  EXPECT_EQ(words.pairs(), int64_t{1000000} * 999999 / 2);
}

}  // namespace
}  // namespace chaosense
