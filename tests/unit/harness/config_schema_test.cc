#include "core/harness/config_schema.h"

#include <gtest/gtest.h>

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "core/harness/schema_check.h"
#include "tests/unit/harness/fake_experiment.h"
#include "tests/unit/harness/temporary_folder.h"

namespace chaosense {
namespace {

// An independent implementation of JSON Schema.
bool ValijsonAccepts(const Json& schema, const Json& value) {
  valijson::Schema parsed;
  valijson::SchemaParser(valijson::SchemaParser::kDraft7)
      .populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), parsed);
  return valijson::Validator().validate(
      parsed, valijson::adapters::NlohmannJsonAdapter(value), nullptr);
}

class ConfigSchema : public ::testing::Test {
 protected:
  ConfigSchema() {
    RegisterFakes(&control_, registries_);
    PluginInfo other;
    other.name = "other";
    // The same key with another meaning, and a common key with a rule of its own.
    other.parameters = {
        {"numbers", {{"type", "string"}, {"default", "many"}}},
        {"rates", {{"type", "array"}, {"items", {{"enum", {0.5, 1.0}}}}, {"default", {0.5}}}}};
    registries_.experiments.Register(other, [this](const Json& settings) {
      return std::make_unique<FakeExperiment>(settings, &control_);
    });
  }

  std::string ErrorOf(const std::string& text, const std::vector<std::string>& overrides = {}) {
    const auto file = folder_.Write("a.json", text);
    return folder_.ErrorOf([&] { LoadExperimentConfig(file, overrides, registries_.experiments); });
  }

  TemporaryFolder folder_;
  FakeControl control_;
  Registries registries_;
};

TEST_F(ConfigSchema, FillsDefaults) {
  const Config config = LoadExperimentConfig(
      folder_.Write("a.json", R"({"experiment":"fake"})"), {}, registries_.experiments);
  EXPECT_EQ(config.value,
            Json::parse(R"({"name":"a","experiment":"fake","datasets":[],"images":[],"rates":[],
      "methods":[],"ciphers":[],"seeds":[0],"fit_datasets":[],"tables":[],"figures":[],"panels":[],"sheets":[],"published":[],"kept_results":[],"aliases":{},"numbers":[1,2,3],
      "factor":1})"));
}

TEST_F(ConfigSchema, ErrorsNameFilePointerAndRemedy) {
  EXPECT_EQ(ErrorOf("{}"), "a.json: missing key \"experiment\"; known experiments: fake, other");
  EXPECT_EQ(ErrorOf(R"({"experiment":3})"),
            "a.json: /experiment: 3 has the wrong type, expected string");
  EXPECT_EQ(
      ErrorOf(R"({"experiment":"fak"})"),
      "a.json: /experiment: unknown experiment \"fak\"; did you mean \"fake\"? known: fake, other");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","rats":[0.5]})"),
            "a.json: /rats: unknown key; did you mean \"rates\"?");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","rates":[0.5,1.5]})"),
            "a.json: /rates/1: 1.5 is out of range, expected at most 1");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","rates":[0]})"),
            "a.json: /rates/0: 0 is out of range, expected more than 0");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","seeds":[-1]})"),
            "a.json: /seeds/0: -1 is out of range, expected at least 0");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","seeds":[0.5]})"),
            "a.json: /seeds/0: 0.5 has the wrong type, expected integer");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","factor":101})"),
            "a.json: /factor: 101 is out of range, expected at most 100");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","methods":[3]})"),
            "a.json: /methods/0: 3 has the wrong type, expected string or object");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","methods":[{"name":"pca","rates":[2]}]})"),
            "a.json: /methods/0/rates/0: 2 is out of range, expected at most 1");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","datasets":["a","b","a"]})"),
            "a.json: /datasets/2: \"a\" is given twice");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","name":"../escape"})"),
            "a.json: /name: \"../escape\" is not allowed, expected text like "
            "^[A-Za-z0-9_][A-Za-z0-9_.-]*$");
}

TEST_F(ConfigSchema, ErrorsNameTheFileOrOptionThatIsWrong) {
  folder_.Write("base.json", R"({"experiment":"fake","rates":[1.5]})");
  EXPECT_EQ(ErrorOf(R"({"extends":"base.json"})"),
            "base.json: /rates/0: 1.5 is out of range, expected at most 1");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake"})", {"rates=[1.5]"}),
            "--set: /rates/0: 1.5 is out of range, expected at most 1");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake"})", {"facter=2"}),
            "--set facter=2: unknown key \"facter\"; did you mean \"factor\"?");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","numbers":[1]})", {"experiment=other"}),
            "a.json: /numbers: an array has the wrong type, expected string");
}

