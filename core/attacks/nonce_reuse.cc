#include "core/attacks/nonce_reuse.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>

#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr size_t kBlock = 16;

// Block `index`, filled up with zeros at the end, as both ciphers do.
Bytes BlockOf(std::span<const uint8_t> bytes, size_t index) {
  const size_t begin = index * kBlock;
  const size_t size = std::min(kBlock, bytes.size() - begin);
  Bytes block(kBlock);
  std::ranges::copy(bytes.subspan(begin, size), block.begin());
  return block;
}

size_t Blocks(size_t bytes) { return (bytes + kBlock - 1) / kBlock; }

// Whether the messages are such that the equation has one unknown power.
bool Usable(const TaggedBytes& first, const TaggedBytes& second, const TaggedBytes& witness) {
  CHAOSENSE_CHECK(!first.bytes.empty() && first.bytes.size() == second.bytes.size() &&
                  first.bytes.size() == witness.bytes.size());
  for (const TaggedBytes* message : {&first, &second, &witness}) {
    if (message->tag.size() != kBlock) return false;
  }
  const size_t last = (Blocks(first.bytes.size()) - 1) * kBlock;
  return std::equal(first.bytes.begin(),
                    first.bytes.begin() + static_cast<std::ptrdiff_t>(last),
                    second.bytes.begin()) &&
         first.bytes != second.bytes;
}

// GF(2^128) of GCM (NIST SP 800-38D, 6.3): the first byte's highest bit is the constant term.
struct Field {
  uint64_t high = 0;  // bytes 0 to 7
  uint64_t low = 0;

  static Field From(std::span<const uint8_t> block) {
    Field x;
    for (size_t i = 0; i < 8; ++i) {
      x.high = x.high << 8 | block[i];
      x.low = x.low << 8 | block[i + 8];
    }
    return x;
  }
  Bytes ToBytes() const {
    Bytes block(kBlock);
    for (size_t i = 0; i < 8; ++i) {
      block[i] = static_cast<uint8_t>(high >> (56 - 8 * i));
      block[i + 8] = static_cast<uint8_t>(low >> (56 - 8 * i));
    }
    return block;
  }
  Field operator+(const Field& y) const { return {high ^ y.high, low ^ y.low}; }
  Field operator*(const Field& y) const {
    Field product, shifted = *this;
    for (const uint64_t half : {y.high, y.low}) {
      for (int bit = 63; bit >= 0; --bit) {
        const uint64_t take = 0 - (half >> bit & 1);
        product = {product.high ^ (shifted.high & take), product.low ^ (shifted.low & take)};
        const uint64_t reduce = 0 - (shifted.low & 1);
        shifted = {shifted.high >> 1 ^ (reduce & 0xe100000000000000u),
                   shifted.high << 63 | shifted.low >> 1};
      }
    }
    return product;
  }
  // x^(2^127), since x^(2^128) = x.
  Field SquareRoot() const {
    Field root = *this;
    for (int i = 0; i < 127; ++i) root = root * root;
    return root;
  }
  // x^(2^128 - 2) = (x^(2^127 - 1))^2.
  Field Inverse() const {
    Field power = *this;
    for (int i = 0; i < 126; ++i) power = power * power * *this;
    return power * power;
  }
};

Field FieldDifference(std::span<const uint8_t> a, std::span<const uint8_t> b, size_t index) {
  return Field::From(BlockOf(a, index)) + Field::From(BlockOf(b, index));
}

// Poly1305 (RFC 8439, 2.5): numbers mod 2^130 - 5, least significant byte first. Signed, wide
// enough for a product.
using Number = boost::multiprecision::int512_t;

const Number& Prime() {
  static const Number prime = (Number(1) << 130) - 5;
  return prime;
}

Number Mod(const Number& x) {
  const Number rest = x % Prime();
  return rest < 0 ? Number(rest + Prime()) : rest;
}

