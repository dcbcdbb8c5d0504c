// From the orbit of a chaotic map to bytes: the quantisers that papers use, and their bias.
#ifndef CHAOSENSE_CORE_CHAOS_EXTRACTOR_H_
#define CHAOSENSE_CORE_CHAOS_EXTRACTOR_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/chaos/map.h"

namespace chaosense {

enum class ExtractorKind {
  kDecimalMod,  // floor(|x| 10^k) mod 256
  kBinaryMod,   // floor(|x| 2^k) mod 256
  kMantissa,    // bits low .. low + 7 of the 52-bit fraction of the IEEE double
  kThreshold  // x >= threshold: one bit; eight consecutive ones make a byte, the first its highest
};

struct ExtractorOptions {
  ExtractorKind kind = ExtractorKind::kBinaryMod;
  int k = 32;   // decimal_mod: 0 .. 22 (10^22 is the last exact power); binary_mod: 0 .. 1000
  int low = 0;  // mantissa: 0 .. 44
  double threshold = 0;                 // threshold
  std::vector<size_t> variables = {0};  // each gives its byte (or bit) in turn at every step taken
  int64_t burn_in = 1000;               // steps passed over at the start
  int64_t decimation = 1;               // steps from one value to the next
};

// {"kind": "decimal_mod", "k": 14, "variables": ["x"], "burn_in": 1000, "decimation": 1}. Left out:
// k 14 (decimal) or 32 (binary), low 0, the threshold in the middle of the first variable's domain,
// the map's first variable, 1000, 1. Throws Error(kConfig) beginning with `where` on an unknown
// kind or key, a wrong type or a value out of range.
ExtractorOptions ParseExtractor(const Json& json, const MapInfo& map, const std::string& where);

// What a map's keystream is made with where nothing else is asked for: what its file says
// (MapInfo::extractor), else binary_mod with k = 32 of the first variable at every step.
ExtractorOptions OwnExtractor(const MapInfo& map);

// One value's byte. Not for kThreshold. x is finite.
uint8_t ExtractByte(double x, const ExtractorOptions& options);

// The bytes (of kThreshold: the bits, 0 or 1) that a finite state gives, one for each of
// options.variables.
void AppendBytes(std::span<const double> state,
                 const ExtractorOptions& options,
                 std::vector<uint8_t>& bytes);
// Whether two finite states give the same ones.
bool GiveSameBytes(std::span<const double> a,
                   std::span<const double> b,
                   const ExtractorOptions& options);

// Not thread-safe: each user makes its own. The bytes depend on the map, the start and the options.
class OrbitByteStream {
 public:
  // `start`: dimension() values; empty: the map's own initial state.
  OrbitByteStream(std::shared_ptr<const ChaoticMap> map,
                  ExtractorOptions options,
                  std::vector<double> start = {});

  // Throws Error(kRun) naming map and step if the orbit leaves the finite numbers.
  uint8_t Next();
  void Fill(std::span<uint8_t> bytes) {
    for (uint8_t& byte : bytes) byte = Next();
  }

  std::span<const double> state() const { return state_; }

 private:
  double NextValue();
  void Advance(int64_t steps);

  std::shared_ptr<const ChaoticMap> map_;
  ExtractorOptions options_;
  std::vector<double> state_;
  int64_t steps_ = 0;
  size_t variable_;  // index into options_.variables of the next value
};

// How far bytes are from uniform.
struct ByteBias {
  int64_t count = 0;
  double chi2 = 0;       // of 255 degrees
  double odd_share = 0;  // ideally 1/2
  double entropy = 0;    // bit, ideally 8 (the exact mean for `count` bytes is 8 - 184 / count)
  double rarest = 0;     // smallest and largest share, ideally 1/256
  double commonest = 0;
};
ByteBias MeasureByteBias(std::span<const uint8_t> bytes);

// Exact shares of floor(256 x) for the invariant density 1 / (pi sqrt(x (1 - x))) of the logistic
// map with r = 4: 2/pi (asin sqrt((i + 1) / 256) - asin sqrt(i / 256)).
std::array<double, 256> ArcsineByteShares();
// The same numbers as MeasureByteBias for given shares; chi2 is the expected one per byte.
ByteBias BiasOfShares(const std::array<double, 256>& shares);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_EXTRACTOR_H_
