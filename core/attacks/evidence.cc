#include "core/attacks/evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/signals.h"

namespace chaosense {

int64_t WrongBytes(const ImageU8& a, const ImageU8& b) {
  CHAOSENSE_CHECK(a.data.size() == b.data.size());
  int64_t wrong = 0;
  for (size_t i = 0; i < a.data.size(); ++i) wrong += a.data[i] != b.data[i] ? 1 : 0;
  return wrong;
}

double ShareOfDifferent(const ImageU8& a, const ImageU8& b) {
  return static_cast<double>(WrongBytes(a, b)) / static_cast<double>(a.data.size());
}

bool IsConstant(std::span<const uint8_t> bytes) {
  return std::ranges::all_of(bytes, [&](uint8_t v) { return v == bytes[0]; });
}

bool IsZero(std::span<const uint8_t> bytes) {
  return std::ranges::all_of(bytes, [](uint8_t v) { return v == 0; });
}

bool Opens(const Cipher& cipher,
           const Ciphertext& ciphertext,
           const Bytes& key,
           const Digest& nonce,
           const ImageU8& plain) {
  try {
    return cipher.Decrypt(ciphertext, key, nonce) == plain;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kConfig && cipher.traits().authenticated) return false;
    throw;
  }
}

Digest KeyCheckNonce(const AuditTarget& target) { return Sha256Of(target.name + "|key checks"); }

ImageU8 EncryptUnder(const AuditTarget& target, const Bytes& key, const ImageU8& plain) {
  ThrowIfInterrupted();
  return target.cipher->Encrypt(plain, key, KeyCheckNonce(target)).bytes;
}

void AddRecovery(const ImageU8& plain,
                 const ImageU8& cipher,
                 const ImageU8& recovered,
                 CheckResult& result) {
  result.numbers.push_back({"wrong_pixels", static_cast<double>(WrongBytes(plain, recovered))});
  result.numbers.push_back({"pixels", static_cast<double>(plain.data.size())});
  result.pictures.push_back({"plain", plain});
  result.pictures.push_back({"cipher", cipher});
  result.pictures.push_back({"recovered", recovered});
}

ImageU8 RandomPicture(Shape shape, RandomStream& random) {
  return ImageU8(shape, random.RandomBytes(shape.size()));
}

ImageU8 ConstantPicture(Shape shape, uint8_t value) {
  ImageU8 image(shape);
  std::fill(image.data.begin(), image.data.end(), value);
  return image;
}

CheckResult Say(Verdict verdict, std::string evidence, int64_t queries) {
  CheckResult result;
  result.verdict = verdict;
  result.evidence = std::move(evidence);
  result.queries = queries;
  return result;
}

}  // namespace chaosense
