#include "core/chaos/number_format.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace chaosense {
namespace {

constexpr double kFixedLimit = 0x1p15;
__extension__ typedef __int128 Int128;

// Any |x| below 2^51 to an integer, ties to even, by the rounding of an addition.
double NearestInteger(double x) {
  constexpr double kShift = 0x1.8p52;
  return (x + kShift) - kShift;
}

// a / 2^shift, rounded.
Int128 ShiftRight(Int128 a, int shift, bool down) {
  Int128 quotient = a >> shift;  // towards minus infinity
  if (down) return quotient;
  const Int128 rest = a - (quotient << shift);
  const Int128 half = static_cast<Int128>(1) << (shift - 1);
  if (rest > half || (rest == half && (quotient & 1) != 0)) ++quotient;
  return quotient;
}

}  // namespace

NumberFormat NumberFormat::Ieee(std::string name, int bits, int least_exponent, int most_exponent) {
  NumberFormat format;
  format.kind_ = Kind::kFloat;
  format.name_ = std::move(name);
  format.bits_ = bits;
  format.least_normal_ = std::ldexp(1.0, least_exponent);
  format.spacing_ = std::ldexp(1.0, least_exponent - bits);
  format.overflow_ = std::ldexp(1.0, most_exponent + 1);
  return format;
}

NumberFormat NumberFormat::Mantissa(int bits) {
  CHAOSENSE_CHECK(bits >= 1 && bits <= 51, "mantissa bits {}", bits);
  NumberFormat format = Ieee(fmt::format("mantissa{}", bits), bits, -1022, 1023);
  format.least_normal_ = 0;  // subnormals keep the same stored bits as the others
  return format;
}

NumberFormat NumberFormat::Fixed(int fraction_bits, bool down) {
  CHAOSENSE_CHECK(fraction_bits >= 1 && fraction_bits <= 36, "fraction bits {}", fraction_bits);
  NumberFormat format;
  format.kind_ = Kind::kFixed;
  format.name_ = fmt::format("fixed{}{}", fraction_bits, down ? "_down" : "");
  format.bits_ = fraction_bits;
  format.down_ = down;
  format.spacing_ = std::ldexp(1.0, -fraction_bits);
  format.overflow_ = kFixedLimit;
  return format;
}

const std::vector<std::string>& NumberFormat::CommonNames() {
  static const std::vector<std::string> names = {
      "float64", "float32", "float16", "bfloat16", "fixed16", "fixed32"};
  return names;
}

NumberFormat NumberFormat::FromName(const std::string& name, const std::string& where) {
  if (name == "float64") return Float64();
  if (name == "float32") return Float32();
  if (name == "float16") return Float16();
  if (name == "bfloat16") return Bfloat16();
  const auto number_after = [&](std::string_view prefix, std::string_view suffix) {
    if (!name.starts_with(prefix) || !name.ends_with(suffix)) return 0;
    int number = 0;
    const char* end = name.data() + name.size() - suffix.size();
    const auto [rest, error] = std::from_chars(name.data() + prefix.size(), end, number);
    return error == std::errc() && rest == end ? number : 0;
  };
  if (const int bits = number_after("mantissa", ""); bits >= 1 && bits <= 51) return Mantissa(bits);
  if (const int bits = number_after("fixed", ""); bits >= 1 && bits <= 36) return Fixed(bits);
  if (const int bits = number_after("fixed", "_down"); bits >= 1 && bits <= 36) {
    return Fixed(bits, true);
  }
  throw ConfigError(
      "{}{}unknown number format \"{}\"{}, mantissa1 .. mantissa51, "
      "fixed1 .. fixed36 or fixed1_down .. fixed36_down",
      where,
      where.empty() ? "" : ": ",
      name,
      NearestAndAll(name, CommonNames(), "expected"));
}

double NumberFormat::RoundFloat(double x) const {
  const double magnitude = std::fabs(x);
  if (magnitude < least_normal_) {
    // Far below the limit of NearestInteger, and exact times a power of two.
    return std::copysign(NearestInteger(magnitude / spacing_) * spacing_, x);
  }
  if (!(magnitude < std::numeric_limits<double>::infinity())) return x;
  // Half a unit in the last place is added to the bits; a carry moves into the exponent.
  const int dropped = 52 - bits_;
  uint64_t bits = std::bit_cast<uint64_t>(x);
  bits += ((uint64_t{1} << (dropped - 1)) - 1) + ((bits >> dropped) & 1);
  bits &= ~((uint64_t{1} << dropped) - 1);
  const double rounded = std::bit_cast<double>(bits);
  if (std::fabs(rounded) >= overflow_) {
    return std::copysign(std::numeric_limits<double>::infinity(), x);
  }
  return rounded;
}

double NumberFormat::RoundFixed(double x) const {
  if (std::isnan(x)) return 0;
  if (x >= overflow_) return overflow_ - spacing_;
  if (x <= -overflow_) return -overflow_;
  const double scaled = x / spacing_;  // exact, below 2^51
  const double k = down_ ? std::floor(scaled) : NearestInteger(scaled);
  // + 0: there is no negative zero in fixed point.
  return std::fmin(k * spacing_, overflow_ - spacing_) + 0.0;
}

double NumberFormat::MultiplyFixed(double a, double b) const {
  const Int128 product =
      static_cast<Int128>(static_cast<int64_t>(a / spacing_)) * static_cast<int64_t>(b / spacing_);
  const Int128 k = ShiftRight(product, bits_, down_);
  return RoundFixed(static_cast<double>(k) * spacing_);  // above 2^53 it saturates anyway
}

double NumberFormat::DivideFixed(double a, double b) const {
  if (b == 0) return a == 0 ? 0 : RoundFixed(a > 0 ? kFixedLimit : -kFixedLimit);
  // One more bit than needed, and an odd last bit for a rest, decide every rounding.
  const Int128 numerator = static_cast<Int128>(static_cast<int64_t>(a / spacing_)) << (bits_ + 2);
  const Int128 denominator = static_cast<int64_t>(b / spacing_);
  Int128 quotient = numerator / denominator;  // towards zero
  const Int128 rest = numerator - quotient * denominator;
  if (rest != 0) {
    const bool negative = (rest < 0) != (denominator < 0);
    if (negative) --quotient;  // now towards minus infinity
    quotient |= 1;
  }
  return RoundFixed(static_cast<double>(ShiftRight(quotient, 2, down_)) * spacing_);
}

}  // namespace chaosense
