#include "core/base/external_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/error.h"
#include "core/base/scratch_folder.h"

namespace chaosense {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(ExternalCommand, TextAndArrayMeanTheSame) {
  const ExternalCommand text("prog 'a b' {in}", {"in", "out"}, "x");
  const ExternalCommand array(Json{"prog", "a b", "{in}"}, {"in", "out"}, "x");
  EXPECT_EQ(text.Identity(), array.Identity());
  EXPECT_TRUE(text.Uses("in"));
  EXPECT_FALSE(text.Uses("out"));
  const ProcessOptions options = text.Prepare({{"in", "/tmp/c d"}}, 7);
  EXPECT_THAT(options.arguments, ElementsAre("prog", "a b", "/tmp/c d"));
  EXPECT_EQ(options.timeout_s, 7);
}

TEST(ExternalCommand, MistakesAreFoundBeforeAnythingRuns) {
  const auto make = [](const Json& command) {
    return [command] { ExternalCommand(command, {"in"}, "c.json: /ciphers/0"); };
  };
  EXPECT_THAT(make("prog {inn}"), ThrowsMessage<Error>(HasSubstr("unknown placeholder {inn}")));
  EXPECT_THAT(make("prog | cat"), ThrowsMessage<Error>(HasSubstr("needs a shell")));
  EXPECT_THAT(make(5), ThrowsMessage<Error>(HasSubstr("5 is no command")));
  EXPECT_THAT(make(Json::array()), ThrowsMessage<Error>(HasSubstr("is no command")));
  EXPECT_THAT(make(Json{"prog", 5}), ThrowsMessage<Error>(HasSubstr("is no command")));
}

TEST(ExternalCommand, IdentityFollowsTheScriptsContent) {
  const ScratchFolder folder;
  const std::string script = (folder.path() / "enc.py").string();
  std::ofstream(script) << "one";
  const ExternalCommand command(Json{"python3", script, "{in}"}, {"in"}, "x");
  const Json before = command.Identity();
  // SHA-256 of "one".
  EXPECT_EQ(before["files"][script],
            "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
  EXPECT_EQ(before["files"].size(), 1U);
  std::ofstream(script) << "two";
  EXPECT_NE(command.Identity(), before);
  EXPECT_THROW(FileDigests({"no-such-file"}, "x"), Error);
}

}  // namespace
}  // namespace chaosense
