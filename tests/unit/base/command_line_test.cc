#include "core/base/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"

namespace chaosense {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(CommandLine, WordsAndQuotes) {
  EXPECT_THAT(SplitCommandLine("  octave  enc.m\t{in} ", "x"),
              ElementsAre("octave", "enc.m", "{in}"));
  EXPECT_THAT(SplitCommandLine(R"(a 'b c' "d \"e\" \n" f\ g '' h"i"'j')", "x"),
              ElementsAre("a", "b c", R"(d "e" \n)", "f g", "", "hij"));
  EXPECT_THAT(SplitCommandLine("awk '{print $1}' $HOME *", "x"),
              ElementsAre("awk", "{print $1}", "$HOME", "*"));
}

TEST(CommandLine, MistakesAreSaid) {
  const auto split = [](const char* text) {
    return [text] { return SplitCommandLine(text, "c.json: /ciphers/0"); };
  };
  EXPECT_THAT(split(" "), ThrowsMessage<Error>("c.json: /ciphers/0: the command is empty"));
  EXPECT_THAT(split("a 'b"), ThrowsMessage<Error>(HasSubstr("a ' is never closed")));
  EXPECT_THAT(split("a \"b"), ThrowsMessage<Error>(HasSubstr("a \" is never closed")));
  EXPECT_THAT(split("a \\"), ThrowsMessage<Error>(HasSubstr("ends in a backslash")));
  for (const char* shell : {"a | b", "a > b", "a 2>&1", "a && b", "a ; b", "a 2> b", "a <b"}) {
    if (std::string(shell) == "a 2>&1" || std::string(shell) == "a <b") {
      EXPECT_NO_THROW(split(shell)()) << "not an operator alone: passed on";
    } else {
      EXPECT_THAT(split(shell), ThrowsMessage<Error>(HasSubstr("needs a shell"))) << shell;
    }
  }
  EXPECT_THAT(SplitCommandLine("grep '|' \";\" \\>", "x"), ElementsAre("grep", "|", ";", ">"));
}

TEST(CommandLine, PlaceholdersAreFilledWordByWord) {
  EXPECT_THAT(
      FillPlaceholders({"--in={in}", "{in}{out}", "{{in}}", "{print $1}", "{", "{}", "{In}"},
                       {{"in", "a b {out}"}, {"out", "'x'"}},
                       "x"),
      ElementsAre("--in=a b {out}", "a b {out}'x'", "{in}", "{print $1}", "{", "{}", "{In}"));
  EXPECT_THAT(PlaceholdersIn({"{in} {in}", "{key}", "{{out}}"}), ElementsAre("in", "key"));
}

TEST(CommandLine, AnUnknownPlaceholderIsRefused) {
  EXPECT_THAT(
      [] {
        FillPlaceholders({"{width}", "{widht}"}, {{"width", "1"}}, "c.json");
      },
      ThrowsMessage<Error>(
          "c.json: unknown placeholder {widht}; did you mean \"width\"? known: width"));
}

}  // namespace
}  // namespace chaosense
