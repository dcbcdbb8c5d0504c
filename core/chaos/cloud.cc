#include "core/chaos/cloud.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/base/hkdf.h"
#include "core/chaos/detmath.h"

namespace chaosense {
namespace {

constexpr double kDelta = 0x1p-10;
constexpr double kScale = 1e5;
constexpr double kFloor = 0x1p-52;

// 52 bits of the eight bytes, as a fraction in [0, 1).
double Fraction52(std::span<const uint8_t> bytes) {
  uint64_t word = 0;
  for (const uint8_t byte : bytes) word = word << 8 | byte;
  return static_cast<double>(word >> 12) * 0x1p-52;
}

double Whiten(double u) {
  const double theta = 0x1.45f306dc9c883p-1 * detmath::Asin(detmath::Sqrt(u));  // 2 / pi
  return std::clamp(theta, 0x1p-53, 1.0 - 0x1p-53);
}

struct NormalPair {
  double first;
  double second;
};

NormalPair BoxMuller(double u, double v) {
  const double radius = detmath::Sqrt(-2.0 * detmath::Log(Whiten(u)));
  const detmath::SinCos angle = detmath::SinCosPi(2.0 * Whiten(v));
  return {radius * angle.cos, radius * angle.sin};
}

}  // namespace

CloudKey DeriveCloudKey(std::span<const uint8_t> key, const Digest& nonce) {
  CHAOSENSE_CHECK(key.size() == 32, "the chaotic key schedule takes 32 bytes, not {}", key.size());
  const Bytes material = HkdfSha256(key, {}, "chaosense c1-cloud key schedule 1", 9 * 8);
  std::array<double, 9> f{};
  for (size_t i = 0; i < f.size(); ++i) f[i] = Fraction52(std::span(material).subspan(8 * i, 8));
  std::array<double, 8> h{};
  for (size_t i = 0; i < h.size(); ++i) {
    uint32_t word = 0;
    for (size_t b = 0; b < 4; ++b) word = word << 8 | nonce[4 * i + b];
    h[i] = static_cast<double>(word) * 0x1p-32 * 1e-3;
  }
  CloudKey k{};
  k.ex_x = (2.0 * f[0] - 1.0) + h[0];
  k.en_x = (0.5 + f[1]) + h[1];
  k.he_x = (0.05 + 0.1 * f[2]) + h[2];
  k.ex_y = (2.0 * f[3] - 1.0) + h[3];
  k.en_y = (0.5 + f[4]) + h[4];
  k.he_y = (0.05 + 0.1 * f[5]) + h[5];
  k.u0 = (0.05 + 0.4 * f[6]) + h[6];
  k.v0 = (0.05 + 0.4 * f[7]) + h[7];
  k.r = 4.0 - 1e-3 * f[8];
  return k;
}

CloudKeystream::CloudKeystream(const CloudKey& key) : key_(key), u_(key.u0), v_(key.v0) {
  static const bool ieee = detmath::ArithmeticIsIeee();
  CHAOSENSE_CHECK(
      ieee,
      "floating-point arithmetic is not plain IEEE-754 here: keystreams would not be portable");
  CHAOSENSE_CHECK(u_ > 0 && u_ < 1 && v_ > 0 && v_ < 1 && key.r > 0 && key.r <= 4 && key.en_x > 0 &&
                  key.en_y > 0);
  for (int i = 0; i < kTransient; ++i) Drop();
}

double CloudKeystream::Reinject(double orbit, double other) {
  return orbit >= kFloor ? orbit : kFloor + kDelta * 0.5 * other;
}

void CloudKeystream::Drop() {
  const double r = key_.r;
  const NormalPair z12 = BoxMuller(u_, v_);
  double u = r * u_ * (1.0 - u_);
  double v = r * v_ * (1.0 - v_);
  u = Reinject(u, v);
  v = Reinject(v, u);
  const NormalPair z34 = BoxMuller(u, v);

  const double dx = (key_.en_x + key_.he_x * z12.first) * z34.first;
  const double dy = (key_.en_y + key_.he_y * z12.second) * z34.second;
  const double x = key_.ex_x + dx;
  const double y = key_.ex_y + dy;
  s1_ = detmath::FractionalPart(std::fabs(x) * kScale);
  s2_ = detmath::FractionalPart(std::fabs(y) * kScale);

  const double tx = dx / key_.en_x;
  const double ty = dy / key_.en_y;
  const double certainty = detmath::Exp(-0.5 * (tx * tx + ty * ty));
  const double next_u = detmath::FractionalPart(r * u * (1.0 - u) + kDelta * certainty * s2_);
  const double next_v =
      detmath::FractionalPart(r * v * (1.0 - v) + kDelta * (1.0 - certainty) * s1_);
  u_ = Reinject(next_u, next_v);
  v_ = Reinject(next_v, u_);
}

double CloudKeystream::NextReal() {
  if (second_left_) {
    second_left_ = false;
    return s2_;
  }
  Drop();
  second_left_ = true;
  return s1_;
}

}  // namespace chaosense
