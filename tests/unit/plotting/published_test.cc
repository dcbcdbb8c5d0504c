#include "plotting/published.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/base/error.h"
#include "tests/unit/plotting/test_rows.h"

namespace chaosense {
namespace {

using testing::HasSubstr;

const std::filesystem::path kFolder =
    std::filesystem::path(CHAOSENSE_SOURCE_DIR) / "configs" / "published";
const std::vector<std::string> kNames = {"chaos_exponents",
                                         "peers",
                                         "table1",
                                         "table1_bm3d",
                                         "table1_per_image",
                                         "table2",
                                         "table3",
                                         "table4",
                                         "table5",
                                         "table6",
                                         "table7",
                                         "table8",
                                         "table9"};

using Values = std::vector<PublishedValue>;

Values Read(const std::string& name) { return ReadPublished(kFolder / (name + ".json")); }

Values Where(const Values& values, const std::function<bool(const PublishedValue&)>& test) {
  Values found;
  std::copy_if(values.begin(), values.end(), std::back_inserter(found), test);
  return found;
}

double Mean(const Values& values) {
  double sum = 0;
  for (const PublishedValue& value : values) sum += value.value;
  return sum / static_cast<double>(values.size());
}

// ---- the transcriptions

TEST(PublishedFiles, EveryFileIsReadAndNamesItsSource) {
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".json") continue;
    ++files;
    EXPECT_THAT(kNames, testing::Contains(entry.path().stem().string()));
    for (const PublishedValue& value : ReadPublished(entry.path())) {
      EXPECT_FALSE(value.source.empty());
      EXPECT_FALSE(value.trust.empty());
      EXPECT_TRUE(std::isfinite(value.value));
      EXPECT_EQ(value.constant, entry.path().stem() == "chaos_exponents");
      EXPECT_TRUE(value.metric != "psnr" || (value.value > 3.8 && value.value < 40)) << value.value;
      EXPECT_TRUE(value.metric != "ssim" || (value.value > 0.1 && value.value < 1)) << value.value;
    }
  }
  EXPECT_EQ(files, kNames.size());
}

// Counts as printed: 7 methods x 4 rates x 4 columns, and so on.
TEST(PublishedFiles, HoldEveryPrintedValue) {
  const std::map<std::string, size_t> counts = {{"chaos_exponents", 3 * 4 + 2 + 6},
                                                {"peers", 4 + 1 + 4 + 8},
                                                {"table1", 112},
                                                {"table1_bm3d", 28},
                                                {"table1_per_image", (4 + 4) * 44 + 4 + 8},
                                                {"table2", 22},
                                                {"table3", 4},
                                                {"table4", 6 + 18 + 18},
                                                {"table5", 8},
                                                {"table6", 4 + 24 + 12},
                                                {"table7", 8 + 12},
                                                {"table8", 8 + 24},
                                                {"table9", 24}};
  for (const auto& [name, count] : counts) EXPECT_EQ(Read(name).size(), count) << name;
}

// Column sums of the printed table, added by hand from the table's image, method order TVAL3 ...
// FCLBCNN.
TEST(PublishedFiles, Table1IsOrdered) {
  const Values table1 = Read("table1");
  for (const double rate : {0.25, 0.10, 0.04, 0.01}) {
    const auto of = [&](const std::string& method, const std::string& image) {
      const Values found = Where(table1, [&](const auto& v) {
        return v.rate == rate && v.method == method && v.image == image;
      });
      EXPECT_EQ(found.size(), 1U);
      return found.at(0).value;
    };
    for (const char* image : {"lena256", "Monarch", "flinstones", "*mean"}) {
      // Each learned method improves on the one before, but for 0.3 dB on Flinstones and Monarch at
      // low rates.
      EXPECT_GT(of("dr2net", image), of("reconnet", image) - 0.1);
      EXPECT_GT(of("msrnet", image), of("dr2net", image) - 0.2);
      EXPECT_GT(of("fclbcnn", image), of("msrnet", image) - 0.2);
    }
  }
  for (const char* method :
       {"tval3", "nlr_cs", "damp", "reconnet", "dr2net", "msrnet", "fclbcnn"}) {
    double before = 100;
    for (const double rate : {0.25, 0.10, 0.04, 0.01}) {
      const double mean = Where(table1,
                                [&](const auto& v) {
                                  return v.rate == rate && v.method == method && v.image == "*mean";
                                })
                              .at(0)
                              .value;
      EXPECT_LT(mean, before);
      before = mean;
    }
  }
}

