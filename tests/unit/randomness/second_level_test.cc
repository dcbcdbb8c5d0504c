#include "core/randomness/second_level.h"

#include <gtest/gtest.h>

namespace chaosense {
namespace {

std::vector<TestOutcomes> WithPValues(const std::vector<double>& p) {
  std::vector<TestOutcomes> sequences;
  for (const double value : p) sequences.push_back({{"T", "", 0, value, ""}});
  return sequences;
}

// SP 800-22, section 4.2.1: the example of 1,000 sequences, alpha 0.01, 0.9943 and 0.9805607.
TEST(SecondLevel, ProportionBoundsOfTheDocument) {
  std::vector<double> p(1000, 0.5);
  const SecondLevel level = JudgeSequences(WithPValues(p), 0.01)[0];
  EXPECT_NEAR(level.lowest, 0.9805607, 5e-8);
  EXPECT_NEAR(level.highest, 0.99 + 0.0094393, 5e-8);
  EXPECT_EQ(level.proportion, 1.0);
  EXPECT_FALSE(level.ProportionOk());  // 1,000 of 1,000 is too many
  EXPECT_NEAR(
      JudgeSequences(WithPValues(std::vector<double>(100, 0.5)), 0.01)[0].lowest, 0.96015, 5e-6);
}

TEST(SecondLevel, UniformPValuesPassAndCrowdedOnesFail) {
  std::vector<double> uniform;
  for (int i = 0; i < 1000; ++i) uniform.push_back((i + 0.5) / 1000);
  const SecondLevel good = JudgeSequences(WithPValues(uniform), 0.01)[0];
  EXPECT_EQ(good.passed, 990);
  EXPECT_TRUE(good.ProportionOk());
  EXPECT_NEAR(good.uniformity, 1, 1e-12);
  for (double& p : uniform) p = 0.01 + 0.5 * p;
  const SecondLevel bad = JudgeSequences(WithPValues(uniform), 0.01)[0];
  EXPECT_LT(bad.uniformity, 1e-4);
  EXPECT_FALSE(bad.UniformityOk());
}

TEST(SecondLevel, FewSequencesHaveNoUniformity) {
  const SecondLevel level = JudgeSequences(WithPValues(std::vector<double>(54, 0.3)), 0.01)[0];
  EXPECT_FALSE(level.UniformityKnown());
  EXPECT_TRUE(level.UniformityOk());
  EXPECT_TRUE(JudgeSequences(WithPValues(std::vector<double>(55, 0.3)), 0.01)[0].UniformityKnown());
}

TEST(SecondLevel, InapplicableSequencesAreLeftOut) {
  std::vector<TestOutcomes> sequences = WithPValues({0.5, 0.001, 0.9, 1.0});
  sequences.push_back({NotApplicable("T", "J = 3 cycles")});
  const SecondLevel level = JudgeSequences(sequences, 0.01)[0];
  EXPECT_EQ(level.sequences, 4);
  EXPECT_EQ(level.passed, 3);
  EXPECT_EQ(level.bins[9], 2);
}

}  // namespace
}  // namespace chaosense
