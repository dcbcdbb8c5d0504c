#include "core/chaos/extractor.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/base/registry.h"

namespace chaosense {
namespace {

// 10^0 .. 10^22, each exactly a double.
constexpr std::array<double, 23> kPowersOf10 = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

struct Kind {
  const char* name;
  ExtractorKind kind;
  const char* summary;
};
constexpr std::array kKinds = {
    Kind{"decimal_mod", ExtractorKind::kDecimalMod, "floor(|x| 10^k) mod 256"},
    Kind{"binary_mod", ExtractorKind::kBinaryMod, "floor(|x| 2^k) mod 256"},
    Kind{"mantissa", ExtractorKind::kMantissa, "eight bits of the double's fraction"},
    Kind{"threshold", ExtractorKind::kThreshold, "one bit, x >= threshold"}};

Json Number(const char* type, const Json& fallback, const Json& minimum, const Json& maximum) {
  return {{"type", type}, {"default", fallback}, {"minimum", minimum}, {"maximum", maximum}};
}

PluginInfo InfoFor(const Kind& kind, const MapInfo& map) {
  PluginInfo info;
  info.name = kind.name;
  info.summary = kind.summary;
  constexpr int64_t kMost = 1000000000;
  info.parameters["burn_in"] = Number("integer", 1000, 0, kMost);
  info.parameters["decimation"] = Number("integer", 1, 1, kMost);
  if (kind.kind == ExtractorKind::kDecimalMod) info.parameters["k"] = Number("integer", 14, 0, 22);
  if (kind.kind == ExtractorKind::kBinaryMod) info.parameters["k"] = Number("integer", 32, 0, 1000);
  if (kind.kind == ExtractorKind::kMantissa) info.parameters["low"] = Number("integer", 0, 0, 44);
  if (kind.kind == ExtractorKind::kThreshold) {
    const MapVariable& first = map.state.front();
    info.parameters["threshold"] = {{"type", "number"}, {"default", (first.low + first.high) / 2}};
  }
  return info;
}

const Kind& FindKind(const Json& json, const std::string& where) {
  std::vector<std::string> names;
  for (const Kind& kind : kKinds) names.push_back(kind.name);
  if (!json.is_object())
    throw ConfigError("{}: expected an object, e.g. {{\"kind\": \"binary_mod\"}}", where);
  if (!json.contains("kind") || !json["kind"].is_string())
    throw ConfigError("{}: \"kind\" is missing; known: {}", where, JoinNames(names));
  const std::string name = json["kind"].get<std::string>();
  for (const Kind& kind : kKinds) {
    if (name == kind.name) return kind;
  }
  throw ConfigError("{}: unknown extractor \"{}\"{}", where, name, NearestOrAll(name, names));
}

std::vector<size_t> ParseVariables(const Json& json, const MapInfo& map, const std::string& where) {
  std::vector<std::string> names;
  for (const MapVariable& variable : map.state) names.push_back(variable.name);
  if (!json.is_array() || json.empty()) {
    throw ConfigError(
        "{}: \"variables\": expected a list of names of {}: {}", where, map.name, JoinNames(names));
  }
  std::vector<size_t> variables;
  for (const Json& one : json) {
    const std::string name = one.is_string() ? one.get<std::string>() : one.dump();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      throw ConfigError("{}: \"variables\": {} has no \"{}\"; known: {}",
                        where,
                        map.name,
                        name,
                        JoinNames(names));
    }
    variables.push_back(static_cast<size_t>(found - names.begin()));
  }
  return variables;
}

// floor(x) mod 256 of a double that may exceed every integer type; fmod is exact.
uint8_t FloorMod256(double x) { return static_cast<uint8_t>(std::fmod(std::floor(x), 256.0)); }

// A byte, or a threshold's bit.
uint8_t Extract(double x, const ExtractorOptions& options) {
  if (options.kind == ExtractorKind::kThreshold) return x >= options.threshold ? 1 : 0;
  return ExtractByte(x, options);
}

}  // namespace

ExtractorOptions ParseExtractor(const Json& json, const MapInfo& map, const std::string& where) {
  const Kind& kind = FindKind(json, where);
  Json given = json;
  given.erase("kind");
  ExtractorOptions options;
  options.kind = kind.kind;
  if (given.contains("variables")) {
    options.variables = ParseVariables(given["variables"], map, where);
    given.erase("variables");
  }
  const Json resolved = ResolveParameters(InfoFor(kind, map), given, where);
  options.burn_in = resolved.at("burn_in").get<int64_t>();
  options.decimation = resolved.at("decimation").get<int64_t>();
  options.k = resolved.value("k", options.k);
  options.low = resolved.value("low", options.low);
  options.threshold = resolved.value("threshold", options.threshold);
  return options;
}

ExtractorOptions OwnExtractor(const MapInfo& map) {
  if (map.extractor.empty()) return {};
  return ParseExtractor(Json::parse(map.extractor), map, map.name + ": extractor");
}

