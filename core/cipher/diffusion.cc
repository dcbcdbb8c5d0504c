#include "core/cipher/diffusion.h"

#include <numeric>
#include <utility>

#include "core/base/error.h"

namespace chaosense {
namespace {

// What the next byte is chained with: the last two ciphertext bytes.
class Chain {
 public:
  Chain(const ChainKey& key, const Substitution* substitution)
      : last_(key.start[0]), before_last_(key.start[1]), substitution_(substitution) {}

  uint8_t Mask() const {
    if (substitution_ == nullptr) return last_;
    return (*substitution_)[static_cast<uint8_t>(last_ + (*substitution_)[before_last_])];
  }
  void Push(uint8_t cipher) {
    before_last_ = last_;
    last_ = cipher;
  }

 private:
  uint8_t last_;
  uint8_t before_last_;
  const Substitution* substitution_;
};

void Encode(uint8_t& byte, uint8_t key, Chain& chain) {
  byte = static_cast<uint8_t>(byte - key - chain.Mask());
  chain.Push(byte);
}

void Decode(uint8_t& byte, uint8_t key, Chain& chain) {
  const uint8_t cipher = byte;
  byte = static_cast<uint8_t>(byte + key + chain.Mask());
  chain.Push(cipher);
}

}  // namespace

Substitution DrawSubstitution(Keystream& keystream) {
  Substitution s;
  std::iota(s.begin(), s.end(), uint8_t{0});
  for (uint32_t i = 255; i >= 1; --i) std::swap(s[i], s[keystream.NextBelow(i + 1)]);
  return s;
}

ChainKey DrawChainKey(Keystream& keystream, size_t size) {
  ChainKey key;
  keystream.Fill(key.start);
  key.bytes.resize(size);
  keystream.Fill(key.bytes);
  return key;
}

void DecomposeVectors(std::span<uint8_t> data, std::span<const uint8_t> key) {
  CHAOSENSE_CHECK(data.size() == key.size());
  for (size_t i = 0; i < data.size(); ++i) data[i] = static_cast<uint8_t>(data[i] - key[i]);
}

void ComposeVectors(std::span<uint8_t> data, std::span<const uint8_t> key) {
  CHAOSENSE_CHECK(data.size() == key.size());
  for (size_t i = 0; i < data.size(); ++i) data[i] = static_cast<uint8_t>(data[i] + key[i]);
}

void ChainForward(std::span<uint8_t> data, const ChainKey& key, const Substitution* substitution) {
  CHAOSENSE_CHECK(data.size() == key.bytes.size());
  Chain chain(key, substitution);
  for (size_t i = 0; i < data.size(); ++i) Encode(data[i], key.bytes[i], chain);
}

void UnchainForward(std::span<uint8_t> data,
                    const ChainKey& key,
                    const Substitution* substitution) {
  CHAOSENSE_CHECK(data.size() == key.bytes.size());
  Chain chain(key, substitution);
  for (size_t i = 0; i < data.size(); ++i) Decode(data[i], key.bytes[i], chain);
}

void ChainBackward(std::span<uint8_t> data, const ChainKey& key, const Substitution* substitution) {
  CHAOSENSE_CHECK(data.size() == key.bytes.size());
  Chain chain(key, substitution);
  for (size_t i = data.size(); i-- > 0;) Encode(data[i], key.bytes[i], chain);
}

void UnchainBackward(std::span<uint8_t> data,
                     const ChainKey& key,
                     const Substitution* substitution) {
  CHAOSENSE_CHECK(data.size() == key.bytes.size());
  Chain chain(key, substitution);
  for (size_t i = data.size(); i-- > 0;) Decode(data[i], key.bytes[i], chain);
}

}  // namespace chaosense