TEST_F(ConfigSchema, OverridesReachKeysThatOnlyTheSchemaKnows) {
  const Config config = LoadExperimentConfig(folder_.Write("a.json", R"({"experiment":"fake"})"),
                                             {"factor=2.5", "description=hello"},
                                             registries_.experiments);
  EXPECT_EQ(config.value["factor"], 2.5);
  EXPECT_EQ(config.value["description"], "hello");
}

// Both ways of checking must agree: ours, which explains, and the published schema in an
// independent validator.
TEST_F(ConfigSchema, PublishedSchemaMeansTheSame) {
  const Json published =
      PublishedSchema(registries_.experiments, registries_.methods.Names(), {"identity"});
  const auto agree = [&](const char* text, bool good) {
    const Json value = Json::parse(text);
    EXPECT_EQ(ValijsonAccepts(published, value), good) << text;
    const PluginInfo& info =
        registries_.experiments.Info(value.at("experiment").get<std::string>());
    EXPECT_EQ(!FirstIssue(ExperimentSchema(info), value).has_value(), good) << text;
  };
  agree(R"({"experiment":"fake"})", true);
  agree(
      R"({"experiment":"fake","name":"x.y-z_1","description":"d","datasets":["set11"],"images":["lena"],
            "rates":[0.01,1],"methods":["pca",{"name":"gauss","label":"G","rate":0.5}],"ciphers":["identity"],
            "seeds":[0,1],"fit_datasets":["t91"],"published":["table1"],"numbers":[4],"factor":-2})",
      true);
  agree(R"({"experiment":"other","numbers":"few","rates":[0.5]})", true);
  agree(R"({"experiment":"other","numbers":[1]})", false);
  agree(R"({"experiment":"other","rates":[0.25]})", false);
  agree(R"({"experiment":"other","factor":1})", false);
  agree(R"({"experiment":"fake","numbers":"few"})", false);
  agree(R"({"experiment":"fake","rats":[0.5]})", false);
  agree(R"({"experiment":"fake","rates":[1.5]})", false);
  agree(R"({"experiment":"fake","rates":[0]})", false);
  agree(R"({"experiment":"fake","rates":0.5})", false);
  agree(R"({"experiment":"fake","rates":[0.5,0.5]})", false);
  agree(R"({"experiment":"fake","seeds":[]})", false);
  agree(R"({"experiment":"fake","seeds":[-1]})", false);
  agree(R"({"experiment":"fake","name":"a/b"})", false);
  agree(R"({"experiment":"fake","methods":[7]})", false);
}

TEST_F(ConfigSchema, PublishedSchemaKnowsNamesAndExtends) {
  const Json published =
      PublishedSchema(registries_.experiments, registries_.methods.Names(), {"identity"});
  EXPECT_TRUE(ValijsonAccepts(published, Json::parse(R"({"extends":"base.json","rates":[0.5]})")));
  EXPECT_TRUE(ValijsonAccepts(published, Json::parse(R"({"extends":["a.json","b.json"]})")));
  EXPECT_FALSE(ValijsonAccepts(published, Json::parse(R"({"extends":1})")));
  EXPECT_FALSE(ValijsonAccepts(published, Json::parse(R"({"experiment":"nonsense"})")));
  EXPECT_FALSE(
      ValijsonAccepts(published, Json::parse(R"({"experiment":"fake","methods":["nonsense"]})")));
  EXPECT_FALSE(ValijsonAccepts(
      published, Json::parse(R"({"experiment":"fake","ciphers":[{"name":"nonsense"}]})")));
}

TEST_F(ConfigSchema, TrainingsAreCheckedInTheSameWay) {
  PluginInfo info;
  info.name = "pca";
  info.parameters = {{"steps", {{"type", "integer"}, {"minimum", 1}, {"default", 10}}}};
  registries_.trainers.Register(info, [](const Json&) { return nullptr; });
  const auto load = [&](const std::string& text, const std::vector<std::string>& overrides = {}) {
    return LoadTrainerConfig(folder_.Write("t.json", text), overrides, registries_.trainers);
  };
  EXPECT_EQ(load(R"({"trainer":"pca"})").value,
            Json::parse(R"({"trainer":"pca","name":"t","steps":10})"));
  EXPECT_EQ(load(R"({"trainer":"pca"})", {"steps=3"}).value["steps"], 3);
  const auto error = [&](const std::string& text) { return folder_.ErrorOf([&] { load(text); }); };
  EXPECT_EQ(error("{}"), "t.json: missing key \"trainer\"; known trainers: pca");
  EXPECT_EQ(error(R"({"trainer":"pcs"})"),
            "t.json: /trainer: unknown trainer \"pcs\"; did you mean \"pca\"? known: pca");
  EXPECT_EQ(error(R"({"trainer":"pca","step":3})"),
            "t.json: /step: unknown key; did you mean \"steps\"?");
  EXPECT_EQ(error(R"({"trainer":"pca","steps":0})"),
            "t.json: /steps: 0 is out of range, expected at least 1");
}

}  // namespace
}  // namespace chaosense
