// A cipher that is another program, in any language: files in, files out; or, with "serve", one
// process that answers many questions (served_cipher.h), many times as fast.
//
// With files, each call makes a temporary folder of its own and runs the command without a shell,
// with
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
// up to kMostExtra bytes longer, and what is longer travels as the tag. A cipher that declares
// "authenticated" rejects a ciphertext by an exit code other than 0 (1 when it serves).
#ifndef CHAOSENSE_CORE_CIPHER_EXTERNAL_CIPHER_H_
#define CHAOSENSE_CORE_CIPHER_EXTERNAL_CIPHER_H_

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/external_command.h"
#include "core/cipher/cipher.h"
#include "core/cipher/served_cipher.h"

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
  // the program does not exist or an authenticated one rejects, Error(kInterrupted) on SIGINT.
  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest& nonce) const override;
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest& nonce) const override;

 private:
  enum class Format { kRaw, kPng, kPnm };
  struct Call;

  // What of the program's output becomes of an image of `shape`.
  Ciphertext RunWithFiles(bool encrypting,
                          const Ciphertext& input,
                          std::span<const uint8_t> key,
                          const Digest& nonce) const;
  Ciphertext AskServed(bool encrypting,
                       const Ciphertext& input,
                       std::span<const uint8_t> key,
                       const Digest& nonce) const;
  size_t MostBytes(Shape shape, bool encrypting) const;
  // Splits what the program gave; throws Error(kRun) if it has another size.
  Ciphertext Take(Bytes bytes, uintmax_t size, Shape shape, bool encrypting) const;
  void RequireGood(const ProcessResult& result, bool encrypting, const std::string& program) const;
  void Write(const ImageU8& image, const Bytes& extra, const std::filesystem::path& path) const;
  Ciphertext Read(const std::filesystem::path& path, Shape shape, bool encrypting) const;
  std::string Ending(Shape shape) const;

  ExternalCommand encrypt_;
  ExternalCommand decrypt_;
  ExternalCommand serve_;
  std::unique_ptr<ServedCipher> served_;  // null: files
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
