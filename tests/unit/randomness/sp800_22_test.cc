#include "core/randomness/sp800_22.h"

#include <gmock/gmock.h>

#include <numeric>

#include "core/base/error.h"
#include "core/base/random.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

// The first 100 binary digits of pi, the document's running example.
const char kPi100[] =
    "1100100100001111110110101010001000100001011010001100001000110100110001001100011001100010100010"
    "1110"
    "00";

Sp80022Options NoConditions() {
  Sp80022Options options;
  options.check_conditions = false;
  return options;
}

TEST(Sp80022, HundredBitsOfPi) {
  const BitSequence bits = BitSequence::FromText(kPi100);
  Sp80022Options options = NoConditions();
  options.block_frequency_m = 10;
  options.approximate_entropy_m = 2;
  EXPECT_NEAR(FrequencyTest(bits, options)[0].p_value, .109599, 1e-6);       // 2.1.8
  EXPECT_NEAR(BlockFrequencyTest(bits, options)[0].p_value, .706438, 1e-6);  // 2.2.8
  EXPECT_NEAR(RunsTest(bits, options)[0].p_value, .500798, 1e-6);            // 2.3.8
  const TestOutcomes sums = CumulativeSumsTest(bits, options);               // 2.13.8
  EXPECT_EQ(sums[0].statistic, 16);
  EXPECT_NEAR(sums[0].p_value, .219194, 1e-6);
  EXPECT_NEAR(sums[1].p_value, .114866, 1e-6);
  EXPECT_NEAR(ApproximateEntropyTest(bits, options)[0].p_value, .235301, 1e-6);  // 2.12.8
  // The document prints N1 = 46; correct implementations count 48.
  const TestOutcome dft = DftTest(bits, options)[0];
  EXPECT_NEAR(dft.statistic, .458831, 1e-6);
  EXPECT_NEAR(dft.p_value, .646355, 1e-6);
}

// The small worked examples of the document's sections 2.x.4.
TEST(Sp80022, WorkedExamples) {
  Sp80022Options options = NoConditions();
  const BitSequence ten = BitSequence::FromText("1011010101");
  EXPECT_NEAR(FrequencyTest(ten, options)[0].p_value, .527089, 1e-6);
  options.block_frequency_m = 3;
  EXPECT_NEAR(
      BlockFrequencyTest(BitSequence::FromText("0110011010"), options)[0].p_value, .801252, 1e-6);
  EXPECT_NEAR(RunsTest(BitSequence::FromText("1001101011"), options)[0].p_value, .147232, 1e-6);
  EXPECT_NEAR(
      CumulativeSumsTest(BitSequence::FromText("1011010111"), options)[0].p_value, .4116588, 1e-6);
  options.serial_m = 3;
  const TestOutcomes serial = SerialTest(BitSequence::FromText("0011011101"), options);
  EXPECT_NEAR(serial[0].statistic, 1.6, 1e-12);
  EXPECT_NEAR(serial[1].statistic, 0.8, 1e-12);
  EXPECT_NEAR(serial[0].p_value, .808792, 1e-6);
  EXPECT_NEAR(serial[1].p_value, .670320, 1e-6);
  options.approximate_entropy_m = 3;
  const TestOutcome entropy =
      ApproximateEntropyTest(BitSequence::FromText("0100110101"), options)[0];
  EXPECT_NEAR(entropy.statistic, 10.043859, 2e-6);
  EXPECT_NEAR(entropy.p_value, .261961, 1e-6);
  // 2.4.8: 128 bits, M = 8.
  const BitSequence run = BitSequence::FromText(
      "11001100000101010110110001001100111000000000001001001101010100010001001111010110100000001101"
      "011111"
      "001100111001101101100010110010");
  EXPECT_NEAR(
      LongestRunTest(run, options)[0].p_value, .180609, 1.5e-5);  // the document rounds chi2
  // 2.14.4: J = 3 cycles, x = +1.
  const TestOutcomes excursions =
      RandomExcursionsTest(BitSequence::FromText("0110110101"), options);
  EXPECT_EQ(excursions[4].variant, "x=+1");
  EXPECT_NEAR(excursions[4].statistic, 4.333033, 1e-3);
  EXPECT_NEAR(excursions[4].p_value, .502529, 1e-4);
  const TestOutcomes variant =
      RandomExcursionsVariantTest(BitSequence::FromText("0110110101"), options);
  EXPECT_EQ(variant[9].variant, "x=+1");
  EXPECT_NEAR(variant[9].p_value, .683091, 1e-6);  // 2.15.4
}

// Hamano and Kaneko 2007 (and STS 2.1.2's own table, which its code then overwrites).
TEST(Sp80022, OverlappingProbabilitiesArePublished) {
  const double published[] = {.364091, .185659, .139381, .100571, .0704323, .139865};
  const std::vector<double> exact = ExactOverlappingProbabilities(1032, 9);
  for (size_t u = 0; u < 6; ++u) EXPECT_NEAR(exact[u], published[u], 1e-6) << u;
  const double document[] = {.367879, .183940, .137955, .099634, .069935, .140657};  // 2.8.4
  const std::vector<double> sts = StsOverlappingProbabilities(1032, 9);
  for (size_t u = 0; u < 6; ++u) EXPECT_NEAR(sts[u], document[u], 1e-6) << u;
}

