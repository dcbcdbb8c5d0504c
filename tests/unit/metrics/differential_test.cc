#include "core/metrics/differential.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"

namespace chaosense {
namespace {

TEST(Differential, Definitions) {
  const Bytes a{0, 10, 255, 7}, b{0, 20, 0, 7};
  EXPECT_EQ(Npcr(a, b), 0.5);
  EXPECT_DOUBLE_EQ(Uaci(a, b), (10.0 + 255) / 255 / 4);
  EXPECT_EQ(Npcr(a, a), 0);
  EXPECT_EQ(Uaci(a, a), 0);
  EXPECT_THROW(Npcr(a, Bytes{1}), Error);
  EXPECT_THROW(Uaci(Bytes{}, Bytes{}), Error);
}

TEST(Differential, IdealValues) {
  EXPECT_NEAR(IdealNpcr(), 0.99609375, 1e-15);
  EXPECT_NEAR(IdealUaci(), 0.334635416667, 1e-12);
  // 7-bit data: .9922, .3359 (Wu et al. 2011).
  EXPECT_NEAR(IdealNpcr(127), 0.9922, 5e-5);
  EXPECT_NEAR(IdealUaci(127), 0.3359, 5e-5);
}

// Percent, computed independently from the formulas of Wu, Noonan, Agaian 2011; the rows of 256^2,
// 512^2 and 1024^2 agree with the tables hard-coded in public implementations, that of 256^2 with
// the paper's Tables 7 and 8.
TEST(Differential, CriticalValues) {
  struct Row {
    int64_t elements;
    double npcr[3], uaci_low[3], uaci_high[3], uaci_sd;
  };
  const Row rows[] = {
      {4096,
       {99.44906, 99.38264, 99.30818},
       {32.73888, 32.51118, 32.24693},
       {34.18820, 34.41591, 34.68015},
       .36973},
      {16384,
       {99.52922, 99.49601, 99.45878},
       {33.10121, 32.98736, 32.85524},
       {33.82587, 33.93972, 34.07185},
       .18487},
      {37632,
       {99.55648, 99.53457, 99.51001},
       {33.22447, 33.14934, 33.06216},
       {33.70262, 33.77774, 33.86492},
       .12198},
      {65536,
       {99.56930, 99.55269, 99.53408},
       {33.28238, 33.22545, 33.15939},
       {33.64471, 33.70163, 33.76769},
       .092433},
      {150528,
       {99.58293, 99.57197, 99.55969},
       {33.34400, 33.30644, 33.26285},
       {33.58308, 33.62064, 33.66423},
       .060990},
      {196608,
       {99.58624, 99.57665, 99.56590},
       {33.35895, 33.32608, 33.28794},
       {33.56814, 33.60100, 33.63914},
       .053366},
      {262144,
       {99.58934, 99.58103, 99.57173},
       {33.37296, 33.34450, 33.31147},
       {33.55412, 33.58259, 33.61562},
       .046216},
      {786432,
       {99.59781, 99.59301, 99.58764},
       {33.41124, 33.39481, 33.37574},
       {33.51584, 33.53227, 33.55134},
       .026683},
      {1048576,
       {99.59936, 99.59520, 99.59055},
       {33.41825, 33.40402, 33.38750},
       {33.50883, 33.52306, 33.53958},
       .023108},
  };
  const double alphas[] = {0.05, 0.01, 0.001};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.elements);
    EXPECT_NEAR(100 * UaciSd(row.elements), row.uaci_sd, 6e-6);
    for (int i = 0; i < 3; ++i) {
      EXPECT_NEAR(100 * NpcrCritical(row.elements, alphas[i]), row.npcr[i], 6e-6);
      EXPECT_NEAR(100 * UaciCritical(row.elements, alphas[i]).low, row.uaci_low[i], 6e-6);
      EXPECT_NEAR(100 * UaciCritical(row.elements, alphas[i]).high, row.uaci_high[i], 6e-6);
    }
  }
}

TEST(Differential, PValuesOfThePapersValues) {
  const double npcr[] = {.9960, .9961, .9959, .9957}, npcr_p[] = {.385, .508, .273, .110};
  const double uaci[] = {.3352, .3357, .3333, .3331}, uaci_p[] = {.64, .38, .27, .21};
  for (int i = 0; i < 4; ++i) {
    EXPECT_NEAR(NpcrPValue(npcr[i], 37632), npcr_p[i], 6e-4);
    EXPECT_NEAR(UaciPValue(uaci[i], 37632), uaci_p[i], 6e-3);
  }
  EXPECT_NEAR(UaciPValue(.3370, 65536), .0105, 6e-5);  // Belazi et al. 2016: fails at 0.05 only
  EXPECT_NEAR(NpcrPValue(NpcrCritical(5000, 0.01), 5000), 0.01, 1e-12);
  EXPECT_NEAR(UaciPValue(UaciCritical(5000, 0.01).low, 5000), 0.01, 1e-12);
}

std::vector<DifferentialPair> IdealPairs(int count, size_t elements, const std::string& seed) {
  RandomStream random(seed);
  std::vector<DifferentialPair> pairs;
  for (int i = 0; i < count; ++i) {
    const Bytes a = random.RandomBytes(elements), b = random.RandomBytes(elements);
    pairs.push_back({Npcr(a, b), Uaci(a, b)});
  }
  return pairs;
}

