#include "plotting/rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "plotting/csv.h"

namespace chaosense {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kHeader[] =
    "experiment,dataset,image,rate,method,cipher,map,variant,seed,metric,value,unit,published,"
    "source,status\n";

TEST(Csv, QuotesWhatNeedsQuotes) {
  EXPECT_EQ(CsvLine({"a", "b,c", "say \"x\"", "two\nlines", ""}),
            "a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",\n");
}

TEST(Csv, ReadsBothLineEndsAndMissingLastOne) {
  const auto records = ParseCsv("a,b\r\n\n\"x\"\"y\",\"p\nq\"\nlast,", "f");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_THAT(records[0].fields, ElementsAre("a", "b"));
  EXPECT_THAT(records[1].fields, ElementsAre("x\"y", "p\nq"));
  EXPECT_EQ(records[1].line, 3);
  EXPECT_THAT(records[2].fields, ElementsAre("last", ""));
  EXPECT_EQ(records[2].line, 5);
}

TEST(Csv, RefusesDamagedQuotes) {
  EXPECT_THROW(ParseCsv("a,\"b", "f"), Error);
  EXPECT_THROW(ParseCsv("a,b\"c\n", "f"), Error);
  EXPECT_THROW(ParseCsv("\"a\"b,c\n", "f"), Error);
}

RC_GTEST_PROP(Csv, RoundTripsAnyText, ()) {
  auto fields = *rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', ' ', '\xC3')));
  fields.push_back("end");  // a line of one empty field would be an empty line
  const auto records = ParseCsv(CsvLine(fields), "f");
  RC_ASSERT(records.size() == 1);
  RC_ASSERT(records[0].fields == fields);
}

ResultRow Example() {
  ResultRow row;
  row.experiment = "table1";
  row.dataset = "set11";
  row.image = "*mean";
  row.rate = 0.1;
  row.method = "pca, \"ours\"";
  row.cipher = "paper";
  row.variant = "gray";
  row.seed = 18446744073709551615U;
  row.metric = "psnr";
  row.value = 26.5;
  row.unit = "dB";
  row.published = 25.41;
  row.source = "Table 1";
  return row;
}

// A column for every swept setting behind the seed; rows without one have an empty field.
TEST(Cells, SweptSettingsAreColumns) {
  ResultRow first = Example();
  first.sweep = {{"b.c", "[0.25,0.1]"}, {"a", "x"}};
  ResultRow second = Example();
  second.sweep = {{"a", "2"}};
  const std::string text = WriteCells({first, second});
  EXPECT_THAT(text, HasSubstr(",seed,sweep.a,sweep.b.c,metric,"));
  EXPECT_THAT(text, HasSubstr(",x,\"[0.25,0.1]\","));
  const auto rows = ReadCells(text, "f");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].sweep, first.sweep);
  EXPECT_EQ(rows[1].sweep, second.sweep);
  EXPECT_EQ(rows[1].metric, second.metric);
  EXPECT_EQ(AxisText(rows[0], "sweep.b.c"), "[0.25,0.1]");
  EXPECT_EQ(AxisText(rows[1], "sweep.b.c"), "");
  EXPECT_THAT(SweepAxes(rows), ElementsAre("sweep.a", "sweep.b.c"));
  EXPECT_THAT(DifferingAxes(first, second), ElementsAre("sweep.a", "sweep.b.c"));
  EXPECT_TRUE(IsAxis("sweep.a"));
  EXPECT_FALSE(IsAxis("sweep."));
  EXPECT_FALSE(IsAxis("sweeps"));
}

TEST(Cells, WritesTheDocumentedLine) {
  EXPECT_EQ(
      WriteCells({Example()}),
      kHeader +
          std::string(
              "table1,set11,*mean,0.1,\"pca, \"\"ours\"\"\",paper,,gray,18446744073709551615,psnr,"
              "26.5,dB,25.41,Table 1,ok\n"));
}

