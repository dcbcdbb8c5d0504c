#include "core/chaos/expression_parser.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/chaos/detmath.h"
#include "core/chaos/expression_lexer.h"

namespace chaosense {
namespace {

constexpr size_t kLongestText = 10000;
constexpr int kDeepest = 200;  // two a pair of parentheses
constexpr double kLargestRepeated = 64;
constexpr double kE = 0x1.5bf0a8b145769p+1;

struct Function {
  Op op;
  int arguments;
};

const std::map<std::string, Function, std::less<>>& Functions() {
  static const std::map<std::string, Function, std::less<>> functions = {{"sin", {Op::kSin, 1}},
                                                                         {"cos", {Op::kCos, 1}},
                                                                         {"tan", {Op::kTan, 1}},
                                                                         {"asin", {Op::kAsin, 1}},
                                                                         {"acos", {Op::kAcos, 1}},
                                                                         {"atan", {Op::kAtan, 1}},
                                                                         {"sinpi", {Op::kSinPi, 1}},
                                                                         {"cospi", {Op::kCosPi, 1}},
                                                                         {"exp", {Op::kExp, 1}},
                                                                         {"log", {Op::kLog, 1}},
                                                                         {"sqrt", {Op::kSqrt, 1}},
                                                                         {"abs", {Op::kAbs, 1}},
                                                                         {"floor", {Op::kFloor, 1}},
                                                                         {"frac", {Op::kFrac, 1}},
                                                                         {"sign", {Op::kSign, 1}},
                                                                         {"min", {Op::kMin, 2}},
                                                                         {"max", {Op::kMax, 2}},
                                                                         {"mod", {Op::kMod, 2}},
                                                                         {"pow", {Op::kPow, 2}}};
  return functions;
}

const std::map<std::string, double, std::less<>>& Constants() {
  static const std::map<std::string, double, std::less<>> constants = {{"pi", detmath::kPi},
                                                                       {"e", kE}};
  return constants;
}

// Precedence climbing by recursive descent; depth is bounded by kDeepest.
using Node = FormulaNode;

class Parser {
 public:
  Parser(const Formula& formula, const FormulaNames& names)
      : lexer_(formula.text, formula.where), names_(names) {
    if (formula.text.size() > kLongestText) {
      throw ConfigError("{}: formula of {} characters, expected at most {}",
                        formula.where,
                        formula.text.size(),
                        kLongestText);
    }
  }

  std::vector<Node> Parse() {
    Advance();
    if (token_.kind == Token::Kind::kEnd) Fail("formula is empty");
    const Operand result = Ternary();
    if (token_.kind != Token::Kind::kEnd) Fail(Unexpected() + ", expected an operator or the end");
    // x^1 is x, which lies before the 1.
    if (Number(result) + 1 != nodes_.size()) Apply(Op::kCopy, {result.node}, 0);
    return std::move(nodes_);
  }

 private:
  struct Operand {
    size_t node;
    bool condition;
    size_t position;
  };

  [[noreturn]] void Fail(const std::string& message) { lexer_.Fail(token_.position, message); }
  std::string Unexpected() const {
    return token_.kind == Token::Kind::kEnd ? "unexpected end"
                                            : fmt::format("unexpected \"{}\"", token_.text);
  }
  void Advance() { token_ = lexer_.Next(); }
  bool Is(std::string_view symbol) const {
    return token_.kind == Token::Kind::kSymbol && token_.text == symbol;
  }
  bool Accept(std::string_view symbol) {
    if (!Is(symbol)) return false;
    Advance();
    return true;
  }
  void Expect(std::string_view symbol) {
    if (!Accept(symbol)) Fail(fmt::format("{}, expected \"{}\"", Unexpected(), symbol));
  }

  size_t Number(const Operand& operand) {
    if (operand.condition) lexer_.Fail(operand.position, "a condition where a number is expected");
    return operand.node;
  }
  size_t Condition(const Operand& operand) {
    if (!operand.condition) lexer_.Fail(operand.position, "a number where a condition is expected");
    return operand.node;
  }

  Operand Add(Node node, size_t position, bool condition = false) {
    nodes_.push_back(std::move(node));
    return {nodes_.size() - 1, condition, position};
  }
  Operand Apply(Op op, std::vector<size_t> children, size_t position, bool condition = false) {
    Node node;
    node.kind = Node::Kind::kOperation;
    node.op = op;
    node.children = std::move(children);
    return Add(std::move(node), position, condition);
  }

  struct Deeper {
    explicit Deeper(Parser& parser) : depth(parser.depth_) {
      if (++depth > kDeepest)
        parser.Fail(fmt::format("nested deeper than {} levels", kDeepest / 2));
    }
    ~Deeper() { --depth; }
    int& depth;
  };

  Operand Ternary() {
    const Deeper deeper(*this);
    const Operand condition = Or();
    if (!Accept("?")) return condition;
    const size_t test = Condition(condition);
    const size_t yes = Number(Ternary());
    Expect(":");
    const size_t no = Number(Ternary());
    return Apply(Op::kSelect, {test, yes, no}, condition.position);
  }

  Operand Or() {
    Operand left = And();
    while (Accept("||")) {
      const size_t a = Condition(left);
      left = Apply(Op::kOr, {a, Condition(And())}, left.position, true);
    }
    return left;
  }

  Operand And() {
    Operand left = Comparison();
    while (Accept("&&")) {
      const size_t a = Condition(left);
      left = Apply(Op::kAnd, {a, Condition(Comparison())}, left.position, true);
    }
    return left;
  }

