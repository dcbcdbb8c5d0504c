#include "plotting/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "plotting/render.h"
#include "tests/unit/plotting/test_rows.h"

namespace chaosense {
namespace {

using testing::HasSubstr;

// Eight images and their mean at two rates; `plus` is added to every value.
std::vector<ResultRow> Results(double plus) {
  std::vector<ResultRow> rows;
  for (const double rate : {0.1, 0.25}) {
    double sum = 0;
    for (int i = 0; i < 8; ++i) {
      const double value = 20 + 40 * rate + i + plus * (1 + 0.1 * i);
      rows.push_back(Measured(rate, "m", fmt::format("image{}", i), value));
      sum += value;
    }
    rows.push_back(Measured(rate, "m", "*mean", sum / 8));
  }
  return rows;
}

Comparison Compare(const ComparisonSide& a,
                   const ComparisonSide& b,
                   ComparisonOptions options = {}) {
  return CompareSides(a, b, options);
}

TEST(CompareSides, EqualRunsAreTheSame) {
  const ComparisonSide a{"a", Results(0)}, b{"b", Results(0)};
  const Comparison comparison = Compare(a, b);
  EXPECT_TRUE(comparison.Same());
  EXPECT_EQ(comparison.values.size(), 18U);
  ASSERT_EQ(comparison.groups.size(), 1U);
  EXPECT_FALSE(comparison.groups[0].test.wilcoxon_p);
  EXPECT_THAT(RenderText(SummaryTable(comparison)), HasSubstr("equal"));
}

TEST(CompareSides, AnImageIsOnePairHoweverManyCellsItHas) {
  const ComparisonSide a{"a", Results(0)}, b{"b", Results(1)};
  const Comparison comparison = Compare(a, b);
  ASSERT_EQ(comparison.groups.size(), 1U);
  const GroupComparison& group = comparison.groups[0];
  EXPECT_EQ(group.unit, "image");
  EXPECT_EQ(group.matched, 18);            // the means too
  EXPECT_EQ(group.test.differences.n, 8);  // but neither they nor the two rates make pairs
  EXPECT_NEAR(group.test.differences.mean, 1.35, 1e-9);
  EXPECT_DOUBLE_EQ(*group.test.wilcoxon_p, 2.0 / 256);
  EXPECT_THAT(RenderText(SummaryTable(comparison)), HasSubstr("second better"));
  EXPECT_EQ(comparison.Differing(), 18);

  const Comparison by_rate = Compare(a, b, {.per = {"rate"}});
  ASSERT_EQ(by_rate.groups.size(), 2U);
  EXPECT_EQ(by_rate.groups[1].per, std::vector<std::string>{"0.25"});
  EXPECT_DOUBLE_EQ(*by_rate.groups[1].holm_p, 4.0 / 256);
}

TEST(CompareSides, RoundingIsNoDifference) {
  const ComparisonSide a{"a", Results(0)};
  const Comparison within = Compare(a, {"b", Results(1e-11)}, {.relative = 1e-6});
  EXPECT_EQ(within.Differing(), 0);
  EXPECT_FALSE(within.groups[0].test.wilcoxon_p);
  EXPECT_THAT(RenderText(SummaryTable(within)), testing::Not(HasSubstr("better")));
  // Tenths: in binary hardly two of these differences are equal.
  ComparisonSide b{"b", Results(0)};
  for (ResultRow& row : b.rows) row.value += row.image == "image0" ? -0.1 : 0.1;
  EXPECT_DOUBLE_EQ(*Compare(a, b).groups[0].test.wilcoxon_p, 18.0 / 256);
}

TEST(CompareSides, SeedsArePairsWhereThereIsOneImage) {
  ComparisonSide a{"a", {}}, b{"b", {}};
  for (uint64_t seed = 0; seed < 4; ++seed) {
    for (ComparisonSide* side : {&a, &b}) {
      ResultRow row = Measured(0.1, "m", "*mean", 20.0 + static_cast<double>(seed));
      row.seed = seed;
      if (side == &b) row.value -= 5 + 0.01 * static_cast<double>(seed);
      side->rows.push_back(row);
    }
  }
  const Comparison comparison = Compare(a, b);
  EXPECT_EQ(comparison.groups[0].unit, "seed");
  EXPECT_EQ(comparison.groups[0].test.differences.n, 4);
  // However clear it looks.
  EXPECT_THAT(RenderText(SummaryTable(comparison)), HasSubstr("too few pairs (4 < 6)"));
}

TEST(CompareSides, SeedsThatChangeNothingAreOnePair) {
  ComparisonSide a{"a", {}}, b{"b", {}};
  for (uint64_t seed = 0; seed < 10; ++seed) {
    for (ComparisonSide* side : {&a, &b}) {
      ResultRow row = Measured(0.1, "m", "*mean", side == &a ? 32.23 : 30.11);
      row.seed = seed;
      side->rows.push_back(row);
      row.metric = "entropy";
      row.value = 7.9 + (side == &a ? 0.001 : 0.002) * static_cast<double>(seed + 1);
      side->rows.push_back(row);
    }
  }
  const Comparison comparison = Compare(a, b);
  const GroupComparison& constant = comparison.groups[0];
  ASSERT_EQ(constant.metric, "psnr");
  EXPECT_EQ(constant.test.differences.n, 1);
  EXPECT_NEAR(constant.test.differences.mean, -2.12, 1e-9);
  EXPECT_FALSE(constant.test.t_p || constant.test.wilcoxon_p || constant.holm_p);
  // It is no member of the family either.
  EXPECT_DOUBLE_EQ(*comparison.groups[1].holm_p, *comparison.groups[1].test.wilcoxon_p);
  const Json json = ComparisonJson(comparison);
  EXPECT_EQ(json["summary"][0]["verdict"], "does not vary with the seed");
  EXPECT_EQ(json["summary"][0]["pairs"], 1);

  const Comparison same = Compare(a, a);
  EXPECT_EQ(same.groups[0].test.differences.n, 1);
  EXPECT_EQ(same.groups[1].test.differences.n, 10);  // by seed the values differ
}

TEST(CompareSides, ToleranceAndWhatIsOnOneSideOnly) {
  ComparisonSide a{"a", Results(0)}, b{"b", Results(0.001)};
  b.rows.pop_back();
  b.rows.push_back(Measured(0.5, "m", "image0", 40));
  Comparison comparison = Compare(a, b, {.absolute = 0.01});
  EXPECT_EQ(comparison.Differing(), 0);
  EXPECT_FALSE(comparison.Same());
  ASSERT_EQ(comparison.only_a.size(), 1U);
  ASSERT_EQ(comparison.only_b.size(), 1U);
  EXPECT_EQ(comparison.only_a[0]->image, "*mean");
  EXPECT_EQ(comparison.only_b[0]->rate, 0.5);
  EXPECT_EQ(OneSidedTable(comparison).rows.size(), 2U);
  EXPECT_GT(Compare(a, b, {.absolute = 0.001}).Differing(), 0);  // image7 is 0.0017 off
  EXPECT_EQ(Compare(a, b, {.relative = 1e-4}).Differing(), 0);
}

TEST(CompareSides, InfinitiesAndTimes) {
  const double inf = INFINITY;
  const ComparisonSide a{"a",
                         {Measured(0.1, "m", "x", inf),
                          Measured(0.1, "m", "y", NAN),
                          Measured(0.1, "m", "z", inf),
                          Measured(0.1, "m", "x", 1.0, "seconds_reconstruct")}};
  const ComparisonSide b{"b",
                         {Measured(0.1, "m", "x", inf),
                          Measured(0.1, "m", "y", NAN),
                          Measured(0.1, "m", "z", 30),
                          Measured(0.1, "m", "x", 2.0, "seconds_reconstruct")}};
  const Comparison comparison = Compare(a, b, {.absolute = 1e9});
  EXPECT_TRUE(comparison.values[0].agrees);
  EXPECT_TRUE(comparison.values[1].agrees);
  EXPECT_FALSE(comparison.values[2].agrees);
  EXPECT_EQ(comparison.groups[0].left_out, 3);
  EXPECT_EQ(Compare(a, b).Differing(), 1);  // not the time
}

TEST(CompareSides, TwoValuesInOnePlaceAreAnError) {
  ComparisonSide a{"a.csv", Results(0)};
  a.rows.push_back(a.rows[0]);
  try {
    Compare(a, {"b", Results(0)});
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("a.csv: two values in one place: set11 / image0 / 0.1"));
  }
}

TEST(ComparisonFormats, CsvHasEveryValueAndJsonTheTests) {
  ComparisonSide a{"a", Results(0)}, b{"b", Results(1)};
  b.rows.pop_back();
  const Comparison comparison = Compare(a, b);
  const std::string csv = ComparisonCsv(comparison);
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 18);
  EXPECT_THAT(csv, HasSubstr("set11,image0,0.1,m,paper,,,0,,psnr,24,25,1,differs\n"));
  EXPECT_THAT(csv, HasSubstr(",only a\n"));
  const Json json = ComparisonJson(comparison);
  EXPECT_EQ(json["matched"], 17);
  EXPECT_EQ(json["summary"][0]["pairs"], 8);
  EXPECT_EQ(json["summary"][0]["verdict"], "second better");
  EXPECT_DOUBLE_EQ(json["summary"][0]["p_wilcoxon"].get<double>(), 2.0 / 256);
}

TEST(DifferenceTable, LargestFirstAndCounted) {
  const ComparisonSide a{"a", Results(0)}, b{"b", Results(1)};
  const TableModel table = DifferenceTable(Compare(a, b), 3);
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_THAT(table.notes.back(), HasSubstr("3 largest relative differences of 18"));
  EXPECT_EQ(DifferenceTable(Compare(a, b), 0).rows.size(), 18U);
}

}  // namespace
}  // namespace chaosense
