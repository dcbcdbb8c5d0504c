// Formulas given as text, compiled to a short program for a register machine that runs on every
// scalar of scalars.h (expression_machine.h). Nothing is folded, reordered or fused: the operations
// are those written, in the order of C++, with the functions of detmath.h, so that an expression
// gives the bits of the same formula compiled.
//
//   c ? a : b      ||   &&   ! c     <  <=  >  >=  ==  !=      conditions are no numbers
//   a + b   a - b   a * b   a / b    from the left; -a and +a bind tighter than *
//   a ^ b          from the right, tighter than -a; a literal whole exponent up to 64 is repeated
//                  multiplication (x^2 is x*x, x^3 is x*(x*x)), any other is pow(a, b)
//   sin cos tan asin acos atan exp log sqrt abs floor sign of a; sinpi(a) = sin(pi a) and cospi(a),
//   reduced exactly; frac(a) = a - floor(a); mod(a, b) = a - b floor(a / b); min max pow of a, b
//   pi  e  1.5  2e-3
//   x'             the new value of a variable
// Both sides of a condition are computed.
#ifndef CHAOSENSE_CORE_CHAOS_EXPRESSION_H_
#define CHAOSENSE_CORE_CHAOS_EXPRESSION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace chaosense {

enum class Op : uint8_t {
  kCopy,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kNegate,
  kMin,
  kMax,
  kMod,
  kPow,
  kSin,
  kCos,
  kTan,
  kAsin,
  kAcos,
  kAtan,
  kSinPi,
  kCosPi,
  kExp,
  kLog,
  kSqrt,
  kAbs,
  kFloor,
  kFrac,
  kSign,
  // To mask registers: conditions.
  kLess,
  kLessEqual,
  kEqual,
  kAnd,
  kOr,
  kNot,
  // target = mask register c ? a : b
  kSelect,
};

struct Instruction {
  Op op;
  uint16_t target;
  uint16_t a;
  uint16_t b;
  uint16_t c;
};

// Registers: old state, parameters, constants, results (one a variable, then one a definition),
// temporaries.
struct Program {
  size_t variables = 0;
  size_t parameters = 0;
  std::vector<double> constants;
  size_t first_result = 0;  // register of the first variable's new value
  size_t registers = 0;
  size_t masks = 0;
  std::vector<Instruction> code;
};

// A name and its formula; `where` begins error messages, e.g. "my_map.json: /next/x".
struct Formula {
  std::string name;
  std::string text;
  std::string where;
};

// `results`: one for each of `variables`, in their order. `definitions`: names for parts that
// several formulas share. Formulas may use old values of variables, parameters, definitions and,
// unless `rates`, new values (x'); whatever needs another is computed after it.
// Throws Error(kConfig): `where: "text": what is wrong at character n`. Bounded: 10,000 characters
// a formula, 100 pairs of parentheses inside each other, 10,000 operations, 10,000 names and
// constants.
Program CompileFormulas(const std::vector<std::string>& variables,
                        const std::vector<std::string>& parameters,
                        const std::vector<Formula>& definitions,
                        const std::vector<Formula>& results,
                        bool rates = false);

// Whether `name` may name a variable, parameter or definition: a letter or _, then letters, digits
// and _; no function's or constant's name.
bool IsFreeName(const std::string& name);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_EXPRESSION_H_
