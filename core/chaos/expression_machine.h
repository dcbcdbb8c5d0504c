// Runs programs of expression.h on any scalar of scalars.h.
#ifndef CHAOSENSE_CORE_CHAOS_EXPRESSION_MACHINE_H_
#define CHAOSENSE_CORE_CHAOS_EXPRESSION_MACHINE_H_

#include <boost/align/aligned_allocator.hpp>
#include <boost/container/small_vector.hpp>
#include <type_traits>
#include <vector>

#include "core/chaos/expression.h"
#include "core/chaos/lane_kernels.h"
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

// Lanes are an array of doubles in memory; the kernels, compiled apart, see them as such.
using WideLanes = Lanes<kFormulaWidth>;
static_assert(sizeof(WideLanes) == kFormulaWidth * sizeof(double));
inline const double* Values(const WideLanes& lanes) {
  return reinterpret_cast<const double*>(&lanes);
}
inline double* Values(WideLanes& lanes) { return reinterpret_cast<double*>(&lanes); }
using WideMask = LaneMask<kFormulaWidth>;
static_assert(sizeof(WideMask) == kFormulaWidth * sizeof(int64_t));
inline const int64_t* Values(const WideMask& mask) {
  return reinterpret_cast<const int64_t*>(&mask);
}
inline int64_t* Values(WideMask& mask) { return reinterpret_cast<int64_t*>(&mask); }

template <typename T>
void Copy(const T& a, T& target) {
  target = a;
}
inline void Copy(const WideLanes& a, WideLanes& target) { CopyLanes(Values(a), Values(target)); }
template <typename T>
void Negate(const T& a, T& target) {
  target = -a;
}
inline void Negate(const WideLanes& a, WideLanes& target) {
  NegateLanes(Values(a), Values(target));
}
template <typename T, typename Mask>
void Less(const T& a, const T& b, Mask& target) {
  target = ToMask(a < b);
}
inline void Less(const WideLanes& a, const WideLanes& b, WideMask& target) {
  CompareLess(Values(a), Values(b), Values(target));
}
template <typename T, typename Mask>
void LessEqual(const T& a, const T& b, Mask& target) {
  target = ToMask(a <= b);
}
inline void LessEqual(const WideLanes& a, const WideLanes& b, WideMask& target) {
  CompareLessEqual(Values(a), Values(b), Values(target));
}
template <typename T, typename Mask>
void Choose(const Mask& condition, const T& a, const T& b, T& target) {
  target = Select(condition, a, b);
}
inline void Choose(const WideMask& condition,
                   const WideLanes& a,
                   const WideLanes& b,
                   WideLanes& target) {
  SelectLanes(Values(condition), Values(a), Values(b), Values(target));
}

template <typename T>
void Add(const T& a, const T& b, T& target) {
  target = a + b;
}
inline void Add(const WideLanes& a, const WideLanes& b, WideLanes& target) {
  AddLanes(Values(a), Values(b), Values(target));
}
template <typename T>
void Subtract(const T& a, const T& b, T& target) {
  target = a - b;
}
inline void Subtract(const WideLanes& a, const WideLanes& b, WideLanes& target) {
  SubtractLanes(Values(a), Values(b), Values(target));
}
template <typename T>
void Multiply(const T& a, const T& b, T& target) {
  target = a * b;
}
inline void Multiply(const WideLanes& a, const WideLanes& b, WideLanes& target) {
  MultiplyLanes(Values(a), Values(b), Values(target));
}
template <typename T>
void Divide(const T& a, const T& b, T& target) {
  target = a / b;
}
inline void Divide(const WideLanes& a, const WideLanes& b, WideLanes& target) {
  DivideLanes(Values(a), Values(b), Values(target));
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

  // The results become the variables.
  void Accept() {
    for (size_t i = 0; i < program_.variables; ++i) Copy(result(i), variable(i));
  }

  // Computes the results of the variables and parameters set.
  void Run() {
    T* const r = registers_.data();
    auto* const m = masks_.data();
    for (const Instruction& i : program_.code) {
      switch (i.op) {
        case Op::kCopy:
          Copy(r[i.a], r[i.target]);
          break;
        case Op::kAdd:
          Add(r[i.a], r[i.b], r[i.target]);
          break;
        case Op::kSubtract:
          Subtract(r[i.a], r[i.b], r[i.target]);
          break;
        case Op::kMultiply:
          Multiply(r[i.a], r[i.b], r[i.target]);
          break;
        case Op::kDivide:
          Divide(r[i.a], r[i.b], r[i.target]);
          break;
        case Op::kNegate:
          Negate(r[i.a], r[i.target]);
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
          Less(r[i.a], r[i.b], m[i.target]);
          break;
        case Op::kLessEqual:
          LessEqual(r[i.a], r[i.b], m[i.target]);
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
          Choose(m[i.c], r[i.a], r[i.b], r[i.target]);
          break;
      }
    }
  }

 private:
  // Lanes begin at cache lines: wide vectors that straddle two take twice the time. Other scalars
  // live on the stack, for programs of usual size.
  template <typename Value, size_t usual>
  using Store =
      std::conditional_t<(alignof(Value) > alignof(double)),
                         std::vector<Value, boost::alignment::aligned_allocator<Value, 64>>,
                         boost::container::small_vector<Value, usual>>;

  const Program& program_;
  Store<T, 32> registers_;
  Store<typename MaskOf<T>::Type, 4> masks_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_EXPRESSION_MACHINE_H_
