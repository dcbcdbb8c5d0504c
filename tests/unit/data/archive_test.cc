#include "core/data/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/error.h"
#include "tests/unit/data/test_archive.h"
#include "tests/unit/data/test_folder.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;
using Members = std::map<std::string, std::string>;

Members ReadAll(const std::filesystem::path& path, int64_t most = 1 << 20) {
  Members found;
  ReadArchive(
      path,
      most,
      [](const std::string&) { return true; },
      [&](const std::string& member, const Bytes& content) {
        found[member] = std::string(content.begin(), content.end());
      });
  return found;
}

class ArchiveFormat : public ::testing::TestWithParam<const char*> {};

TEST_P(ArchiveFormat, MembersComeBack) {
  const TestFolder folder;
  const Members members = {
      {"a/one.txt", "one"}, {"a/two.bin", std::string(100000, '\x07')}, {"empty", ""}};
  WriteTestArchive(folder / "x", GetParam(), {members.begin(), members.end()});
  EXPECT_EQ(ReadAll(folder / "x"), members);
}

INSTANTIATE_TEST_SUITE_P(Formats, ArchiveFormat, ::testing::Values("tgz", "tar", "zip"));

TEST(Archive, OnlyWantedMembersAreRead) {
  const TestFolder folder;
  WriteTestArchive(folder / "x", "tgz", {{"./a", "1"}, {"../../b", "2"}, {"/c", "3"}});
  std::vector<std::string> seen;
  Members found;
  ReadArchive(
      folder / "x",
      10,
      [&](const std::string& member) {
        seen.push_back(member);
        return member == "a";
      },
      [&](const std::string& member, const Bytes& content) {
        found[member] = std::string(content.begin(), content.end());
      });
  EXPECT_EQ(found, (Members{{"a", "1"}}));
  EXPECT_EQ(seen, (std::vector<std::string>{"a", "../../b", "/c"}));
}

TEST(Archive, LinksAreNoFiles) {
  const TestFolder folder;
  WriteTestArchive(folder / "x", "tar", {{"a", "1"}}, "link");
  EXPECT_EQ(ReadAll(folder / "x"), (Members{{"a", "1"}}));
}

TEST(Archive, LongMembersAreRefused) {
  const TestFolder folder;
  WriteTestArchive(folder / "x", "tgz", {{"a", std::string(5000, 'x')}});
  EXPECT_EQ(ReadAll(folder / "x", 5000).size(), 1u);
  EXPECT_THROW(ReadAll(folder / "x", 4999), Error);
}

TEST(Archive, DamagedAndForeignFilesAreRefused) {
  const TestFolder folder;
  EXPECT_THROW(ReadAll(folder / "missing"), Error);
  WriteText(folder / "page", "<!DOCTYPE html><html>moved</html>");
  EXPECT_THROW(ReadAll(folder / "page"), Error);
  std::string content;
  for (int i = 0; i < 20000; ++i) content += static_cast<char>(i * i >> 3);
  WriteTestArchive(folder / "x", "tgz", {{"a", content}});
  const std::string whole = ReadText(folder / "x");
  for (const size_t size : {whole.size() / 4, whole.size() / 2, whole.size() * 3 / 4}) {
    WriteText(folder / "cut", whole.substr(0, size));
    EXPECT_THROW(ReadAll(folder / "cut"), Error) << size;
  }
}

RC_GTEST_PROP(Archive, AnyBytesAreReadOrRefused, (const std::string& bytes)) {
  const TestFolder folder;
  WriteText(folder / "x", bytes);
  try {
    ReadAll(folder / "x");
  } catch (const Error& error) {
    RC_ASSERT(error.kind() == ErrorKind::kData);
  }
}

}  // namespace
}  // namespace chaosense
