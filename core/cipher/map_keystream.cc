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

// Powers of ten that a double holds exactly.
double PowerOfTen(int exponent) {
  double power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

double Fraction52(std::span<const uint8_t> bytes) {
  uint64_t word = 0;
  for (const uint8_t byte : bytes) word = word << 8 | byte;
  return static_cast<double>(word >> 12) * 0x1p-52;
}

}  // namespace

uint8_t ByteExtractor::operator()(double s) const {
  const double scale = kind == Kind::kBits ? std::ldexp(1.0, count) : PowerOfTen(count);
  return static_cast<uint8_t>(static_cast<uint64_t>(s * scale) & 255);
}

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
    if (TryStart()) return;
  }
  throw RunError("map {}: {} orbits in a row left the domain; choose other parameters",
                 plan_->info.name,
                 kMostAttempts);
}

bool MapKeystream::TryStart() {
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
    state_.push_back(variable.low + (variable.high - variable.low) * f);
  }
  MapValues values = plan_->fixed;
  for (const KeyedParameter& parameter : plan_->keyed)
    values[parameter.name] = parameter.low + (parameter.high - parameter.low) * fraction();
  map_ = plan_->make(values);
  next_ = 0;
  for (int i = 0; i < plan_->burn_in; ++i) map_->Step(state_);
  return !Escaped();
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

double MapKeystream::NextReal() {
  if (next_ == state_.size()) {
    map_->Step(state_);
    next_ = 0;
    if (Escaped()) Start();
  }
  const MapVariable& variable = plan_->info.state[next_];
  const double s =
      detmath::FractionalPart((state_[next_] - variable.low) / (variable.high - variable.low));
  ++next_;
  return s < 1.0 ? s : 0.0;  // a tiny negative number's fraction rounds to 1
}

}  // namespace chaosense