TEST(Cells, RoundTripsEveryKindOfRow) {
  std::vector<ResultRow> rows(5, Example());
  rows[1].value = std::numeric_limits<double>::infinity();
  rows[1].published.reset();
  rows[2].value = std::numeric_limits<double>::quiet_NaN();
  rows[2].rate = 0;
  rows[3].status = "failed: no memory, \"sorry\"";
  rows[3].image = rows[3].metric = "";
  rows[4].status = "published";
  const std::string text = WriteCells(rows);
  const std::vector<ResultRow> read = ReadCells(text, "cells.csv");
  ASSERT_EQ(read.size(), rows.size());
  EXPECT_EQ(WriteCells(read), text);
  EXPECT_EQ(read[0].seed, rows[0].seed);
  EXPECT_EQ(read[0].method, rows[0].method);
  EXPECT_EQ(read[1].value, std::numeric_limits<double>::infinity());
  EXPECT_FALSE(read[1].published);
  EXPECT_TRUE(std::isnan(read[2].value));
  EXPECT_TRUE(read[2].measured());
  EXPECT_EQ(read[3].status, rows[3].status);
  EXPECT_FALSE(read[3].measured());
  EXPECT_TRUE(read[4].published_only());
  EXPECT_EQ(*read[4].published, 25.41);
}

RC_GTEST_PROP(Cells, EveryNumberReadsBackAsItself, (double value, double published)) {
  ResultRow row = Example();
  row.value = value;
  row.published = published;
  const ResultRow read = ReadCells(WriteCells({row}), "f").at(0);
  RC_ASSERT((std::isnan(value) ? std::isnan(read.value) : read.value == value));
  RC_ASSERT((std::isnan(published) ? std::isnan(*read.published) : *read.published == published));
}

TEST(Cells, RefusesWhatItDoesNotWrite) {
  const auto message = [](const std::string& text) -> std::string {
    try {
      ReadCells(text, "cells.csv");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kConfig);
      return error.what();
    }
    return "accepted";
  };
  const std::string line = "e,d,i,0.1,m,c,,v,0,psnr,1,dB,,,ok\n";
  EXPECT_EQ(message(kHeader + line), "accepted");
  EXPECT_THAT(message(""), HasSubstr("cells.csv:1: expected the header"));
  EXPECT_THAT(message("a,b\n"), HasSubstr("cells.csv:1: expected the header"));
  EXPECT_THAT(message(kHeader + std::string("e,d\n")),
              HasSubstr("cells.csv:2: 2 fields, expected 15"));
  EXPECT_THAT(message(kHeader + line + "e,d,i,0.1x,m,c,,v,0,psnr,1,dB,,,ok\n"),
              HasSubstr("cells.csv:3: rate: \"0.1x\" is not a number"));
  EXPECT_THAT(message(kHeader + std::string("e,d,i,0.1,m,c,,v,-1,psnr,1,dB,,,ok\n")),
              HasSubstr("seed: \"-1\""));
  EXPECT_THAT(message(kHeader + std::string("e,d,i,0.1,m,c,,v,0,psnr,,dB,,,ok\n")),
              HasSubstr("value: \"\""));
  EXPECT_THAT(message(kHeader + std::string("e,d,i,0.1,m,c,,v,0,psnr,1,dB,,,fine\n")),
              HasSubstr("status: \"fine\""));
  EXPECT_THAT(message(kHeader + std::string("e,d,i,0.1,m,c,,v,0,psnr,1,dB,2,,published\n")),
              HasSubstr("value: \"1\""));
}

TEST(NumberText, IsShortAndExact) {
  EXPECT_EQ(NumberText(0.25), "0.25");
  EXPECT_EQ(NumberText(0.1), "0.1");
  EXPECT_EQ(NumberText(-INFINITY), "-inf");
  EXPECT_EQ(NumberText(-NAN), "nan");
  EXPECT_EQ(ParseNumber("1e3"), 1000);
  EXPECT_FALSE(ParseNumber("1 "));
  EXPECT_FALSE(ParseNumber(""));
}

}  // namespace
}  // namespace chaosense
