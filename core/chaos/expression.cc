#include "core/chaos/expression.h"

#include <algorithm>
#include <bit>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/chaos/expression_parser.h"

namespace chaosense {
namespace {

constexpr size_t kMostInstructions = 10000;
constexpr size_t kMostValues = 10000;  // variables, parameters, definitions and constants together

using Node = FormulaNode;

// From trees to instructions. A node that several others use (a square) is computed once.
class Generator {
 public:
  Generator(Program& program, size_t definitions) : program_(program), definitions_(definitions) {}

  // Constants come before results and temporaries, so all formulas are scanned first.
  void CollectConstants(const std::vector<Node>& nodes) {
    for (const Node& node : nodes) {
      if (node.kind == Node::Kind::kNumber) Constant(node.number);
    }
  }
  void FinishConstants() {
    program_.first_result = program_.variables + program_.parameters + program_.constants.size();
    first_temporary_ = program_.first_result + program_.variables + definitions_;
    program_.registers = first_temporary_;
  }

  // The last node's value goes to `target`.
  void Emit(const std::vector<Node>& nodes, size_t target, const std::string& where) {
    std::vector<size_t> uses(nodes.size(), 0);
    for (const Node& node : nodes) {
      for (const size_t child : node.children) ++uses[child];
    }
    std::vector<size_t> place(nodes.size());
    std::vector<size_t> free_numbers;
    std::vector<size_t> free_masks;
    size_t numbers = first_temporary_;
    size_t masks = 0;
    for (size_t i = 0; i < nodes.size(); ++i) {
      const Node& node = nodes[i];
      if (node.kind != Node::Kind::kOperation) {
        place[i] = Register(node);
        continue;
      }
      // Operands are read before the result is written, so a register may be free at once.
      for (const size_t child : node.children) {
        if (--uses[child] > 0 || nodes[child].kind != Node::Kind::kOperation) continue;
        (IsCondition(nodes[child].op) ? free_masks : free_numbers).push_back(place[child]);
      }
      const bool mask = IsCondition(node.op);
      auto& free = mask ? free_masks : free_numbers;
      size_t& next = mask ? masks : numbers;
      if (i + 1 == nodes.size()) {
        place[i] = target;
      } else if (free.empty()) {
        place[i] = next++;
      } else {
        place[i] = free.back();
        free.pop_back();
      }
      Push(node, place, place[i]);
    }
    if (nodes.back().kind != Node::Kind::kOperation) {
      program_.code.push_back({Op::kCopy, Narrow(target), Narrow(place.back()), 0, 0});
    }
    program_.registers = std::max(program_.registers, numbers);
    program_.masks = std::max(program_.masks, masks);
    if (program_.code.size() > kMostInstructions) {
      throw ConfigError("{}: more than {} operations in all formulas", where, kMostInstructions);
    }
  }

 private:
  static bool IsCondition(Op op) { return op >= Op::kLess && op <= Op::kNot; }
  static uint16_t Narrow(size_t index) {
    CHAOSENSE_CHECK(index <= UINT16_MAX, "register {}", index);
    return static_cast<uint16_t>(index);
  }

  void Push(const Node& node, const std::vector<size_t>& place, size_t target) {
    Instruction instruction{node.op, Narrow(target), 0, 0, 0};
    std::vector<size_t> operands;
    for (const size_t child : node.children) operands.push_back(place[child]);
    if (node.op == Op::kSelect) {
      instruction.c = Narrow(operands[0]);
      operands.erase(operands.begin());
    }
    instruction.a = Narrow(operands[0]);
    instruction.b = Narrow(operands.size() > 1 ? operands[1] : 0);
    program_.code.push_back(instruction);
  }

  size_t Constant(double value) {
    auto& constants = program_.constants;
    const auto bits = std::bit_cast<uint64_t>(value);
    const auto found = constant_places_.find(bits);
    if (found != constant_places_.end()) return found->second;
    constants.push_back(value);
    return constant_places_[bits] = constants.size() - 1;
  }

