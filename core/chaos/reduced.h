// The scalar that rounds to a number format after every operation. Constants of a formula carry no
// format of their own: they take that of the value they meet, and are rounded to it first.
#ifndef CHAOSENSE_CORE_CHAOS_REDUCED_H_
#define CHAOSENSE_CORE_CHAOS_REDUCED_H_

#include "core/chaos/detmath.h"
#include "core/chaos/number_format.h"

namespace chaosense {

class Reduced {
 public:
  Reduced() = default;
  Reduced(double constant)  // NOLINT(google-explicit-constructor): constants mix with variables
      : value_(constant) {}
  // Rounds; `format` must outlive this.
  Reduced(double value, const NumberFormat& format)
      : value_(format.Round(value)), format_(&format) {}

  double value() const { return value_; }

  // Rounds f(value); a constant stays one.
  Reduced Apply(double f) const { return format_ ? Reduced(f, *format_) : Reduced(f); }

  friend Reduced operator+(const Reduced& a, const Reduced& b) {
    return Combine(a, b, [](const NumberFormat& f, double x, double y) { return f.Add(x, y); });
  }
  friend Reduced operator-(const Reduced& a, const Reduced& b) {
    return Combine(
        a, b, [](const NumberFormat& f, double x, double y) { return f.Subtract(x, y); });
  }
  friend Reduced operator*(const Reduced& a, const Reduced& b) {
    return Combine(
        a, b, [](const NumberFormat& f, double x, double y) { return f.Multiply(x, y); });
  }
  friend Reduced operator/(const Reduced& a, const Reduced& b) {
    return Combine(a, b, [](const NumberFormat& f, double x, double y) { return f.Divide(x, y); });
  }
  friend Reduced operator-(const Reduced& a) { return a.Apply(-a.value_); }
  friend bool operator<(const Reduced& a, const Reduced& b) { return Left(a, b) < Left(b, a); }
  friend bool operator>(const Reduced& a, const Reduced& b) { return Left(a, b) > Left(b, a); }
  friend bool operator<=(const Reduced& a, const Reduced& b) { return Left(a, b) <= Left(b, a); }
  friend bool operator>=(const Reduced& a, const Reduced& b) { return Left(a, b) >= Left(b, a); }

 private:
  // a's value in the format of either.
  static double Left(const Reduced& a, const Reduced& b) {
    return a.format_ || !b.format_ ? a.value_ : b.format_->Round(a.value_);
  }
  // Two constants of a formula are combined in double and rounded when they meet a value.
  template <typename Operation>
  static Reduced Combine(const Reduced& a, const Reduced& b, Operation operation) {
    Reduced result;
    result.format_ = a.format_ ? a.format_ : b.format_;
    const NumberFormat& format = result.format_ ? *result.format_ : Double();
    result.value_ = operation(format, Left(a, b), Left(b, a));
    return result;
  }
  static const NumberFormat& Double() {
    static const NumberFormat format;
    return format;
  }

  double value_ = 0;
  const NumberFormat* format_ = nullptr;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_REDUCED_H_
