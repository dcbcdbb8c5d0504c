#include "core/cipher/file_container.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/scratch_folder.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

class FileContainer : public testing::Test {
 protected:
  fs::path At(const char* name) const { return folder_.path() / name; }
  FileSecret Key() const { return FileSecret::FromKey(RandomStream("file key").RandomBytes(32)); }
  FileCipherOptions Options(uint64_t chunk = 16) const {
    FileCipherOptions options;
    options.chunk = chunk;
    options.existing = AtomicFile::Existing::kReplace;
    return options;
  }
  // The container of `plain`.
  Bytes Encrypted(const Bytes& plain, const FileCipherOptions& options) const {
    WriteFileAtomically(At("plain"), plain);
    FileSecret secret = Key();
    EXPECT_EQ(EncryptFile(At("plain"), At("sealed"), secret, options), plain.size());
    return ReadFile(At("sealed"));
  }
  Bytes Decrypted(const Bytes& sealed, FileSecret secret) const {
    WriteFileAtomically(At("sealed"), sealed);
    fs::remove(At("opened"));
    DecryptFile(At("sealed"), At("opened"), secret, Options());
    return ReadFile(At("opened"));
  }
  // The file is refused with an error of kind kConfig, and nothing of it is left.
  std::string ErrorOf(const Bytes& sealed, FileSecret secret) const {
    try {
      Decrypted(sealed, std::move(secret));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kConfig);
      EXPECT_FALSE(fs::exists(At("opened")));
      for (const auto& entry : fs::directory_iterator(folder_.path()))
        EXPECT_EQ(entry.path().filename().string().find(".tmp"), std::string::npos);
      return error.what();
    }
    return "no error";
  }

  ScratchFolder folder_;
};

TEST_F(FileContainer, EverySizeAroundAChunkRoundTrips) {
  RandomStream random("file sizes");
  for (const char* cipher : {"aes256_gcm", "chacha20_poly1305"}) {
    for (const size_t size : {0, 1, 15, 16, 17, 31, 32, 33, 1000}) {
      FileCipherOptions options = Options();
      options.cipher = cipher;
      const Bytes plain = random.RandomBytes(size);
      const Bytes sealed = Encrypted(plain, options);
      EXPECT_EQ(Decrypted(sealed, Key()), plain) << cipher << " " << size;
      const size_t chunks = size == 0 ? 1 : (size + 15) / 16;
      const size_t header = 12 + sealed[8] + 256 * size_t{sealed[9]};
      EXPECT_EQ(sealed.size(), header + 32 + size + 16 * chunks);
    }
  }
}

TEST_F(FileContainer, NothingRepeats) {
  const Bytes plain(64);
  const Bytes one = Encrypted(plain, Options());
  const Bytes two = Encrypted(plain, Options());
  EXPECT_NE(one, two);
  // Four equal chunks give four different ciphertexts.
  const auto chunk = [&](size_t i) {
    return Bytes(one.end() - static_cast<std::ptrdiff_t>(32 * (4 - i)),
                 one.end() - static_cast<std::ptrdiff_t>(32 * (3 - i)));
  };
  for (size_t i = 0; i < 4; ++i) {
    for (size_t j = 0; j < i; ++j) EXPECT_NE(chunk(i), chunk(j));
  }
}

TEST_F(FileContainer, EveryFlippedBitIsFound) {
  const Bytes sealed = Encrypted(RandomStream("flips").RandomBytes(40), Options());
  RandomStream random("flipped bits");
  for (size_t at = 0; at < sealed.size(); ++at) {
    Bytes changed = sealed;
    changed[at] ^= static_cast<uint8_t>(1 << random.UniformInt(8));
    EXPECT_THAT(ErrorOf(changed, Key()),
                AnyOf(HasSubstr("not an encrypted file"),
                      HasSubstr("file format version"),
                      HasSubstr("damaged"),
                      HasSubstr("passphrase")))
        << at;
  }
}

