// Maps from formulas in JSON.
#include "core/chaos/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <fstream>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/chaos/expression_machine.h"
#include "core/chaos/expression_map.h"
#include "core/chaos/map_choice.h"
#include "tests/unit/chaos/expression_examples.h"

namespace chaosense {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

MapRegistry Builtin() {
  MapRegistry registry("map");
  RegisterBuiltinMaps(registry);
  return registry;
}

Json Definition(const ExpressionExample& example, const MapInfo& info) {
  Json json = {{"name", "formula"}, {"state", Json::array()}, {"parameters", Json::object()}};
  for (const MapVariable& variable : info.state) {
    json["state"].push_back(variable.name);
    json["domain"][variable.name] = {variable.low, variable.high};
    json["initial"][variable.name] = variable.initial;
  }
  for (const MapParameter& parameter : info.parameters) {
    if (info.flow && parameter.name == "h") {
      json["flow"]["h"] = parameter.fallback;
      json["flow"]["maximum_h"] = parameter.maximum;
    } else {
      json["parameters"][parameter.name] = parameter.fallback;
    }
  }
  if (!example.definitions.empty()) json["define"] = example.definitions;
  (info.flow ? json["flow"]["rate"] : json["next"]) = example.results;
  return json;
}

struct Pair {
  std::unique_ptr<ChaoticMap> compiled;
  std::unique_ptr<ChaoticMap> formula;
};

Pair MakePair(const ExpressionExample& example) {
  const MapRegistry registry = Builtin();
  Pair pair;
  pair.compiled = registry.Create(example.name);
  pair.formula = MakeMap(Definition(example, pair.compiled->info()), registry, ".", "test");
  return pair;
}

TEST(ExpressionMap, StepsAndJacobiansAreThoseOfTheCompiledMapBitForBit) {
  EXPECT_GE(ExpressionExamples().size(), 12U);
  for (const ExpressionExample& example : ExpressionExamples()) {
    SCOPED_TRACE(example.name);
    const Pair pair = MakePair(example);
    const size_t n = pair.compiled->dimension();
    std::vector<double> a = pair.compiled->InitialState();
    std::vector<double> b = a;
    std::vector<double> jacobian_a(n * n);
    std::vector<double> jacobian_b(n * n);
    for (int step = 0; step < 1000; ++step) {
      pair.compiled->Step(a);
      pair.formula->Step(b);
      ASSERT_EQ(a, b) << "step " << step;
    }
    for (int step = 0; step < 20; ++step) {
      pair.compiled->StepWithJacobian(a, jacobian_a);
      pair.formula->StepWithJacobian(b, jacobian_b);
      ASSERT_EQ(a, b);
      for (size_t i = 0; i < n * n; ++i) {
        ASSERT_NEAR(jacobian_a[i], jacobian_b[i], 1e-12 * (1 + std::fabs(jacobian_a[i])));
      }
    }
    EXPECT_EQ(pair.formula->is_flow(), pair.compiled->is_flow());
    EXPECT_EQ(pair.formula->time_step(), pair.compiled->time_step());
  }
}

TEST(ExpressionMap, SweepsAreThoseOfTheCompiledMapBitForBit) {
  constexpr size_t kLanes = 37;
  for (const ExpressionExample& example : ExpressionExamples()) {
    SCOPED_TRACE(example.name);
    const Pair pair = MakePair(example);
    const MapInfo& info = pair.compiled->info();
    RandomStream random("sweep " + example.name);
    // By name: parameters from JSON come in another order.
    std::map<std::string, std::vector<double>> values;
    for (const MapParameter& p : info.parameters) {
      for (size_t l = 0; l < kLanes; ++l) {
        values[p.name].push_back(p.fallback * (1 - 0.001 * random.Uniform()));
      }
    }
    const auto in_order = [&](const ChaoticMap& map) {
      std::vector<double> all;
      for (const MapParameter& p : map.info().parameters) {
        all.insert(all.end(), values[p.name].begin(), values[p.name].end());
      }
      return all;
    };
    std::vector<double> a;
    for (const MapVariable& variable : info.state) {
      for (size_t l = 0; l < kLanes; ++l) {
        a.push_back(variable.initial + 0.001 * random.Uniform());
      }
    }
    std::vector<double> b = a;
    pair.compiled->MakeSweep(kLanes, in_order(*pair.compiled))->Advance(a, 100);
    pair.formula->MakeSweep(kLanes, in_order(*pair.formula))->Advance(b, 100);
    for (size_t i = 0; i < a.size(); ++i) {
      ASSERT_EQ(std::bit_cast<uint64_t>(a[i]), std::bit_cast<uint64_t>(b[i])) << i;
    }
  }
}

TEST(ExpressionMap, ReducedPrecisionIsThatOfTheCompiledMap) {
  for (const ExpressionExample& example : ExpressionExamples()) {
    const Pair pair = MakePair(example);
    for (const char* name : {"float64", "float32", "float16", "fixed16"}) {
      std::vector<double> a = pair.compiled->InitialState();
      std::vector<double> b = a;
      const NumberFormat format = NumberFormat::FromName(name);
      pair.compiled->AdvanceIn(format, a, 30);
      pair.formula->AdvanceIn(format, b, 30);
      for (size_t i = 0; i < a.size(); ++i) {
        EXPECT_TRUE(a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i])))
            << example.name << " " << name << " " << a[i] << " " << b[i];
      }
    }
  }
}

