// Parses formulas; expression.h has the language.
#ifndef CHAOSENSE_CORE_CHAOS_EXPRESSION_PARSER_H_
#define CHAOSENSE_CORE_CHAOS_EXPRESSION_PARSER_H_

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/chaos/expression.h"

namespace chaosense {

// A piece of a formula.
struct FormulaNode {
  enum class Kind { kNumber, kOld, kNew, kParameter, kDefinition, kOperation };
  Kind kind = Kind::kNumber;
  double number = 0;
  size_t index = 0;  // of the variable, parameter or definition
  Op op = Op::kCopy;
  std::vector<size_t> children;  // of kSelect: the condition, then the two values
};

// What a formula may name.
struct FormulaNames {
  std::map<std::string, FormulaNode, std::less<>> nodes;  // old values, parameters, definitions
  std::map<std::string, size_t, std::less<>> variables;
  bool rates = false;  // no new values
};

// Children lie before their parents (loops do where recursion would be); the last node is the
// formula's value. Throws Error(kConfig) pointing into the text.
std::vector<FormulaNode> ParseFormula(const Formula& formula, const FormulaNames& names);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_EXPRESSION_PARSER_H_