TEST_F(FileContainer, EveryTruncationAndAnAppendedByteAreFound) {
  const Bytes sealed = Encrypted(RandomStream("cuts").RandomBytes(48), Options());
  for (size_t size = 0; size < sealed.size(); ++size) {
    const Bytes cut(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_NE(ErrorOf(cut, Key()), "no error") << size;
  }
  Bytes longer = sealed;
  longer.push_back(0);
  EXPECT_THAT(ErrorOf(longer, Key()), HasSubstr("damaged: chunk"));
  longer.insert(longer.end(), sealed.end() - 32, sealed.end());
  EXPECT_THAT(ErrorOf(longer, Key()), HasSubstr("damaged: chunk"));
}

TEST_F(FileContainer, ChunksCannotChangePlacesOrFiles) {
  const Bytes sealed = Encrypted(RandomStream("swaps").RandomBytes(48), Options());
  const auto chunk = [](Bytes& bytes, size_t i) {
    return bytes.end() - static_cast<std::ptrdiff_t>(32 * (3 - i));
  };
  Bytes swapped = sealed;
  std::swap_ranges(chunk(swapped, 0), chunk(swapped, 1), chunk(swapped, 1));
  EXPECT_THAT(ErrorOf(swapped, Key()), HasSubstr("damaged: chunk 0"));
  Bytes repeated = sealed;
  std::copy(chunk(repeated, 0), chunk(repeated, 1), chunk(repeated, 1));
  EXPECT_THAT(ErrorOf(repeated, Key()), HasSubstr("damaged: chunk 1"));
  Bytes dropped = sealed;
  dropped.erase(chunk(dropped, 1), chunk(dropped, 2));
  EXPECT_THAT(ErrorOf(dropped, Key()), HasSubstr("damaged: chunk 1"));
  Bytes other = Encrypted(RandomStream("another").RandomBytes(48), Options());
  Bytes mixed = sealed;
  std::copy(chunk(other, 1), chunk(other, 2), chunk(mixed, 1));
  EXPECT_THAT(ErrorOf(mixed, Key()), HasSubstr("damaged: chunk 1"));
}

TEST_F(FileContainer, WrongSecretsAreToldFromDamage) {
  const Bytes plain = RandomStream("secrets").RandomBytes(100);
  const Bytes sealed = Encrypted(plain, Options());
  EXPECT_THAT(ErrorOf(sealed, FileSecret::FromKey(Bytes(32))),
              HasSubstr("wrong key or damaged header"));
  EXPECT_THAT(ErrorOf(sealed, FileSecret::FromPassphrase("x")),
              HasSubstr("was encrypted with a key file"));

  FileSecret secret = FileSecret::FromPassphrase("correct horse");
  EncryptFile(At("plain"), At("sealed"), secret, Options());
  const Bytes with_passphrase = ReadFile(At("sealed"));
  EXPECT_EQ(Decrypted(with_passphrase, FileSecret::FromPassphrase("correct horse")), plain);
  EXPECT_THAT(ErrorOf(with_passphrase, FileSecret::FromPassphrase("wrong horse")),
              HasSubstr("wrong passphrase or damaged header"));
  EXPECT_THAT(ErrorOf(with_passphrase, Key()), HasSubstr("was encrypted with a passphrase"));
}

TEST_F(FileContainer, ExistingFilesAreKeptUnlessToldOtherwise) {
  WriteFileAtomically(At("plain"), "new");
  WriteFileAtomically(At("sealed"), "old");
  FileSecret secret = Key();
  FileCipherOptions options = Options();
  options.existing = AtomicFile::Existing::kRefuse;
  EXPECT_THAT([&] { EncryptFile(At("plain"), At("sealed"), secret, options); },
              ThrowsMessage<Error>(HasSubstr("exists already")));
  EXPECT_EQ(ReadTextFile(At("sealed")), "old");
  {
    AtomicFile late(At("late"), AtomicFile::Existing::kRefuse);
    WriteFileAtomically(At("late"), "came first");
    EXPECT_THROW(late.Commit(), Error);
  }
  EXPECT_EQ(ReadTextFile(At("late")), "came first");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 3);
}

TEST_F(FileContainer, MissingInputsAndFoldersAreSaid) {
  FileSecret secret = Key();
  EXPECT_THROW(EncryptFile(At("missing"), At("out"), secret, Options()), Error);
  EXPECT_THAT([&] { EncryptFile(folder_.path(), At("out"), secret, Options()); },
              ThrowsMessage<Error>(HasSubstr("no regular file")));
  FileCipherOptions options = Options();
  options.cipher = "paper";
  WriteFileAtomically(At("plain"), "x");
  EXPECT_THAT([&] { EncryptFile(At("plain"), At("out"), secret, options); },
              ThrowsMessage<Error>(HasSubstr("paper cannot encrypt files")));
}

}  // namespace
}  // namespace chaosense
