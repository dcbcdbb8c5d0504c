#include "core/metrics/paired.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace chaosense {
namespace {

// Heights of cross-fertilised less self-fertilised maize, in eighths of an inch: Darwin 1876, as
// Fisher, "The Design of Experiments" (1935), chapter 3, prints them.
const std::vector<double> kDarwin = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};

TEST(TestPairs, DarwinsMaize) {
  const PairedTest test = TestPairs(kDarwin);
  // Fisher, ibid., section 17: mean 20.933, t = 2.148 with 14 degrees of freedom, P a little below
  // 0.05 (R: t.test(d) gives 0.0497).
  EXPECT_EQ(test.differences.n, 15);
  EXPECT_NEAR(test.differences.mean, 20.933, 5e-4);
  EXPECT_NEAR(test.differences.mean / (*test.differences.deviation / std::sqrt(15)), 2.148, 5e-4);
  EXPECT_NEAR(*test.t_p, 0.0497, 5e-5);
  // SciPy's documentation of scipy.stats.wilcoxon takes these data: statistic 24.0,
  // p-value 0.041259765625, exact.
  EXPECT_EQ(test.wilcoxon_n, 15);
  EXPECT_EQ(test.wilcoxon_plus, 96);  // 120 - 24
  EXPECT_DOUBLE_EQ(*test.wilcoxon_p, 0.041259765625);
  EXPECT_TRUE(IsSignificant(test));
  EXPECT_FALSE(IsSignificant(test, 0.04));
}

TEST(TestPairs, SleepOfStudent) {
  // Student (1908); R's help of t.test: t.test(extra ~ group, data = sleep, paired = TRUE) gives
  // t = -4.0621, df = 9, p-value = 0.002833, interval -2.4598858 -0.7001142, mean -1.58.
  const PairedTest test = TestPairs({-1.2, -2.4, -1.3, -1.3, 0, -1.0, -1.8, -0.8, -4.6, -1.4});
  EXPECT_NEAR(test.differences.mean, -1.58, 1e-12);
  EXPECT_NEAR(test.differences.mean - *test.differences.half_width, -2.4598858, 5e-8);
  EXPECT_NEAR(test.differences.mean + *test.differences.half_width, -0.7001142, 5e-8);
  EXPECT_NEAR(*test.t_p, 0.002833, 5e-7);
  // One difference is 0 and drops out, two tie, and all nine have one sign: of the 2^9 choices of
  // signs two are as extreme.
  EXPECT_EQ(test.wilcoxon_n, 9);
  EXPECT_EQ(test.wilcoxon_plus, 0);
  EXPECT_DOUBLE_EQ(*test.wilcoxon_p, 2.0 / 512);
}

TEST(TestPairs, DepressionScale) {
  // Hollander & Wolfe (1973), p. 29, in R's help of wilcox.test: V = 40, p-value = 0.01953
  // (one-sided, exact).
  const std::vector<double> x = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
  const std::vector<double> y = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
  std::vector<double> differences;
  for (size_t i = 0; i < x.size(); ++i) differences.push_back(x[i] - y[i]);
  const PairedTest test = TestPairs(differences);
  EXPECT_EQ(test.wilcoxon_plus, 40);
  EXPECT_NEAR(*test.wilcoxon_p / 2, 0.01953, 5e-6);
}

TEST(TestPairs, ManyPairsByTheNormalApproximation) {
  std::vector<double> differences;
  for (int i = 1; i <= 60; ++i) differences.push_back(i % 3 == 0 ? -i : i);
  const PairedTest test = TestPairs(differences);
  // Sum of the positive ranks 1830 - 630 = 1200; mean 915, variance 60 61 121 / 24; corrected by
  // 0.5: z = 2.0908, 2 (1 - Phi(z)).
  EXPECT_EQ(test.wilcoxon_plus, 1200);
  const double z = (1200 - 915 - 0.5) / std::sqrt(60.0 * 61 * 121 / 24);
  EXPECT_NEAR(*test.wilcoxon_p, std::erfc(z / std::sqrt(2)), 1e-12);
}

TEST(TestPairs, ExactAndApproximateMeet) {
  // 50 pairs are exact, 51 are not: one pair more of the middle must not make a jump.
  std::vector<double> differences;
  for (int i = 1; i <= 50; ++i) differences.push_back(i % 4 == 0 ? -i : i);
  const double exact = *TestPairs(differences).wilcoxon_p;
  differences.push_back(0.5);
  EXPECT_NEAR(*TestPairs(differences).wilcoxon_p, exact, 0.3 * exact);
}

TEST(TestPairs, SaysNoMoreThanThePairsSupport) {
  const PairedTest none = TestPairs({});
  EXPECT_EQ(none.differences.n, 0);
  EXPECT_FALSE(none.t_p || none.wilcoxon_p || none.differences.half_width);
  const PairedTest one = TestPairs({3});
  EXPECT_FALSE(one.differences.deviation || one.t_p || one.wilcoxon_p);
  EXPECT_EQ(one.wilcoxon_n, 1);
  const PairedTest equal = TestPairs({0, 0, 0, 0, 0, 0, 0, 0});
  EXPECT_FALSE(equal.t_p || equal.wilcoxon_p);
  EXPECT_FALSE(IsSignificant(equal));
  // 0.1 + 0.2 - 0.3 eight times: a constant difference is no spread.
  EXPECT_FALSE(TestPairs(std::vector<double>(8, 0.1 + 0.2 - 0.3)).t_p);
  // Five pairs, however far apart: the smallest p there is is 2 / 32.
  const PairedTest five = TestPairs({100, 101, 102, 103, 104});
  EXPECT_DOUBLE_EQ(*five.wilcoxon_p, 0.0625);
  EXPECT_LT(*five.t_p, 1e-6);  // and yet
  EXPECT_FALSE(IsSignificant(five));
  EXPECT_FALSE(IsSignificant(five, 0.5));
  EXPECT_TRUE(IsSignificant(TestPairs({100, 101, 102, 103, 104, 105})));
}

TEST(HolmAdjusted, AsInR) {
  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02.
  EXPECT_THAT(HolmAdjusted({0.01, 0.04, 0.03, 0.005}),
              testing::Pointwise(testing::DoubleNear(1e-12), {0.03, 0.06, 0.06, 0.02}));
  EXPECT_THAT(HolmAdjusted({0.9, 0.8}), testing::ElementsAre(1, 1));
  EXPECT_TRUE(HolmAdjusted({}).empty());
}

TEST(Summarise, OfOneValueThereIsNoDeviation) {
  EXPECT_FALSE(Summarise({2}).deviation);
  EXPECT_TRUE(std::isnan(Summarise({}).mean));
  // NIST/SEMATECH e-Handbook 1.3.5.2 gives t(0.975, 1) = 12.706: values 0 and 2.
  const SampleSummary two = Summarise({0, 2});
  EXPECT_DOUBLE_EQ(*two.deviation, std::sqrt(2.0));
  EXPECT_NEAR(*two.half_width, 12.706, 5e-4);
}

}  // namespace
}  // namespace chaosense
