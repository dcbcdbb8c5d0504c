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
  static const std::map<std::string, std::string> recorded = {
      {"aes256_ctr", "a7f59fb81ca0db76cfa7dfaff266eba743e51cccbc55658fa225414659d1f248"},
      {"aes256_gcm", "19ffab740b3fa55d0c3a27cfd1300d8016fd06ff9efec3909cee0bac1e09631c"},
      {"aes256_siv", "4c619c85a0baf5ae2c35fe60f69a7f21bcdf2d825db3d53b54f7db0c75be5f07"},
      {"broken_aes_ecb", "5fb6a15ffcf07b9c908713db6f2d7c47a775ad65f70d97cd6ec4d5f931f2c195"},
      {"broken_affine", "90e387c64a68cf4ae7e4e78e14d41b2b1c64d14ce6f89e8f039203c7d089fc9d"},
      {"broken_hash_only", "57e0c9cbf8ca6d1c2381d03f5ba361b2846f4550f63909823071ebed3291ce32"},
      {"broken_lcg_chain", "8d53674562391b6651355c351390ae67407a2132ac0ec97772079c4145e6ca3f"},
      {"broken_xor_pad", "f2ce4291de40c59a15d653a71bc9540bfed5b96e997ce4372d56d93337ec23cd"},
      {"chacha20", "33358472fac238681c5b3a8382324590905c6d76f782f8d0a676b0bca6700939"},
      {"chacha20_poly1305", "d6767df847503f3a60968c36419a3dab0886b0b7d50da6f8b8eb8c58e9adc9ef"},
      {"diffuse_only", "c3ec0cfb89351826b08000f857030a01edd6cba70f364302f883950b33612ec5"},
      {"hardened", "94438e9610e32c7fb6b46f5c250e9460623f5d24290725d0bbff54f5180042a1"},
      {"hua2015", "df70e01b0371cd25f9c8e301931a8ff463950ae4dadc0519345a92604d563b9e"},
      {"identity", "ce4704f8b5e706ef365542f0321abf967ae1d364e65003c31af5bc3c5d58437b"},
      {"map_cipher", "7e587f55d2c33e363f1ca695853c95f035ec2b74b12a86ff367ea6e49a765919"},
      {"paper", "f9c6851856c48219a377d363d79afe969d7fe2b95cafb25b5079bed662647ba2"},
      {"scramble_only", "67e8814e35747faae8b690617d2a3bfc26cc4607e08e7b093280ba85ced8a4b0"}};
  const auto found = recorded.find(cipher_name);
  return found == recorded.end() ? "" : found->second;
}

}  // namespace chaosense
