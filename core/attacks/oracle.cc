#include "core/attacks/oracle.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.h"
#include "core/base/signals.h"

namespace chaosense {

std::string NonceModeName(NonceMode mode) { return mode == NonceMode::kFrozen ? "frozen" : "live"; }

Digest PlaintextHash(const ImageU8& plain) {
  return Sha256()
      .Update(fmt::format("{}x{}x{}|", plain.shape.channels, plain.shape.height, plain.shape.width))
      .Update(plain.data)
      .Finish();
}

Oracle::Oracle(const Cipher& cipher, Bytes key, NonceMode mode, std::string name)
    : cipher_(cipher), key_(std::move(key)), mode_(mode), name_(std::move(name)) {}

Oracle::Answer Oracle::Encrypt(const ImageU8& plain) {
  ThrowIfInterrupted();
  ++encryptions_;
  Digest nonce;
  if (mode_ == NonceMode::kFrozen) {
    nonce = Sha256Of(name_ + "|frozen nonce");
  } else if (cipher_.traits().plaintext_bound) {
    nonce = PlaintextHash(plain);
  } else {
    nonce = Sha256Of(fmt::format("{}|nonce {}", name_, encryptions_));
  }
  return {cipher_.Encrypt(plain, key_, nonce), nonce};
}

std::optional<ImageU8> Oracle::Decrypt(const Ciphertext& cipher, const Digest& nonce) {
  ThrowIfInterrupted();
  ++decryptions_;
  try {
    return cipher_.Decrypt(cipher, key_, nonce);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kConfig && cipher_.traits().authenticated) return std::nullopt;
    throw;
  }
}

ImageMap EncryptionMap(Oracle& oracle) {
  return [&oracle](const ImageU8& plain) -> std::optional<ImageU8> {
    return oracle.Encrypt(plain).cipher.bytes;
  };
}

}  // namespace chaosense
