// The interface of keystream generators: an endless sequence of reals in [0, 1) made from a key and
// a nonce, and the byte and integer extractors of the paper's kind of cipher.
#ifndef CHAOSENSE_CORE_CHAOS_KEYSTREAM_H_
#define CHAOSENSE_CORE_CHAOS_KEYSTREAM_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace chaosense {

// Not thread-safe: each user makes its own. The sequence depends on the key and the nonce alone.
class Keystream {
 public:
  virtual ~Keystream() = default;

  // The next s in [0, 1).
  virtual double NextReal() = 0;

  // floor(s 2^32) mod 256 unless a generator says otherwise. The bits are those of weight 2^-25 to
  // 2^-32, far from the density's shape and from the rounding of the last bits.
  virtual uint8_t NextByte() {
    return static_cast<uint8_t>(static_cast<uint64_t>(NextReal() * 0x1p32) & 255);
  }

  // floor(s 10^14) mod n, n >= 1: 0 .. n-1. The bias is below n / 10^9.
  uint32_t NextBelow(uint32_t n) {
    return static_cast<uint32_t>(static_cast<uint64_t>(NextReal() * 1e14) % n);
  }

  // One NextByte each.
  void Fill(std::span<uint8_t> bytes) {
    for (uint8_t& byte : bytes) byte = NextByte();
  }
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_KEYSTREAM_H_
