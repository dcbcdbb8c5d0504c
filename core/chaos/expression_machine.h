// Runs programs of expression.h on any scalar of scalars.h.
#ifndef CHAOSENSE_CORE_CHAOS_EXPRESSION_MACHINE_H_
#define CHAOSENSE_CORE_CHAOS_EXPRESSION_MACHINE_H_

#include <boost/container/small_vector.hpp>

#include "core/chaos/expression.h"
#include "core/chaos/scalars.h"

namespace chaosense {

// What comparisons of a scalar give.
struct Truth {
  bool value;
};
template <typename T>
struct MaskOf {
  using Type = Truth;
};
template <size_t W>
struct MaskOf<Lanes<W>> {
  using Type = LaneMask<W>;
};

inline Truth ToMask(bool value) { return {value}; }
inline Truth And(Truth a, Truth b) { return {a.value && b.value}; }
inline Truth Or(Truth a, Truth b) { return {a.value || b.value}; }
inline Truth Not(Truth a) { return {!a.value}; }
template <typename T>
T Select(Truth condition, const T& a, const T& b) {
  return condition.value ? a : b;
}
template <size_t W>
LaneMask<W> ToMask(const LaneMask<W>& mask) {
  return mask;
}
template <size_t W>
LaneMask<W> And(const LaneMask<W>& a, const LaneMask<W>& b) {
  return a & b;
}
template <size_t W>
LaneMask<W> Or(const LaneMask<W>& a, const LaneMask<W>& b) {
  return a | b;
}
template <size_t W>
LaneMask<W> Not(const LaneMask<W>& a) {
  return ~a;
}

// Not thread-safe: each user makes its own. The program must outlive it.
template <typename T>
class ExpressionMachine {
 public:
  explicit ExpressionMachine(const Program& program)
      : program_(program), registers_(program.registers), masks_(program.masks) {
    size_t constant = program.variables + program.parameters;
    for (const double value : program.constants) registers_[constant++] = T(value);
  }

  T& variable(size_t index) { return registers_[index]; }
  T& parameter(size_t index) { return registers_[program_.variables + index]; }
  const T& result(size_t index) const { return registers_[program_.first_result + index]; }

  // Computes the results of the variables and parameters set.
  void Run() {
    T* const r = registers_.data();
    auto* const m = masks_.data();
    for (const Instruction& i : program_.code) {
      switch (i.op) {
        case Op::kCopy:
          r[i.target] = r[i.a];
          break;
        case Op::kAdd:
          r[i.target] = r[i.a] + r[i.b];
          break;
        case Op::kSubtract:
          r[i.target] = r[i.a] - r[i.b];
          break;
        case Op::kMultiply:
          r[i.target] = r[i.a] * r[i.b];
          break;
        case Op::kDivide:
          r[i.target] = r[i.a] / r[i.b];
          break;
        case Op::kNegate:
          r[i.target] = -r[i.a];
          break;
        case Op::kMin:
          r[i.target] = detmath::Min(r[i.a], r[i.b]);
          break;
        case Op::kMax:
          r[i.target] = detmath::Max(r[i.a], r[i.b]);
          break;
        case Op::kMod:
          r[i.target] = detmath::Mod(r[i.a], r[i.b]);
          break;
        case Op::kPow:
          r[i.target] = detmath::Pow(r[i.a], r[i.b]);
          break;
        case Op::kSin:
          r[i.target] = detmath::Sin(r[i.a]);
          break;
        case Op::kCos:
          r[i.target] = detmath::Cos(r[i.a]);
          break;
        case Op::kTan:
          r[i.target] = detmath::Tan(r[i.a]);
          break;
        case Op::kAsin:
          r[i.target] = detmath::Asin(r[i.a]);
          break;
        case Op::kAcos:
          r[i.target] = detmath::Acos(r[i.a]);
          break;
        case Op::kAtan:
          r[i.target] = detmath::Atan(r[i.a]);
          break;
        case Op::kSinPi:
          r[i.target] = detmath::SinPi(r[i.a]);
          break;
        case Op::kCosPi:
          r[i.target] = detmath::CosPi(r[i.a]);
          break;
        case Op::kExp:
          r[i.target] = detmath::Exp(r[i.a]);
          break;
        case Op::kLog:
          r[i.target] = detmath::Log(r[i.a]);
          break;
        case Op::kSqrt:
          r[i.target] = detmath::Sqrt(r[i.a]);
          break;
        case Op::kAbs:
          r[i.target] = detmath::Abs(r[i.a]);
          break;
        case Op::kFloor:
          r[i.target] = detmath::Floor(r[i.a]);
          break;
        case Op::kFrac:
          r[i.target] = detmath::FractionalPart(r[i.a]);
          break;
        case Op::kSign:
          r[i.target] = detmath::Sign(r[i.a]);
          break;
        case Op::kLess:
          m[i.target] = ToMask(r[i.a] < r[i.b]);
          break;
        case Op::kLessEqual:
          m[i.target] = ToMask(r[i.a] <= r[i.b]);
          break;
        case Op::kEqual:
          m[i.target] = And(ToMask(r[i.a] <= r[i.b]), ToMask(r[i.b] <= r[i.a]));
          break;
        case Op::kAnd:
          m[i.target] = And(m[i.a], m[i.b]);
          break;
        case Op::kOr:
          m[i.target] = Or(m[i.a], m[i.b]);
          break;
        case Op::kNot:
          m[i.target] = Not(m[i.a]);
          break;
        case Op::kSelect:
          r[i.target] = Select(m[i.c], r[i.a], r[i.b]);
          break;
      }
    }
  }

 private:
  const Program& program_;
  boost::container::small_vector<T, 32> registers_;  // on the stack for programs of usual size
  boost::container::small_vector<typename MaskOf<T>::Type, 4> masks_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_EXPRESSION_MACHINE_H_
