#include "core/base/served_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/error.h"
#include "core/base/scratch_folder.h"

namespace chaosense {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Answers with the question's bytes in reverse; `extra` are lines of Python with `question` and
// `answer` at hand, before the answer is written.
class ServedProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    if (FindProgram("python3").empty()) GTEST_SKIP() << "no python3";
  }
  ProcessOptions Server(const std::string& extra, double timeout_s = 20) const {
    const auto script = folder_.path() / "server.py";
    std::ofstream(script) << "import os, struct, sys, time\n"
                             "source, target = sys.stdin.buffer, sys.stdout.buffer\n"
                             "count = 0\n"
                             "while header := source.read(4):\n"
                             "    question = source.read(struct.unpack('<I', header)[0])\n"
                             "    count += 1\n"
                             "    answer = question[::-1]\n"
                             "    size = len(answer)\n"
                          << extra
                          << "    target.write(struct.pack('<I', size) + answer)\n"
                             "    target.flush()\n"
                             "open('ended', 'w').close()\n";
    ProcessOptions options;
    options.arguments = {"python3", script.string()};
    options.folder = folder_.path();
    options.timeout_s = timeout_s;
    return options;
  }
  static std::string ErrorOf(ServedProgram& program, const Bytes& question) {
    try {
      program.Ask(question, 100);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kRun);
      return error.what();
    }
    return "answered";
  }

  ScratchFolder folder_;
};

TEST_F(ServedProgramTest, OneProcessAnswersManyQuestions) {
  {
    ServedProgram program(Server(""));
    EXPECT_EQ(program.starts(), 0);
    for (uint8_t i = 0; i < 100; ++i) EXPECT_EQ(program.Ask(Bytes{i, 1, 2}, 100), (Bytes{2, 1, i}));
    EXPECT_EQ(program.Ask({}, 100), Bytes());
    // More than any pipe holds, in both directions.
    Bytes large(5'000'000, 7);
    large[0] = 1;
    const Bytes answer = program.Ask(large, large.size());
    EXPECT_EQ(answer.size(), large.size());
    EXPECT_EQ(answer.back(), 1);
    EXPECT_EQ(program.starts(), 1);
  }
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "ended")) << "it saw the end of its input";
}

TEST_F(ServedProgramTest, OneThatEndsBetweenQuestionsIsStartedAgain) {
  ServedProgram program(Server("    if count == 3: sys.exit('tired')\n"));
  for (uint8_t i = 0; i < 6; ++i) EXPECT_EQ(program.Ask(Bytes{i, 9}, 100), (Bytes{9, i}));
  EXPECT_EQ(program.starts(), 3);
}

TEST_F(ServedProgramTest, OneThatAlwaysEndsIsAnError) {
  ServedProgram program(Server("    if question == b'a': sys.exit('no a')\n"));
  EXPECT_THAT(ErrorOf(program, {'a'}), HasSubstr("ended without an answer: exit code 1: no a"));
  EXPECT_EQ(program.starts(), 1) << "it had answered nothing: not asked again";
  EXPECT_EQ(program.Ask(Bytes{'b'}, 100), Bytes{'b'});
  EXPECT_THAT(ErrorOf(program, {'a'}), HasSubstr("no a"));
  EXPECT_EQ(program.Ask(Bytes{'b'}, 100), Bytes{'b'}) << "and it goes on";
}

TEST_F(ServedProgramTest, TimeoutsAndBadFramesAreErrorsAndTheNextQuestionIsAsked) {
  ServedProgram slow(Server("    if question == b'a': time.sleep(30)\n", 3));
  EXPECT_THAT(ErrorOf(slow, {'a'}), HasSubstr("no answer within 3 s"));
  EXPECT_EQ(slow.Ask(Bytes{'b'}, 100), Bytes{'b'});
  ServedProgram large(Server("    size = 101 if question == b'a' else 1\n"));
  EXPECT_THAT(ErrorOf(large, {'a'}),
              AllOf(HasSubstr("announces an answer of 101 bytes"), HasSubstr("at most 100")));
  EXPECT_EQ(large.Ask(Bytes{'b'}, 100), Bytes{'b'});
  ServedProgram talks(Server("    answer += b'more'\n"));
  EXPECT_THAT(ErrorOf(talks, {'a'}), HasSubstr("says more than its answer"));
}

TEST(ServedProgram, AMissingProgramIsAConfigError) {
  ProcessOptions options;
  options.arguments = {"no-such-program"};
  ServedProgram program(options);
  try {
    program.Ask(Bytes{1}, 10);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_THAT(error.what(), HasSubstr("no-such-program: no such program in PATH"));
  }
}

}  // namespace
}  // namespace chaosense
