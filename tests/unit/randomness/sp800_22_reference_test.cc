// The p-values of pi, e, sqrt(2), sqrt(3) that NIST prints (SP 800-22 rev. 1a, appendix B, 10^6
// bits; to six digits as the program STS 2.1.2 gives them with its default parameters).
#include <gtest/gtest.h>

#include <map>

#include "core/base/file.h"
#include "core/randomness/sp800_22.h"
#include "tests/unit/randomness/reference_bits.h"

namespace chaosense {
namespace {

constexpr size_t kBits = 1000000;

// Name and variant -> p for pi, e, sqrt2, sqrt3.
using Row = std::array<double, 4>;
const std::map<std::string, Row>& StsTable() {
  static const std::map<std::string, Row> table = {
      {"Frequency", {.578211, .953749, .811881, .610051}},
      {"BlockFrequency", {.380615, .211072, .833222, .473961}},
      {"CumulativeSums forward", {.628308, .669886, .879009, .917121}},
      {"CumulativeSums reverse", {.663369, .724265, .957206, .689519}},
      {"Runs", {.419268, .561917, .313427, .261123}},
      {"LongestRun", {.024390, .718945, .012117, .446726}},
      {"Rank", {.083553, .306156, .823810, .314498}},
      {"DFT", {.010186, .847187, .581909, .776046}},
      {"NonOverlappingTemplate 000000001", {.165757, .078790, .569461, .532235}},
      {"OverlappingTemplate 111111111", {.296897, .110434, .791982, .082716}},
      {"Universal", {.669012, .282568, .130805, .165981}},
      {"ApproximateEntropy", {.361595, .700073, .884740, .180481}},
      {"Serial P1", {.143005, .766182, .861925, .157500}},
      {"Serial P2", {.034354, .462921, .629225, .171100}},
      {"LinearComplexity", {.255475, .826335, .317127, .346469}},
      {"RandomExcursions x=+1", {.844143, .786868, .216235, .783283}},
      {"RandomExcursionsVariant x=-1", {.760966, .826009, .566118, .155066}}};
  return table;
}

void ExpectRow(const BitSequence& bits, size_t column, int64_t ones) {
  EXPECT_EQ(bits.Ones(), ones);
  size_t found = 0;
  for (const TestOutcome& outcome : RunSp80022(bits, {})) {
    EXPECT_TRUE(outcome.applicable()) << outcome.Name() << ": " << outcome.not_applicable;
    const auto row = StsTable().find(outcome.Name());
    if (row == StsTable().end()) continue;
    EXPECT_NEAR(outcome.p_value, row->second[column], 1e-6) << outcome.Name();
    ++found;
  }
  EXPECT_EQ(found, StsTable().size());
}

TEST(Sp80022Reference, SquareRootOf2NeedsNoData) { ExpectRow(SquareRootBits(2, kBits), 2, 499881); }
TEST(Sp80022Reference, SquareRootOf3NeedsNoData) { ExpectRow(SquareRootBits(3, kBits), 3, 499745); }

TEST(Sp80022Reference, Pi) {
  if (NistFolder().empty()) GTEST_SKIP() << "needs CHAOSENSE_DATA";
  const BitSequence pi = NistBits("data.pi", kBits);
  ExpectRow(pi, 0, 499722);
  const double excursions[] = {
      .279235, .639439, .268428, .613106, .844143, .794540, .790685, .627278};
  const TestOutcomes outcomes = RandomExcursionsTest(pi, {});
  ASSERT_EQ(outcomes.size(), 8U);
  for (size_t i = 0; i < 8; ++i) {
    EXPECT_NEAR(outcomes[i].p_value, excursions[i], 1e-6) << outcomes[i].variant;
  }
}

TEST(Sp80022Reference, E) {
  if (NistFolder().empty()) GTEST_SKIP() << "needs CHAOSENSE_DATA";
  ExpectRow(NistBits("data.e", kBits), 1, 500029);
}

TEST(Sp80022Reference, GeneratedRootsAreNistsFiles) {
  if (NistFolder().empty()) GTEST_SKIP() << "needs CHAOSENSE_DATA";
  for (const int k : {2, 3}) {
    const BitSequence ours = SquareRootBits(k, kBits);
    const BitSequence nists = NistBits("data.sqrt" + std::to_string(k), kBits);
    EXPECT_TRUE(std::equal(ours.words().begin(), ours.words().end(), nists.words().begin())) << k;
  }
}

// Values of another implementation that computes the class probabilities exactly.
TEST(Sp80022Reference, ExactConstants) {
  Sp80022Options options;
  options.constants = Sp80022Constants::kExact;
  const double longest_run[] = {.013472, .464612};
  const double complexity[] = {.321866, .338199};
  for (const int k : {2, 3}) {
    const BitSequence bits = SquareRootBits(k, kBits);
    EXPECT_NEAR(LongestRunTest(bits, options)[0].p_value, longest_run[k - 2], 1e-6) << k;
    EXPECT_NEAR(LinearComplexityTest(bits, options)[0].p_value, complexity[k - 2], 1e-6) << k;
  }
}

TEST(Sp80022Reference, Sha1BytesPass) {
  if (NistFolder().empty()) GTEST_SKIP() << "needs CHAOSENSE_DATA";
  const Bytes bytes = ReadFile(NistFolder() / "data" / "data.sha1");
  for (const TestOutcome& outcome : RunSp80022(BitSequence::FromBytes(bytes), {})) {
    EXPECT_FALSE(outcome.Fails(1e-4)) << outcome.Name() << " " << outcome.p_value;
  }
}

// NIST calls the file bad, yet these tests pass it: the p-values that a Python implementation
// prints for the whole file (github.com/dj-on-github/sp800_22_tests, issue 6, "Why a bad random
// number collection sample can pass the test?").
TEST(Sp80022Reference, NistsBadGeneratorPassesTheseTests) {
  if (NistFolder().empty()) GTEST_SKIP() << "needs CHAOSENSE_DATA";
  const BitSequence bits = BitSequence::FromBytes(ReadFile(NistFolder() / "data" / "data.bad_rng"));
  EXPECT_EQ(bits.size(), 12582912U);
  EXPECT_EQ(bits.Ones(), 6293375);
  Sp80022Options options;
  EXPECT_NEAR(FrequencyTest(bits, options)[0].p_value, 0.27926677563246316, 1e-12);
  EXPECT_EQ(RunsTest(bits, options)[0].statistic, 6291081);
  EXPECT_NEAR(RunsTest(bits, options)[0].p_value, 0.8328076916803193, 1e-10);
  EXPECT_NEAR(RankTest(bits, options)[0].p_value, 0.1982945149024955, 1e-12);
  EXPECT_NEAR(DftTest(bits, options)[0].p_value, 0.11926224101410299, 1e-6);
  EXPECT_NEAR(UniversalTest(bits, options)[0].statistic, 9.171486304480128, 1e-12);
  options.block_frequency_m = 127100;
  EXPECT_NEAR(BlockFrequencyTest(bits, options)[0].p_value, 0.09336347331162267, 1e-12);
}

}  // namespace
}  // namespace chaosense
