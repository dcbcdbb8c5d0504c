#include "plotting/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/metrics/metric.h"
#include "plotting/table_style.h"
#include "tests/unit/plotting/test_rows.h"

namespace chaosense {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TableSpec Spec(const Json& changes = Json::object()) {
  Json json = {
      {"id", "table1"},
      {"title", "PSNR"},
      {"metric", "psnr"},
      {"rows", {"rate", "method"}},
      {"columns", {"image"}},
      {"order", {{"image", {"lena256", "*mean"}}, {"method", {"tval3", "fclbcnn", "pca_lmmse"}}}},
      {"labels", {{"lena256", "Lena"}, {"*mean", "mean"}}},
      {"published_label", "paper"},
      {"best", {"rate"}},
      {"definitions", false}};
  json.update(changes);
  return ParseTableSpec(json, "a.json: /tables/0");
}

std::vector<std::string> Texts(const TableRow& row) {
  std::vector<std::string> texts;
  for (const auto* cells : {&row.headings, &row.cells}) {
    for (const TableCell& cell : *cells) {
      texts.push_back(cell.text + (cell.best ? "!" : "") +
                      (cell.mark.empty() ? "" : "^" + cell.mark));
    }
  }
  return texts;
}

TEST(BuildTable, OursPublishedAndDifferenceSideBySide) {
  const TableModel table = BuildTable(Spec(), SmallTable());
  EXPECT_EQ(table.title, "PSNR (dB)");
  EXPECT_THAT(table.row_headings, ElementsAre("rate", "method"));
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_THAT(table.columns[0].headings, ElementsAre("Lena"));
  EXPECT_THAT(table.columns[0].parts, ElementsAre("ours", "paper", "diff"));
  EXPECT_EQ(table.PrintedColumns(), 8U);
  ASSERT_EQ(table.rows.size(), 5U);
  // Rates as they were run; methods in the spec's order. 31.2049 and 31.2 tie at the printed
  // precision.
  EXPECT_THAT(Texts(table.rows[0]),
              ElementsAre("0.25", "tval3^a", "--", "28.67^b", "", "--", "27.84", ""));
  EXPECT_THAT(
      Texts(table.rows[1]),
      ElementsAre("0.25", "fclbcnn", "31.20!", "31.09", "+0.11", "29.70", "29.71", "-0.01"));
  EXPECT_THAT(Texts(table.rows[2]),
              ElementsAre("0.25", "pca_lmmse", "31.20!", "", "", "30.66!", "", ""));
  EXPECT_THAT(Texts(table.rows[3]),
              ElementsAre("0.10", "fclbcnn", "26.90", "26.93", "-0.03", "25.50", "25.41", "+0.09"));
  EXPECT_THAT(Texts(table.rows[4]), ElementsAre("0.10", "pca_lmmse^c", "--", "", "", "--", "", ""));
  EXPECT_THAT(
      table.footnotes,
      ElementsAre(HasSubstr("not measured here"), "Table 1, quoting [1]", "failed: out of memory"));
  EXPECT_THAT(table.notes, ElementsAre("paper: Table 1"));
}

TEST(BuildTable, DoesNotDependOnTheOrderOfRowsWhereOrdersAreGiven) {
  const TableSpec spec = Spec({{"order",
                                {{"image", {"lena256", "*mean"}},
                                 {"method", {"tval3", "fclbcnn", "pca_lmmse"}},
                                 {"rate", {0.25, 0.1}}}}});
  std::vector<ResultRow> rows = SmallTable();
  const TableModel table = BuildTable(spec, rows);
  std::reverse(rows.begin(), rows.end());
  const TableModel reversed = BuildTable(spec, rows);
  ASSERT_EQ(table.rows.size(), reversed.rows.size());
  for (size_t r = 0; r < table.rows.size(); ++r)
    EXPECT_EQ(Texts(table.rows[r]), Texts(reversed.rows[r]));
}

TEST(BuildTable, PublishedValuesBeyondOurRatesComeOnRequest) {
  EXPECT_EQ(BuildTable(Spec({{"published_only", "none"}}), SmallTable()).rows.size(), 4U);
  const TableModel all = BuildTable(Spec({{"published_only", "all"}}), SmallTable());
  ASSERT_EQ(all.rows.size(), 6U);
  EXPECT_THAT(Texts(all.rows[5]), ElementsAre("0.01", "tval3^a", "--", "", "", "--", "11.31", ""));
}

TEST(BuildTable, WithoutPublishedValuesThereIsOneColumnEach) {
  const TableModel table = BuildTable(Spec({{"published", false}}), SmallTable());
  EXPECT_THAT(table.columns[0].parts, ElementsAre(""));
  EXPECT_EQ(table.PrintedColumns(), 4U);
  EXPECT_TRUE(table.notes.empty());
}

TEST(BuildTable, AnAxisThatDoesNotVaryGoesIntoTheTitle) {
  const TableModel table =
      BuildTable(Spec({{"rows", {"dataset", "rate", "method"}},
                       {"filter", {{"rate", 0.25}, {"method", {"fclbcnn", "pca_lmmse"}}}}}),
                 SmallTable());
  EXPECT_EQ(table.title, "PSNR (dataset set11, rate 0.25; dB)");
  EXPECT_THAT(table.row_headings, ElementsAre("method"));
}

TEST(BuildTable, TheUnitIsNotSaidTwice) {
  EXPECT_EQ(BuildTable(Spec({{"title", "PSNR in dB"}}), SmallTable()).title, "PSNR in dB");
}

TEST(BuildTable, RatesHaveEquallyManyDigits) {
  const std::vector<ResultRow> rows = {
      Measured(1, "a", "x", 20), Measured(0.5, "a", "x", 20), Measured(0.125, "a", "x", 22)};
  const TableModel table = BuildTable(Spec(), rows);
  EXPECT_EQ(table.rows[0].headings[0].text, "1.000");
  EXPECT_EQ(table.rows[1].headings[0].text, "0.500");
  EXPECT_EQ(table.rows[2].headings[0].text, "0.125");
}

TEST(BuildTable, BestFollowsTheMetricsDirection) {
  std::vector<ResultRow> rows = {Measured(0.25, "a", "x", 3, "seconds_total"),
                                 Measured(0.25, "b", "x", 2, "seconds_total"),
                                 Measured(0.25, "a", "x", 1, "entropy"),
                                 Measured(0.25, "b", "x", 2, "entropy"),
                                 Measured(0.25, "a", "x", INFINITY, "psnr"),
                                 Measured(0.25, "b", "x", 2, "psnr"),
                                 Measured(0.25, "a", "x", NAN, "ssim"),
                                 Measured(0.25, "b", "x", 0.5, "ssim")};
  Json json = {{"id", "t"},
               {"metrics", {"seconds_total", "entropy", "psnr", "ssim"}},
               {"rows", {"method"}},
               {"columns", {"metric"}},
               {"best", Json::array()},
               {"definitions", false}};
  const TableModel table = BuildTable(ParseTableSpec(json, "w"), rows);
  EXPECT_THAT(table.columns[0].headings, ElementsAre("seconds_total (s)"));
  // Time: lower. Entropy: no direction. SSIM: only one number to compare, so no best.
  EXPECT_THAT(Texts(table.rows[0]), ElementsAre("a", "3.0000", "1.0000", "inf!", "nan"));
  EXPECT_THAT(Texts(table.rows[1]), ElementsAre("b", "2.0000!", "2.0000", "2.00", "0.5000"));
  EXPECT_EQ(table.title, "t");
}

TEST(BuildTable, MetricsAsRowsWithVerdictsPercentAndPValues) {
  std::vector<ResultRow> rows = {Measured(0, "m", "lena", 0.996089, "npcr"),
                                 Measured(0, "m", "lena", 1, "npcr_pass_05"),
                                 Measured(0, "m", "lena", 0.00002, "npcr_p"),
                                 Measured(0, "m", "lena", 7, "npcr_fails_05")};
  rows[0] = WithPublished(rows[0], 0.9960);
  rows[1] = WithPublished(rows[1], 1);
  const Json json = {{"id", "t"},
                     {"metrics", {"npcr", "npcr_p", "npcr_fails_05", "npcr_pass_05"}},
                     {"rows", {"metric"}},
                     {"columns", {"image"}},
                     {"scale", {{"npcr", 100}}},
                     {"precision", {{"npcr", 2}}},
                     {"definitions", false}};
  const TableModel table = BuildTable(ParseTableSpec(json, "w"), rows);
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_THAT(Texts(table.rows[0]), ElementsAre("npcr (%)", "99.61", "99.60", "+0.01"));
  EXPECT_THAT(Texts(table.rows[1]), ElementsAre("npcr_p", "<0.001", "", ""));
  EXPECT_THAT(Texts(table.rows[2]), ElementsAre("npcr_fails_05", "7", "", ""));
  EXPECT_EQ(Texts(table.rows[3])[1], "pass");
  EXPECT_EQ(Texts(table.rows[3])[2], "pass");
}

TEST(BuildTable, AColumnWithoutOursHoldsPublishedValuesAlone) {
  std::vector<ResultRow> rows = {Measured(0, "m", "lena", 0.9961, "npcr")};
  ResultRow published = OnlyPublished(0, "", "lena", 0.9962);
  published.metric = "npcr";
  published.cipher = "belazi2016";
  rows.push_back(published);
  const Json json = {{"id", "t"},
                     {"metric", "npcr"},
                     {"rows", {"image"}},
                     {"columns", {"cipher"}},
                     {"definitions", false}};
  const TableModel table = BuildTable(ParseTableSpec(json, "w"), rows);
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_THAT(table.columns[0].parts, ElementsAre("ours"));
  EXPECT_THAT(table.columns[1].parts, ElementsAre("published"));
  EXPECT_THAT(Texts(table.rows[0]), ElementsAre("lena", "0.99610", "0.99620"));
}

TEST(BuildTable, SeedsAreAveragedAndSaid) {
  std::vector<ResultRow> rows = {
      Measured(0.1, "a", "x", 20), Measured(0.1, "a", "x", 22), Measured(0.1, "b", "x", 5)};
  rows[1].seed = 1;
  const TableModel table = BuildTable(Spec(), rows);
  EXPECT_THAT(Texts(table.rows[0]), ElementsAre("a", "21.00!"));
  EXPECT_THAT(table.notes, ElementsAre("ours: mean over 2 seeds"));
  const TableModel by_seed = BuildTable(Spec({{"columns", {"seed"}}}), rows);
  EXPECT_THAT(Texts(by_seed.rows[0]), ElementsAre("a", "20.00!", "22.00"));
  EXPECT_THAT(Texts(by_seed.rows[1]), ElementsAre("b", "5.00", "--^a"));
  EXPECT_THAT(by_seed.footnotes, ElementsAre("not measured"));
}

TEST(BuildTable, RefusesToMixResultsThatDifferInAHiddenAxis) {
  std::vector<ResultRow> rows = {Measured(0.1, "a", "x", 20), Measured(0.1, "a", "x", 22)};
  rows[1].cipher = "hardened";
  try {
    BuildTable(Spec(), rows);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_THAT(error.what(), HasSubstr("a.json: /tables/0: table \"table1\""));
    EXPECT_THAT(error.what(), HasSubstr("cipher (\"paper\", \"hardened\")"));
  }
  rows[1].cipher = "paper";
  EXPECT_THROW(BuildTable(Spec(), rows), Error);  // the same result twice
}

TEST(BuildTable, WithoutAnyResultItSaysWhy) {
  const TableModel table = BuildTable(Spec(), {Failed(0.1, "a", "no weights")});
  EXPECT_TRUE(table.columns.empty());
  EXPECT_THAT(table.notes, ElementsAre("failed: no weights"));
  EXPECT_TRUE(BuildTable(Spec(), {}).rows.empty());
}

TEST(BuildTable, DefinesItsMetrics) {
  const TableModel table =
      BuildTable(Spec({{"definitions", true}, {"footnotes", {"own"}}}), SmallTable());
  EXPECT_THAT(table.notes, ElementsAre("paper: Table 1", testing::StartsWith("psnr: Peak"), "own"));
}

TEST(FormatValue, EdgesOfEachFormat) {
  EXPECT_EQ(FormatValue(-0.001, MetricFormat::kNumber, 2), "0.00");
  EXPECT_EQ(FormatValue(-0.006, MetricFormat::kNumber, 2), "-0.01");
  EXPECT_EQ(FormatValue(37632, MetricFormat::kCount, 2), "37632");
  EXPECT_EQ(FormatValue(0, MetricFormat::kPValue, 3), "0.000");
  EXPECT_EQ(FormatValue(1e-9, MetricFormat::kPValue, 3), "<0.001");
  EXPECT_EQ(FormatValue(0, MetricFormat::kVerdict, 0), "fail");
  EXPECT_EQ(FormatValue(NAN, MetricFormat::kVerdict, 0), "--");
  EXPECT_EQ(FormatValue(-INFINITY, MetricFormat::kNumber, 2), "-inf");
}

// Student's t for one degree of freedom is 12.7062: the mean of 30 and 32 is 31 +- 12.71.
TEST(BuildTable, IntervalOfTheMeanOverSeeds) {
  std::vector<ResultRow> rows = {Measured(0.25, "tval3", "lena256", 30),
                                 Measured(0.25, "tval3", "lena256", 32)};
  rows[1].seed = 1;
  Json changes = {{"interval", true}, {"rows", {"method"}}};
  changes["best"] = Json::array({"method"});
  const TableModel table = BuildTable(Spec(changes), rows);
  EXPECT_EQ(table.rows.at(0).cells.at(0).text, "31.00 ±12.71");
}

// A metric that no seed changes was not measured several times.
TEST(BuildTable, ResultsThatAreAllTheSameHaveNoSpread) {
  std::vector<ResultRow> rows;
  for (uint64_t seed = 0; seed < 10; ++seed) {
    rows.push_back(Measured(0.25, "tval3", "lena256", 32.23));
    rows.back().seed = seed;
  }
  Json changes = {{"interval", true}, {"rows", {"method"}}};
  changes["best"] = Json::array({"method"});
  const TableModel table = BuildTable(Spec(changes), rows);
  EXPECT_EQ(table.rows.at(0).cells.at(0).text, "32.23");
  EXPECT_THAT(table.notes, testing::Contains(HasSubstr("; no ± where all are the same")));
  rows[3].value = 32.24;
  EXPECT_THAT(BuildTable(Spec(changes), rows).notes, Not(testing::Contains(HasSubstr("no ±"))));
}

// Of shares and counts Student's t would give intervals beyond their ends, or of width 0.
TEST(BuildTable, BoundedMetricsShowTheirExtremes) {
  const auto seeds =
      [](const std::string& map, const std::string& metric, const std::vector<double>& values) {
        std::vector<ResultRow> rows;
        for (size_t i = 0; i < values.size(); ++i) {
          rows.push_back(Measured(0.25, "m", "x", values[i]));
          rows.back().map = map;
          rows.back().metric = metric;
          rows.back().seed = i;
        }
        return rows;
      };
  std::vector<ResultRow> rows;
  for (const auto& part : {seeds("ikeda", "npcr", {0.98, 0.31, 0.3}),
                           seeds("ikeda", "bytes_until_failure", {1024, 4096, 4096}),
                           seeds("ikeda", "dead_zone", {0.5}),
                           seeds("tent", "npcr", {1, 1, 1}),
                           seeds("tent", "bytes_until_failure", {4096, 4096, 4096}),
                           seeds("tent", "lyapunov_1", {0.5, 0.5, 0.8})})
    rows.insert(rows.end(), part.begin(), part.end());
  TableSpec spec =
      ParseTableSpec({{"id", "t"},
                      {"metrics", {"npcr", "bytes_until_failure", "dead_zone", "lyapunov_1"}},
                      {"rows", {"map"}},
                      {"columns", {"metric"}},
                      {"interval", true},
                      {"definitions", false},
                      {"precision", 2},
                      {"limit", {{"bytes_until_failure", 4096}}},
                      {"rank_by", "bytes_until_failure"},
                      {"published", false}},
                     "test");
  const TableModel table = BuildTable(spec, rows);
  EXPECT_THAT(Texts(table.rows[0]),  // by the worst seed
              ElementsAre("tent", "1.00", "≥ 4096", testing::_, "0.60 ±0.43"));
  EXPECT_THAT(Texts(table.rows[1]),
              ElementsAre("ikeda", "0.53 (0.30 to 0.98)", "1024 (to 4096)", "0.50", testing::_));
  ASSERT_EQ(table.notes.size(), 1U);
  EXPECT_THAT(table.notes[0], HasSubstr("over 3 seeds ± half of its 95 % interval"));
  EXPECT_THAT(table.notes[0], HasSubstr("of one seed alone: dead_zone"));
  EXPECT_THAT(table.notes[0], HasSubstr("bytes_until_failure: the worst seed"));
}

TEST(Bounded, SharesCountsAndProbabilitiesAlone) {
  for (const char* name : {"correlation_d",
                           "npcr_frozen",
                           "dead_zone_collapsed",
                           "entropy",
                           "until_failure_adjusted_p",
                           "bytes_until_failure"})
    EXPECT_TRUE(IsBounded(MetricByName(name))) << name;
  for (const char* name : {"correlation_dimension", "psnr", "entropy_z", "lyapunov_1", "key_bits"})
    EXPECT_FALSE(IsBounded(MetricByName(name))) << name;
}

std::vector<ResultRow> WithSeeds(std::vector<ResultRow> rows) {
  for (size_t i = 0; i < rows.size(); ++i) rows[i].seed = i;
  return rows;
}

ResultRow NotRun(double rate, const std::string& method) {
  ResultRow row = Failed(rate, method, "");
  row.status = "not run";
  return row;
}

TEST(BuildTable, AMeanThatLacksCellsSaysSo) {
  const std::vector<ResultRow> rows = WithSeeds({Measured(0.1, "a", "x", 20),
                                                 Measured(0.1, "a", "x", 22),
                                                 Failed(0.1, "a", "exit code 7"),
                                                 Failed(0.1, "a", "exit code 7"),
                                                 Measured(0.1, "b", "x", 5),
                                                 NotRun(0.1, "b"),
                                                 Measured(0.1, "c", "x", 6)});
  const Json changes = {{"best", Json::array()}, {"rows", {"method"}}};
  const TableModel table = BuildTable(Spec(changes), rows);
  EXPECT_THAT(Texts(table.rows[0]), ElementsAre("a", "21.00!^a"));
  EXPECT_THAT(Texts(table.rows[1]), ElementsAre("b", "5.00^b"));
  EXPECT_THAT(Texts(table.rows[2]), ElementsAre("c", "6.00"));
  EXPECT_THAT(table.footnotes,
              ElementsAre("2 of 4 cells failed: exit code 7", "1 of 2 cells not run"));
}

TEST(BuildTable, TheFirstOfSeveralReasonsIsTold) {
  const std::vector<ResultRow> rows = WithSeeds({Measured(0.1, "a", "x", 20),
                                                 NotRun(0.1, "a"),
                                                 Failed(0.1, "a", "one"),
                                                 Failed(0.1, "a", "two"),
                                                 NotRun(0.1, "b"),
                                                 Failed(0.1, "b", "three")});
  const TableModel table = BuildTable(Spec({{"rows", {"method"}}, {"best", Json::array()}}), rows);
  EXPECT_THAT(table.footnotes,
              ElementsAre("2 of 4 cells failed, 1 not run, the first: one", "failed: three"));
}

TEST(BuildTable, OnlyCellsOfTheMeanAreMissed) {
  // Another cipher's cell is no part of it, nor is one whose results were kept from another run.
  std::vector<ResultRow> rows = {
      Measured(0.1, "a", "x", 20), Failed(0.1, "a", "no"), Failed(0.1, "a", "no")};
  rows[1].cipher = "hardened";
  rows[2].experiment = "later";
  EXPECT_TRUE(
      BuildTable(Spec({{"rows", {"method"}}, {"best", Json::array()}}), rows).footnotes.empty());
  // Of a mean over images all of a cell's are missing at once.
  rows = {Measured(0.1, "a", "x", 20), Measured(0.1, "a", "y", 22), Failed(0.1, "a", "no")};
  rows[2].seed = 1;
  const TableModel table = BuildTable(Spec({{"rows", {"method"}},
                                            {"columns", {"metric"}},
                                            {"over", {"image", "seed"}},
                                            {"published", false},
                                            {"best", Json::array()}}),
                                      rows);
  EXPECT_THAT(table.footnotes, ElementsAre("1 of 2 cells failed: no"));
}

// Measured for the first seed alone: the others' failures take nothing from it.
TEST(BuildTable, MetricsOfOneSeedLackNothing) {
  std::vector<ResultRow> rows = WithSeeds({Measured(0, "a", "x", 3, "lyapunov_1"),
                                           Measured(0, "a", "x", 4, "lyapunov_1"),
                                           Failed(0, "a", "no")});
  rows.push_back(Measured(0, "a", "x", 1, "dead_zone"));
  const TableModel table = BuildTable(ParseTableSpec({{"id", "t"},
                                                      {"metrics", {"dead_zone", "lyapunov_1"}},
                                                      {"rows", {"method"}},
                                                      {"columns", {"metric"}},
                                                      {"definitions", false}},
                                                     "w"),
                                      rows);
  EXPECT_EQ(table.rows[0].cells[0].mark, "");
  EXPECT_EQ(table.rows[0].cells[1].mark, "a");
}

TEST(BuildTable, MeanDeviationAndCountOverSeeds) {
  std::vector<ResultRow> rows;
  for (const double value : {30.0, 32.0, 34.0}) {
    rows.push_back(Measured(0.25, "tval3", "lena256", value));
    rows.back().seed = static_cast<uint64_t>(value);
  }
  Json changes = {{"rows", {"method"}}};
  changes["best"] = Json::array({"method"});
  changes["over"] = Json::array({"seed"});
  TableModel table = BuildTable(Spec(changes), rows);
  EXPECT_EQ(table.rows.at(0).cells.at(0).text, "32.00 ±2.00");
  EXPECT_THAT(table.notes, ElementsAre("ours: mean ± sample standard deviation over seeds, n = 3"));
  // Another method with one seed: its number stands beside each, and one result has no deviation.
  rows.push_back(Measured(0.25, "fclbcnn", "lena256", 35));
  table = BuildTable(Spec(changes), rows);
  EXPECT_THAT(Texts(table.rows[0]), ElementsAre("tval3", "32.00 ±2.00 (n=3)"));
  EXPECT_THAT(Texts(table.rows[1]), ElementsAre("fclbcnn", "35.00 (n=1)"));
  // t(0.975, 2) = 4.303 (NIST/SEMATECH e-Handbook 1.3.6.7.2): 4.303 2 / sqrt(3).
  changes["interval"] = true;
  EXPECT_EQ(BuildTable(Spec(changes), rows).rows[0].cells[0].text, "32.00 ±4.97 (n=3)");
  rows.erase(rows.begin(), rows.begin() + 3);
  EXPECT_THAT(BuildTable(Spec(changes), rows).notes,
              ElementsAre("ours: one result each (n = 1 over seeds)"));
}

TEST(BuildTable, MeansOverImagesLeaveTheirMeanOut) {
  const std::vector<ResultRow> rows = {
      Measured(0.25, "a", "x", 20), Measured(0.25, "a", "y", 24), Measured(0.25, "a", "*mean", 22)};
  Json changes = {{"rows", {"method"}}, {"published", false}};
  changes["best"] = Json::array({"method"});
  changes["columns"] = Json::array();
  changes["over"] = Json::array({"image"});
  const TableModel table = BuildTable(Spec(changes), rows);
  EXPECT_EQ(table.rows.at(0).cells.at(0).text, "22.00 ±2.83");
  changes["published"] = true;
  EXPECT_THROW(Spec(changes), Error);
  changes["published"] = false;
  changes["over"] = Json::array({"method"});
  EXPECT_THROW(Spec(changes), Error);
}

TEST(BuildTable, RowsRankByAMetric) {
  std::vector<ResultRow> rows;
  for (const auto& [method, psnr] :
       {std::pair{"a", 20.0}, {"b", 30.0}, {"c", std::nan("")}, {"d", 25.0}})
    rows.push_back(Measured(0.25, method, "lena256", psnr));
  const TableModel table = BuildTable(Spec({{"rows", {"method"}},
                                            {"columns", {"metric"}},
                                            {"rank_by", "psnr"},
                                            {"order", Json::object()},
                                            {"best", Json::array({"method"})}}),
                                      rows);
  std::string order;
  for (const TableRow& row : table.rows) order += row.headings.at(0).text;
  EXPECT_EQ(order, "bdac");
}

// Equal in the first metric, rows go by the second, where less is better.
TEST(BuildTable, RowsRankByASecondMetricWhereTheFirstIsEqual) {
  std::vector<ResultRow> rows;
  for (const auto& [method, psnr, seconds] :
       {std::tuple{"a", 30.0, 3.0}, {"b", 30.0, 1.0}, {"c", 40.0, 9.0}}) {
    rows.push_back(Measured(0.25, method, "lena256", psnr));
    rows.push_back(Measured(0.25, method, "lena256", seconds));
    rows.back().metric = "sp800_22_failed";
  }
  const Json spec = {{"id", "ranking"},
                     {"metrics", {"psnr", "sp800_22_failed"}},
                     {"rows", {"method"}},
                     {"columns", {"metric"}},
                     {"rank_by", {"psnr", "sp800_22_failed"}}};
  const TableModel table = BuildTable(ParseTableSpec(spec, "a.json: /tables/0"), rows);
  std::string order;
  for (const TableRow& row : table.rows) order += row.headings.at(0).text;
  EXPECT_EQ(order, "cba");
}

}  // namespace
}  // namespace chaosense
