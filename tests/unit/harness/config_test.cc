#include "core/harness/config.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/error.h"
#include "tests/unit/harness/temporary_folder.h"

namespace chaosense {
namespace {

TEST(Config, CommentsAreAllowed) {
  const TemporaryFolder folder;
  const Config config = ReadConfig(
      folder.Write("a.json", "{ \"$schema\": \"x\", // why\n  \"rates\": [0.5] /* half */ }"));
  EXPECT_EQ(config.value, Json::parse(R"({"name":"a","rates":[0.5]})"));
}

TEST(Config, NameIsTheStemAndIsNotInherited) {
  const TemporaryFolder folder;
  folder.Write("base.json", R"({"name":"the_base","x":1})");
  EXPECT_EQ(ReadConfig(folder.Write("a.json", R"({"extends":"base.json"})")).value["name"], "a");
  EXPECT_EQ(
      ReadConfig(folder.Write("b.json", R"({"extends":"base.json","name":"mine"})")).value["name"],
      "mine");
  EXPECT_EQ(ReadConfig(folder.path() / "base.json").value["name"], "the_base");
}

TEST(Config, ExtendsMergesLeftToRight) {
  const TemporaryFolder folder;
  folder.Write("one.json", R"({"a":1,"deep":{"x":1,"y":1},"list":[1,2]})");
  folder.Write("sub/two.json", R"({"a":2,"deep":{"y":2,"z":2},"gone":true})");
  const Config config = ReadConfig(folder.Write(
      "a.json",
      R"({"extends":["one.json","sub/two.json"],"list":[3],"gone":null,"deep":{"z":null}})"));
  EXPECT_EQ(config.value, Json::parse(R"({"name":"a","a":2,"deep":{"x":1,"y":2},"list":[3]})"));
}

TEST(Config, ExtendsIsRelativeToItsFile) {
  const TemporaryFolder folder;
  folder.Write("base.json", R"({"a":1})");
  folder.Write("sub/middle.json", R"({"extends":"../base.json","b":2})");
  const Config config =
      ReadConfig(folder.Write("top/x.json", R"({"extends":"../sub/middle.json"})"));
  EXPECT_EQ(config.value, Json::parse(R"({"name":"x","a":1,"b":2})"));
}

TEST(Config, WhereNamesTheFileThatSetTheValue) {
  const TemporaryFolder folder;
  folder.Write("base.json", R"({"rates":[0.1,0.2],"deep":{"x":1,"y":{"z":1}}})");
  const Config config =
      ReadConfig(folder.Write("a.json", R"({"extends":"base.json","deep":{"y":3}})"));
  const std::string base = (folder.path() / "base.json").string();
  const std::string top = (folder.path() / "a.json").string();
  EXPECT_EQ(config.Where("/rates/1"), base + ": /rates/1");
  EXPECT_EQ(config.Where("/deep/x"), base + ": /deep/x");
  EXPECT_EQ(config.Where("/deep/y"), top + ": /deep/y");
  EXPECT_EQ(config.Where("/deep/y/z"), top + ": /deep/y/z");
  EXPECT_EQ(config.Where("/absent"), top + ": /absent");
  EXPECT_EQ(config.Where(""), top);
}

TEST(Config, TheSameBaseTwiceIsNoCycle) {
  const TemporaryFolder folder;
  folder.Write("base.json", R"({"a":1})");
  folder.Write("left.json", R"({"extends":"base.json"})");
  folder.Write("right.json", R"({"extends":"base.json"})");
  EXPECT_EQ(
      ReadConfig(folder.Write("a.json", R"({"extends":["left.json","right.json"]})")).value["a"],
      1);
}

TEST(Config, ErrorsOfFiles) {
  const TemporaryFolder folder;
  const auto error = [&](const std::string& text) {
    const auto file = folder.Write("a.json", text);
    return folder.ErrorOf([&] { ReadConfig(file); });
  };
  EXPECT_EQ(folder.ErrorOf([&] { ReadConfig(folder.path() / "none.json"); }),
            "none.json: no such config file");
  EXPECT_EQ(folder.ErrorOf([&] { ReadConfig(folder.path()); }).find(folder.path().string()), 0U);
  EXPECT_EQ(error("[1]"), "a.json: expected a JSON object");
  EXPECT_EQ(error("{\"a\": }").find("a.json: not valid JSON: "), 0U);
  EXPECT_NE(error("{\n\"a\": }").find("line 2"), std::string::npos);
  EXPECT_EQ(error("").find("a.json: not valid JSON: "), 0U);
  EXPECT_EQ(error(R"({"a":{"b":1,"c":[{"x":1},{"x":1}],"b":2}})"),
            "a.json: the key \"b\" is written twice in one object");
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "{\"a\":";
  EXPECT_EQ(error(deep + "1" + std::string(100000, '}')),
            "a.json: nested more than 64 levels deep");
  EXPECT_EQ(error(R"({"extends":3})"),
            "a.json: /extends: expected a file name or an array of file names");
  EXPECT_EQ(error(R"({"extends":["b.json",3]})"),
            "a.json: /extends: expected a file name or an array of file names");
  EXPECT_EQ(error(R"({"extends":"b.json"})"), "a.json: /extends: b.json: no such file");
  EXPECT_EQ(error(R"({"extends":"a.json"})"),
            "a.json: /extends: the config extends itself: a.json -> a.json");
  folder.Write("b.json", R"({"extends":"./c.json"})");
  folder.Write("c.json", R"({"extends":"a.json"})");
  EXPECT_EQ(error(R"({"extends":"b.json"})"),
            "a.json: /extends: the config extends itself: a.json -> b.json -> c.json -> a.json");
}

TEST(Config, ChainsAndNumbersOfFilesAreLimited) {
  const TemporaryFolder folder;
  folder.Write("0.json", "{}");
  for (int i = 1; i <= 20; ++i) {
    folder.Write(fmt::format("{}.json", i), fmt::format(R"({{"extends":"{}.json"}})", i - 1));
  }
  EXPECT_NO_THROW(ReadConfig(folder.path() / "15.json"));
  EXPECT_NE(
      folder.ErrorOf([&] { ReadConfig(folder.path() / "20.json"); }).find("more than 16 levels"),
      std::string::npos);
  // Doubling at every level would read 2^12 files.
  folder.Write("d0.json", "{}");
  for (int i = 1; i <= 12; ++i) {
    folder.Write(fmt::format("d{}.json", i),
                 fmt::format(R"({{"extends":["d{0}.json","d{0}.json"]}})", i - 1));
  }
  EXPECT_NE(
      folder.ErrorOf([&] { ReadConfig(folder.path() / "d12.json"); }).find("more than 64 files"),
      std::string::npos);
}

Json ArbitraryObject(int depth);

Json ArbitraryValue(int depth) {
  switch (*rc::gen::element(0, 1, 2, 3, 4, 4)) {  // objects twice as often
    case 0:
      return nullptr;
    case 1:
      return *rc::gen::element(1, 2);
    case 2:
      return "text";
    case 3:
      return Json::array({1, nullptr});
    default:
      return depth > 0 ? ArbitraryObject(depth - 1) : Json::object();
  }
}

// Small documents with shared keys and nulls.
Json ArbitraryObject(int depth) {
  Json object = Json::object();
  for (const char* key : {"a", "b", "c/d"}) {
    if (*rc::gen::element(0, 1, 1) == 1) object[key] = ArbitraryValue(depth);
  }
  return object;
}

// nlohmann's merge_patch is the reference for RFC 7386.
RC_GTEST_PROP(Config, MergesAsRfc7386, ()) {
  const Json documents[3] = {ArbitraryObject(2), ArbitraryObject(2), ArbitraryObject(2)};
  const TemporaryFolder folder;
  folder.Write("one.json", documents[0].dump());
  folder.Write("two.json", documents[1].dump());
  Json expected = Json::object();
  for (const Json& document : documents) expected.merge_patch(document);
  expected["name"] = "top";
  Json top = documents[2];
  top["extends"] = {"one.json", "two.json"};
  RC_ASSERT(ReadConfig(folder.Write("top.json", top.dump())).value == expected);
}

class Override : public ::testing::Test {
 protected:
  std::string ErrorOf(const std::string& assignment) {
    Config copy = config_;
    return folder_.ErrorOf([&] { ApplyOverride(assignment, schema_, copy); });
  }

