#include "core/cipher/hua2015.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/hkdf.h"
#include "core/chaos/detmath.h"
#include "core/cipher/chaotic_cipher.h"

namespace chaosense {
namespace {

constexpr int kRounds = 2;

class BitReader {
 public:
  explicit BitReader(std::span<const uint8_t> bytes) : bytes_(bytes) {}
  bool Next() {
    const bool bit = (bytes_[at_ / 8] >> (7 - at_ % 8) & 1) != 0;
    ++at_;
    return bit;
  }
  double Fraction52() {
    uint64_t value = 0;
    for (int i = 0; i < 52; ++i) value = value << 1 | (Next() ? 1 : 0);
    return static_cast<double>(value) * 0x1p-52;
  }
  double Integer24() {
    uint32_t value = 0;
    for (int i = 0; i < 24; ++i) value |= (Next() ? 1U : 0U) << i;
    return value;
  }

 private:
  std::span<const uint8_t> bytes_;
  size_t at_ = 0;
};

struct HuaKey {
  double x0, y0, a0, t;
  std::array<double, kRounds> a;
};

HuaKey ParseKey(std::span<const uint8_t> key) {
  BitReader bits(key);
  HuaKey k{};
  k.x0 = bits.Fraction52();
  k.y0 = bits.Fraction52();
  k.a0 = bits.Fraction52();
  k.t = bits.Fraction52();
  for (double& a : k.a) a = bits.Integer24();
  return k;
}

// What one round needs of the chaotic matrix S; row-major like the image.
struct Round {
  std::vector<uint32_t> order;  // I: order[m * columns + n]
  Bytes masks;                  // s
};

struct Size {
  size_t rows, columns;
};

Round MakeRound(const HuaKey& key, int index, Size size) {
  const double shift = key.a[static_cast<size_t>(index)] * key.t;
  double x = detmath::FractionalPart(key.x0 + shift);
  double y = detmath::FractionalPart(key.y0 + shift);
  const double alpha = 0.9 + std::fmod(key.a0 + shift, 0.1);
  Round round;
  round.order.resize(size.rows * size.columns);
  round.masks.resize(size.rows * size.columns);
  std::vector<double> column(size.rows);
  std::vector<uint32_t> order(size.rows);
  for (size_t n = 0; n < size.columns; ++n) {
    for (size_t m = 0; m < size.rows; ++m) {
      x = alpha * (detmath::SinPi(y) + 3.0) * x * (1.0 - x);
      y = alpha * (detmath::SinPi(x) + 3.0) * y * (1.0 - y);
      column[m] = x + y;
      round.masks[m * size.columns + n] =
          static_cast<uint8_t>(static_cast<uint64_t>(column[m] * 0x1p32) & 255);
    }
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(
        order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return column[a] < column[b]; });
    for (size_t m = 0; m < size.rows; ++m) round.order[m * size.columns + n] = order[m];
  }
  return round;
}

// Calls move(to, from) for every place of the chaotic magic transform.
template <typename Move>
void ForEachMove(const Round& round, Size size, Move move) {
  for (size_t m = 0; m < size.rows; ++m) {
    const uint32_t* order = &round.order[m * size.columns];
    for (size_t n = 0; n < size.columns; ++n) {
      const size_t j = (n + m + 1) % size.columns;
      move(order[n] * size.columns + n, order[j] * size.columns + j);
    }
  }
}

// A line of bytes `stride` apart: rows have stride 1, columns the width.
struct Line {
  size_t begin, stride, count;
  size_t at(size_t i) const { return begin + i * stride; }
};

void ChainLine(Bytes& data, const Bytes& masks, Line line) {
  const auto add = [&](size_t i, uint8_t other) {
    const size_t at = line.at(i);
    data[at] = static_cast<uint8_t>(data[at] + masks[at] + other);
  };
  add(0, line.count > 1 ? data[line.at(line.count - 1)] : uint8_t{0});
  for (size_t i = 1; i < line.count; ++i) add(i, data[line.at(i - 1)]);
}

void UnchainLine(Bytes& data, const Bytes& masks, Line line) {
  const auto subtract = [&](size_t i, uint8_t other) {
    const size_t at = line.at(i);
    data[at] = static_cast<uint8_t>(data[at] - masks[at] - other);
  };
  for (size_t i = line.count - 1; i >= 1; --i) subtract(i, data[line.at(i - 1)]);
  subtract(0, line.count > 1 ? data[line.at(line.count - 1)] : uint8_t{0});
}

Line Row(Size size, size_t m) { return {m * size.columns, 1, size.columns}; }
Line Column(Size size, size_t n) { return {n, size.columns, size.rows}; }

void EncryptRound(Bytes& data, const Round& round, Size size) {
  Bytes moved(data.size());
  ForEachMove(round, size, [&](size_t to, size_t from) { moved[to] = data[from]; });
  for (size_t m = 0; m < size.rows; ++m) ChainLine(moved, round.masks, Row(size, m));
  for (size_t n = 0; n < size.columns; ++n) ChainLine(moved, round.masks, Column(size, n));
  data = std::move(moved);
}

void DecryptRound(Bytes& data, const Round& round, Size size) {
  for (size_t n = 0; n < size.columns; ++n) UnchainLine(data, round.masks, Column(size, n));
  for (size_t m = 0; m < size.rows; ++m) UnchainLine(data, round.masks, Row(size, m));
  Bytes moved(data.size());
  ForEachMove(round, size, [&](size_t to, size_t from) { moved[from] = data[to]; });
  data = std::move(moved);
}

Size SizeOf(Shape shape) {
  return {static_cast<size_t>(shape.channels) * static_cast<size_t>(shape.height),
          static_cast<size_t>(shape.width)};
}

HuaKey KeyOf(std::span<const uint8_t> key, const Digest& nonce, bool bind_nonce) {
  RequireKeySize(key, 32);
  return ParseKey(bind_nonce ? HkdfSha256(key, nonce, "chaosense hua2015 nonce 1", 32)
                             : Bytes(key.begin(), key.end()));
}

}  // namespace

