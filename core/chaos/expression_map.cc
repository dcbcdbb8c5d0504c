#include "core/chaos/expression_map.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <set>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/chaos/expression.h"
#include "core/chaos/expression_plugin.h"
#include "core/chaos/extractor.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

constexpr size_t kMostVariables = 64;
constexpr double kUnlimited = std::numeric_limits<double>::max();
constexpr double kLargestStepFactor = 10;  // of a flow's h, where the file does not say

const std::vector<std::string> kKeys = {"name",
                                        "state",
                                        "parameters",
                                        "define",
                                        "next",
                                        "flow",
                                        "domain",
                                        "initial",
                                        "summary",
                                        "source",
                                        "domain_note",
                                        "extractor"};

// One JSON object of the definition, with the place it has for messages.
class Section {
 public:
  Section(const Json& json, std::string where) : json_(json), where_(std::move(where)) {
    if (!json.is_object()) throw ConfigError("{}: expected an object", where_);
  }

  const Json& json() const { return json_; }
  // "my_map.json" or "run.json: /maps/0" -> the key inside.
  std::string At(const std::string& key) const {
    return where_ + (where_.find(": /") == std::string::npos ? ": /" : "/") + key;
  }

  void CheckKeys(const std::vector<std::string>& known) const {
    for (const auto& [key, value] : json_.items()) {
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      throw ConfigError("{}: unknown key{}", At(key), NearestAndAll(key, known));
    }
  }

  // Exactly `names`, no more and no less.
  void CheckNames(const std::vector<std::string>& names) const {
    CheckKeys(names);
    for (const std::string& name : names) Need(name);
  }

  const Json& Need(const std::string& key) const {
    if (!json_.contains(key)) throw ConfigError("{}: missing", At(key));
    return json_.at(key);
  }

  std::string Text(const std::string& key) const {
    const Json& value = Need(key);
    if (!value.is_string()) throw ConfigError("{}: expected a text", At(key));
    return value.get<std::string>();
  }
  std::string Text(const std::string& key, const std::string& otherwise) const {
    return json_.contains(key) ? Text(key) : otherwise;
  }

  double Number(const std::string& key) const { return ToNumber(Need(key), At(key)); }
  double Number(const std::string& key, double otherwise) const {
    return json_.contains(key) ? Number(key) : otherwise;
  }
  static double ToNumber(const Json& value, const std::string& where) {
    if (!value.is_number()) throw ConfigError("{}: expected a number", where);
    return value.get<double>();
  }

 private:
  const Json& json_;
  std::string where_;
};

// Every name that formulas may use, once each.
class UsedNames {
 public:
  void Add(const std::string& name, const std::string& where) {
    if (!IsFreeName(name)) {
      throw ConfigError(
          "{}: \"{}\" cannot be a name here, expected a letter, then letters, digits "
          "or _, and no function's or constant's name",
          where,
          name);
    }
    if (!names_.insert(name).second) throw ConfigError("{}: \"{}\" named twice", where, name);
  }

 private:
  std::set<std::string> names_;
};

std::vector<std::string> ReadState(const Section& top, UsedNames& used) {
  const Json& state = top.Need("state");
  if (!state.is_array() || state.empty() || state.size() > kMostVariables) {
    throw ConfigError(
        "{}: expected a list of 1 to {} variable names", top.At("state"), kMostVariables);
  }
  std::vector<std::string> names;
  for (const Json& name : state) {
    if (!name.is_string()) throw ConfigError("{}: expected texts", top.At("state"));
    names.push_back(name.get<std::string>());
    used.Add(names.back(), top.At("state"));
  }
  return names;
}

std::vector<MapParameter> ReadParameters(const Section& top, UsedNames& used) {
  std::vector<MapParameter> parameters;
  if (!top.json().contains("parameters")) return parameters;
  const Section section(top.Need("parameters"), top.At("parameters"));
  for (const auto& [name, value] : section.json().items()) {
    const std::string where = section.At(name);
    used.Add(name, where);
    if (value.is_number()) {
      parameters.push_back({name, value.get<double>(), -kUnlimited, kUnlimited, ""});
      continue;
    }
    const Section one(value, where);
    one.CheckKeys({"default", "minimum", "maximum", "note"});
    parameters.push_back({name,
                          one.Number("default"),
                          one.Number("minimum", -kUnlimited),
                          one.Number("maximum", kUnlimited),
                          one.Text("note", "")});
    const MapParameter& parameter = parameters.back();
    if (!(parameter.minimum <= parameter.fallback && parameter.fallback <= parameter.maximum)) {
      throw ConfigError("{}: default {} is not between minimum {} and maximum {}",
                        where,
                        parameter.fallback,
                        parameter.minimum,
                        parameter.maximum);
    }
  }
  return parameters;
}