  TemporaryFolder folder_;
  Config config_ = ReadConfig(folder_.Write(
      "a.json",
      R"({"rates":[0.1,0.2],"methods":["pca",{"name":"net","width":3}],"deep":{"x":1}})"));
  Json schema_ =
      Json::parse(R"({"properties":{"rates":{"items":{"type":"number"}},"seeds":{},"deep":{},
      "methods":{"items":{"anyOf":[{"type":"string"},{"type":"object","properties":{"name":{},"label":{}}}]}}}})");
};

TEST_F(Override, ReplacesValues) {
  for (const char* assignment : {"rates=[0.5]",
                                 "deep.x=2e-3",
                                 "seeds=[1,2]",
                                 "name=other=name",
                                 "methods.0=gauss",
                                 "methods.1.width=null",
                                 "methods.1.label=\"7\"",
                                 // Keys that the schema leaves to the plug-in; entries by name.
                                 "methods.net.height=2",
                                 "methods.gauss.size=5"}) {
    ApplyOverride(assignment, schema_, config_);
  }
  EXPECT_EQ(config_.value,
            Json::parse(R"({"name":"other=name","rates":[0.5],"deep":{"x":0.002},"seeds":[1,2],
                            "methods":[{"name":"gauss","size":5},
                                       {"name":"net","label":"7","height":2}]})"));
  EXPECT_EQ(config_.Where("/rates/0"), "--set: /rates/0");
  const std::string file = config_.file.string();
  EXPECT_EQ(config_.WhereWithin("/methods/1"), file + ", --set: /methods/1");
  EXPECT_EQ(config_.WhereWithin("/rates"), "--set: /rates");
}

