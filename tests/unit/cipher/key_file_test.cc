#include "core/cipher/key_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "core/base/error.h"
#include "core/base/hash.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::ThrowsMessage;

class KeyFile : public testing::Test {
 protected:
  KeyFile()
      : folder_(fs::path(testing::TempDir()) / ("key_file_test_" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~KeyFile() override { fs::remove_all(folder_); }

  fs::path Write(const std::string& text) {
    const fs::path path = folder_ / "k";
    WriteFileAtomically(path, std::string_view(text));
    return path;
  }

  fs::path folder_;
};

TEST_F(KeyFile, RawAndHexadecimal) {
  const std::string raw =
      "0123456789abcdef0123456789abcde\n";  // 32 bytes: the last one belongs to the key
  EXPECT_EQ(ReadKeyFile(Write(raw)), Bytes(raw.begin(), raw.end()));
  const std::string hex = "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff";
  for (const char* end : {"", "\n", "\r\n"}) EXPECT_EQ(ReadKeyFile(Write(hex + end)), FromHex(hex));
}

TEST_F(KeyFile, OtherSizesAreRefused) {
  EXPECT_THAT([&] { ReadKeyFile(Write(std::string(20, 'k'))); },
              ThrowsMessage<Error>(
                  HasSubstr("k: key has 20 bytes, expected 32 bytes or 64 hexadecimal digits")));
  EXPECT_THAT([&] { ReadKeyFile(Write(std::string(64, 'x'))); },
              ThrowsMessage<Error>(HasSubstr("not all hexadecimal")));
  EXPECT_THAT([&] { ReadKeyFile(Write("")); }, ThrowsMessage<Error>(HasSubstr("key has 0 bytes")));
  EXPECT_THAT([&] { ReadKeyFile(Write(std::string(9999, 'a'))); },
              ThrowsMessage<Error>(HasSubstr("4096 or more")));
  EXPECT_THAT([&] { ReadKeyFile("/dev/zero"); }, ThrowsMessage<Error>(HasSubstr("4096 or more")));
}

TEST_F(KeyFile, MissingFileAndFolder) {
  EXPECT_THAT([&] { ReadKeyFile(folder_ / "none"); },
              ThrowsMessage<Error>(HasSubstr("no such key file")));
  EXPECT_THAT([&] { ReadKeyFile(folder_); }, ThrowsMessage<Error>(HasSubstr("no such key file")));
}

TEST_F(KeyFile, NewKeysArePrivateAndNeverOverwritten) {
  const fs::path path = folder_ / "new";
  const Bytes key = CreateKeyFile(path);
  EXPECT_EQ(key.size(), kKeySize);
  EXPECT_EQ(ReadKeyFile(path), key);
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_THAT([&] { CreateKeyFile(path); }, ThrowsMessage<Error>(HasSubstr("never overwritten")));
  EXPECT_EQ(ReadKeyFile(path), key);
  EXPECT_NE(CreateKeyFile(folder_ / "other"), key);
  EXPECT_THAT([&] { CreateKeyFile(folder_ / "no" / "folder"); },
              ThrowsMessage<Error>(HasSubstr("cannot be created")));
}

}  // namespace
}  // namespace chaosense
