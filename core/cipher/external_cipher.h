// A cipher that is another program, in any language: files in, files out.
//
// Each call makes a temporary folder of its own and runs the command without a shell, with
//   {in}       file to read: the image (to encrypt) or the ciphertext (to decrypt)
//   {out}      file to write
//   {key}      file with the key's 32 bytes as 64 hexadecimal digits and a line end (a file, since
//              other users see a program's arguments)
//   {nonce}    the nonce's 32 bytes as 64 hexadecimal digits
//   {width} {height} {channels} {bytes}   of the image; bytes = channels * height * width
// The formats of both files: `raw`, the planes one after the other, row by row, 8 bits; `png`;
// `pgm` (binary PGM, or PPM for three channels).
//
// A ciphertext has the size of the image, unless "expands" is declared (raw only): then it may be
// up to kMostExtra bytes longer, and what is longer travels as the tag.
#ifndef CHAOSENSE_CORE_CIPHER_EXTERNAL_CIPHER_H_
#define CHAOSENSE_CORE_CIPHER_EXTERNAL_CIPHER_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/external_command.h"
#include "core/cipher/cipher.h"

namespace chaosense {

class ExternalCipher final : public Cipher {
 public:
  static constexpr size_t kMostExtra = 64;

  // `parameters`: resolved, see RegisterExternalCipher. Throws Error(kConfig).
  explicit ExternalCipher(const Json& parameters);

  CipherTraits traits() const override { return traits_; }
  // The commands and the SHA-256 of the files that they name.
  Json Identity() const override;

  // Throw Error(kRun) naming the command and the end of what it printed on standard error: exit
  // code other than 0, a signal, a timeout, no output, output of another size. Error(kConfig) if
  // the program does not exist, Error(kInterrupted) on SIGINT.
  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest& nonce) const override;
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest& nonce) const override;

 private:
  enum class Format { kRaw, kPng, kPnm };
  struct Call;

  void Run(const ExternalCommand& command, const Call& call, const char* what) const;
  void Write(const ImageU8& image, const Bytes& extra, const std::filesystem::path& path) const;
  // The image of shape `shape`, and what lies behind it.
  Ciphertext Read(const std::filesystem::path& path, Shape shape, const char* what) const;
  std::string Ending(Shape shape) const;

  ExternalCommand encrypt_;
  ExternalCommand decrypt_;
  double timeout_s_;
  Format format_;
  bool expands_;
  std::vector<std::string> files_;
  CipherTraits traits_;
};

// `external`: its commands are parameters. Not among RegisterBuiltinCiphers, since it is no cipher
// before a command is given.
void RegisterExternalCipher(CipherRegistry& registry);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_EXTERNAL_CIPHER_H_
