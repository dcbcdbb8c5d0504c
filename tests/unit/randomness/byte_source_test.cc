#include "core/randomness/byte_source.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "core/base/random.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

class ByteSourceTest : public ::testing::Test {
 protected:
  ByteSourceTest() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "chaosense_bytes_XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~ByteSourceTest() override { std::filesystem::remove_all(path_); }
  std::string Write(const std::string& text) const {
    std::ofstream(path_ / "f", std::ios::binary) << text;
    return (path_ / "f").string();
  }
  std::filesystem::path path_;
};

TEST_F(ByteSourceTest, DigitsSkipWhiteSpaceAndMayEndWithinAByte) {
  const auto source = OpenDigits(Write("  1100 1001\r\n00001111\n101"));
  Bytes bytes(10);
  ASSERT_EQ(source->Read(bytes), 3U);
  EXPECT_EQ(bytes[0], 0xc9);
  EXPECT_EQ(bytes[1], 0x0f);
  EXPECT_EQ(bytes[2], 0xa0);
  EXPECT_EQ(source->LastBits(), 3);
  EXPECT_EQ(source->Read(bytes), 0U);
}

TEST_F(ByteSourceTest, OtherCharactersAreNamedWithTheirPlace) {
  Bytes bytes(10);
  try {
    OpenDigits(Write("0101\n01x"))->Read(bytes);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("'x' at offset 7 is neither 0, 1 nor white space"));
  }
  try {
    OpenDigits(Write(std::string("01\xff", 3)))->Read(bytes);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("byte 0xff at offset 2"));
  }
}

TEST_F(ByteSourceTest, MissingFilesAndFolders) {
  try {
    OpenBinary((path_ / "none").string());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kData);
  }
  EXPECT_THROW(OpenBinary(path_.string()), Error);
}

TEST_F(ByteSourceTest, ReaderCutsWithoutGaps) {
  RandomStream random("reader");
  const Bytes bytes = random.RandomBytes(3000000);
  const auto source = MakeMemorySource("memory", bytes);
  BitReader reader(*source);
  size_t at = reader.Skip(13);
  ASSERT_EQ(at, 13U);
  for (const size_t length : {1, 7, 64, 1000003, 8, 3, 20000001}) {
    const BitSequence got = reader.Next(length);
    const size_t left = std::min<size_t>(length, 8 * bytes.size() - at);
    const BitSequence expected = BitSequence::FromBytes(bytes, left, at);
    ASSERT_EQ(got.size(), left);
    EXPECT_TRUE(std::equal(got.words().begin(), got.words().end(), expected.words().begin()));
    at += left;
  }
  EXPECT_GT(reader.Skip(1 << 30), 0U);
  EXPECT_EQ(reader.Next(5).size(), 0U);
}

TEST_F(ByteSourceTest, ReaderKeepsTheDigitsAfterTheLastWholeByte) {
  const auto source = OpenDigits(Write("11111111 0110 1"));
  BitReader reader(*source);
  EXPECT_EQ(reader.Next(6).size(), 6U);
  const BitSequence rest = reader.Next(100);
  ASSERT_EQ(rest.size(), 7U);
  EXPECT_EQ(rest.Window(0, 7), 0b1011011U);
}

}  // namespace
}  // namespace chaosense
