#include "plotting/export/row_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "plotting/csv.h"
#include "tests/unit/export/test_runs.h"

namespace chaosense {
namespace {

TEST(RowsCsv, IsCellsCsvWithTheRun) {
  const ExportedRun a = SmallRun(), b = SmallRun("b");
  const std::vector<CsvRecord> records = ParseCsv(RowsCsv({a, b}), "t");
  ASSERT_EQ(records.size(), 1 + 2 * a.rows.size());
  EXPECT_EQ(records[0].fields[0], "run");
  EXPECT_EQ(records[1].fields[0], "small, run");
  EXPECT_EQ(records.back().fields[0], "b");
  // Without the column, what was there before.
  std::string cells;
  for (size_t i = 0; i <= a.rows.size(); ++i)
    cells += CsvLine({records[i].fields.begin() + 1, records[i].fields.end()});
  EXPECT_EQ(cells, WriteCells(a.rows));
}

TEST(RowsCsv, RunsOfDifferentSweepsShareTheColumns) {
  const std::vector<CsvRecord> records = ParseCsv(RowsCsv({SmallRun(), SweptRun()}), "t");
  const auto column = static_cast<size_t>(
      std::ranges::find(records[0].fields, "sweep.ciphers.a/b.rounds") - records[0].fields.begin());
  ASSERT_LT(column, records[0].fields.size());
  for (const CsvRecord& record : records) EXPECT_EQ(record.fields.size(), records[0].fields.size());
  EXPECT_EQ(records[1].fields[column], "");
  EXPECT_EQ(records.back().fields[column], "10");
}

TEST(RowsCsv, ASweptValueMayHoldALineEnd) {
  ExportedRun run = SweptRun();
  for (ResultRow& row : run.rows) row.sweep["text"] = "two\nlines, \"quoted\"";
  const std::vector<CsvRecord> records = ParseCsv(RowsCsv({run}), "t");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[2].fields[0], "swept");
  EXPECT_THAT(records[2].fields, testing::Contains("two\nlines, \"quoted\""));
}

TEST(RowsJsonLines, SweptSettingsAreKeys) {
  std::istringstream lines(RowsJsonLines({SmallRun(), SweptRun()}));
  std::vector<Json> rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(Json::parse(line));
  EXPECT_TRUE(rows[0].at("sweep.ciphers.a/b.rounds").is_null());
  EXPECT_EQ(rows.back().at("sweep.ciphers.a/b.rounds"), "10");
}

TEST(RowsJsonLines, OneObjectALine) {
  std::istringstream lines(RowsJsonLines({SmallRun()}));
  std::vector<Json> rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(Json::parse(line));
  ASSERT_EQ(rows.size(), SmallRun().rows.size());
  EXPECT_EQ(rows[0]["value"], 31.2049);
  EXPECT_EQ(rows[0]["published"], 31.09);
  EXPECT_EQ(rows[0]["rate"], 0.25);
  EXPECT_TRUE(rows[0]["map"].is_null());
  EXPECT_EQ(rows[6]["status"], "failed: out of memory");
  EXPECT_TRUE(rows[6]["value"].is_null());
  EXPECT_EQ(rows[10]["value"], "inf");
  EXPECT_EQ(rows[11]["value"], "nan");
}

}  // namespace
}  // namespace chaosense
