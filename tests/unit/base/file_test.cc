#include "core/base/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "core/base/error.h"

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

}  // namespace
}  // namespace chaosense