TEST(Sp80022, ExactLongestRunProbabilitiesRoundToNists) {
  const std::vector<double> short_block = ExactLongestRunProbabilities(8, 1, 4);
  const double eighths[] = {.21484375, .3671875, .23046875, .1875};
  for (size_t i = 0; i < 4; ++i) EXPECT_EQ(short_block[i], eighths[i]) << i;
  const std::vector<double> middle = ExactLongestRunProbabilities(128, 4, 9);
  const double sts[] = {
      0.1174035788, 0.242955959, 0.249363483, 0.17517706, 0.102701071, 0.112398847};
  for (size_t i = 0; i < 6; ++i) EXPECT_NEAR(middle[i], sts[i], 1e-9) << i;
  // The rounded table for M = 10000 is off by up to 6e-4.
  const std::vector<double> large = ExactLongestRunProbabilities(10000, 10, 16);
  const double rounded[] = {0.0882, 0.2092, 0.2483, 0.1933, 0.1208, 0.0675, 0.0727};
  for (size_t i = 0; i < 7; ++i) EXPECT_NEAR(large[i], rounded[i], 3e-3) << i;
  EXPECT_NEAR(std::accumulate(large.begin(), large.end(), 0.0), 1, 1e-12);
}

TEST(Sp80022, ShortSequencesAreNotApplicableAndSayWhy) {
  RandomStream random("short");
  const BitSequence bits = BitSequence::FromBytes(random.RandomBytes(12));  // 96 bits
  for (const TestOutcome& outcome : RunSp80022(bits, {})) {
    EXPECT_FALSE(outcome.applicable()) << outcome.Name();
    EXPECT_THAT(outcome.not_applicable, ::testing::AnyOf(HasSubstr("n = 96"), HasSubstr("m = ")));
    EXPECT_NE(outcome.p_value, outcome.p_value) << "a p-value was given";
    EXPECT_FALSE(outcome.Fails(0.01));
  }
  for (const TestOutcome& outcome : RunSp80022(BitSequence(), {})) {
    EXPECT_FALSE(outcome.applicable());
  }
}

TEST(Sp80022, FewCyclesAreNotApplicable) {
  const TestOutcomes outcomes =
      RandomExcursionsTest(BitSequence::FromText(std::string(1000000, '1')), {});
  ASSERT_EQ(outcomes.size(), 8U);
  EXPECT_EQ(outcomes[0].not_applicable, "J = 1 cycles, 500 needed");
}

TEST(Sp80022, ConstantBitsFail) {
  const BitSequence ones = BitSequence::FromText(std::string(1000000, '1'));
  int failed = 0;
  for (const TestOutcome& outcome : RunSp80022(ones, {})) {
    if (!outcome.applicable()) continue;
    EXPECT_FALSE(std::isnan(outcome.p_value)) << outcome.Name();
    EXPECT_GE(outcome.p_value, 0) << outcome.Name();
    EXPECT_LE(outcome.p_value, 1) << outcome.Name();
    failed += outcome.Fails(0.01);
  }
  EXPECT_GT(failed, 150);
  EXPECT_THAT(RunsTest(ones, {})[0].not_applicable, HasSubstr("Frequency fails"));
}

TEST(Sp80022, GoodBitsGiveUniformPValues) {
  // 40 x 188 p-values; a wrong variance or count shows as a share below 0.01 far from 1 %.
  int below = 0;
  int all = 0;
  Sp80022Options options;
  options.serial_m = 12;
  for (int i = 0; i < 40; ++i) {
    RandomStream random("uniform p-values " + std::to_string(i));
    const BitSequence bits = BitSequence::FromBytes(random.RandomBytes(50000));
    for (const TestOutcome& outcome : RunSp80022(bits,
                                                 options,
                                                 {"Frequency",
                                                  "BlockFrequency",
                                                  "CumulativeSums",
                                                  "Runs",
                                                  "LongestRun",
                                                  "Rank",
                                                  "DFT",
                                                  "NonOverlappingTemplate",
                                                  "Universal",
                                                  "ApproximateEntropy",
                                                  "Serial"})) {
      ASSERT_TRUE(outcome.applicable()) << outcome.Name() << outcome.not_applicable;
      ++all;
      below += outcome.Fails(0.01);
    }
  }
  EXPECT_EQ(all, 40 * 160);
  EXPECT_NEAR(below, 0.01 * all, 5 * std::sqrt(0.0099 * all));
}

TEST(Sp80022, TestsAreChosenByName) {
  RandomStream random("names");
  const BitSequence bits = BitSequence::FromBytes(random.RandomBytes(1000));
  const TestOutcomes outcomes = RunSp80022(bits, {}, {"Runs", "Frequency"});
  ASSERT_EQ(outcomes.size(), 2U);
  EXPECT_EQ(outcomes[0].test, "Frequency");  // in the document's order
  try {
    RunSp80022(bits, {}, {"Frequence"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("unknown test \"Frequence\"; did you mean \"Frequency\""));
  }
}

}  // namespace
}  // namespace chaosense