TEST_F(Override, NamesOfEntriesMayHoldDots) {
  config_.value["methods"] = {"a", {{"name", "net"}, {"label", "a.b"}}, {{"name", "a.b.c, v1.2"}}};
  ApplyOverride("methods.a.size=1", schema_, config_);
  ApplyOverride("methods.a.b.size=2", schema_, config_);
  ApplyOverride("methods.a.b.c, v1.2.size=3", schema_, config_);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(config_.value["methods"][i].at("size"), i + 1);
}

TEST_F(Override, KeysMustExist) {
  EXPECT_EQ(ErrorOf("rats=[0.5]"),
            "--set rats=[0.5]: unknown key \"rats\"; did you mean \"rates\"?");
  EXPECT_EQ(ErrorOf("sedes=[0]"),
            "--set sedes=[0]: unknown key \"sedes\"; did you mean \"seeds\"?");
  EXPECT_EQ(ErrorOf("deep.zzzz=1"), "--set deep.zzzz=1: unknown key \"zzzz\"; known: x");
  EXPECT_EQ(ErrorOf("methods.2=x"),
            "--set methods.2=x: \"2\" is no entry of /methods, which has 2");
  EXPECT_EQ(ErrorOf("methods.nte.width=1"),
            "--set methods.nte.width=1: \"nte\" is no entry of /methods, which has 2");
  EXPECT_EQ(ErrorOf("rates.first=1"),
            "--set rates.first=1: \"first\" is no entry of /rates, which has 2");
  EXPECT_EQ(ErrorOf("rates"), "--set rates: expected KEY=VALUE, for instance --set rates=[0.25]");
  EXPECT_EQ(ErrorOf("=1"), "--set =1: expected KEY=VALUE, for instance --set rates=[0.25]");
}

}  // namespace
}  // namespace chaosense
