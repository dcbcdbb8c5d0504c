#include "core/harness/plugin_choices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/harness/schema_check.h"

namespace chaosense {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(PluginChoices, AProgramIsACipherUnderItsOwnName) {
  const Json program = {{"encrypt", "enc {in} {out}"}, {"decrypt", "dec {in} {out}"}};
  for (const Json& entry : {Json{{"name", "mine"}, {"external", program}},
                            Json{{"cipher", {{"name", "mine"}, {"external", program}}}},
                            Json{{"cipher", {{"external", program}}}, {"label", "mine"}}}) {
    const PluginChoice choice = ParsePluginChoice(entry);
    EXPECT_EQ(choice.name, "external");
    EXPECT_EQ(choice.label, "mine");
    EXPECT_EQ(choice.parameters, program);
  }
  EXPECT_EQ(ParsePluginChoice(Json{{"cipher", {{"external", program}}}}).label, "external");
  // A key beside "external" is no parameter that goes unnoticed.
  EXPECT_TRUE(ParsePluginChoice(Json{{"external", program}, {"timeout", 5}})
                  .parameters.contains("timeout"));
}

TEST(PluginChoices, AWrappedCipherIsTheCipher) {
  const PluginChoice choice =
      ParsePluginChoice({{"cipher", {{"name", "map_cipher"}, {"map", "tent"}}}, {"label", "t"}});
  EXPECT_EQ(choice.name, "map_cipher");
  EXPECT_EQ(choice.label, "t");
  EXPECT_EQ(choice.parameters, Json({{"map", "tent"}}));
}

TEST(PluginChoices, AnEntryWithoutANameIsRefused) {
  EXPECT_THAT(
      [] {
        ParsePluginChoice({{"label", "x"}}, "c.json: /ciphers/0");
      },
      ThrowsMessage<Error>("c.json: /ciphers/0: missing key \"name\""));
}

TEST(PluginChoices, TheSchemaTakesProgramsWhereItShould) {
  const Json with = PluginChoiceSchema({}, PluginKind::kCipher);
  EXPECT_FALSE(FirstIssue(with, {{"name", "mine"}, {"external", Json::object()}}));
  EXPECT_FALSE(FirstIssue(with, {{"cipher", {{"external", Json::object()}}}}));
  EXPECT_TRUE(FirstIssue(with, {{"external", "enc {in} {out}"}}));
  EXPECT_TRUE(FirstIssue(with, 5));
  const Json method = PluginChoiceSchema({}, PluginKind::kMethod);
  EXPECT_FALSE(FirstIssue(method, {{"name", "mine"}, {"external", Json::object()}}));
  EXPECT_TRUE(FirstIssue(method, {{"external", "enc {in} {out}"}}));
  // For editors: a known name, or a program, or a wrapped entry.
  const Json published = PluginChoiceSchema({"paper"}, PluginKind::kCipher);
  ASSERT_EQ(published["anyOf"].size(), 4U);
  EXPECT_EQ(published["anyOf"][2]["required"], Json{"external"});
  EXPECT_EQ(published["anyOf"][3]["required"], Json{"cipher"});
  EXPECT_EQ(PluginChoiceSchema({"damp"}, PluginKind::kMethod)["anyOf"].size(), 3U);
}

}  // namespace
}  // namespace chaosense