// The value of one formula of x = 0.3 and a = 2.
double Value(const std::string& text) {
  const Program program = CompileFormulas({"x"}, {"a"}, {}, {{"x", text, "test: /next/x"}});
  ExpressionMachine<double> machine(program);
  machine.variable(0) = 0.3;
  machine.parameter(0) = 2;
  machine.Run();
  return machine.result(0);
}

TEST(Expression, PrecedenceAndEvaluationAreThoseOfCpp) {
  const double x = 0.3;
  const double a = 2;
  EXPECT_EQ(Value("1-a*x+x"), 1 - a * x + x);
  EXPECT_EQ(Value("x/a/a*x"), x / a / a * x);
  EXPECT_EQ(Value("1-x-a"), 1 - x - a);
  EXPECT_EQ(Value("-x*a"), -x * a);
  EXPECT_EQ(Value("a*-x"), a * -x);
  EXPECT_EQ(Value("-a^2"), -4);
  EXPECT_EQ(Value("2^a^3"), 256);
  EXPECT_EQ(Value("2^-1"), 0.5);
  EXPECT_EQ(Value("x^1"), x);
  EXPECT_EQ(Value("x^3"), x * (x * x));
  EXPECT_EQ(Value("pow(x, 3)"), x * (x * x));
  EXPECT_EQ(Value("x^0"), 1);
  EXPECT_EQ(Value("(1+x)^5"), detmath::Pow(1 + x, 5));
  EXPECT_EQ(Value("x^0.5"), detmath::Exp(0.5 * detmath::Log(x)));
  EXPECT_EQ(Value("0.1+0.2"), 0.1 + 0.2);
  EXPECT_EQ(Value("1.5e-3 + .5"), 1.5e-3 + .5);
  EXPECT_EQ(Value("pi"), detmath::kPi);
  EXPECT_EQ(Value("e"), std::exp(1.0));
  EXPECT_EQ(Value("mod(7.5, a)"), 1.5);
  EXPECT_EQ(Value("mod(-0.5, a)"), 1.5);
  EXPECT_EQ(Value("frac(-0.25)"), 0.75);
  EXPECT_EQ(Value("floor(-0.25)"), -1);
  EXPECT_EQ(Value("min(x, a) + max(x, a)"), x + a);
  EXPECT_EQ(Value("sign(-x) + sign(0)"), -1);
  EXPECT_EQ(Value("atan(1)*4"), 4 * detmath::Atan(1));
  EXPECT_EQ(Value("tan(x)"), detmath::Tan(x));
}

