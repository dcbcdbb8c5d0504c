#include "experiments/map_study.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "core/analysis/parallel.h"
#include "core/base/signals.h"

namespace chaosense {
namespace {

Digest KeyOf(uint64_t seed) { return Sha256Of(fmt::format("map study {}", seed)); }

// Blocks of a stream cipher's keystream, each under an iv of its own.
class YardstickStream {
 public:
  YardstickStream(Yardstick algorithm, uint64_t seed) : algorithm_(algorithm), key_(KeyOf(seed)) {}

  void Fill(std::span<uint8_t> bytes) {
    size_t done = 0;
    while (done < bytes.size()) {
      if (used_ == block_.size()) Refill();
      const size_t count = std::min(bytes.size() - done, block_.size() - used_);
      std::copy_n(block_.begin() + static_cast<ptrdiff_t>(used_),
                  count,
                  bytes.begin() + static_cast<ptrdiff_t>(done));
      used_ += count;
      done += count;
    }
  }

 private:
  void Refill() {
    constexpr size_t kBlock = size_t{1} << 16;
    static const Bytes zeros(kBlock, 0);
    // The number goes where neither cipher counts: the first half of AES's counter block, the last
    // of ChaCha20's nonce.
    Bytes iv(16, 0);
    const size_t place = algorithm_ == Yardstick::kAes256Ctr ? 0 : 8;
    for (size_t i = 0; i < 8; ++i) iv[place + i] = static_cast<uint8_t>(number_ >> (8 * i));
    ++number_;
    block_ = ApplyStreamCipher(algorithm_, key_, iv, zeros);
    used_ = 0;
  }