CipherTraits Hua2015Cipher::traits() const {
  CipherTraits traits;
  traits.chaotic = true;
  traits.uses_nonce = bind_nonce_;
  return traits;
}

Ciphertext Hua2015Cipher::Encrypt(const ImageU8& plain,
                                  std::span<const uint8_t> key,
                                  const Digest& nonce) const {
  const HuaKey hua_key = KeyOf(key, nonce, bind_nonce_);
  CHAOSENSE_CHECK(plain.data.size() == plain.shape.size() && !plain.data.empty());
  ImageU8 image = plain;
  const Size size = SizeOf(plain.shape);
  for (int i = 0; i < kRounds; ++i) EncryptRound(image.data, MakeRound(hua_key, i, size), size);
  return {std::move(image), {}};
}

ImageU8 Hua2015Cipher::Decrypt(const Ciphertext& cipher,
                               std::span<const uint8_t> key,
                               const Digest& nonce) const {
  const HuaKey hua_key = KeyOf(key, nonce, bind_nonce_);
  CHAOSENSE_CHECK(cipher.bytes.data.size() == cipher.bytes.shape.size() &&
                  !cipher.bytes.data.empty());
  ImageU8 image = cipher.bytes;
  const Size size = SizeOf(image.shape);
  for (int i = kRounds; i-- > 0;) DecryptRound(image.data, MakeRound(hua_key, i, size), size);
  return image;
}

void RegisterHua2015(CipherRegistry& registry) {
  PluginInfo info;
  info.name = "hua2015";
  info.summary = "CMT-IEA on the 2D sine logistic modulation map (broken: affine mod 256)";
  info.description =
      "Two rounds of the chaotic magic transform and of additions along rows and columns. Made "
      "anew from its description. Published without a nonce: equal images give equal ciphertexts. "
      "BROKEN by Chen, Chen, Zhou (arXiv 1903.11987): size + 1 chosen ciphertexts decrypt any "
      "other. The second Lyapunov exponent is negative for alpha in [0.9, 0.905]. Colour: channels "
      "stacked. Equations: core/cipher/hua2015.h.";
  info.source =
      "Hua, Zhou, Pun, Chen, Inf. Sci. 297 (2015) 80; attack: arXiv "
      "1903.11987";
  info.parameters = {
      {"bind_nonce",
       {{"type", "boolean"},
        {"default", false},
        {"description",
         "derive the key from key and nonce by HKDF; not part of the publication"}}}};
  registry.Register(info, [](const Json& parameters) {
    return std::make_unique<Hua2015Cipher>(parameters["bind_nonce"].get<bool>());
  });
}

}  // namespace chaosense
