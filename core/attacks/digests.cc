#include "core/attacks/digests.h"

#include <map>

#include "core/base/random.h"

namespace chaosense {

std::string CiphertextDigest(const Cipher& cipher) {
  const Shape shape{3, 24, 20};
  RandomStream random("audit digest");
  const ImageU8 picture(shape, random.RandomBytes(shape.size()));
  const Bytes key = random.RandomBytes(cipher.key_size());
  const Ciphertext answer = cipher.Encrypt(picture, key, Sha256Of("audit digest nonce"));
  return ToHex(Sha256().Update(answer.bytes.data).Update(answer.tag).Finish());
}

std::string RecordedDigest(const std::string& cipher_name) {
  static const std::map<std::string, std::string> recorded = {};
  const auto found = recorded.find(cipher_name);
  return found == recorded.end() ? "" : found->second;
}

}  // namespace chaosense