  Yardstick algorithm_;
  Digest key_;
  Bytes block_;
  size_t used_ = 0;
  uint64_t number_ = 0;
};

Json Count(int64_t fallback, int64_t least, int64_t most, const char* description) {
  return {{"type", "integer"},
          {"minimum", least},
          {"maximum", most},
          {"default", fallback},
          {"description", description}};
}

}  // namespace

MapSubject YardstickSubject(const std::string& name, const std::string& where) {
  if (name == "aes256_ctr") return {name, std::nullopt, Yardstick::kAes256Ctr};
  if (name == "chacha20") return {name, std::nullopt, Yardstick::kChaCha20};
  throw ConfigError("{}: \"{}\" is not allowed; allowed: aes256_ctr, chacha20", where, name);
}

ExtractorOptions ExtractorFor(const MapFamily& family, const Json& extractor) {
  return extractor.empty() ? OwnExtractor(family.info())
                           : ParseExtractor(extractor, family.info(), "extractor");
}

std::shared_ptr<const MapKeystreamPlan> KeystreamPlanOf(const MapFamily& family,
                                                        const Json& extractor) {
  auto plan = std::make_shared<MapKeystreamPlan>();
  plan->info = family.info();
  plan->fixed = family.values();
  plan->extractor = ExtractorFor(family, extractor);
  plan->make = [family](const MapValues& values) { return family.Make(values); };
  return plan;
}

FillBytes KeystreamOf(const MapSubject& subject, uint64_t seed, const Json& extractor) {
  if (subject.yardstick) {
    const auto stream = std::make_shared<YardstickStream>(*subject.yardstick, seed);
    return [stream](std::span<uint8_t> bytes) { stream->Fill(bytes); };
  }
  const auto stream = std::make_shared<MapKeystream>(
      KeystreamPlanOf(*subject.family, extractor), KeyOf(seed), Digest{});
  return [stream](std::span<uint8_t> bytes) { stream->Fill(bytes); };
}

const std::vector<MapGroup>& MapGroups() {
  static const std::vector<MapGroup> groups = {
      {"lyapunov", "Lyapunov spectrum, Kaplan-Yorke dimension", MeasureMapLyapunov},
      {"zero_one", "0-1 test for chaos", MeasureMapZeroOne},
      {"entropies", "permutation, sample and approximate entropy", MeasureMapEntropies},
      {"dimension", "correlation dimension D2 and entropy K2", MeasureMapDimension},
      {"sensitivity", "how fast nearby orbits part", MeasureMapSensitivity},
      {"density", "invariant density of the first coordinate", MeasureMapDensity},
      {"cycles", "cycles and tails in float16, float32, fixed32, float64", MeasureMapCycles},
      {"box", "dead zones of the advertised parameters", MeasureMapBox, false, false},
      {"keys", "equivalent keys", MeasureMapKeys, false, false},
      {"key_bits",
       "bits of the key that count, share of usable keys",
       MeasureMapKeyBits,
       false,
       false},
      {"quantiser", "bias of the byte extractors that papers use", MeasureMapQuantiser},
      {"sp800_22", "NIST SP 800-22 of the keystream", MeasureMapSp80022, true},
      {"until_failure", "keystream bytes until a test fails", MeasureMapUntilFailure, true},
      {"speed",
       "keystream speed beside AES-256-CTR and ChaCha20",
       MeasureMapSpeed,
       true,
       true,
       true},
      {"cipher",
       "one cipher run with each map: entropy, correlation, NPCR, UACI",
       MeasureMapCipher,
       true}};
  return groups;
}

Json MapSettings() {
  return {
      {"lyapunov_steps", Count(200000, 1000, 100000000, "lyapunov, dimension: steps counted")},
      {"series_length", Count(3000, 200, 100000, "zero_one, entropies: values")},
      {"dimension_points",
       Count(20000, 200, 10000000, "dimension: states for D2, of which K2 takes 10000 at most")},
      {"cycle_starts", Count(50, 1, 100000, "cycles: starts in float16, float32 and fixed32")},
      {"cycle_limit", Count(200000, 100, 10000000000, "cycles: steps in those formats")},
      {"double_cycle_limit", Count(1000000, 0, 100000000000, "cycles: steps in float64, 2 starts")},
      {"box_points", Count(400, 2, 1000000, "box: points of the parameter box")},
      {"box_starts", Count(2, 1, 1000, "box: orbits at each point")},
      {"key_count", Count(100, 8, 1000000, "keys, key_bits: random keys for each change")},
      {"key_bit_count", Count(16, 2, 10000, "key_bits: usable keys for the bits of each real")},
      {"key_tries", Count(2000, 10, 100000000, "key_bits: random keys tried for usable ones")},
      {"quantiser_samples", Count(200000, 1000, 1000000000, "quantiser: bytes")},
      {"stream_bits", Count(1000000, 1000, 100000000, "sp800_22: bits of one sequence")},
      {"failure_limit", Count(int64_t{1} << 20, 1024, int64_t{1} << 36, "until_failure: bytes")},
      {"extractor",
       {{"type", "object"},
        {"default", Json::object()},
        {"description",
         "keys, key_bits, quantiser, sp800_22, until_failure, speed, cipher: how a map's bytes are "
         "taken from its orbit, e.g. {\"kind\": \"decimal_mod\", \"k\": 14}; kinds decimal_mod, "
         "binary_mod, "
         "mantissa, "
         "threshold (default: binary_mod, k 32, of the first variable)"}}},
      {"pixel_changes", Count(10, 1, 100000, "cipher: one-pixel changes")},
      {"picture",
       {{"type", "string"},
        {"default", "leaves00"},
        {"description", "cipher: a picture of the generated set generated_test"}}}};
}

std::vector<MapGroupResult> MeasureMap(const MapSubject& subject,
                                       const std::vector<std::string>& names,
                                       const MapMeasureContext& context,
                                       const std::function<void(const MapGroupResult&)>& on_done) {
  std::vector<const MapGroup*> chosen;
  for (const MapGroup& group : MapGroups()) {
    const bool wanted = std::find(names.begin(), names.end(), group.name) != names.end();
    if (wanted && (subject.family || group.for_yardsticks)) chosen.push_back(&group);
  }
  std::vector<MapGroupResult> results(chosen.size());
  std::vector<bool> done(chosen.size(), false);
  size_t told = 0;
  std::mutex telling;
  const auto run = [&](size_t i, const MapMeasureContext& with) {
    MapGroupResult& result = results[i];
    result.group = chosen[i]->name;
    try {
      chosen[i]->measure(subject, with, result.values);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kRun) throw;
      result.values.clear();
      result.problem = error.what();
    }
    const std::lock_guard lock(telling);
    done[i] = true;
    for (; on_done && told < done.size() && done[told]; ++told) on_done(results[told]);
  };
  MapMeasureContext own = context;
  own.threads = 1;  // the groups run beside each other
  ParallelFor(static_cast<int64_t>(chosen.size()), context.threads, [&](int64_t i) {
    if (!chosen[static_cast<size_t>(i)]->alone) run(static_cast<size_t>(i), own);
  });
  for (size_t i = 0; i < chosen.size(); ++i) {
    ThrowIfInterrupted();
    if (chosen[i]->alone) run(i, context);
  }
  return results;
}

}  // namespace chaosense
