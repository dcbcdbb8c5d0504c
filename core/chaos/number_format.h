// Number formats for studies of finite precision: what a chaotic orbit becomes in half precision or
// in the fixed point of a small processor. A value of a format is held in a double; every operation
// is done on doubles and rounded to the format.
//
//   float64, float32, float16, bfloat16   IEEE-754 with subnormals and infinities, ties to even
//   mantissa1 .. mantissa51               so many stored bits, the exponent range of float64
//   fixed1 .. fixed36                     signed fixed point: so many fraction bits, 15 integer
//   bits fixed1_down .. fixed36_down           the same, rounded down instead of to nearest (ties
//   to
//                                         even), as hardware that drops bits does
//
// +, -, *, / and sqrt are rounded once, exactly as the format's own arithmetic would (formats of
// more than 25 significant bits short of float64: twice, off in about one operation of 2^(53 -
// bits)). Other functions are detmath's, in double, and then rounded. Fixed point saturates at
// -2^15 and 2^15 - 2^-n, never wraps; x / 0 saturates by the sign of x, 0 / 0 and every undefined
// result (the logarithm of -1) is 0.
#ifndef CHAOSENSE_CORE_CHAOS_NUMBER_FORMAT_H_
#define CHAOSENSE_CORE_CHAOS_NUMBER_FORMAT_H_

#include <string>
#include <vector>

namespace chaosense {

class NumberFormat {
 public:
  NumberFormat() = default;  // float64
  static NumberFormat Float64() { return {}; }
  static NumberFormat Float32() { return Ieee("float32", 23, -126, 127); }
  static NumberFormat Float16() { return Ieee("float16", 10, -14, 15); }
  static NumberFormat Bfloat16() { return Ieee("bfloat16", 7, -126, 127); }
  static NumberFormat Mantissa(int bits);                           // 1 .. 51
  static NumberFormat Fixed(int fraction_bits, bool down = false);  // 1 .. 36

  // By the names above. Throws Error(kConfig) beginning with `where`.
  static NumberFormat FromName(const std::string& name, const std::string& where = "");
  // float64, float32, float16, bfloat16, fixed16, fixed32: what `FromName` suggests.
  static const std::vector<std::string>& CommonNames();

  const std::string& name() const { return name_; }
  bool is_float64() const { return kind_ == Kind::kDouble; }
  bool is_fixed() const { return kind_ == Kind::kFixed; }
  int fraction_bits() const { return bits_; }  // stored bits of the mantissa or of the fraction

  // The nearest value of the format.
  double Round(double x) const {
    if (kind_ == Kind::kDouble) return x;
    return kind_ == Kind::kFloat ? RoundFloat(x) : RoundFixed(x);
  }

  // On values of the format.
  double Add(double a, double b) const { return Round(a + b); }
  double Subtract(double a, double b) const { return Round(a - b); }
  double Multiply(double a, double b) const {
    return kind_ == Kind::kFixed ? MultiplyFixed(a, b) : Round(a * b);
  }
  double Divide(double a, double b) const {
    return kind_ == Kind::kFixed ? DivideFixed(a, b) : Round(a / b);
  }

 private:
  enum class Kind { kDouble, kFloat, kFixed };
  static NumberFormat Ieee(std::string name, int bits, int least_exponent, int most_exponent);
  double RoundFloat(double x) const;
  double RoundFixed(double x) const;
  double MultiplyFixed(double a, double b) const;
  double DivideFixed(double a, double b) const;

  Kind kind_ = Kind::kDouble;
  std::string name_ = "float64";
  int bits_ = 52;
  bool down_ = false;
  double least_normal_ = 0;  // float: below it, spacing stays what it is there
  double spacing_ = 0;       // float: of subnormals; fixed: 2^-n
  double overflow_ = 0;      // float: from here on infinity; fixed: 2^15
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_NUMBER_FORMAT_H_