uint8_t ExtractByte(double x, const ExtractorOptions& options) {
  switch (options.kind) {
    case ExtractorKind::kDecimalMod:
      return FloorMod256(std::fabs(x) * kPowersOf10[static_cast<size_t>(options.k)]);
    case ExtractorKind::kBinaryMod:
      return FloorMod256(std::ldexp(std::fabs(x), options.k));
    case ExtractorKind::kMantissa:
      return static_cast<uint8_t>(std::bit_cast<uint64_t>(x) >> options.low & 255);
    case ExtractorKind::kThreshold:
      break;
  }
  CHAOSENSE_CHECK(false, "a threshold gives bits, not bytes");
  return 0;
}

void AppendBytes(std::span<const double> state,
                 const ExtractorOptions& options,
                 std::vector<uint8_t>& bytes) {
  for (const size_t variable : options.variables)
    bytes.push_back(Extract(state[variable], options));
}

bool GiveSameBytes(std::span<const double> a,
                   std::span<const double> b,
                   const ExtractorOptions& options) {
  return std::ranges::all_of(options.variables, [&](size_t variable) {
    return Extract(a[variable], options) == Extract(b[variable], options);
  });
}

OrbitByteStream::OrbitByteStream(std::shared_ptr<const ChaoticMap> map,
                                 ExtractorOptions options,
                                 std::vector<double> start)
    : map_(std::move(map)),
      options_(std::move(options)),
      state_(start.empty() ? map_->InitialState() : std::move(start)),
      variable_(options_.variables.size()) {
  CHAOSENSE_CHECK(state_.size() == map_->dimension(),
                  "{} values for {} variables",
                  state_.size(),
                  map_->dimension());
  CHAOSENSE_CHECK(options_.k >= 0 && options_.low >= 0 && options_.low <= 44 &&
                  options_.decimation >= 1 && !options_.variables.empty());
  CHAOSENSE_CHECK(options_.kind != ExtractorKind::kDecimalMod || options_.k <= 22);
  for (const size_t variable : options_.variables) CHAOSENSE_CHECK(variable < state_.size());
  Advance(options_.burn_in);
}

void OrbitByteStream::Advance(int64_t steps) {
  for (int64_t i = 0; i < steps; ++i) map_->Step(state_);
  steps_ += steps;
  for (size_t i = 0; i < state_.size(); ++i) {
    if (std::isfinite(state_[i])) continue;
    throw RunError("map {}: {} is {} within {} steps: the orbit left the map's domain",
                   map_->info().name,
                   map_->info().state[i].name,
                   state_[i],
                   steps_);
  }
}

double OrbitByteStream::NextValue() {
  if (variable_ == options_.variables.size()) {
    Advance(options_.decimation);
    variable_ = 0;
  }
  return state_[options_.variables[variable_++]];
}

uint8_t OrbitByteStream::Next() {
  if (options_.kind != ExtractorKind::kThreshold) return ExtractByte(NextValue(), options_);
  unsigned byte = 0;
  for (int bit = 0; bit < 8; ++bit) {
    byte = byte << 1 | static_cast<unsigned>(NextValue() >= options_.threshold);
  }
  return static_cast<uint8_t>(byte);
}

ByteBias MeasureByteBias(std::span<const uint8_t> bytes) {
  CHAOSENSE_CHECK(!bytes.empty(), "no bytes");
  std::array<double, 256> shares{};
  std::array<int64_t, 256> counts{};
  for (const uint8_t byte : bytes) ++counts[byte];
  const double n = static_cast<double>(bytes.size());
  for (size_t i = 0; i < 256; ++i) shares[i] = static_cast<double>(counts[i]) / n;
  ByteBias bias = BiasOfShares(shares);
  bias.count = static_cast<int64_t>(bytes.size());
  bias.chi2 *= n;
  return bias;
}

std::array<double, 256> ArcsineByteShares() {
  const auto cdf = [](int i) {
    return 2 / std::numbers::pi * std::asin(std::sqrt(static_cast<double>(i) / 256));
  };
  std::array<double, 256> shares;
  for (int i = 0; i < 256; ++i) shares[static_cast<size_t>(i)] = cdf(i + 1) - cdf(i);
  return shares;
}

ByteBias BiasOfShares(const std::array<double, 256>& shares) {
  ByteBias bias;
  bias.rarest = bias.commonest = shares[0];
  for (size_t i = 0; i < 256; ++i) {
    const double p = shares[i];
    const double off = p - 1.0 / 256;
    bias.chi2 += 256 * off * off;
    if (i % 2 == 1) bias.odd_share += p;
    if (p > 0) bias.entropy -= p * std::log2(p);
    bias.rarest = std::min(bias.rarest, p);
    bias.commonest = std::max(bias.commonest, p);
  }
  return bias;
}

}  // namespace chaosense