// The 11 entries of a column must average to the published mean: a misread digit anywhere would
// show.
TEST(PublishedFiles, EntriesOfEachImageAverageToThePublishedMeans) {
  const Values per_image = Read("table1_per_image"), table1 = Read("table1");
  int checked = 0;
  for (const std::string method : {"tval3", "nlr_cs", "damp", "sda", "reconnet", "dr2net"}) {
    for (const double rate : {0.25, 0.10, 0.04, 0.01}) {
      SCOPED_TRACE(method + " " + std::to_string(rate));
      const auto column = [&](const auto& v) {
        return v.metric == "psnr" && v.method == method && v.rate == rate;
      };
      const Values entries =
          Where(per_image, [&](const auto& v) { return column(v) && v.image != "*mean"; });
      ASSERT_EQ(entries.size(), 11U);
      const Values means = Where(method == "sda" ? per_image : table1,
                                 [&](const auto& v) { return column(v) && v.image == "*mean"; });
      ASSERT_EQ(means.size(), 1U);
      // Known disagreements, noted in the files.
      double expected = means[0].value;
      if (method == "dr2net" && rate == 0.10) expected = 24.25;
      if (method == "dr2net" && rate == 0.01) expected = 17.42;
      if (method == "damp" && rate == 0.25) expected = 28.10;
      EXPECT_NEAR(Mean(entries), expected, 0.0151);
      ++checked;
      for (const char* image : {"lena256", "Monarch", "flinstones"}) {
        if (method == "sda") continue;
        const auto at = [&](const auto& v) { return column(v) && v.image == image; };
        EXPECT_NEAR(Where(per_image, at).at(0).value, Where(table1, at).at(0).value, 0.0101);
      }
    }
  }
  EXPECT_EQ(checked, 24);
  for (const std::string method : {"reconnet", "dr2net"}) {
    for (const double rate : {0.25, 0.10, 0.04, 0.01}) {
      const auto column = [&](const auto& v) {
        return v.metric == "ssim" && v.method == method && v.rate == rate;
      };
      const Values entries =
          Where(per_image, [&](const auto& v) { return column(v) && v.image != "*mean"; });
      const Values mean =
          Where(per_image, [&](const auto& v) { return column(v) && v.image == "*mean"; });
      EXPECT_NEAR(Mean(entries), mean.at(0).value, 0.0006);
    }
  }
}

TEST(PublishedFiles, Table4MeansAreTheSignedMeansOfLenaAndPeppers) {
  const Values table4 = Read("table4");
  for (const char* metric : {"correlation_h", "correlation_v", "correlation_d"}) {
    for (const auto& [cipher, variant] :
         {std::pair{"paper", "gray"}, {"paper", "color"}, {"belazi2016", ""}, {"hua2015", ""}}) {
      const auto of = [&](const char* image) {
        return Where(table4,
                     [&](const auto& v) {
                       return v.metric == metric && v.cipher == cipher && v.variant == variant &&
                              v.image == image;
                     })
            .at(0)
            .value;
      };
      EXPECT_NEAR(of("*mean"), (of("lena") + of("peppers")) / 2, 0.000051)
          << metric << cipher << variant;
    }
  }
}

TEST(PublishedFiles, Table9TotalsAreSums) {
  const Values table9 = Read("table9");
  for (const char* size : {"generated_256", "generated_512", "generated_1024"}) {
    for (const char* variant : {"gray", "color"}) {
      const auto of = [&](const char* metric) {
        return Where(table9,
                     [&](const auto& v) {
                       return v.metric == metric && v.dataset == size && v.variant == variant;
                     })
            .at(0)
            .value;
      };
      EXPECT_NEAR(of("seconds_total"),
                  of("seconds_compress_reconstruct") + of("seconds_encrypt_decrypt"),
                  1e-9);
    }
  }
}

TEST(PublishedFiles, PercentIsStoredAsFraction) {
  const Values critical =
      Where(Read("table7"), [](const auto& v) { return v.metric == "npcr_critical_05"; });
  ASSERT_EQ(critical.size(), 4U);
  EXPECT_NEAR(critical[0].value, 0.995693, 1e-12);
  const Values high =
      Where(Read("table8"), [](const auto& v) { return v.metric == "uaci_high_001"; });
  ASSERT_EQ(high.size(), 4U);
  EXPECT_NEAR(high[0].value, 0.337677, 1e-12);
}

TEST(PublishedFiles, RemarksReachTheSource) {
  const Values odd = Where(Read("table1"), [](const auto& v) {
    return v.source.find("not the mean") != std::string::npos;
  });
  ASSERT_EQ(odd.size(), 2U);
  EXPECT_EQ(odd[0].method, "dr2net");
  EXPECT_EQ(odd[0].value, 24.32);
  const Values recalled =
      Where(Read("table1_per_image"), [](const auto& v) { return v.trust == "recalled"; });
  EXPECT_THAT(recalled.at(0).source, HasSubstr("not checked against the printed source"));
}

// ---- joining

Values Two() {
  PublishedValue general;
  general.metric = "psnr";
  general.rate = 0.1;
  general.method = "net";
  general.value = 20;
  general.source = "general";
  PublishedValue special = general;
  special.image = "lena";
  special.value = 21;
  special.source = "special";
  return {general, special};
}

TEST(JoinPublished, AxesLeftOutMatchAnythingAndTheMostSpecificValueCounts) {
  std::vector<ResultRow> rows = {Measured(0.1, "net", "lena", 1),
                                 Measured(0.1, "net", "boat", 1),
                                 Measured(0.25, "net", "lena", 1),
                                 Measured(0.1, "other", "lena", 1),
                                 Measured(0.1, "net", "lena", 1, "ssim"),
                                 Failed(0.1, "net", "why")};
  JoinPublished(Two(), {}, rows);
  EXPECT_EQ(rows[0].published, 21);
  EXPECT_EQ(rows[0].source, "special");
  EXPECT_EQ(rows[1].published, 20);
  for (size_t i = 2; i < rows.size(); ++i) EXPECT_FALSE(rows[i].published) << i;
}

