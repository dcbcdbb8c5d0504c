#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/analysis/confidence.h"
#include "core/analysis/density.h"
#include "core/analysis/permutation_entropy.h"
#include "core/analysis/quantiser.h"
#include "core/analysis/sample_entropy.h"
#include "core/analysis/sensitivity.h"
#include "core/analysis/zero_one.h"
#include "tests/unit/analysis/test_maps.h"

namespace chaosense {
namespace {

// Values of an independent program over 5000 values of the logistic map and Henon's x.
TEST(ZeroOne, TellsChaosFromOrder) {
  EXPECT_NEAR(ZeroOneTest(SeriesOf("logistic", {{"r", 3.5}}, 5000)), -0.002, 0.02);
  EXPECT_NEAR(ZeroOneTest(SeriesOf("logistic", {{"r", 3.55}}, 5000)), -0.001, 0.02);
  EXPECT_NEAR(ZeroOneTest(SeriesOf("logistic", {{"r", 3.83}}, 5000)), 0, 0.02);
  EXPECT_NEAR(ZeroOneTest(SeriesOf("logistic", {{"r", 3.6}}, 5000)), 0.990, 0.02);
  EXPECT_NEAR(ZeroOneTest(SeriesOf("logistic", {{"r", 3.97}}, 5000)), 0.998, 0.01);
  EXPECT_NEAR(ZeroOneTest(SeriesOf("henon", {}, 5000)), 0.998, 0.01);
}

TEST(ZeroOne, ConstantIsRegularAndNaNIsNotANumber) {
  EXPECT_EQ(ZeroOneTest(std::vector<double>(500, 0.25)), 0);
  std::vector<double> broken(500, 0.25);
  broken[7] = std::nan("");
  EXPECT_TRUE(std::isnan(ZeroOneTest(broken)));
}

// The example of Bandt and Pompe 2002.
TEST(PermutationEntropy, SeriesOfBandtAndPompe) {
  const std::vector<double> series = {4, 7, 9, 10, 6, 11, 3};
  EXPECT_NEAR(CountPatterns(series, 2).Entropy(), 0.91829583, 1e-8);
  EXPECT_NEAR(CountPatterns(series, 3).Entropy(), 1.5219281, 1e-7);
}

// Exact for the fully developed logistic map: 1/3, 1/15, 2/15, 4/15, 1/5 and a forbidden pattern.
TEST(PermutationEntropy, LogisticMapForbidsTheFallingPattern) {
  const OrdinalPatterns p = CountPatterns(SeriesOf("logistic", {{"r", 4.0}}, 400000), 3);
  EXPECT_NEAR(p.Entropy(), 2.14925539717, 0.003);
  EXPECT_NEAR(p.NormalisedEntropy(), 0.831445483859, 0.001);
  EXPECT_EQ(p.Missing(), 1);
  EXPECT_EQ(p.counts[5], 0);  // 321
  EXPECT_NEAR(static_cast<double>(p.counts[0]) / 399998, 1.0 / 3, 0.003);
}

// Exact for independent values: -ln erf(0.1) for Gaussian, 2.188036433 for uniform ones.
TEST(SampleEntropy, IndependentValues) {
  RandomStream random("sample entropy");
  std::vector<double> gaussian;
  std::vector<double> uniform;
  for (int i = 0; i < 6000; ++i) {
    gaussian.push_back(random.Normal());
    uniform.push_back(random.Uniform());
  }
  EXPECT_NEAR(SampleEntropy(gaussian), 2.185131747, 0.06);
  EXPECT_NEAR(SampleEntropy(uniform), 2.188036433, 0.06);
}

// Values of an independent program, N = 5000, m = 2, r = 0.2 sd.
TEST(SampleEntropy, ChaoticMaps) {
  EXPECT_NEAR(SampleEntropy(SeriesOf("logistic", {{"r", 3.6}}, 5000)), 0.205, 0.02);
  EXPECT_NEAR(SampleEntropy(SeriesOf("logistic", {{"r", 3.97}}, 5000)), 0.547, 0.03);
  EXPECT_NEAR(SampleEntropy(SeriesOf("logistic", {{"r", 4.0}}, 5000)), 0.632, 0.03);
  EXPECT_NEAR(SampleEntropy(SeriesOf("henon", {}, 5000)), 0.450, 0.03);
  EXPECT_NEAR(SampleEntropy(SeriesOf("logistic", {{"r", 3.5}}, 2000)), 0, 0.002);
}

// For long chaotic series both entropies agree.
TEST(SampleEntropy, ApproximateEntropyIsClose) {
  const std::vector<double> series = SeriesOf("logistic", {{"r", 4.0}}, 4000);
  EXPECT_NEAR(ApproximateEntropy(series), SampleEntropy(series), 0.05);
  EXPECT_NEAR(ApproximateEntropy(SeriesOf("logistic", {{"r", 3.5}}, 1000)), 0, 0.01);
}

// The arcsine law of the logistic map, r = 4: bytes floor(256 x).
TEST(Density, ArcsineLaw) {
  const Density d = MeasureDensity(SeriesOf("logistic", {{"r", 4.0}}, 1000000), 256, 0, 1);
  const auto share = [&](size_t bin) {
    return static_cast<double>(d.counts[bin]) / static_cast<double>(d.total());
  };
  EXPECT_NEAR(share(0), 0.039814686, 0.001);
  EXPECT_NEAR(share(255), 0.039814686, 0.001);
  EXPECT_NEAR(share(127), 0.0024868213, 0.0003);
  EXPECT_NEAR(d.Entropy(), 7.6870645, 0.004);
  EXPECT_NEAR(d.Chi2OverN(), 0.93263783, 0.02);
  EXPECT_EQ(d.outside, 0);
}

// Bytes floor(x 10^k) mod 256 of the logistic map: k = 6 .. 15 even out the density, 3 does not,
// and 10^16 runs out of the double's 53 bits: 39.8 % odd.
TEST(Quantiser, TooFewAndTooManyDigitsAreBiased) {
  const auto map = Family("logistic", {{"r", 4.0}}).Make();
  const auto all = MeasureQuantisers(*map, map->InitialState(), 1000000, CommonQuantisers());
  const auto of = [&](int digits) {
    for (const QuantiserBias& one : all) {
      if (one.rule.decimal == digits) return one;
    }
    return QuantiserBias();
  };
  EXPECT_GT(of(3).chi2, 1e5);
  for (const int digits : {10, 14}) {
    EXPECT_GT(of(digits).chi2, 160);
    EXPECT_LT(of(digits).chi2, 360);
    EXPECT_NEAR(of(digits).odd, 0.5, 0.003);
  }
  EXPECT_NEAR(of(16).odd, 0.398, 0.003);
  EXPECT_LT(of(16).p, 1e-9);
}

TEST(Sensitivity, GrowsAtTheRateOfTheExponent) {
  const Sensitivity s = MeasureSensitivity(*Family("logistic", {{"r", 4.0}}).Make());
  EXPECT_NEAR(s.rate, std::log(2.0), 0.05);
  EXPECT_NEAR(s.steps_to_tenth, std::log(1e11) / std::log(2.0), 5);
  const Sensitivity regular = MeasureSensitivity(*Family("logistic", {{"r", 3.5}}).Make());
  EXPECT_TRUE(std::isinf(regular.steps_to_tenth));
}

// Student's t for 4 degrees is 2.776445.
TEST(Confidence, IntervalOfStudent) {
  const std::vector<double> values = {1, 2, 3, 4, 5};
  const Confidence c = ConfidenceOf(values);
  EXPECT_EQ(c.mean, 3);
  EXPECT_NEAR(c.half_width, 2.776445 * std::sqrt(2.5 / 5), 1e-6);
  EXPECT_EQ(MedianOf({4, 1, 3, 2}), 2.5);
}

TEST(Decimation, OnlyFlowsNeedIt) {
  EXPECT_EQ(DecimationOf(SeriesOf("logistic", {{"r", 4.0}}, 2000)), 1);
  std::vector<double> wave;
  for (int i = 0; i < 2000; ++i) wave.push_back(std::sin(2 * std::numbers::pi * i / 100));
  EXPECT_NEAR(static_cast<double>(DecimationOf(wave)), 25, 1);
}

}  // namespace
}  // namespace chaosense
