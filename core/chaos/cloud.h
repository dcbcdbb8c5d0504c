// The compound chaotic system: two logistic orbits drive a two-dimensional normal cloud generator.
// The paper names its parts ("two-dimensional cloud model and Logistic") but its equations are not
// available to us: this is OUR INTERPRETATION, C1.
//
// One drop (x, y) of the cloud gives two keystream reals:
//   theta_u = (2 / pi) asin(sqrt(u)), theta_v alike        the logistic orbits, whitened to
//   near-uniform z1, z2 = sqrt(-2 ln theta_u) (cos, sin)(2 pi theta_v)  Box-Muller u, v <- r u (1 -
//   u), r v (1 - v)                       one step; z3, z4 from them in the same way En'_x = En_x +
//   He_x z1,  x = Ex_x + En'_x z3           forward normal cloud generator, y alike from z2, z4 mu
//   = exp(-((x - Ex_x) / En_x)^2 / 2 - ((y - Ex_y) / En_y)^2 / 2) s1 = frac(|x| 10^5),  s2 =
//   frac(|y| 10^5) u <- frac(r u (1 - u) + delta mu s2),  v <- frac(r v (1 - v) + delta (1 - mu)
//   s1),  delta = 2^-10
// mu is the drop's certainty under the cloud's nominal entropy En. (Under the drawn En' it would be
// theta_u itself and carry nothing of the cloud.) It weighs the drop that is fed back: with mu
// alone, the expectations Ex would never enter the orbits and would merely add one constant to
// every byte of a coordinate.
//
// Digital collapse. A logistic orbit in doubles ends in 0 or in a cycle of about 10^7 steps. The
// feedback couples the two orbits into one system of 104 bits, whose cycles are expected near 2^52
// drops, and lifts them off 0. Two more guards: theta is kept within [2^-53, 1 - 2^-53], so the
// logarithm is finite and not 0; an orbit below 2^-52 after a step is set anew from the other one
// (Reinject).
//
// The Lyapunov exponent is the logistic map's (the cloud is a filter of it).
#ifndef CHAOSENSE_CORE_CHAOS_CLOUD_H_
#define CHAOSENSE_CORE_CHAOS_CLOUD_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/hash.h"
#include "core/chaos/keystream.h"

namespace chaosense {

// Names everything a keystream's bits depend on; containers store it. Raise a number when a
// keystream changes.
inline constexpr std::string_view kChaosAbi = "c1-cloud/1 detmath/1";

// The nine real keys.
struct CloudKey {
  double ex_x, en_x,
      he_x;  // expectation [-1, 1), entropy [0.5, 1.5), hyper-entropy [0.05, 0.15) along x
  double ex_y, en_y, he_y;  // along y
  double u0, v0;            // [0.05, 0.45): below 1/2, since u and 1 - u give the same orbit
  double r;                 // (3.999, 4]
  bool operator==(const CloudKey&) const = default;
};

// HKDF-SHA256 expands the 32-byte key into nine 52-bit binary fractions, scaled to the ranges
// above; the nonce (the plaintext's SHA-256), as eight big-endian 32-bit words w, then adds w 2^-32
// 10^-3 to ex_x, en_x, he_x, ex_y, en_y, he_y, u0, v0 in that order. Nine times 52 bits are more
// than the key holds: the effective key is its 256 bits. The nonce is public and adds none.
CloudKey DeriveCloudKey(std::span<const uint8_t> key, const Digest& nonce);

class CloudKeystream final : public Keystream {
 public:
  static constexpr int kTransient = 1000;  // drops discarded at the start

  // Throws InternalError if floating-point arithmetic is not IEEE-754 (detmath::ArithmeticIsIeee).
  explicit CloudKeystream(const CloudKey& key);
  CloudKeystream(std::span<const uint8_t> key, const Digest& nonce)
      : CloudKeystream(DeriveCloudKey(key, nonce)) {}

  double NextReal() override;  // s1, s2 of one drop, then of the next

  // `orbit` if it is at least 2^-52, else a value in [2^-52, 2^-10] made from the other orbit.
  static double Reinject(double orbit, double other);

  double u() const { return u_; }  // for analysis
  double v() const { return v_; }

 private:
  void Drop();

  CloudKey key_;
  double u_;
  double v_;
  double s1_ = 0;
  double s2_ = 0;
  bool second_left_ = false;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_CLOUD_H_
