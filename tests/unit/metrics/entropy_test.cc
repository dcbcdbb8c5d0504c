#include "core/metrics/entropy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <climits>
#include <cmath>
#include <set>

#include "core/base/error.h"

namespace chaosense {
namespace {

using testing::HasSubstr;

TEST(ShannonEntropy, ClosedForms) {
  EXPECT_EQ(ShannonEntropy(Bytes(100, 7)), 0);
  EXPECT_FALSE(std::signbit(ShannonEntropy(Bytes(100, 7))));
  Bytes all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<uint8_t>(i));
  EXPECT_NEAR(ShannonEntropy(all), 8, 1e-14);
  EXPECT_NEAR(ShannonEntropy(Bytes{0, 0, 0, 1}), 2 - 0.75 * std::log2(3), 1e-14);
  EXPECT_TRUE(std::isnan(ShannonEntropy(Bytes{})));
}

// Every sequence of two bytes, and of three, counted out: an independent check of the exact sums.
TEST(IdealEntropy, TinyCountsByEnumeration) {
  // N = 2: equal with probability 1/256 (H = 0), else H = 1.
  EXPECT_NEAR(IdealEntropy(2).mean, 255.0 / 256, 1e-12);
  EXPECT_NEAR(IdealEntropy(2).sd, std::sqrt(255.0) / 256, 1e-12);
  // N = 3: all equal 1/65536; two equal 3 * 255/65536 with H = log2 3 - 2/3; all different log2 3.
  const double p2 = 3 * 255.0 / 65536, p3 = 255.0 * 254 / 65536;
  const double h2 = std::log2(3) - 2.0 / 3, h3 = std::log2(3);
  const double mean = p2 * h2 + p3 * h3;
  EXPECT_NEAR(IdealEntropy(3).mean, mean, 1e-12);
  EXPECT_NEAR(IdealEntropy(3).sd, std::sqrt(p2 * h2 * h2 + p3 * h3 * h3 - mean * mean), 1e-10);
  EXPECT_NEAR(IdealEntropy(1).mean, 0, 1e-12);
}

// The multinomial sums in 50-digit decimal arithmetic; 1936 is one block of the local entropy.
TEST(IdealEntropy, ReferenceValues) {
  struct Row {
    int64_t count;
    double mean, sd;
  };
  const Row rows[] = {
      {1936, 7.902469316646556, 0.008694225839295780},
      {4096, 7.954588733862341, 0.004024888220410278},
      {16384, 7.988743150295306, 0.0009969628511794783},
      {37632, 7.995106440725643, 0.0004333840356343684},
      {65536, 7.997191401492898, 0.0002487342525678038},
      {150528, 7.998777662305023, 0.0001082520938889830},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.count);
    EXPECT_NEAR(IdealEntropy(row.count).mean, row.mean, 1e-13);
    EXPECT_NEAR(IdealEntropy(row.count).sd / row.sd, 1, 1e-9);
  }
  EXPECT_NEAR(IdealEntropy(196608).mean, 7.999064210286103, 1e-13);
  EXPECT_NEAR(IdealEntropy(262144).mean, 7.999298196019391, 1e-13);
  EXPECT_NEAR(IdealEntropy(1048576).mean, 7.999824, 6e-7);
  EXPECT_NEAR(IdealEntropy(1048576).sd, 0.0000155, 6e-8);
}

TEST(IdealEntropy, AsymptoticFormContinuesTheExactOne) {
  const EntropyModel exact = IdealEntropy(1 << 20), beyond = IdealEntropy((1 << 20) + 1);
  EXPECT_NEAR(exact.mean, beyond.mean, 1e-9);
  EXPECT_NEAR(exact.sd / beyond.sd, 1, 1e-3);
}

TEST(IdealEntropy, RandomBytesBehaveAsPredicted) {
  RandomStream random("entropy|ideal");
  double sum = 0, squares = 0;
  constexpr int kSets = 400;
  for (int i = 0; i < kSets; ++i) {
    const double z = EntropyZ(ShannonEntropy(random.RandomBytes(4096)), 4096);
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum / kSets, 0, 4 / std::sqrt(kSets));
  EXPECT_NEAR(squares / kSets, 1, 4 * std::sqrt(2.0 / kSets));
}

TEST(IdealEntropy, ThePapersEntropiesFitItsCompressedSizeAndNotTheImages) {
  // Table 5 of Chen, Guo, Jing 2020: z = -0.48, +1.14, -1.63, +0.22 for 3 x 112 x 112 bytes.
  const double entropies[] = {7.9949, 7.9956, 7.9944, 7.9952};
  const double expected[] = {-0.48, 1.14, -1.63, 0.22};
  for (int i = 0; i < 4; ++i) {
    EXPECT_NEAR(EntropyZ(entropies[i], 37632), expected[i], 0.01);
    EXPECT_LT(EntropyZ(entropies[i], 65536), -6);
  }
}

TEST(LocalEntropyBounds, PublishedAndCorrected) {
  struct Row {
    double alpha, published_low, published_high, low, high;
  };
  // Nine-digit published bounds (Wu et al. 2013) and the bounds with sd / sqrt(30).
  const Row rows[] = {{0.05, 7.901901305, 7.903037329, 7.899358, 7.905580},
                      {0.01, 7.901722822, 7.903215812, 7.898381, 7.906558},
                      {0.001, 7.901515698, 7.903422936, 7.897246, 7.907693}};
  for (const Row& row : rows) {
    const Interval published = PublishedLocalEntropyBounds(30, 1936, row.alpha);
    EXPECT_NEAR(published.low, row.published_low, 2e-8);
    EXPECT_NEAR(published.high, row.published_high, 2e-8);
    const Interval corrected = LocalEntropyBounds(30, 1936, row.alpha);
    EXPECT_NEAR(corrected.low, row.low, 1e-6);
    EXPECT_NEAR(corrected.high, row.high, 1e-6);
    EXPECT_NEAR(
        (corrected.high - corrected.low) / (published.high - published.low), std::sqrt(30.0), 1e-9);
  }
}

