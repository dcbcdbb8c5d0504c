// Pictures to ciphertext containers and back: what the commands encrypt and decrypt share.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_PICTURE_CODEC_H_
#define CHAOSENSE_EXPERIMENTS_CLI_PICTURE_CODEC_H_

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/cipher/container.h"
#include "core/harness/registries.h"

namespace chaosense {

// A method, fitted, and a cipher, both by name.
class PictureCodec {
 public:
  struct Choice {
    std::string method;
    Json method_parameters = Json::object();
    std::vector<std::string> fit_datasets;  // none: the committed model
    std::string cipher;
    Json cipher_parameters = Json::object();
  };

  // `where` begins messages about names and parameters. Loads networks if the method is one. Throws
  // Error(kConfig), Error(kData).
  PictureCodec(const Choice& choice,
               const FitContext& context,
               Registries& registries,
               const std::string& where);

  // `key`: the user's 32 bytes; the cipher gets one derived from it. The nonce is the SHA-256 of
  // the codes, as the audit has it, for ciphers bound to the plaintext, random for the others.
  Container Encrypt(const ImageU8& picture, std::span<const uint8_t> key) const;
  ImageU8 Decrypt(const Container& container, std::span<const uint8_t> key) const;

  // Throws Error(kConfig) if `container` was written with other weights, another revision of the
  // cipher or another chaos ABI than this codec has: decryption would give noise. `name` begins the
  // message.
  void RequireSame(const Container& container, const std::string& name) const;

 private:
  Choice choice_;  // parameters resolved
  std::unique_ptr<Reconstructor> method_;
  std::unique_ptr<Cipher> cipher_;
  std::string model_checksum_;
  int cipher_revision_ = 1;
};

// "768 x 512, 3 channels".
std::string SizeText(Shape shape);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_PICTURE_CODEC_H_
