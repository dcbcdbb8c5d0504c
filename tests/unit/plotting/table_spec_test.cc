#include "plotting/table_spec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "core/base/error.h"

namespace chaosense {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

Json Minimal() { return {{"id", "t"}, {"metric", "psnr"}, {"rows", {"method"}}}; }

std::string MessageOf(const Json& json) {
  try {
    ParseTableSpec(json, "a.json: /tables/0");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    return error.what();
  }
  return "accepted";
}

TEST(TableSpec, ReadsEveryKey) {
  const TableSpec spec = ParseTableSpec({{"id", "t"},
                                         {"title", "A table"},
                                         {"metrics", {"psnr", "npcr_pass_05"}},
                                         {"rows", {"rate", "method"}},
                                         {"columns", {"image", "metric"}},
                                         {"filter", {{"image", {"a", "*mean"}}, {"rate", 0.25}}},
                                         {"order", {{"method", {"x", "y"}}}},
                                         {"labels", {{"a", "Image A"}}},
                                         {"precision", {{"psnr", 1}}},
                                         {"scale", 100},
                                         {"unit", "%"},
                                         {"format", {{"npcr_pass_05", "verdict"}}},
                                         {"published", false},
                                         {"published_label", "paper"},
                                         {"published_only", "all"},
                                         {"best", {"rate"}},
                                         {"footnotes", {"one"}},
                                         {"definitions", false}},
                                        "w");
  EXPECT_EQ(spec.where, "w");
  EXPECT_THAT(spec.metrics, ElementsAre("psnr", "npcr_pass_05"));
  EXPECT_THAT(spec.filter.at("rate"), ElementsAre("0.25"));
  EXPECT_THAT(spec.filter.at("image"), ElementsAre("a", "*mean"));
  EXPECT_THAT(spec.order.at("method"), ElementsAre("x", "y"));
  EXPECT_EQ(spec.precision.at("psnr"), 1);
  EXPECT_EQ(spec.scale.at(""), 100);
  EXPECT_EQ(spec.unit.at(""), "%");
  EXPECT_EQ(spec.format.at("npcr_pass_05"), MetricFormat::kVerdict);
  EXPECT_FALSE(spec.published);
  EXPECT_EQ(spec.published_label, "paper");
  EXPECT_EQ(spec.published_only, PublishedOnly::kAll);
  EXPECT_THAT(*spec.best, ElementsAre("rate"));
  EXPECT_FALSE(spec.definitions);
}

TEST(TableSpec, MinimalHasDefaults) {
  const TableSpec spec = ParseTableSpec(Minimal(), "w");
  EXPECT_TRUE(spec.published);
  EXPECT_FALSE(spec.best);
  EXPECT_EQ(spec.published_only, PublishedOnly::kMatching);
}

TEST(TableSpec, EveryMistakeNamesItsPlace) {
  const auto with = [](const char* key, const Json& value) {
    Json json = Minimal();
    json[key] = value;
    return MessageOf(json);
  };
  EXPECT_THAT(
      with("colums", {"image"}),
      StartsWith("a.json: /tables/0/colums: unknown key \"colums\"; did you mean \"columns\"?"));
  EXPECT_THAT(
      with("rows", {"methods"}),
      StartsWith("a.json: /tables/0/rows/0: unknown axis \"methods\"; did you mean \"method\"?"));
  EXPECT_THAT(with("rows", {"rate", "rate"}),
              StartsWith("a.json: /tables/0/rows/1: \"rate\" is given twice"));
  EXPECT_THAT(with("rows", Json::array()), HasSubstr("/rows: is empty"));
  EXPECT_THAT(with("columns", {"method"}),
              HasSubstr("/columns: \"method\" is among the rows already"));
  EXPECT_THAT(with("metric", "psmr"),
              StartsWith("a.json: /tables/0/metric: unknown metric \"psmr\""));
  EXPECT_THAT(with("metrics", {"ssim"}), HasSubstr("give one of \"metric\" and \"metrics\""));
  EXPECT_THAT(with("filter", {{"imge", "a"}}),
              HasSubstr("/filter/imge: unknown axis \"imge\"; did you mean \"image\"?"));
  EXPECT_THAT(with("filter", {{"image", true}}),
              HasSubstr("/filter/image: true has the wrong type"));
  EXPECT_THAT(with("filter", {{"image", {"a", nullptr}}}),
              HasSubstr("/filter/image/1: null has the wrong type"));
  EXPECT_THAT(with("precision", 1.5),
              HasSubstr("/precision: 1.5 has the wrong type, expected integer"));
  EXPECT_THAT(with("precision", 13), HasSubstr("/precision: 13 is out of range"));
  EXPECT_THAT(with("precision", {{"psnrr", 1}}), HasSubstr("/precision/psnrr: unknown metric"));
  EXPECT_THAT(with("scale", 0), HasSubstr("/scale: 0 is out of range"));
  EXPECT_THAT(with("format", "percent"), HasSubstr("/format: unknown format \"percent\""));
  EXPECT_THAT(with("best", {"image"}),
              HasSubstr("/best: \"image\" is not one of the rows: method"));
  EXPECT_THAT(with("published", "yes"),
              HasSubstr("/published: \"yes\" has the wrong type, expected boolean"));
  EXPECT_THAT(with("published_only", "some"),
              HasSubstr("/published_only: unknown choice \"some\""));
  EXPECT_THAT(with("id", "../x"), HasSubstr("/id: \"../x\""));
  EXPECT_THAT(with("footnotes", "one"),
              HasSubstr("/footnotes: \"one\" has the wrong type, expected array"));
  EXPECT_THAT(MessageOf({{"id", "t"}, {"metric", "psnr"}}),
              StartsWith("a.json: /tables/0: missing key \"rows\""));
  EXPECT_THAT(MessageOf({{"id", "t"}, {"metrics", {"psnr", "ssim"}}, {"rows", {"method"}}}),
              HasSubstr("\"metric\" is neither in rows nor in columns"));
  EXPECT_THAT(MessageOf(Json::array()), HasSubstr("expected object"));
}

// The schema and the parser must know the same keys, and the schema only keywords that our checker
// supports.
TEST(TableSpecSchema, UsesSupportedKeywordsOnly) {
  const std::vector<std::string> known = {"type",
                                          "enum",
                                          "minimum",
                                          "maximum",
                                          "exclusiveMinimum",
                                          "minLength",
                                          "maxLength",
                                          "pattern",
                                          "items",
                                          "minItems",
                                          "uniqueItems",
                                          "properties",
                                          "required",
                                          "additionalProperties",
                                          "anyOf",
                                          "description",
                                          "examples",
                                          "default"};
  const std::function<void(const Json&)> check = [&](const Json& schema) {
    for (const auto& [key, value] : schema.items()) {
      EXPECT_THAT(known, testing::Contains(key));
      if (key == "properties") {
        for (const auto& [name, below] : value.items()) check(below);
      } else if (key == "anyOf") {
        for (const Json& below : value) check(below);
      } else if ((key == "items" || key == "additionalProperties") && value.is_object()) {
        check(value);
      }
    }
  };
  const Json schema = TableSpecSchema();
  check(schema);
  EXPECT_EQ(schema["additionalProperties"], false);
  EXPECT_EQ(schema["properties"].size(), 25U);
}

}  // namespace
}  // namespace chaosense
