#include "core/metrics/histogram.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"
#include "core/metrics/statistics.h"

namespace chaosense {
namespace {

TEST(Histogram, CriticalValues) {
  // scipy.stats.chi2.ppf: 255 degrees of freedom, and 3 and 15 at 0.05.
  EXPECT_NEAR(HistogramChi2Critical(0.10), 284.335908, 5e-7);
  EXPECT_NEAR(HistogramChi2Critical(0.05), 293.2478350807001, 1e-9);
  EXPECT_NEAR(HistogramChi2Critical(0.01), 310.457388, 5e-7);
  EXPECT_NEAR(HistogramChi2Critical(0.001), 330.519744, 5e-7);
  EXPECT_NEAR(ChiSquareCritical(0.05, 3), 7.8147279032511738, 1e-12);
  EXPECT_NEAR(ChiSquareCritical(0.05, 15), 24.99579013972863, 1e-11);
  EXPECT_NEAR(HistogramChi2PValue(293.2478350807001), 0.05, 1e-12);
}

TEST(Histogram, FlatAndConstant) {
  Bytes flat;
  for (int i = 0; i < 1024; ++i) flat.push_back(static_cast<uint8_t>(i));
  EXPECT_EQ(HistogramChi2(CountBytes(flat)), 0);
  EXPECT_EQ(HistogramVariance(CountBytes(flat)), 0);
  EXPECT_EQ(HistogramChi2PValue(0), 1);
  // 256 bytes of one value: (255^2 + 255 * 1) / 1.
  EXPECT_NEAR(HistogramChi2(CountBytes(Bytes(256, 3))), 65280, 1e-9);
  EXPECT_TRUE(std::isnan(HistogramChi2(CountBytes(Bytes{}))));
}

TEST(Histogram, VarianceIsChi2InOtherWords) {
  RandomStream random("histogram");
  const Histogram histogram = CountBytes(random.RandomBytes(37632));
  EXPECT_NEAR(HistogramVariance(histogram), 37632.0 / 65536 * HistogramChi2(histogram), 1e-9);
  // var(Z) = (1/n^2) sum_i sum_j (z_i - z_j)^2 / 2, as papers write it.
  double pairs = 0;
  for (const int64_t a : histogram) {
    for (const int64_t b : histogram) pairs += static_cast<double>((a - b) * (a - b)) / 2;
  }
  EXPECT_NEAR(HistogramVariance(histogram), pairs / 65536, 1e-9);
  EXPECT_NEAR(IdealHistogramVariance(65536), 255, 1e-12);
  EXPECT_NEAR(IdealHistogramVariance(37632), 146.4, 0.05);
}

TEST(Histogram, PValuesOfRandomBytesAreUniform) {
  RandomStream random("chi2 p");
  std::vector<double> p;
  for (int i = 0; i < 300; ++i)
    p.push_back(HistogramChi2PValue(HistogramChi2(CountBytes(random.RandomBytes(8192)))));
  EXPECT_GT(KolmogorovSmirnovUniform(p), 1e-4);
  for (double& value : p) value *= value;  // no longer uniform
  EXPECT_LT(KolmogorovSmirnovUniform(p), 1e-4);
}

TEST(Statistics, KolmogorovSmirnov) {
  // Kolmogorov's distribution: P(D sqrt n > 1.3581) = 0.05, > 1.6276 = 0.01 (any table).
  constexpr int kCount = 100000;
  for (const auto& [lambda, p] : {std::pair{1.3581, 0.05}, {1.6276, 0.01}}) {
    // i/n shifted by d has distance d (+ 1/n): values at (i + 1) / n + d, the largest clipped to 1.
    std::vector<double> values;
    const double d = lambda / (std::sqrt(double{kCount}) + 0.12);
    for (int i = 0; i < kCount; ++i) values.push_back(std::min(1.0, (i + 0.0) / kCount + d));
    EXPECT_NEAR(KolmogorovSmirnovUniform(values), p, 0.001);
  }
  EXPECT_TRUE(std::isnan(KolmogorovSmirnovUniform({})));
  EXPECT_NEAR(KolmogorovSmirnovUniform({0.125, 0.375, 0.625, 0.875}), 1, 1e-3);
  EXPECT_LT(KolmogorovSmirnovUniform(std::vector<double>(20, 0.5)), 1e-3);
}

TEST(Statistics, Binomial) {
  EXPECT_EQ(BinomialUpperTail(10, 0.5, 0), 1);
  EXPECT_NEAR(BinomialUpperTail(10, 0.5, 10), 1.0 / 1024, 1e-15);
  EXPECT_NEAR(BinomialUpperTail(10, 0.5, 5), 638.0 / 1024, 1e-12);
  EXPECT_NEAR(BinomialUpperTail(100, 0.05, 1), 1 - std::pow(0.95, 100), 1e-12);
}

TEST(Statistics, Normal) {
  EXPECT_NEAR(NormalQuantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(NormalCdf(1.959963984540054), 0.975, 1e-15);
  EXPECT_EQ(NormalCdf(-INFINITY), 0);
}

}  // namespace
}  // namespace chaosense
