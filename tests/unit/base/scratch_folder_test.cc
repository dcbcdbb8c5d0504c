#include "core/base/scratch_folder.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

namespace chaosense {
namespace {

namespace fs = std::filesystem;

void MakeOld(const fs::path& folder) {
  fs::last_write_time(folder, fs::file_time_type::clock::now() - std::chrono::minutes(5));
}

// A scratch folder whose process was killed, with a file in it.
fs::path Abandoned() {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const ScratchFolder folder;
    WriteScratchFile(folder.path() / "file", "text");
    const std::string path = folder.path().string();
    if (::write(ends[1], path.data(), path.size()) < 0) ::_exit(1);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  char path[4096];
  const ssize_t size = ::read(ends[0], path, sizeof(path));
  ::close(ends[0]);
  ::close(ends[1]);
  EXPECT_GT(size, 0);
  return std::string(path, static_cast<size_t>(size));
}

TEST(ScratchFolder, IsOfTheOwnerAloneAndGoesWithItsFiles) {
  fs::path path;
  {
    const ScratchFolder folder;
    path = folder.path();
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    WriteScratchFile(path / "file", "text");
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(ScratchFolder, WhatAKilledProcessLeftIsRemovedAndOneInUseStays) {
  const fs::path left = Abandoned();
  ASSERT_TRUE(fs::exists(left / "file"));
  const ScratchFolder used;
  MakeOld(used.path());
  RemoveAbandonedScratchFolders(left.parent_path());
  EXPECT_TRUE(fs::exists(left)) << "too young to judge";
  MakeOld(left);
  RemoveAbandonedScratchFolders(left.parent_path());
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(used.path()));
}

TEST(ScratchFolder, OtherFoldersAreLeftAlone) {
  const ScratchFolder parent;
  const fs::path other = parent.path() / "chaosense_data";
  fs::create_directory(other);
  MakeOld(other);
  RemoveAbandonedScratchFolders(parent.path());
  EXPECT_TRUE(fs::exists(other));
}

}  // namespace
}  // namespace chaosense