TEST(JoinPublished, AliasesBridgeLabels) {
  std::vector<ResultRow> rows = {Measured(0.1, "net, trained by us", "boat", 1)};
  JoinPublished(Two(), {{"net, trained by us", "net"}}, rows);
  EXPECT_EQ(rows[0].published, 20);
}

TEST(PublishedOnlyRows, AreTheValuesNothingMatches) {
  const std::vector<ResultRow> rows = {Measured(0.1, "net", "boat", 1)};
  const std::vector<ResultRow> only = PublishedOnlyRows(Two(), {}, rows);
  ASSERT_EQ(only.size(), 1U);
  EXPECT_EQ(only[0].image, "lena");
  EXPECT_TRUE(only[0].published_only());
  EXPECT_EQ(only[0].unit, "dB");
  EXPECT_TRUE(std::isnan(only[0].value));
  EXPECT_EQ(PublishedOnlyRows(Two(), {}, {}).size(), 2U);
}

TEST(ReadPublishedFiles, FirstFileCountsAndUnknownNamesSuggest) {
  const Values both =
      ReadPublishedFiles(kFolder, {"table1", "table1_per_image"}, "a.json: /published");
  const Values monarch = Where(both, [](const auto& v) {
    return v.metric == "psnr" && v.method == "reconnet" && v.image == "Monarch" && v.rate == 0.25;
  });
  ASSERT_EQ(monarch.size(), 1U);
  EXPECT_EQ(monarch[0].value, 24.31);  // as printed, not the 24.32 of the released model
  try {
    ReadPublishedFiles(kFolder, {"tabel1"}, "a.json: /published");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(
        error.what(),
        HasSubstr("a.json: /published: no published values \"tabel1\"; did you mean \"table1\"?"));
  }
}

TEST(ParsePublished, NamesEveryMistake) {
  const Json good = {
      {"source", "s"},
      {"trust", "printed"},
      {"grids",
       {{{"rows", {"method"}},
         {"columns", {{{"metric", "psnr"}}}},
         {"values", Json::array({Json::array({"a", 1.5}), Json::array({"b", nullptr})})}}}}};
  EXPECT_EQ(ParsePublished(good, "f").size(), 1U);
  const auto message = [&](const std::function<void(Json&)>& damage) -> std::string {
    Json json = good;
    damage(json);
    try {
      ParsePublished(json, "f");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kConfig);
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(message([](Json& j) { j["grid"] = 1; }),
              HasSubstr("f: /grid: unknown key; did you mean \"grids\"?"));
  EXPECT_EQ(message([](Json& j) { j.erase("source"); }), "f: missing key \"source\"");
  EXPECT_THAT(message([](Json& j) { j["trust"] = "sure"; }),
              HasSubstr("f: /trust: \"sure\" is not allowed"));
  EXPECT_THAT(message([](Json& j) { j["grids"][0]["values"][0].push_back(1); }),
              HasSubstr("f: /grids/0/values/0: 3 entries, expected 2"));
  EXPECT_THAT(message([](Json& j) { j["grids"][0]["values"][0][1] = "1.5"; }),
              HasSubstr("f: /grids/0/values/0/1: \"1.5\" has the wrong type"));
  EXPECT_THAT(message([](Json& j) { j["grids"][0]["rows"][0] = "methd"; }),
              HasSubstr("unknown axis \"methd\"; did you mean \"method\"?"));
  EXPECT_THAT(message([](Json& j) { j["grids"][0]["columns"][0]["metric"] = "psmr"; }),
              HasSubstr("f: /grids/0/columns/0/metric: unknown metric \"psmr\""));
  EXPECT_THAT(message([](Json& j) { j["grids"][0]["columns"][0] = Json::object(); }),
              HasSubstr("f: /grids/0/columns/0: names no metric"));
  EXPECT_THAT(message([](Json& j) {
                j["grids"][0]["values"][1] = {"a", 2};
              }),
              HasSubstr("psnr / a is given twice"));
  EXPECT_THAT(message([](Json& j) {
                j["grids"][0]["fixed"] = {{"rate", 1.5}};
              }),
              HasSubstr("f: /grids/0/fixed/rate: 1.5 is out of range"));
  EXPECT_THAT(message([](Json& j) {
                j["remarks"] = {{{"where", {{"method", "c"}}}, {"text", "t"}}};
              }),
              HasSubstr("f: /remarks/0/where: no value fits"));
  EXPECT_THAT(message([](Json& j) {
                j["tolerance"] = {{"absolute", 1}};
              }),
              HasSubstr("f: /tolerance: missing key \"why\""));
  EXPECT_THAT(message([](Json& j) { j["grids"] = 3; }),
              HasSubstr("f: /grids: 3 has the wrong type, expected array"));
}

}  // namespace
}  // namespace chaosense
