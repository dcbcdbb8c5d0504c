#include "core/analysis/key_bits.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/lyapunov.h"
#include "core/analysis/orbit.h"

namespace chaosense {
namespace {

constexpr int kFinest = 60;

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

// The bytes of a key's stream once a change of its last bit has had time to grow. Some steps of a
// flow show little of it (a threshold's bit stays for a turn of the orbit): the window grows with
// the time.
class LateStream {
 public:
  LateStream(const MapFamily& family, const KeyBitsOptions& options)
      : family_(family),
        extractor_(options.extractor.value_or(OwnExtractor(family.info()))),
        steps_(options.steps > 0 ? options.steps : StepsToGrow(family)),
        values_(std::max<int64_t>(64, steps_ / 8 / extractor_.decimation)) {}

  // Empty if the orbit escapes.
  Bytes Of(const KeyValues& key) const {
    const auto map = MapOfKey(family_, key);
    std::vector<double> state = StateOfKey(family_, key);
    for (int64_t step = 0; step < steps_; ++step) map->Step(state);
    Bytes bytes;
    for (int64_t value = 0; value < values_; ++value) {
      for (int64_t i = 0; i < extractor_.decimation; ++i) map->Step(state);
      if (HasEscaped(state)) return {};
      AppendBytes(state, extractor_, bytes);
    }
    return bytes;
  }

 private:
  const MapFamily& family_;
  ExtractorOptions extractor_;
  int64_t steps_;
  int64_t values_;
};

bool IsUsable(const MapFamily& family, const KeyValues& key, const OrbitOptions& orbit) {
  return JudgeOrbit(*MapOfKey(family, key), StateOfKey(family, key), orbit).chaotic();
}

// Usable keys about the map's own initial state; none if that is not in a chaotic sea.
std::vector<KeyValues> KeysAboutTheStart(const MapFamily& family, const KeyBitsOptions& options) {
  std::vector<KeyValues> keys;
  for (int i = 0; i < options.keys; ++i) {
    KeyValues key = KeyAboutTheStart(family, static_cast<uint64_t>(i));
    if (IsUsable(family, key, options.orbit)) keys.push_back(std::move(key));
  }
  return keys;
}

// The finest change of real `r` that shows in most of the keys it was tried on.
int BitsOf(const LateStream& stream,
           const KeyReal& real,
           size_t r,
           const std::vector<KeyValues>& keys,
           const std::vector<Bytes>& streams) {
  for (int b = kFinest; b >= 1; --b) {
    const double move = std::ldexp(real.Width(), -b);
    int changed = 0;
    int compared = 0;
    for (size_t k = 0; k < keys.size(); ++k) {
      if (streams[k].empty()) continue;
      KeyValues other = keys[k];
      other[r] += other[r] + move <= real.high ? move : -move;
      if (other[r] == keys[k][r]) {
        ++compared;  // the double is the same: the stream is
        continue;
      }
      const Bytes bytes = stream.Of(other);
      if (bytes.empty()) continue;
      ++compared;
      changed += bytes != streams[k] ? 1 : 0;
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
  const LateStream stream(family, options);
  std::vector<Bytes> streams;
  for (const KeyValues& key : keys) streams.push_back(stream.Of(key));
  const std::vector<KeyReal> reals = KeyRealsOf(family);
  for (size_t r = 0; r < reals.size(); ++r)
    result.reals.push_back({reals[r], BitsOf(stream, reals[r], r, keys, streams)});
  return result;
}

}  // namespace chaosense