TEST(LocalEntropyBounds, RandomBytesPassTheCorrectedOnes) {
  RandomStream random("local entropy|ideal");
  const Interval corrected = LocalEntropyBounds(30, 1936, 0.05),
                 published = PublishedLocalEntropyBounds(30, 1936, 0.05);
  int inside = 0, inside_published = 0;
  constexpr int kSets = 300;
  for (int i = 0; i < kSets; ++i) {
    const ImageU8 bytes({1, 1, 30 * 1936}, random.RandomBytes(30 * 1936));
    const double mean = MeasureLocalEntropy(bytes, {}, random).mean;
    inside += corrected.Contains(mean);
    inside_published += published.Contains(mean);
  }
  EXPECT_NEAR(inside / 300.0, 0.95, 4 * std::sqrt(0.95 * 0.05 / kSets));
  EXPECT_NEAR(inside_published / 300.0, 0.286, 4 * std::sqrt(0.286 * 0.714 / kSets));
}

TEST(LocalEntropyCapacity, ThePapersCiphertext) {
  const Shape paper{3, 112, 112};  // 37,632 bytes
  EXPECT_EQ(LocalEntropyCapacity(paper, 44, BlockPlacement::kSquares), 12);
  EXPECT_EQ(LocalEntropyCapacity(paper, 44, BlockPlacement::kRuns), 19);
  EXPECT_EQ(LocalEntropyCapacity(paper, 44, BlockPlacement::kOverlapping), INT_MAX);
  EXPECT_EQ(LocalEntropyCapacity({1, 8, 2176}, 44, BlockPlacement::kSquares), 0);
  EXPECT_EQ(LocalEntropyCapacity({1, 8, 2176}, 44, BlockPlacement::kOverlapping), 0);
  EXPECT_EQ(LocalEntropyCapacity({1, 8, 2176}, 44, BlockPlacement::kOverlappingRuns), INT_MAX);
}

TEST(MeasureLocalEntropy, RefusesMoreBlocksThanFit) {
  const ImageU8 bytes({3, 112, 112});
  RandomStream random("refuse");
  for (const auto& [placement, most] :
       {std::pair{BlockPlacement::kSquares, "at most 12"}, {BlockPlacement::kRuns, "at most 19"}}) {
    try {
      MeasureLocalEntropy(bytes, {30, 44, placement}, random);
      ADD_FAILURE() << "30 blocks accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kConfig);
      EXPECT_THAT(error.what(), HasSubstr(most));
    }
  }
  EXPECT_THROW(MeasureLocalEntropy(bytes, {0, 44, BlockPlacement::kRuns}, random), Error);
}

// Each byte holds its own block's number, so a block that straddles or repeats would show in its
// entropy.
TEST(MeasureLocalEntropy, DisjointBlocksCoverWhatFitsWithoutRepeats) {
  constexpr int kSide = 4;
  ImageU8 squares({2, 2 * kSide, 3 * kSide});
  for (int c = 0; c < 2; ++c) {
    for (int y = 0; y < 2 * kSide; ++y) {
      for (int x = 0; x < 3 * kSide; ++x) {
        // Block k uses k + 1 values in equal parts or nearly: its entropy identifies it.
        const int block = (c * 2 + y / kSide) * 3 + x / kSide;
        squares.at(c, y, x) = static_cast<uint8_t>(
            (y % kSide * kSide + x % kSide) < block + 1 ? x % kSide + 4 * (y % kSide) : 200);
      }
    }
  }
  RandomStream random("disjoint");
  const LocalEntropy local =
      MeasureLocalEntropy(squares, {12, kSide, BlockPlacement::kSquares}, random);
  EXPECT_EQ(local.values.size(), 12U);
  EXPECT_EQ(std::set<double>(local.values.begin(), local.values.end()).size(), 12U);

  ImageU8 runs({1, 1, 5 * 16});
  for (size_t i = 0; i < 80; ++i)
    runs.data[i] = static_cast<uint8_t>(i % 16 < i / 16 + 1 ? i % 16 : 200);
  const LocalEntropy in_runs = MeasureLocalEntropy(runs, {5, kSide, BlockPlacement::kRuns}, random);
  EXPECT_EQ(std::set<double>(in_runs.values.begin(), in_runs.values.end()).size(), 5U);
}

TEST(MeasureLocalEntropy, OverlappingTakesAnyNumberAndIsSeeded) {
  RandomStream bytes("bytes");
  const ImageU8 image({3, 112, 112}, bytes.RandomBytes(37632));
  RandomStream a("draw"), b("draw"), c("another draw");
  const LocalEntropyOptions options{30, 44, BlockPlacement::kOverlapping};
  const LocalEntropy first = MeasureLocalEntropy(image, options, a);
  EXPECT_EQ(first.values.size(), 30U);
  EXPECT_EQ(first.mean, MeasureLocalEntropy(image, options, b).mean);
  EXPECT_NE(first.mean, MeasureLocalEntropy(image, options, c).mean);
  EXPECT_NEAR(first.mean, 7.902469, 0.01);
}

}  // namespace
}  // namespace chaosense