TEST(Expression, Conditions) {
  EXPECT_EQ(Value("x < a ? 1 : 2"), 1);
  EXPECT_EQ(Value("x >= a ? 1 : 2"), 2);
  EXPECT_EQ(Value("x == 0.3 ? 1 : 2"), 1);
  EXPECT_EQ(Value("x != 0.3 ? 1 : 2"), 2);
  EXPECT_EQ(Value("x < 0 || a > 1 && x <= 1 ? 1 : 2"), 1);
  EXPECT_EQ(Value("!(x < 0) ? 1 : 2"), 1);
  EXPECT_EQ(Value("x < 0 ? 1 : x < 0.5 ? 2 : 3"), 2);
  EXPECT_EQ(Value("(x < a ? x : a) * 2"), 0.6);
  EXPECT_EQ(Value("0/0 == 0/0 ? 1 : 2"), 2);
}

TEST(Expression, ErrorsPointIntoTheText) {
  const auto expect = [](const std::string& text, const std::string& message) {
    EXPECT_THAT([&] { Value(text); },
                ThrowsMessage<Error>(HasSubstr("test: /next/x: \"" + text + "\": " + message)));
  };
  expect("1-a*x*x+xx", "unknown name \"xx\" at character 9; did you mean \"x\"?");
  expect("sinx(x)", "unknown name \"sinx\" at character 1; did you mean \"sin\"?");
  expect("1+", "unexpected end, expected a number, a name or \"(\" at character 3");
  expect("(x", "unexpected end, expected \")\" at character 3");
  expect("x)", "unexpected \")\", expected an operator or the end at character 2");
  expect("2x", "unexpected \"x\" after a number at character 2");
  expect("x $ 2", "unexpected \"$\" at character 3");
  expect("sin(x, x)", "sin with 2 arguments, expected 1, at character 1");
  expect("x < 1", "a condition where a number is expected at character 1");
  expect("x ? 1 : 2", "a number where a condition is expected at character 1");
  expect("1e999", "number out of range at character 1");
  expect("", "formula is empty at character 1");
  expect("y'", "unknown name \"y\" at character 1");
  EXPECT_THROW(Value(std::string(20000, '(')), Error);
  EXPECT_THROW(Value(std::string(5000, '(') + "x" + std::string(4000, ')')), Error);
  EXPECT_THROW(Value(std::string(9000, '-') + "x"), Error);
}

TEST(Expression, NewValuesAndDefinitionsAreOrderedByWhatTheyNeed) {
  const auto where = [](const char* name) { return std::string("test: /next/") + name; };
  // y' needs x', which needs d, which needs the old y only.
  const Program program =
      CompileFormulas({"y", "x"},
                      {},
                      {{"d", "y + 1", where("d")}},
                      {{"y", "x' * 10", where("y")}, {"x", "d * 2", where("x")}});
  ExpressionMachine<double> machine(program);
  machine.variable(0) = 3;
  machine.variable(1) = 100;
  machine.Run();
  EXPECT_EQ(machine.result(1), 8);
  EXPECT_EQ(machine.result(0), 80);
  EXPECT_THAT(
      [&] {
        CompileFormulas({"y", "x"}, {}, {}, {{"y", "x'", where("y")}, {"x", "y'", where("x")}});
      },
      ThrowsMessage<Error>(HasSubstr("y', x' need each other")));
}

