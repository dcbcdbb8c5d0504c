#include "core/chaos/external_generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"

namespace chaosense {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

ExternalGenerator Script(const std::string& script, double timeout_s = 20) {
  return {Json{"/bin/sh", "-c", script, "sh", "{seed}", "{bytes}"}, timeout_s, "generator"};
}

std::string Text(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

TEST(ExternalGenerator, GivesWhatTheProgramPrints) {
  EXPECT_EQ(Text(Script("printf 'seed %s, %s bytes, ignored' $1 $2").Generate(16, 42)),
            "seed 42, 16 byte");
}

TEST(ExternalGenerator, AnEndlessProgramIsStopped) {
  const Bytes bytes = Script("while :; do printf abcdefgh; done").Generate(200'000, 0);
  ASSERT_EQ(bytes.size(), 200'000U);
  EXPECT_EQ(Text(Bytes(bytes.end() - 8, bytes.end())), "abcdefgh");
}

TEST(ExternalGenerator, FailuresAreSaid) {
  const auto generate = [](const std::string& script, double timeout_s = 20) {
    return [=] { Script(script, timeout_s).Generate(100, 0); };
  };
  EXPECT_THAT(generate("printf short"),
              ThrowsMessage<Error>("generator: /bin/sh: printed 5 bytes, expected 100"));
  EXPECT_THAT(generate("echo broken >&2; exit 3"),
              ThrowsMessage<Error>("generator: /bin/sh: exit code 3: broken"));
  EXPECT_THAT(generate("sleep 30", 0.2), ThrowsMessage<Error>(HasSubstr("timed out")));
  EXPECT_THAT([] { ExternalGenerator("gen {sed}", 1, "x"); },
              ThrowsMessage<Error>(HasSubstr("did you mean \"seed\"")));
}

TEST(ExternalGenerator, IsAKeystream) {
  ExternalKeystream stream(Script("printf '\\377\\200\\0\\0\\0\\0\\0\\0'"), 8, 0);
  EXPECT_EQ(stream.NextByte(), 255);
  EXPECT_EQ(stream.NextReal(), 0.5);
  EXPECT_THROW(stream.NextByte(), Error);
}

}  // namespace
}  // namespace chaosense
