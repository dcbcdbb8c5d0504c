#include "plotting/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "plotting/render.h"
#include "tests/unit/plotting/test_rows.h"

namespace chaosense {
namespace {

using testing::HasSubstr;

PublishedValue Published(const std::string& metric, double value, const std::string& image = "") {
  PublishedValue published;
  published.metric = metric;
  published.image = image;
  published.value = value;
  published.source = "Table 1";
  return published;
}

std::vector<ValueVerdict> Verify(const std::vector<ResultRow>& rows,
                                 const std::vector<PublishedValue>& published,
                                 const VerifyOptions& options = {},
                                 const std::vector<TableSpec>& tables = {}) {
  return VerifyValues(rows, published, {}, tables, options);
}

TEST(VerifyValues, JudgesByTheMetricsDirection) {
  const std::vector<ResultRow> rows = {Measured(0.1, "m", "a", 30.02),
                                       Measured(0.1, "m", "b", 30.03),
                                       Measured(0.1, "m", "c", 29.97),
                                       Measured(0.1, "m", "d", NAN),
                                       Measured(0.1, "m", "a", 1.0, "seconds_reconstruct"),
                                       Measured(0.1, "m", "a", 7.9, "entropy"),
                                       Measured(0.1, "m", "e", 1, "chi_square")};
  const auto verdicts = Verify(
      rows,
      {Published("psnr", 30), Published("seconds_reconstruct", 5), Published("entropy", 7.99)});
  ASSERT_EQ(verdicts.size(), 6U);                        // chi_square has nothing beside it
  EXPECT_EQ(verdicts[0].agreement, Agreement::kWithin);  // 0.02 is 0.02
  EXPECT_EQ(verdicts[1].agreement, Agreement::kBetter);
  EXPECT_EQ(verdicts[2].agreement, Agreement::kWorse);
  EXPECT_EQ(verdicts[3].agreement, Agreement::kOutside);
  EXPECT_EQ(verdicts[4].agreement, Agreement::kBetter);
  EXPECT_EQ(verdicts[0].origin, "rounding");
  EXPECT_NEAR(verdicts[0].tolerance, 0.02, 1e-15);
}

TEST(VerifyValues, NothingIsBetterThanAConstant) {
  std::vector<ResultRow> rows = {Measured(0, "", "", 1.1466, "lyapunov_1")};
  PublishedValue published = Published("lyapunov_1", 0.9056);
  EXPECT_EQ(Verify(rows, {published})[0].agreement, Agreement::kBetter);
  published.constant = true;
  EXPECT_EQ(Verify(rows, {published})[0].agreement, Agreement::kOutside);
  rows[0].value = 0.9057;
  EXPECT_EQ(Verify(rows, {published})[0].agreement, Agreement::kWithin);
}

TEST(VerifyValues, InfinitiesAgree) {
  const std::vector<ResultRow> rows = {Measured(0.1, "m", "a", INFINITY)};
  EXPECT_EQ(Verify(rows, {Published("psnr", INFINITY)})[0].agreement, Agreement::kWithin);
  EXPECT_EQ(Verify(rows, {Published("psnr", 90)})[0].agreement, Agreement::kBetter);
}

TEST(VerifyValues, OptionsThenTableThenPublishedThenRounding) {
  const std::vector<ResultRow> rows = {Measured(0.1, "m", "a", 30.4),
                                       Measured(0.1, "m", "b", 30.4)};
  PublishedValue published = Published("psnr", 30);
  EXPECT_EQ(Verify(rows, {published})[0].origin, "rounding");
  published.tolerance = 0.3;
  EXPECT_EQ(Verify(rows, {published})[0].origin, "published values");
  EXPECT_EQ(Verify(rows, {published})[0].agreement, Agreement::kBetter);
  const TableSpec table = ParseTableSpec({{"id", "t"},
                                          {"metric", "psnr"},
                                          {"rows", {"method"}},
                                          {"columns", {"image"}},
                                          {"filter", {{"image", {"a"}}}},
                                          {"tolerance", 0.5}},
                                         "a.json: /tables/0");
  const auto by_table = Verify(rows, {published}, {}, {table});
  EXPECT_EQ(by_table[0].origin, "table");
  EXPECT_EQ(by_table[0].agreement, Agreement::kWithin);
  EXPECT_EQ(by_table[1].origin, "published values");  // the table does not show b
  const auto by_option = Verify(rows, {published}, {{{"psnr", 0.1}}}, {table});
  EXPECT_EQ(by_option[0].origin, "command line");
  EXPECT_EQ(by_option[0].agreement, Agreement::kBetter);
  EXPECT_EQ(Verify(rows, {published}, {{{"", 1}}})[1].agreement, Agreement::kWithin);
}

TEST(VerdictTable, OneLineEachAndTheCounts) {
  const std::vector<ResultRow> rows = {Measured(0.1, "m", "a", 30.4), Measured(0.1, "m", "b", 30)};
  const TableModel table = VerdictTable(Verify(rows, {Published("psnr", 30)}));
  ASSERT_EQ(table.rows.size(), 2U);
  const std::string text = RenderText(table);
  EXPECT_THAT(text, HasSubstr("better"));
  EXPECT_THAT(text, HasSubstr("2 published values have ours beside them: 1 within, 1 better"));
  EXPECT_TRUE(VerdictTable({}).rows.empty());
}

}  // namespace
}  // namespace chaosense