Number Power(Number base, Number exponent) {
  Number result = 1;
  for (; exponent > 0; exponent >>= 1) {
    if ((exponent & 1) != 0) result = Mod(result * base);
    base = Mod(base * base);
  }
  return result;
}

Number NumberFrom(const Bytes& block) {
  Number x = 0;
  for (size_t i = block.size(); i-- > 0;) x = x << 8 | block[i];
  return x;
}

// The tag: the lowest 128 bits.
Bytes LowBytes(Number x) {
  Bytes block(kBlock);
  for (uint8_t& byte : block) {
    byte = static_cast<uint8_t>(x & 0xff);
    x >>= 8;
  }
  return block;
}

Number NumberDifference(std::span<const uint8_t> a, std::span<const uint8_t> b, size_t index) {
  return NumberFrom(BlockOf(a, index)) - NumberFrom(BlockOf(b, index));
}

// The bits that RFC 8439 clears in r are clear.
bool IsClamped(const Number& r) {
  static const Number allowed("0x0ffffffc0ffffffc0ffffffc0fffffff");
  return (r & allowed) == r;
}

bool Predicts(const TagMaker& maker, const TaggedBytes& witness) {
  const std::vector<Bytes> tags = maker(witness.bytes);
  return std::ranges::find(tags, witness.tag) != tags.end();
}

}  // namespace

std::optional<TagMaker> ForgeGcm(const TaggedBytes& first,
                                 const TaggedBytes& second,
                                 const TaggedBytes& witness) {
  if (!Usable(first, second, witness)) return std::nullopt;
  const size_t blocks = Blocks(first.bytes.size());
  // The block of lengths comes last, with h; the last block of the ciphertext has h^2.
  const Field tags = Field::From(first.tag) + Field::From(second.tag);
  const Field h =
      (tags * FieldDifference(first.bytes, second.bytes, blocks - 1).Inverse()).SquareRoot();
  const TagMaker maker = [=](std::span<const uint8_t> bytes) {
    CHAOSENSE_CHECK(bytes.size() == first.bytes.size());
    Field sum;
    for (size_t i = 0; i < blocks; ++i) sum = (sum + FieldDifference(bytes, first.bytes, i)) * h;
    return std::vector<Bytes>{(sum * h + Field::From(first.tag)).ToBytes()};
  };
  if (!Predicts(maker, witness)) return std::nullopt;
  return maker;
}

std::optional<TagMaker> ForgePoly1305(const TaggedBytes& first,
                                      const TaggedBytes& second,
                                      const TaggedBytes& witness) {
  if (!Usable(first, second, witness)) return std::nullopt;
  const size_t blocks = Blocks(first.bytes.size());
  const Number inverse =
      Power(Mod(NumberDifference(first.bytes, second.bytes, blocks - 1)), Prime() - 2);
  const Number tags = NumberFrom(first.tag) - NumberFrom(second.tag);
  // The tags lost what the polynomials, below 2^130, have above 2^128.
  for (int carry = -4; carry <= 4; ++carry) {
    const Number square = Mod((tags + (Number(carry) << 128)) * inverse);
    const Number root = Power(square, (Prime() + 1) / 4);  // the prime is 3 mod 4
    if (Mod(root * root) != square) continue;
    for (const Number& r : {root, Number(Prime() - root)}) {
      if (!IsClamped(r)) continue;
      const TagMaker maker = [=](std::span<const uint8_t> bytes) {
        CHAOSENSE_CHECK(bytes.size() == first.bytes.size());
        Number sum = 0;
        for (size_t i = 0; i < blocks; ++i)
          sum = Mod((sum + NumberDifference(bytes, first.bytes, i)) * r);
        sum = Mod(sum * r) + NumberFrom(first.tag);
        // Whether first's polynomial plus the sum passed the prime is not known.
        return std::vector<Bytes>{LowBytes(sum), LowBytes(sum + 5)};
      };
      if (Predicts(maker, witness)) return maker;
    }
  }
  return std::nullopt;
}

}  // namespace chaosense