// Random texts of the language's own words: an error or a number, never anything else.
TEST(Expression, RandomTextsNeverCrash) {
  RandomStream random("fuzz");
  const std::vector<std::string> words = {
      "x",   "a",   "x'", "(",   ")",    "(",   ")",  "+", "-",  "*", "/",  "^",    "?",
      ":",   "<",   "<=", "==",  "!=",   "&&",  "||", "!", ",",  "1", ".5", "2e",   "1e9",
      "sin", "mod", "pi", "min", "sqrt", "log", "q",  "$", "\n", "'", "\"", "\xff", " "};
  int valid = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    const int64_t length = 1 + random.UniformInt(12);
    for (int64_t k = 0; k < length; ++k) {
      text += words[static_cast<size_t>(random.UniformInt(static_cast<int64_t>(words.size())))];
    }
    try {
      Value(text);
      ++valid;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("test: /next/x: "));
    }
  }
  EXPECT_GT(valid, 50);
}

// Random well-formed formulas give the same bits in lanes as alone.
TEST(Expression, RandomFormulasAgreeAcrossScalars) {
  RandomStream random("formulas");
  std::function<std::string(int)> make = [&](int depth) -> std::string {
    const int64_t kind = depth == 0 ? random.UniformInt(3) : random.UniformInt(9);
    const auto sub = [&] { return make(depth - 1); };
    switch (kind) {
      case 0:
        return "x";
      case 1:
        return "a";
      case 2:
        return fmt::format("{}", 1 + random.UniformInt(9));
      case 3:
        return "(" + sub() + "+" + sub() + ")";
      case 4:
        return "(" + sub() + "-" + sub() + ")";
      case 5:
        return sub() + "*" + sub();
      case 6:
        return sub() + "/" + sub();
      case 7:
        return (random.UniformInt(2) == 0 ? "sin(" : "abs(") + sub() + ")";
      default:
        return "(" + sub() + "<" + sub() + "?" + sub() + ":" + sub() + ")";
    }
  };
  for (int i = 0; i < 300; ++i) {
    const std::string text = make(4);
    const Program program = CompileFormulas({"x"}, {"a"}, {}, {{"x", text, "random"}});
    ExpressionMachine<Lanes<4>> lanes(program);
    for (size_t l = 0; l < 4; ++l) {
      lanes.variable(0).Set(l, 0.1 + 0.3 * static_cast<double>(l));
      lanes.parameter(0).Set(l, 2);
    }
    lanes.Run();
    ExpressionMachine<double> alone(program);
    alone.variable(0) = 0.1 + 0.3 * 2;
    alone.parameter(0) = 2;
    alone.Run();
    const double expected = alone.result(0);
    const double got = lanes.result(0)[2];
    EXPECT_TRUE(expected == got || (std::isnan(expected) && std::isnan(got))) << text;
  }
}

Json Henon() {
  return Json::parse(R"({"name": "my_map", "state": ["x", "y"], "parameters": {"a": 1.4, "b": 0.3},
    "next": {"x": "1-a*x*x+y", "y": "b*x"}, "domain": {"x": [-1.5, 1.5], "y": [-0.4, 0.4]},
    "initial": {"x": 0.1, "y": 0.1}})");
}