TEST(DifferentialSummary, RandomCiphertextsPass) {
  const std::vector<DifferentialPair> pairs = IdealPairs(200, 4096, "ideal pairs");
  for (const DifferentialSummary& summary :
       {SummariseNpcr(pairs, 4096), SummariseUaci(pairs, 4096)}) {
    EXPECT_EQ(summary.pairs, 200);
    EXPECT_LE(summary.min, summary.mean);
    EXPECT_LE(summary.mean, summary.max);
    EXPECT_GT(summary.mean_p, 1e-4);
    EXPECT_GT(summary.ks_p, 1e-4);
    ASSERT_EQ(summary.levels.size(), 3U);
    for (const auto& level : summary.levels) EXPECT_TRUE(summary.Passes(level)) << level.alpha;
    EXPECT_GE(summary.levels[0].fails, summary.levels[1].fails);
  }
}

TEST(DifferentialSummary, MissingDiffusionFails) {
  const std::vector<DifferentialPair> pairs(100, DifferentialPair{1.0 / 4096, 1.0 / 255 / 4096});
  for (const DifferentialSummary& summary :
       {SummariseNpcr(pairs, 4096), SummariseUaci(pairs, 4096)}) {
    EXPECT_EQ(summary.mean_p, 0);
    EXPECT_LT(summary.ks_p, 1e-10);
    for (const auto& level : summary.levels) {
      EXPECT_EQ(level.fails, 100);
      EXPECT_FALSE(summary.Passes(level));
    }
  }
}

// One pair in five far outside: the mean looks well, the counts do not (as for broken ciphers in
// the literature).
TEST(DifferentialSummary, AFewBadPairsShowInTheCounts) {
  std::vector<DifferentialPair> pairs = IdealPairs(100, 4096, "a few bad");
  for (size_t i = 0; i < pairs.size(); i += 5) pairs[i].uaci += i % 2 ? -0.03 : 0.03;
  const DifferentialSummary summary = SummariseUaci(pairs, 4096);
  EXPECT_NEAR(summary.mean, IdealUaci(), 0.002);
  EXPECT_FALSE(summary.Passes(summary.levels[0]));
  EXPECT_FALSE(summary.Passes(summary.levels[2]));
}

// Fails as few as chance allows, and yet impossible: a pair without any change, or a mean far off.
TEST(DifferentialSummary, OneImpossiblePairFails) {
  std::vector<DifferentialPair> pairs = IdealPairs(100, 4096, "one impossible");
  pairs[7] = {0, 0};
  for (const DifferentialSummary& summary :
       {SummariseNpcr(pairs, 4096), SummariseUaci(pairs, 4096)}) {
    EXPECT_GE(summary.levels[0].fail_p, 0.001);
    EXPECT_LT(summary.least_p, 1e-10);
    for (const auto& level : summary.levels) EXPECT_FALSE(summary.Passes(level)) << level.alpha;
  }
}

TEST(DifferentialSummary, AMeanOffFailsThoughNoPairDoes) {
  const std::vector<DifferentialPair> pairs(
      100, {IdealNpcr() - NpcrSd(4096), IdealUaci() - UaciSd(4096)});
  for (const DifferentialSummary& summary :
       {SummariseNpcr(pairs, 4096), SummariseUaci(pairs, 4096)}) {
    EXPECT_EQ(summary.levels[0].fails, 0);
    EXPECT_EQ(summary.least_p, 1);
    EXPECT_FALSE(summary.Passes(summary.levels[0]));
  }
}

// Of reals: Var(a^2 - a + 1/2) / Var |a - b| = (1/180) / (1/18).
TEST(DifferentialSummary, ATenthOfUacisVarianceIsTheSharedCiphertexts) {
  EXPECT_NEAR(SharedUaciCorrelation(), 0.1, 1e-4);
  // F = 1: |a - b| is a fair bit whatever a.
  EXPECT_NEAR(SharedUaciCorrelation(1), 0, 1e-15);
}

// With the sd and the binomial of independent pairs, 36 % and 1.8 % of ideal ciphers would fail.
TEST(DifferentialSummary, PairsThatShareACiphertextFailNoMoreOften) {
  constexpr int kRuns = 2000;
  constexpr size_t kElements = 400;
  RandomStream random("shared ciphertext");
  int low_mean = 0, low_count = 0, low_mean_as_if_independent = 0;
  for (int run = 0; run < kRuns; ++run) {
    const Bytes first = random.RandomBytes(kElements);
    std::vector<DifferentialPair> pairs;
    for (int i = 0; i < 60; ++i) {
      const Bytes other = random.RandomBytes(kElements);
      pairs.push_back({Npcr(first, other), Uaci(first, other)});
    }
    const auto summary = SummariseUaci(pairs, kElements, PairsShare::kOneCiphertext);
    low_mean += summary.mean_p < 0.01 ? 1 : 0;
    low_count += summary.levels[0].fail_p < 0.01 ? 1 : 0;
    low_mean_as_if_independent += SummariseUaci(pairs, kElements).mean_p < 0.01 ? 1 : 0;
  }
  EXPECT_LT(low_mean, 45);  // 20 expected, sd 4.5
  EXPECT_GT(low_mean, 5);
  EXPECT_LT(low_count, 45);
  EXPECT_GT(low_mean_as_if_independent, 300);
}

TEST(DifferentialSummary, NoPairs) {
  const DifferentialSummary summary = SummariseNpcr({}, 100);
  EXPECT_EQ(summary.pairs, 0);
  EXPECT_TRUE(std::isnan(summary.mean));
  EXPECT_EQ(summary.levels[0].fails, 0);
  EXPECT_FALSE(summary.Passes(summary.levels[0]));
}

}  // namespace
}  // namespace chaosense
