#include "core/base/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_error.h"
#include "core/base/line_appender.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

class FileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("chaosense_file_test_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(FileTest, ATemporaryFileOfAKilledProcessWithOurNumberIsInNobodysWay) {
  for (int i = 0; i < 2000; ++i)
    std::ofstream(folder_ /
                  (".chaosense.tmp" + std::to_string(::getpid()) + "." + std::to_string(i)));
  WriteFileAtomically(folder_ / "file", "x");
  EXPECT_EQ(ReadTextFile(folder_ / "file"), "x");
}

TEST_F(FileTest, AtomicWriteReplacesWholeFileAndLeavesNoTemporary) {
  const fs::path path = folder_ / "new" / "a.txt";
  WriteFileAtomically(path, "first, longer");
  WriteFileAtomically(path, "second");
  EXPECT_EQ(ReadTextFile(path), "second");
  EXPECT_EQ(std::distance(fs::directory_iterator(path.parent_path()), fs::directory_iterator()), 1);
}

TEST_F(FileTest, AppendEndsATornLineFirst) {
  const fs::path path = folder_ / "ledger.jsonl";
  AppendLineDurably(path, "one");
  std::ofstream(path, std::ios::app) << "torn";
  AppendLineDurably(path, "two");
  EXPECT_EQ(ReadTextFile(path), "one\ntorn\ntwo\n");
}

TEST_F(FileTest, FailuresNameThePath) {
  try {
    ReadFile(folder_ / "missing.bin");
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kData);
    EXPECT_NE(std::string(e.what()).find("missing.bin"), std::string::npos);
  }
  EXPECT_THROW(ReadFile(folder_), Error);
  WriteFileAtomically(folder_ / "file", "x");
  try {
    EnsureWritableFolder(folder_ / "file" / "below");
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.exit_code(), 2);
  }
}

TEST_F(FileTest, AFullDiskIsNoBadConfig) {
  const auto kind_of = [](const auto& write) {
    try {
      write();
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(": cannot "), std::string::npos) << error.what();
      return error.kind();
    }
    return ErrorKind::kTolerance;  // no error
  };
  EXPECT_EQ(kind_of([] { AppendLineDurably("/dev/full", "line"); }), ErrorKind::kRun);
  EXPECT_EQ(kind_of([] { LineAppender("/dev/full").Append("line"); }), ErrorKind::kRun);
  EXPECT_EQ(kind_of([] { WriteFileAtomically("/proc/file", "x"); }), ErrorKind::kConfig);
  EXPECT_EQ(FileError("f", "cannot write", EROFS).kind(), ErrorKind::kRun);
  EXPECT_STREQ(FileError("f", "cannot write", EACCES).what(), "f: cannot write: Permission denied");
}

TEST_F(FileTest, TemporaryFilesOfKilledProcessesAreRemoved) {
  for (const char* name : {".chaosense.tmp17.0", ".chaosense", "a.txt"})
    WriteFileAtomically(folder_ / name, "x");
  RemoveTemporaryFiles(folder_);
  EXPECT_FALSE(fs::exists(folder_ / ".chaosense.tmp17.0"));
  EXPECT_TRUE(fs::exists(folder_ / ".chaosense"));
  EXPECT_TRUE(fs::exists(folder_ / "a.txt"));
  RemoveTemporaryFiles(folder_ / "missing");
}

}  // namespace
}  // namespace chaosense
