// Footnotes where the verdict for a ciphertext's own size and the printed one differ.
#include "plotting/verdicts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "plotting/table.h"
#include "tests/unit/plotting/test_rows.h"

namespace chaosense {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Json TableJson() {
  return {{"id", "t"},
          {"metrics", {"npcr", "npcr_pass_05", "npcr_paper_pass_05"}},
          {"rows", {"method"}},
          {"columns", {"metric"}},
          {"definitions", false},
          {"verdicts",
           {{{"value", "npcr"},
             {"own", "npcr_pass_05"},
             {"printed", "npcr_paper_pass_05"},
             {"own_low", "npcr_critical_05"},
             {"printed_low", 0.995693},
             {"why", "sizes differ"}}}}};
}

// A method's NPCR, its two verdicts, the critical value of its size and the published NPCR.
void Add(const std::string& method,
         double own,
         double printed,
         double published,
         std::vector<ResultRow>& rows) {
  rows.push_back(WithPublished(Measured(0.5, method, "lena", 0.996, "npcr"), published));
  rows.push_back(Measured(0.5, method, "lena", own, "npcr_pass_05"));
  rows.push_back(Measured(0.5, method, "lena", printed, "npcr_paper_pass_05"));
  rows.push_back(Measured(0.5, method, "lena", 0.995565, "npcr_critical_05"));
}

TEST(Verdicts, AFootnoteMarksEveryDisagreementAndNothingElse) {
  std::vector<ResultRow> rows;
  Add("agree", 1, 1, 0.9957, rows);
  Add("ours_differ", 1, 0, 0.9957, rows);
  Add("published_differ", 1, 1, 0.9956, rows);  // between 0.995565 and 0.995693
  ResultRow other = OnlyPublished(0.5, "elsewhere", "lena", 0.9944);
  other.metric = "npcr";
  rows.push_back(other);
  const TableModel table = BuildTable(ParseTableSpec(TableJson(), "a"), rows);
  // Columns: npcr ours, published, difference; the two verdicts.
  const auto marks = [&](size_t r) {
    std::vector<std::string> all;
    for (const TableCell& cell : table.rows[r].cells) all.push_back(cell.mark);
    return all;
  };
  EXPECT_THAT(marks(0), ElementsAre("", "", "", "", ""));
  EXPECT_THAT(marks(1), ElementsAre("", "", "", "", "a"));
  EXPECT_THAT(marks(2), ElementsAre("", "b", "", "", ""));
  EXPECT_THAT(marks(3), ElementsAre("", "d", "", "", ""));  // c: not measured here
  EXPECT_EQ(table.footnotes[0],
            "the verdicts differ: npcr_pass_05 says pass, npcr_paper_pass_05 says fail: sizes "
            "differ");
  EXPECT_EQ(table.footnotes[1],
            "the published value would fail by the printed bound (above 0.995693) and pass by that "
            "of the ciphertext's own size (above 0.995565): sizes differ");
  EXPECT_THAT(table.footnotes[3], HasSubstr("fails the printed bound (above 0.995693)"));
  EXPECT_THAT(
      table.notes,
      testing::IsSupersetOf(
          {std::string("npcr_pass_05 and npcr_paper_pass_05 differ on 1 of 3 values of "
                       "ours."),
           std::string("Own and printed bounds of npcr differ on 1 of 3 published values."),
           std::string("1 published values of npcr have no own bound, as their "
                       "ciphertext's size is not known; 1 of them fail the printed one.")}));
}

TEST(Verdicts, NotesSayWhereAllAgree) {
  std::vector<ResultRow> rows;
  Add("agree", 0, 0, 0.9957, rows);
  const TableModel table = BuildTable(ParseTableSpec(TableJson(), "a"), rows);
  EXPECT_TRUE(table.footnotes.empty());
  EXPECT_THAT(
      table.notes,
      testing::Contains("npcr_pass_05 and npcr_paper_pass_05 agree on all 1 values of ours."));
}

TEST(VerdictSpec, ErrorsNameThePlace) {
  const auto message = [](Json json) {
    try {
      ParseTableSpec(json, "a.json: /tables/0");
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_EQ(message(TableJson()), "accepted");
  Json json = TableJson();
  json["verdicts"][0].erase("own");
  EXPECT_EQ(message(json), "a.json: /tables/0/verdicts/0: missing key \"own\"");
  json = TableJson();
  json["verdicts"][0]["own_low"] = "npcr_critical_5";
  EXPECT_THAT(message(json), HasSubstr("/verdicts/0/own_low: unknown metric"));
  json = TableJson();
  json["verdicts"][0]["printed_low"] = Json::array();
  EXPECT_THAT(message(json), HasSubstr("expected number or metric"));
  json = TableJson();
  json["rows"] = {"metric"};
  json["columns"] = {"method"};
  EXPECT_THAT(message(json), HasSubstr("needs \"metric\" among the columns"));
}

}  // namespace
}  // namespace chaosense
