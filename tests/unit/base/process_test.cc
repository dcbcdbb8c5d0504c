// Programs here are /bin/sh scripts given as arguments: the shell is the program under test, not a
// part of how it is started.
#include "core/base/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "core/base/error.h"
#include "core/base/scratch_folder.h"
#include "core/base/signals.h"

namespace chaosense {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

ProcessOptions Script(const std::string& script, std::vector<std::string> arguments = {}) {
  ProcessOptions options;
  options.arguments = {"/bin/sh", "-c", script, "sh"};
  options.arguments.insert(options.arguments.end(), arguments.begin(), arguments.end());
  options.timeout_s = 20;
  return options;
}

std::string Text(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

// Whether this process has a child that has ended and was not waited for.
bool HasZombie() { return ::waitpid(-1, nullptr, WNOHANG) > 0; }

// The number in a file that a program is about to write.
pid_t NumberIn(const std::filesystem::path& file) {
  pid_t number = 0;
  for (int i = 0; i < 500 && number == 0; ++i) {
    std::ifstream(file) >> number;
    if (number == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_GT(number, 0) << file;
  return number;
}

// Whether a process that is no child of ours ends soon. Whoever adopted it may still have to reap
// it.
bool Ends(pid_t process) {
  for (int i = 0; i < 200; ++i) {
    std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
    std::string number, name, state = "gone";
    stat >> number >> name >> state;
    if (state == "gone" || state == "Z" || state == "X") return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

TEST(Process, OutputErrorAndExitCodeComeBack) {
  const ProcessResult result = RunProcess(Script("printf out; printf 'a\\nlast\\n' >&2; exit 3"));
  EXPECT_EQ(Text(result.output), "out");
  EXPECT_EQ(result.error, "a\nlast\n");
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.signal, 0);
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(result.Failure(), "exit code 3: last");
  EXPECT_TRUE(RunProcess(Script("exit 0")).ok());
  EXPECT_FALSE(HasZombie());
}

TEST(Process, ArgumentsArePassedUntouched) {
  const std::string odd = "a b'\"$HOME`id`;|*\n\\";
  EXPECT_EQ(Text(RunProcess(Script("printf '%s' \"$1\"", {odd})).output), odd);
}

TEST(Process, ProgramsAreLookedUpInPath) {
  ProcessOptions options;
  options.arguments = {"sh", "-c", "printf found"};
  EXPECT_EQ(Text(RunProcess(options).output), "found");
  EXPECT_TRUE(FindProgram("sh").is_absolute());
  EXPECT_TRUE(FindProgram("no-such-program-here").empty());
}

TEST(Process, WhatCannotBeStartedIsSaid) {
  ProcessOptions options;
  options.arguments = {"no-such-program-here"};
  EXPECT_THAT([&] { RunProcess(options); },
              ThrowsMessage<Error>("no-such-program-here: no such program in PATH"));
  options.arguments = {"./no-such-program-here"};
  EXPECT_THAT([&] { RunProcess(options); }, ThrowsMessage<Error>(HasSubstr("not executable")));
  const ScratchFolder folder;
  std::ofstream(folder.path() / "plain.txt") << "not a program";
  options.arguments = {(folder.path() / "plain.txt").string()};
  EXPECT_THAT([&] { RunProcess(options); }, ThrowsMessage<Error>(HasSubstr("not executable")));
  ::chmod((folder.path() / "plain.txt").c_str(), 0700);  // executable, but no program
  EXPECT_THAT([&] { RunProcess(options); }, ThrowsMessage<Error>(HasSubstr("cannot be started")));
  options = Script("exit 0");
  options.folder = folder.path() / "missing";
  EXPECT_THAT([&] { RunProcess(options); }, ThrowsMessage<Error>(HasSubstr("no such folder")));
  options.folder.clear();
  options.input = folder.path() / "missing.bin";
  EXPECT_THAT([&] { RunProcess(options); }, ThrowsMessage<Error>(HasSubstr("missing.bin")));
  EXPECT_FALSE(HasZombie());
}

TEST(Process, InputIsBytesAFileOrNothing) {
  ProcessOptions options = Script("cat");
  EXPECT_EQ(Text(RunProcess(options).output), "");
  Bytes big(3 << 20);
  for (size_t i = 0; i < big.size(); ++i) big[i] = static_cast<uint8_t>(i * 31 >> 3);
  options.input = big;
  options.output_limit = big.size();
  EXPECT_EQ(RunProcess(options).output, big);
  const ScratchFolder folder;
  std::ofstream(folder.path() / "in.txt") << "from a file";
  options.input = folder.path() / "in.txt";
  EXPECT_EQ(Text(RunProcess(options).output), "from a file");
  options = Script("exit 0");
  options.input = big;  // never read
  EXPECT_TRUE(RunProcess(options).ok());
}

TEST(Process, FolderAndEnvironmentAreItsOwn) {
  const ScratchFolder folder;
  ProcessOptions options = Script("pwd -P; printf %s \"$CHAOSENSE_PROCESS_TEST\"");
  options.folder = folder.path();
  options.environment = {{"CHAOSENSE_PROCESS_TEST", "a value"}};
  EXPECT_EQ(Text(RunProcess(options).output),
            std::filesystem::canonical(folder.path()).string() + "\na value");
}

TEST(Process, OutputBeyondTheLimitIsDroppedAndErrorKeepsItsEnd) {
  ProcessOptions options =
      Script("i=0; while [ $i -lt 20000 ]; do echo 0123456789; echo e$i >&2; i=$((i+1)); done");
  options.output_limit = 1000;
  options.error_limit = 100;
  const ProcessResult result = RunProcess(options);
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(result.output.size(), 1000U);
  EXPECT_TRUE(result.output_cut);
  EXPECT_EQ(result.error.size(), 100U);
  EXPECT_TRUE(result.error.ends_with("e19999\n"));
}

TEST(Process, AnEndlessGeneratorIsStoppedAtTheLimit) {
  ProcessOptions options = Script("while :; do printf 0123456789abcdef; done");
  options.output_limit = 100'000;
  options.stop_at_limit = true;
  const ProcessResult result = RunProcess(options);
  EXPECT_EQ(result.output.size(), 100'000U);
  EXPECT_TRUE(result.stopped_at_limit);
  EXPECT_FALSE(result.timed_out);
  EXPECT_FALSE(HasZombie());
}

TEST(Process, ATimeoutEndsTheProgramAndItsDescendants) {
  const ScratchFolder folder;
  ProcessOptions options = Script("sleep 60 & echo $! > pid; wait");
  options.folder = folder.path();
  options.timeout_s = 0.3;
  const ProcessResult result = RunProcess(options);
  EXPECT_TRUE(result.timed_out);
  EXPECT_FALSE(result.ok());
  EXPECT_LT(result.seconds, 5);
  EXPECT_THAT(result.Failure(), HasSubstr("timed out after 0."));
  EXPECT_TRUE(Ends(NumberIn(folder.path() / "pid")));
  EXPECT_FALSE(HasZombie());
}

TEST(Process, NothingOutlivesUsEvenIfWeAreKilled) {
  const ScratchFolder folder;
  const pid_t us = ::fork();
  if (us == 0) {
    ProcessOptions options = Script("echo $$ > own; sleep 60 & echo $! > child; wait");
    options.folder = folder.path();
    RunProcess(options);
    ::_exit(0);
  }
  const pid_t child = NumberIn(folder.path() / "child"), own = NumberIn(folder.path() / "own");
  ::kill(us, SIGKILL);
  ::waitpid(us, nullptr, 0);
  EXPECT_TRUE(Ends(own));
  EXPECT_TRUE(Ends(child));
}

TEST(Process, AProgramThatIgnoresTerminationIsKilled) {
  ProcessOptions options = Script("trap '' TERM; while :; do :; done");
  options.timeout_s = 0.2;
  const ProcessResult result = RunProcess(options);
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.signal, SIGKILL);
  EXPECT_LT(result.seconds, 5);
}

TEST(Process, ASignalIsReported) {
  const ProcessResult result = RunProcess(Script("kill -SEGV $$"));
  EXPECT_EQ(result.signal, SIGSEGV);
  EXPECT_EQ(result.exit_code, -1);
  EXPECT_FALSE(result.ok());
  EXPECT_THAT(result.Failure(), HasSubstr("ended by signal 11"));
}

TEST(Process, ABackgroundDescendantDoesNotHoldUsUp) {
  const ProcessResult result = RunProcess(Script("sleep 30 & printf done"));
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(Text(result.output), "done");
  EXPECT_LT(result.seconds, 10);
}

TEST(Process, ClosedPipesDoNotEndTheWait) {
  const ProcessResult result = RunProcess(Script("exec >&- 2>&-; sleep 0.2; exit 7"));
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_GE(result.seconds, 0.15);
}

TEST(Process, BrokenPipesEndItAsUsual) {
  // We ignore SIGPIPE; programs that we start must not.
  EXPECT_EXIT(
      {
        InstallSignalHandlers();
        const ProcessResult result =
            RunProcess(Script("sh -c 'kill -PIPE $$; exit 0'; printf %s $?"));
        ::_exit(Text(result.output) == "141" ? 0 : 1);
      },
      testing::ExitedWithCode(0),
      "");
}

TEST(Process, OurInterruptionEndsIt) {
  EXPECT_EXIT(
      {
        InstallSignalHandlers();
        std::thread interrupter([] {
          std::this_thread::sleep_for(std::chrono::milliseconds(200));
          ::kill(::getpid(), SIGINT);
        });
        try {
          RunProcess(Script("sleep 60"));
        } catch (const Error& error) {
          interrupter.join();
          ::_exit(error.exit_code());
        }
        ::_exit(1);
      },
      testing::ExitedWithCode(130),
      "");
}

}  // namespace
}  // namespace chaosense