  Operand Comparison() {
    const Operand left = Sum();
    for (const std::string_view symbol : {"<", "<=", ">", ">=", "==", "!="}) {
      if (!Is(symbol)) continue;
      Advance();
      const size_t a = Number(left);
      const size_t b = Number(Sum());
      const bool swapped = symbol.front() == '>';
      const Op op = symbol.size() == 1                 ? Op::kLess
                    : symbol == "==" || symbol == "!=" ? Op::kEqual
                                                       : Op::kLessEqual;
      const std::vector<size_t> sides = swapped ? std::vector{b, a} : std::vector{a, b};
      const Operand result = Apply(op, sides, left.position, true);
      return symbol == "!=" ? Apply(Op::kNot, {result.node}, left.position, true) : result;
    }
    return left;
  }

  Operand Sum() {
    Operand left = Product();
    while (Is("+") || Is("-")) {
      const Op op = Is("+") ? Op::kAdd : Op::kSubtract;
      Advance();
      const size_t a = Number(left);
      left = Apply(op, {a, Number(Product())}, left.position);
    }
    return left;
  }

  Operand Product() {
    Operand left = Unary();
    while (Is("*") || Is("/")) {
      const Op op = Is("*") ? Op::kMultiply : Op::kDivide;
      Advance();
      const size_t a = Number(left);
      left = Apply(op, {a, Number(Unary())}, left.position);
    }
    return left;
  }

  Operand Unary() {
    const Deeper deeper(*this);
    const size_t position = token_.position;
    if (Accept("-")) return Apply(Op::kNegate, {Number(Unary())}, position);
    if (Accept("+")) return {Number(Unary()), false, position};
    if (Accept("!")) return Apply(Op::kNot, {Condition(Unary())}, position, true);
    return Power();
  }

  Operand Power() {
    const Operand base = Primary();
    if (!Accept("^")) return base;
    const size_t x = Number(base);
    const size_t y = Number(Unary());
    const Node& exponent = nodes_[y];
    if (exponent.kind == Node::Kind::kNumber && exponent.number >= 1 &&
        exponent.number <= kLargestRepeated && detmath::Floor(exponent.number) == exponent.number) {
      return {Repeated(x, static_cast<unsigned>(exponent.number)), false, base.position};
    }
    return Apply(Op::kPow, {x, y}, base.position);
  }

  // As detmath::Pow multiplies.
  size_t Repeated(size_t x, unsigned exponent) {
    std::optional<size_t> result;
    size_t square = x;
    for (unsigned bits = exponent; bits != 0; bits >>= 1) {
      if ((bits & 1) != 0) {
        result = result ? Apply(Op::kMultiply, {square, *result}, 0).node : square;
      }
      if (bits > 1) square = Apply(Op::kMultiply, {square, square}, 0).node;
    }
    return *result;
  }

  Operand Primary() {
    const Token token = token_;
    if (token.kind == Token::Kind::kNumber) {
      Advance();
      Node node;
      node.number = token.number;
      return Add(node, token.position);
    }
    if (Accept("(")) {
      const Operand inside = Ternary();
      Expect(")");
      return {inside.node, inside.condition, token.position};
    }
    if (token.kind == Token::Kind::kNewValue) return NewValue(token);
    if (token.kind != Token::Kind::kName) {
      Fail(Unexpected() + ", expected a number, a name or \"(\"");
    }
    Advance();
    if (Is("(")) return Call(token);
    if (const auto found = Constants().find(token.text); found != Constants().end()) {
      Node node;
      node.number = found->second;
      return Add(node, token.position);
    }
    const auto found = names_.nodes.find(token.text);
    if (found == names_.nodes.end()) UnknownName(token);
    return Add(found->second, token.position);
  }

  Operand NewValue(const Token& token) {
    const auto found = names_.variables.find(token.text);
    if (names_.rates) Fail(fmt::format("{}' in a rate: flows have no new values", token.text));
    if (found == names_.variables.end()) UnknownName(token);
    Advance();
    Node node;
    node.kind = Node::Kind::kNew;
    node.index = found->second;
    return Add(node, token.position);
  }

  Operand Call(const Token& name) {
    const auto found = Functions().find(name.text);
    if (found == Functions().end()) UnknownName(name);
    Expect("(");
    std::vector<size_t> arguments;
    do {
      arguments.push_back(Number(Ternary()));
    } while (Accept(","));
    Expect(")");
    if (static_cast<int>(arguments.size()) != found->second.arguments) {
      lexer_.Fail(name.position,
                  fmt::format("{} with {} arguments, expected {},",
                              name.text,
                              arguments.size(),
                              found->second.arguments));
    }
    return Apply(found->second.op, std::move(arguments), name.position);
  }

  [[noreturn]] void UnknownName(const Token& token) {
    if (Functions().contains(token.text)) {
      lexer_.Fail(token.position, fmt::format("{0} is a function: expected {0}(...)", token.text));
    }
    std::vector<std::string> known;
    for (const auto& [name, node] : names_.nodes) known.push_back(name);
    for (const auto& [name, value] : Constants()) known.push_back(name);
    for (const auto& [name, function] : Functions()) known.push_back(name);
    lexer_.Fail(token.position,
                fmt::format("unknown name \"{}\"", token.text),
                DidYouMean(token.text, known));
  }

  Lexer lexer_;
  const FormulaNames& names_;
  Token token_;
  std::vector<Node> nodes_;
  int depth_ = 0;
};

}  // namespace

std::vector<FormulaNode> ParseFormula(const Formula& formula, const FormulaNames& names) {
  return Parser(formula, names).Parse();
}

bool IsFreeName(const std::string& name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  const bool word = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
  return word && !Functions().contains(name) && !Constants().contains(name);
}

}  // namespace chaosense