TEST(ExpressionMap, BadDefinitionsAreOneLineErrorsThatNameTheKey) {
  const auto expect = [](const char* patch, const std::string& message) {
    Json json = Henon();
    json.merge_patch(Json::parse(patch));
    EXPECT_THAT([&] { LoadExpressionMap(json, "my_map.json"); },
                ThrowsMessage<Error>(HasSubstr(message)))
        << patch;
  };
  expect(R"({"next": {"x": "1-a*x*x+yy"}})",
         "my_map.json: /next/x: \"1-a*x*x+yy\": unknown name \"yy\" at character 9; did you mean "
         "\"y\"?");
  expect(R"({"next": {"y": null}})", "my_map.json: /next/y: missing");
  expect(R"({"next": {"z": "x"}})", "my_map.json: /next/z: unknown key");
  expect(R"({"next": {"x": 3}})", "my_map.json: /next/x: expected a text");
  expect(R"({"nxt": {}})", "my_map.json: /nxt: unknown key; did you mean \"next\"?");
  expect(R"({"state": []})", "my_map.json: /state: expected a list");
  expect(R"({"state": ["x", "x"]})", "my_map.json: /state: \"x\" named twice");
  expect(R"({"state": ["x", "sin"]})", "\"sin\" cannot be a name");
  expect(R"({"parameters": {"x": 1}})", "my_map.json: /parameters/x: \"x\" named twice");
  expect(R"({"parameters": {"a": "1"}})", "my_map.json: /parameters/a: expected an object");
  expect(R"({"parameters": {"a": {"default": 3, "maximum": 2}}})", "default 3 is not between");
  expect(R"({"domain": {"x": [1, -1]}})", "my_map.json: /domain/x: expected low < high");
  expect(R"({"initial": {"x": 9}})", "my_map.json: /initial/x: 9 is outside the domain");
  expect(R"({"next": null})", "expected either \"next\" or \"flow\"");
  expect(R"({"next": null, "flow": {"h": 0, "rate": {}}})", "/flow/h");
  expect(R"({"next": null, "flow": {"h": 0.1, "rate": {"x": "y'", "y": "x"}}})",
         "/flow/rate/x: \"y'\": y' in a rate");
}

TEST(MapChoice, NamesObjectsFilesAndInlineMaps) {
  const MapRegistry registry = Builtin();
  const std::filesystem::path folder = testing::TempDir();
  std::ofstream(folder / "choice_henon.json") << Henon().dump();
  const auto parameter = [&](const Json& choice, size_t index) {
    return MakeMap(choice, registry, folder, "run.json: /map")->parameters()[index];
  };
  EXPECT_EQ(parameter("logistic", 0), 3.99);
  EXPECT_EQ(parameter({{"name", "logistic"}, {"r", 3.9}}, 0), 3.9);
  EXPECT_EQ(parameter({{"name", "logistic"}, {"parameters", {{"r", 3.8}}}}, 0), 3.8);
  EXPECT_EQ(parameter({{"file", "choice_henon.json"}}, 0), 1.4);
  EXPECT_EQ(parameter({{"file", "choice_henon.json"}, {"a", 1.3}}, 0), 1.3);
  EXPECT_EQ(parameter(Henon(), 1), 0.3);

  const auto expect = [&](const Json& choice, const std::string& message) {
    EXPECT_THAT([&] { MakeMap(choice, registry, folder, "run.json: /map"); },
                ThrowsMessage<Error>(HasSubstr(message)))
        << choice;
  };
  expect("logistc", "run.json: /map: unknown map \"logistc\"; did you mean \"logistic\"?");
  expect({{"name", "logistic"}, {"r", 9}}, "run.json: /map/r: 9 is out of range");
  expect({{"name", "logistic"}, {"rr", 3.9}}, "run.json: /map/rr: unknown key");
  expect(3, "run.json: /map: expected a map's name");
  expect({{"file", "choice_henon.json"}, {"c", 1.3}}, "run.json: /map/c: unknown key");
  expect({{"file", "nowhere.json"}}, "nowhere.json");
  Json bad = Henon();
  bad["next"]["y"] = "b*";
  expect(bad, "run.json: /map/next/y: \"b*\"");
}

TEST(ExpressionMap, KeepsTheExtractorAndTheSource) {
  Json json = Henon();
  json["extractor"] = {{"kind", "decimal_mod"}, {"k", 10}};
  json["source"] = "Henon 1976";
  const MapEntry entry = LoadExpressionMap(json, "my_map.json");
  EXPECT_EQ(entry.info.extractor, R"({"k":10,"kind":"decimal_mod"})");
  EXPECT_EQ(entry.info.source, "Henon 1976");
  // A bad one is said when the file is read, not when the first byte is taken.
  json["extractor"] = {{"digits", 10}};
  EXPECT_THROW(LoadExpressionMap(json, "my_map.json"), Error);
}

}  // namespace
}  // namespace chaosense
