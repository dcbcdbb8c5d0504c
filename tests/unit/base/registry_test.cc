#include "core/base/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chaosense {
namespace {

using ::testing::HasSubstr;

PluginInfo Info() {
  PluginInfo info;
  info.name = "henon";
  info.parameters = {
      {"a", {{"type", "number"}, {"minimum", 0}, {"maximum", 2}, {"default", 1.4}}},
      {"mode", {{"type", "string"}, {"enum", {"fast", "slow"}}, {"default", "fast"}}}};
  return info;
}

std::string MessageOf(const Json& given) {
  try {
    ResolveParameters(Info(), given, "c.json: /maps/0");
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kConfig);
    return e.what();
  }
  return "no error";
}

TEST(ResolveParameters, FillsDefaults) {
  EXPECT_EQ(ResolveParameters(Info(), {{"a", 1}}, ""), (Json{{"a", 1}, {"mode", "fast"}}));
}

TEST(ResolveParameters, ErrorsNamePlaceValueAndWhatIsAllowed) {
  EXPECT_EQ(MessageOf({{"a", 3}}), "c.json: /maps/0/a: 3 is out of range, expected at most 2");
  EXPECT_EQ(MessageOf({{"a", "x"}}),
            "c.json: /maps/0/a: \"x\" has the wrong type, expected number");
  EXPECT_THAT(MessageOf({{"mod", "fast"}}),
              HasSubstr("/maps/0/mod: unknown key; did you mean \"mode\"?"));
  EXPECT_THAT(MessageOf({{"mode", "fats"}}), HasSubstr("did you mean \"fast\"?"));
}

TEST(Registry, UnknownNameSuggestsTheNearest) {
  Registry<int> registry("map");
  registry.Register(Info(), [](const Json&) { return std::make_unique<int>(1); });
  EXPECT_EQ(registry.Names(), std::vector<std::string>{"henon"});
  EXPECT_EQ(*registry.Create("henon"), 1);
  try {
    registry.Create("heron", Json::object(), "c.json: /maps/0");
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_STREQ(e.what(),
                 "c.json: /maps/0: unknown map \"heron\"; did you mean \"henon\"? known: henon");
  }
}

TEST(Registry, RefusesAName_Twice) {
  Registry<int> registry("map");
  const auto make = [](const Json&) { return std::make_unique<int>(1); };
  registry.Register(Info(), make);
  EXPECT_THROW(registry.Register(Info(), make), InternalError);
}

}  // namespace
}  // namespace chaosense
