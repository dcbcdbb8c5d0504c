#include "core/harness/schema_check.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace chaosense {
namespace {

std::string Said(const char* schema, const char* value) {
  const auto issue = FirstIssue(Json::parse(schema), Json::parse(value));
  return issue ? issue->pointer + ": " + issue->message : "fine";
}

TEST(SchemaCheck, SaysWhatIsWrongInOneLine) {
  const char* schema =
      R"({"type":"object","additionalProperties":false,"required":["a"],"properties":{
      "a":{"type":"array","minItems":1,"maxItems":3,"uniqueItems":true,
           "items":{"type":"number","exclusiveMinimum":0,"maximum":1}},
      "color":{"type":"string","enum":["gray","color"]},
      "name":{"type":"string","minLength":2,"maxLength":5,"pattern":"^[a-z]+$"},
      "count":{"type":"integer","minimum":1,"exclusiveMaximum":9},
      "entry":{"anyOf":[{"type":"string"},{"type":"object","required":["x"],"properties":{"x":{"type":"boolean"}}}]},
      "map":{"type":"object","additionalProperties":{"type":"number"}},
      "v":{"const":3}}})";
  EXPECT_EQ(Said(schema, R"({"a":[0.5,1]})"), "fine");
  EXPECT_EQ(Said(schema, R"({"a":[0.5],"colour":"gray"})"),
            "/colour: unknown key; did you mean \"color\"?");
  EXPECT_EQ(Said(schema, R"({"a":[0.5],"zzzzzzzz":1})"),
            "/zzzzzzzz: unknown key; known: a, color, count, entry, map, name, v");
  EXPECT_EQ(Said(schema, R"({})"), ": missing key \"a\"");
  EXPECT_EQ(Said(schema, R"({"a":[0.5,1.5]})"), "/a/1: 1.5 is out of range, expected at most 1");
  EXPECT_EQ(Said(schema, R"({"a":[0]})"), "/a/0: 0 is out of range, expected more than 0");
  EXPECT_EQ(Said(schema, R"({"a":[]})"), "/a: has 0 entries, expected at least 1");
  EXPECT_EQ(Said(schema, R"({"a":[0.1,0.2,0.3,0.4]})"), "/a: has 4 entries, expected at most 3");
  EXPECT_EQ(Said(schema, R"({"a":[0.1,0.1]})"), "/a/1: 0.1 is given twice");
  EXPECT_EQ(Said(schema, R"({"a":"0.1"})"), "/a: \"0.1\" has the wrong type, expected array");
  EXPECT_EQ(Said(schema, R"({"a":[[1]]})"), "/a/0: an array has the wrong type, expected number");
  EXPECT_EQ(Said(schema, R"({"a":[1],"color":"grey"})"),
            "/color: \"grey\" is not allowed; did you mean \"gray\"? allowed: gray, color");
  EXPECT_EQ(Said(schema, R"({"a":[1],"color":"infrared"})"),
            "/color: \"infrared\" is not allowed; allowed: gray, color");
  EXPECT_EQ(Said(schema, R"({"a":[1],"name":"x"})"),
            "/name: \"x\" is too short, expected at least 2 characters");
  EXPECT_EQ(Said(schema, R"({"a":[1],"name":"xxxxxx"})"),
            "/name: \"xxxxxx\" is too long, expected at most 5 characters");
  EXPECT_EQ(Said(schema, R"({"a":[1],"name":"a/b"})"),
            "/name: \"a/b\" is not allowed, expected text like ^[a-z]+$");
  EXPECT_EQ(Said(schema, R"({"a":[1],"count":1.5})"),
            "/count: 1.5 has the wrong type, expected integer");
  EXPECT_EQ(Said(schema, R"({"a":[1],"count":0})"),
            "/count: 0 is out of range, expected at least 1");
  EXPECT_EQ(Said(schema, R"({"a":[1],"count":9})"),
            "/count: 9 is out of range, expected less than 9");
  EXPECT_EQ(Said(schema, R"({"a":[1],"entry":3})"),
            "/entry: 3 has the wrong type, expected string or object");
  EXPECT_EQ(Said(schema, R"({"a":[1],"entry":{}})"), "/entry: missing key \"x\"");
  EXPECT_EQ(Said(schema, R"({"a":[1],"entry":{"x":1}})"),
            "/entry/x: 1 has the wrong type, expected boolean");
  EXPECT_EQ(Said(schema, R"({"a":[1],"map":{"p/q~r":"s"}})"),
            "/map/p~1q~0r: \"s\" has the wrong type, expected number");
  EXPECT_EQ(Said(schema, R"({"a":[1],"v":4})"), "/v: 4 is not allowed; allowed: 3");
  EXPECT_EQ(Said(schema, "[]"), ": an array has the wrong type, expected object");
}

TEST(SchemaCheck, UnknownKeyComesBeforeItsConsequences) {
  const char* schema =
      R"({"type":"object","additionalProperties":false,"required":["rates"],"properties":{"rates":{}}})";
  EXPECT_EQ(Said(schema, R"({"rats":[1]})"), "/rats: unknown key; did you mean \"rates\"?");
}

TEST(SchemaCheck, LongValuesAreCut) {
  const std::string said =
      Said(R"({"type":"number"})", ("\"" + std::string(500, 'x') + "\"").c_str());
  EXPECT_LT(said.size(), 120U);
}

TEST(SchemaCheck, KeywordsItDoesNotKnowAreBugs) {
  EXPECT_THROW(FirstIssue(Json::parse(R"({"multipleOf":2})"), 3), InternalError);
  EXPECT_THROW(FirstIssue(Json::parse(R"({"type":"decimal"})"), 3), InternalError);
}

}  // namespace
}  // namespace chaosense