  size_t Register(const Node& node) {
    switch (node.kind) {
      case Node::Kind::kOld:
        return node.index;
      case Node::Kind::kParameter:
        return program_.variables + node.index;
      case Node::Kind::kNumber:
        return program_.variables + program_.parameters + Constant(node.number);
      case Node::Kind::kNew:
        return program_.first_result + node.index;
      default:
        return program_.first_result + program_.variables + node.index;
    }
  }

  Program& program_;
  size_t definitions_;
  size_t first_temporary_ = 0;
  std::map<uint64_t, size_t> constant_places_;
};

// What a formula's tree needs before it, as indices into results (new values) followed by
// definitions.
std::set<size_t> Needs(const std::vector<Node>& nodes, size_t variables) {
  std::set<size_t> needs;
  for (const Node& node : nodes) {
    if (node.kind == Node::Kind::kNew) needs.insert(node.index);
    if (node.kind == Node::Kind::kDefinition) needs.insert(variables + node.index);
  }
  return needs;
}

// An order in which every formula follows those it needs.
std::vector<size_t> Order(const std::vector<std::set<size_t>>& needs,
                          const std::vector<const Formula*>& formulas,
                          size_t variables) {
  std::vector<size_t> order;
  std::set<size_t> done;
  while (order.size() < needs.size()) {
    const size_t before = order.size();
    for (size_t i = 0; i < needs.size(); ++i) {
      if (done.contains(i)) continue;
      if (std::includes(done.begin(), done.end(), needs[i].begin(), needs[i].end())) {
        order.push_back(i);
        done.insert(i);
      }
    }
    if (order.size() > before) continue;
    std::vector<std::string> circle;
    for (size_t i = 0; i < needs.size(); ++i) {
      if (!done.contains(i)) circle.push_back(formulas[i]->name + (i < variables ? "'" : ""));
    }
    throw ConfigError("{}: {} need each other; use old values (x instead of x') for one of them",
                      formulas[0]->where,
                      JoinNames(circle));
  }
  return order;
}

}  // namespace

Program CompileFormulas(const std::vector<std::string>& variables,
                        const std::vector<std::string>& parameters,
                        const std::vector<Formula>& definitions,
                        const std::vector<Formula>& results,
                        bool rates) {
  CHAOSENSE_CHECK(results.size() == variables.size() && !variables.empty());
  FormulaNames names;
  names.rates = rates;
  const auto add = [&](const std::string& name, Node::Kind kind, size_t index) {
    Node node;
    node.kind = kind;
    node.index = index;
    CHAOSENSE_CHECK(IsFreeName(name) && names.nodes.emplace(name, node).second, "name {}", name);
  };
  for (size_t i = 0; i < variables.size(); ++i) {
    add(variables[i], Node::Kind::kOld, i);
    names.variables[variables[i]] = i;
  }
  for (size_t i = 0; i < parameters.size(); ++i) add(parameters[i], Node::Kind::kParameter, i);
  for (size_t i = 0; i < definitions.size(); ++i) {
    add(definitions[i].name, Node::Kind::kDefinition, i);
  }

  std::vector<const Formula*> formulas;
  for (const Formula& formula : results) formulas.push_back(&formula);
  for (const Formula& formula : definitions) formulas.push_back(&formula);
  Program program;
  program.variables = variables.size();
  program.parameters = parameters.size();
  Generator generator(program, definitions.size());
  std::vector<std::vector<Node>> trees;
  std::vector<std::set<size_t>> needs;
  for (const Formula* formula : formulas) {
    trees.push_back(ParseFormula(*formula, names));
    needs.push_back(Needs(trees.back(), variables.size()));
    generator.CollectConstants(trees.back());
  }
  generator.FinishConstants();
  if (program.registers > kMostValues) {
    throw ConfigError("{}: more than {} names and constants", results[0].where, kMostValues);
  }
  for (const size_t i : Order(needs, formulas, variables.size())) {
    generator.Emit(trees[i], program.first_result + i, formulas[i]->where);
  }
  return program;
}

}  // namespace chaosense
