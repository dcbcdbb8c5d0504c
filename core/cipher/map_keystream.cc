#include "core/cipher/map_keystream.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/base/hkdf.h"
#include "core/chaos/detmath.h"

namespace chaosense {
namespace {

constexpr double kFarAway = 1e6;  // widths of the domain

double Fraction52(std::span<const uint8_t> bytes) {
  uint64_t word = 0;
  for (const uint8_t byte : bytes) word = word << 8 | byte;
  return static_cast<double>(word >> 12) * 0x1p-52;
}

}  // namespace

int MapKeystreamPlan::key_bits() const {
  return static_cast<int>(std::min<size_t>(256, 52 * (info.state.size() + keyed.size())));
}

MapKeystream::MapKeystream(std::shared_ptr<const MapKeystreamPlan> plan,
                           std::span<const uint8_t> key,
                           const Digest& nonce)
    : plan_(std::move(plan)), key_(key.begin(), key.end()), nonce_(nonce) {
  static const bool ieee = detmath::ArithmeticIsIeee();
  CHAOSENSE_CHECK(
      ieee,
      "floating-point arithmetic is not plain IEEE-754 here: keystreams would not be portable");
  Start();
}

void MapKeystream::Start() {
  for (int i = 0; i < kMostAttempts; ++i) {
    if (TryStart(std::ldexp(1.0, -(i / 8)))) return;
  }
  throw RunError("map {}: {} orbits in a row left the domain; choose other parameters",
                 plan_->info.name,
                 kMostAttempts);
}

bool MapKeystream::TryStart(double scale) {
  const std::vector<MapVariable>& variables = plan_->info.state;
  const Bytes material = HkdfSha256(key_,
                                    nonce_,
                                    fmt::format("chaosense map keystream 1 {}", attempt_++),
                                    8 * (variables.size() + plan_->keyed.size()));
  std::span<const uint8_t> left(material);
  const auto fraction = [&] {
    const double f = Fraction52(left.first(8));
    left = left.subspan(8);
    return f;
  };
  state_.clear();
  for (const MapVariable& variable : variables) {
    const double f = 1.0 / 64 + 31.0 / 32 * fraction();
    const double point = variable.low + (variable.high - variable.low) * f;
    state_.push_back(scale == 1.0 ? point : variable.initial + scale * (point - variable.initial));
  }
  MapValues values = plan_->fixed;
  for (const KeyedParameter& parameter : plan_->keyed)
    values[parameter.name] = parameter.low + (parameter.high - parameter.low) * fraction();
  map_ = plan_->make(values);
  next_ = 0;
  for (int64_t i = 0; i < plan_->extractor.burn_in; ++i) {
    map_->Step(state_);
    if (Escaped()) return false;
  }
  return true;
}

bool MapKeystream::Escaped() const {
  for (size_t i = 0; i < state_.size(); ++i) {
    const MapVariable& variable = plan_->info.state[i];
    const double width = variable.high - variable.low;
    // Written so that NaN counts as escaped.
    if (!(std::fabs(state_[i] - variable.low) <= kFarAway * width)) return true;
  }
  return false;
}

size_t MapKeystream::NextVariable() {
  const std::vector<size_t>& variables = plan_->extractor.variables;
  if (next_ == variables.size()) {
    next_ = 0;
    for (int64_t i = 0; i < plan_->extractor.decimation; ++i) {
      map_->Step(state_);
      if (Escaped()) {
        Start();
        break;
      }
    }
  }
  return variables[next_++];
}

uint8_t MapKeystream::NextByte() {
  const ExtractorOptions& extractor = plan_->extractor;
  if (extractor.kind != ExtractorKind::kThreshold)
    return ExtractByte(state_[NextVariable()], extractor);
  unsigned byte = 0;
  for (int i = 0; i < 8; ++i)
    byte = byte << 1 | (state_[NextVariable()] >= extractor.threshold ? 1U : 0U);
  return static_cast<uint8_t>(byte);
}

double MapKeystream::NextReal() {
  const size_t index = NextVariable();
  const MapVariable& variable = plan_->info.state[index];
  const double s =
      detmath::FractionalPart((state_[index] - variable.low) / (variable.high - variable.low));
  return s < 1.0 ? s : 0.0;  // a tiny negative number's fraction rounds to 1
}

}  // namespace chaosense
