// A keystream from any chaotic map: key and nonce choose where the orbit starts and, within
// declared ranges, the parameters.
//
// Derivation. HKDF-SHA256(secret = key, salt = nonce, label "chaosense map keystream 1 <attempt>")
// gives 8 bytes for each state variable and each keyed parameter, in the order of the map's
// description; the upper 52 bits are a fraction f in [0, 1).
//   state      low + (high - low) (1/64 + 31/32 f) of the variable's domain
//   parameter  low + (high - low) f of its keyed range
// The orbit then runs `burn_in` steps unseen. If it has escaped by then (not finite, or farther
// than 10^6 widths of the domain away), the next attempt is made; an orbit that escapes later is
// started anew with the next attempt, in mid-stream. 64 failed attempts in a row: Error(kRun).
// A collapse to a fixed point or a short cycle is NOT repaired: to measure it is the point.
//
// Reals: the state variables in turn, s = frac((x - low) / (high - low)), then a step.
//
// Effective key: at most min(256, 52 (variables + keyed parameters)) bits; symmetries of the map
// (x and 1 - x) take some away.
#ifndef CHAOSENSE_CORE_CIPHER_MAP_KEYSTREAM_H_
#define CHAOSENSE_CORE_CIPHER_MAP_KEYSTREAM_H_

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/hash.h"
#include "core/chaos/keystream.h"
#include "core/chaos/map.h"

namespace chaosense {

// A parameter that the key chooses, evenly within [low, high].
struct KeyedParameter {
  std::string name;
  double low;
  double high;
};

// How reals become bytes.
struct ByteExtractor {
  enum class Kind { kBits, kDigits };
  Kind kind = Kind::kBits;
  int count = 32;
  // kBits: floor(s 2^count) mod 256. kDigits: floor(s 10^count) mod 256; above 15 digits most bytes
  // are even, since 10^16 exceeds 2^53.
  uint8_t operator()(double s) const;
};

// Everything but key and nonce; immutable and shared by all keystreams of a cipher.
struct MapKeystreamPlan {
  MapInfo info;
  MapValues fixed;  // every parameter that is not keyed
  std::vector<KeyedParameter> keyed;
  std::function<std::unique_ptr<ChaoticMap>(const MapValues&)> make;
  int burn_in = 1000;
  ByteExtractor extractor;

  int key_bits() const;
};

class MapKeystream final : public Keystream {
 public:
  static constexpr int kMostAttempts = 64;

  // `key`: 32 bytes. Throws Error(kRun) if no attempt stays in the domain.
  MapKeystream(std::shared_ptr<const MapKeystreamPlan> plan,
               std::span<const uint8_t> key,
               const Digest& nonce);

  double NextReal() override;
  uint8_t NextByte() override { return plan_->extractor(NextReal()); }

  std::span<const double> state() const { return state_; }  // for analysis
  int64_t restarts() const { return attempt_ - 1; }         // attempts that escaped

 private:
  void Start();
  bool TryStart();
  bool Escaped() const;

  std::shared_ptr<const MapKeystreamPlan> plan_;
  Bytes key_;
  Digest nonce_;
  std::unique_ptr<ChaoticMap> map_;
  std::vector<double> state_;
  size_t next_ = 0;  // the variable that comes next
  int64_t attempt_ = 0;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_MAP_KEYSTREAM_H_
