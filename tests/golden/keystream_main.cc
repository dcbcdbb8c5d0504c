// Prints two SHA-256: of 1 MiB of keystream (key 00 01 .. 1f, nonce SHA-256 of nothing); and of
// every map's orbits: the states after 10000 steps (1000 of flows) alone and of a sweep of 11 lanes
// after 100. Built by keystream_digest.sh with several compilers and flags.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>

#include "core/base/hash.h"
#include "core/chaos/builtin_maps.h"
#include "core/chaos/cloud.h"

namespace chaosense {
namespace {

// NaN has many bit patterns, which the standard leaves open: one is hashed for all.
void HashStates(std::vector<double> states, Sha256& hash) {
  for (double& x : states) {
    if (std::isnan(x)) x = std::numeric_limits<double>::infinity();
  }
  Bytes bytes(states.size() * sizeof(double));
  std::memcpy(bytes.data(), states.data(), bytes.size());
  hash.Update(bytes);
}

void HashOrbits(const MapEntry& entry, Sha256& hash) {
  MapValues values;
  for (const MapParameter& parameter : entry.info.parameters) {
    values[parameter.name] = parameter.fallback;
  }
  const auto map = entry.make(values);
  std::vector<double> state = map->InitialState();
  const int steps = map->is_flow() ? 1000 : 10000;
  for (int i = 0; i < steps; ++i) map->Step(state);
  HashStates(state, hash);

  constexpr size_t kLanes = 11;
  std::vector<double> states;
  for (const double start : map->InitialState()) {
    for (size_t lane = 0; lane < kLanes; ++lane) {
      states.push_back(start * (1 - 0x1p-10 * static_cast<double>(lane)));
    }
  }
  map->SweepOfStates(kLanes)->Advance(states, 100);
  HashStates(states, hash);
}

}  // namespace
}  // namespace chaosense

int main() {
  using namespace chaosense;
  Bytes key(32);
  for (size_t i = 0; i < key.size(); ++i) key[i] = static_cast<uint8_t>(i);
  Bytes stream(1 << 20);
  CloudKeystream(key, Sha256Of("")).Fill(stream);
  std::printf("%s\n", ToHex(Sha256Of(stream)).c_str());
  Sha256 orbits;
#define CHAOSENSE_HASH_ORBITS(Name) HashOrbits(Name##Map(), orbits);
  CHAOSENSE_BUILTIN_MAPS(CHAOSENSE_HASH_ORBITS)
#undef CHAOSENSE_HASH_ORBITS
  std::printf("%s\n", ToHex(orbits.Finish()).c_str());
}
