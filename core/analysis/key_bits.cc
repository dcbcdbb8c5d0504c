#include "core/analysis/key_bits.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/lyapunov.h"
#include "core/analysis/orbit.h"

namespace chaosense {
namespace {

constexpr int kFinest = 60;
constexpr double kVisible = 0x1p-20;  // of the domain's width

std::vector<double> StateAfter(const MapFamily& family, const KeyValues& key, int64_t steps) {
  const auto map = MapOfKey(family, key);
  std::vector<double> state = StateOfKey(family, key);
  for (int64_t step = 0; step < steps; ++step) map->Step(state);
  return state;
}

bool Differ(const MapInfo& info, const std::vector<double>& a, const std::vector<double>& b) {
  for (size_t i = 0; i < a.size(); ++i) {
    if (std::fabs(a[i] - b[i]) > kVisible * (info.state[i].high - info.state[i].low)) return true;
  }
  return false;
}

// Enough for a change of the last bit to grow to the size of the attractor.
int64_t StepsToGrow(const MapFamily& family) {
  constexpr int64_t kLeast = 300;
  constexpr int64_t kMost = 100000;  // weakly chaotic flows would take millions
  const auto map = family.Make();
  std::vector<double> state = StartState(*map, 0);
  const double exponent = LargestExponent(*map, state, {1000, 4000});
  if (!(exponent > 0)) return kLeast;
  return std::clamp(static_cast<int64_t>(60 / exponent), kLeast, kMost);
}

bool IsUsable(const MapFamily& family, const KeyValues& key, const OrbitOptions& orbit) {
  return JudgeOrbit(*MapOfKey(family, key), StateOfKey(family, key), orbit).chaotic();
}

// Usable keys about the map's own initial state; none if that is not in a chaotic sea.
std::vector<KeyValues> KeysAboutTheStart(const MapFamily& family, const KeyBitsOptions& options) {
  std::vector<KeyValues> keys;
  const auto map = family.Make();
  const std::vector<KeyReal> reals = KeyRealsOf(family);
  for (int i = 0; i < options.keys; ++i) {
    KeyValues key = StartState(*map, static_cast<uint64_t>(i));
    for (size_t r = key.size(); r < reals.size(); ++r)
      key.push_back(family.values().at(reals[r].name));
    if (IsUsable(family, key, options.orbit)) keys.push_back(std::move(key));
  }
  return keys;
}

// The finest change of real `r` that shows in most of the keys it was tried on.
int BitsOf(const MapFamily& family,
           const KeyReal& real,
           size_t r,
           const std::vector<KeyValues>& keys,
           const std::vector<std::vector<double>>& ends,
           int64_t steps) {
  for (int b = kFinest; b >= 1; --b) {
    const double move = std::ldexp(real.Width(), -b);
    int changed = 0;
    int compared = 0;
    for (size_t k = 0; k < keys.size(); ++k) {
      if (HasEscaped(ends[k])) continue;
      KeyValues other = keys[k];
      other[r] += other[r] + move <= real.high ? move : -move;
      if (other[r] == keys[k][r]) {
        ++compared;  // the double is the same: the stream is
        continue;
      }
      const std::vector<double> end = StateAfter(family, other, steps);
      if (HasEscaped(end)) continue;
      ++compared;
      changed += Differ(family.info(), ends[k], end) ? 1 : 0;
    }
    if (compared > 0 && 2 * changed >= compared) return b;
  }
  return 0;
}

double Total(int resolved, double share, double lost_bits) {
  return resolved == 0 ? 0 : std::max(0.0, resolved + std::log2(share) - lost_bits);
}

}  // namespace

int KeyBits::resolved() const {
  int sum = 0;
  for (const RealBits& real : reals) sum += real.bits;
  return sum;
}

int KeyBits::resolved_state() const {
  int sum = 0;
  for (const RealBits& real : reals) sum += real.real.is_parameter ? 0 : real.bits;
  return sum;
}

double KeyBits::total(double lost_bits) const { return Total(resolved(), usable_share, lost_bits); }

double KeyBits::total_state(double lost_bits) const {
  return Total(resolved_state(), usable_state_share, lost_bits);
}

KeyBits MeasureKeyBits(const MapFamily& family, const KeyBitsOptions& options) {
  constexpr int64_t kWanted = 64;
  KeyBits result;
  RandomStream random(fmt::format("key bits|{}|{}", family.info().name, options.seed));
  const auto draw = [&](bool random_parameters) {
    return DrawKeys(
        family, random_parameters, kWanted, options.tries, random, [&](const KeyValues& key) {
          return IsUsable(family, key, options.orbit);
        });
  };
  KeyDraw states = draw(false);
  result.usable_state_share = states.Share();
  const KeyDraw whole = family.FreeParameters().empty() ? states : draw(true);
  result.usable_share = whole.Share();
  result.usable_found = static_cast<int64_t>(whole.keys.size());
  std::vector<KeyValues> keys = std::move(states.keys);
  if (keys.size() < 8) keys = KeysAboutTheStart(family, options);
  if (static_cast<int>(keys.size()) > options.keys) keys.resize(static_cast<size_t>(options.keys));
  const int64_t steps = options.steps > 0 ? options.steps : StepsToGrow(family);
  std::vector<std::vector<double>> ends;
  for (const KeyValues& key : keys) ends.push_back(StateAfter(family, key, steps));
  const std::vector<KeyReal> reals = KeyRealsOf(family);
  for (size_t r = 0; r < reals.size(); ++r)
    result.reals.push_back({reals[r], BitsOf(family, reals[r], r, keys, ends, steps)});
  return result;
}

}  // namespace chaosense