std::vector<MapVariable> ReadVariables(const Section& top, const std::vector<std::string>& names) {
  const Section domain(top.Need("domain"), top.At("domain"));
  const Section initial(top.Need("initial"), top.At("initial"));
  domain.CheckNames(names);
  initial.CheckNames(names);
  std::vector<MapVariable> variables;
  for (const std::string& name : names) {
    const Json& range = domain.Need(name);
    if (!range.is_array() || range.size() != 2) {
      throw ConfigError("{}: expected [low, high]", domain.At(name));
    }
    const double low = Section::ToNumber(range[0], domain.At(name));
    const double high = Section::ToNumber(range[1], domain.At(name));
    if (!(low < high)) throw ConfigError("{}: expected low < high", domain.At(name));
    const double start = initial.Number(name);
    if (!(low <= start && start <= high)) {
      throw ConfigError(
          "{}: {} is outside the domain [{}, {}]", initial.At(name), start, low, high);
    }
    variables.push_back({name, low, high, start});
  }
  return variables;
}

std::vector<Formula> ReadDefinitions(const Section& top, UsedNames& used) {
  std::vector<Formula> formulas;
  if (!top.json().contains("define")) return formulas;
  const Section section(top.Need("define"), top.At("define"));
  for (const auto& [name, value] : section.json().items()) {
    used.Add(name, section.At(name));
    formulas.push_back({name, section.Text(name), section.At(name)});
  }
  return formulas;
}

std::vector<Formula> ReadFormulas(const Section& section, const std::vector<std::string>& names) {
  section.CheckNames(names);
  std::vector<Formula> formulas;
  for (const std::string& name : names) {
    formulas.push_back({name, section.Text(name), section.At(name)});
  }
  return formulas;
}

std::string Equation(const std::vector<Formula>& definitions,
                     const std::vector<Formula>& results,
                     bool flow) {
  std::string text;
  const auto add = [&](const std::string& left, const std::string& right) {
    text += (text.empty() ? "" : ", ") + left + " = " + right;
  };
  for (const Formula& formula : results) {
    add(flow ? "d" + formula.name + "/dt" : formula.name + "'", formula.text);
  }
  for (const Formula& formula : definitions) add(formula.name, formula.text);
  return text;
}

}  // namespace

MapEntry LoadExpressionMap(const Json& definition, const std::string& where) {
  const Section top(definition, where);
  top.CheckKeys(kKeys);
  MapInfo info;
  info.name = top.Text("name");
  // It goes into tables and the names of files.
  const bool plain = std::all_of(info.name.begin(), info.name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
  });
  if (info.name.empty() || info.name[0] == '.' || !plain) {
    throw ConfigError(
        "{}: \"{}\", expected letters, digits, _, - and .", top.At("name"), info.name);
  }
  info.summary = top.Text("summary", "Map from formulas");
  info.source = top.Text("source", "");
  info.domain_note = top.Text("domain_note", "as the file says; not checked");

  UsedNames used;
  const std::vector<std::string> names = ReadState(top, used);
  info.parameters = ReadParameters(top, used);
  info.state = ReadVariables(top, names);
  std::vector<std::string> parameter_names;
  for (const MapParameter& parameter : info.parameters) parameter_names.push_back(parameter.name);
  const std::vector<Formula> definitions = ReadDefinitions(top, used);
  if (definition.contains("extractor")) {
    ParseExtractor(definition["extractor"], info, top.At("extractor"));
    info.extractor = CanonicalJson(definition["extractor"]);
  }

  info.flow = definition.contains("flow");
  if (info.flow == definition.contains("next")) {
    throw ConfigError("{}: expected either \"next\" or \"flow\"", where);
  }
  std::vector<Formula> results;
  if (info.flow) {
    const Section flow(top.Need("flow"), top.At("flow"));
    flow.CheckKeys({"h", "maximum_h", "rate"});
    const double h = flow.Number("h");
    const double largest = flow.Number("maximum_h", kLargestStepFactor * h);
    if (!(kLeastFlowStep <= h && h <= largest)) {
      throw ConfigError(
          "{}: {} is not between {} and maximum_h {}", flow.At("h"), h, kLeastFlowStep, largest);
    }
    used.Add("h", flow.At("h"));
    results = ReadFormulas(Section(flow.Need("rate"), flow.At("rate")), names);
    info.parameters.push_back(FlowStepParameter(h, largest));
  } else {
    results = ReadFormulas(Section(top.Need("next"), top.At("next")), names);
  }
  info.equation = Equation(definitions, results, info.flow);
  Program program = CompileFormulas(names, parameter_names, definitions, results, info.flow);
  return MakeExpressionEntry(std::move(info), std::move(program));
}

MapEntry LoadExpressionMap(const std::filesystem::path& file) {
  return LoadExpressionMap(ReadJsonFile(file), file.string());
}

}  // namespace chaosense
