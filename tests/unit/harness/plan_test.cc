#include "core/harness/plan.h"

#include <gtest/gtest.h>

#include "core/harness/config_schema.h"
#include "core/harness/plugin_choices.h"
#include "tests/unit/harness/fake_experiment.h"
#include "tests/unit/harness/temporary_folder.h"

namespace chaosense {
namespace {

class Planning : public ::testing::Test {
 protected:
  Planning() { RegisterFakes(&control_, registries_); }

  Plan PlanOf(const std::string& text, int threads = 1) {
    const auto file = folder_.Write("a.json", text);
    CellContext context;
    context.threads = threads;
    context.fit.threads = threads;
    return MakePlan(LoadExperimentConfig(file, {}, registries_.experiments), registries_, context);
  }
  std::vector<std::string> IdsOf(const std::string& text, int threads = 1) {
    std::vector<std::string> ids;
    for (const Cell& cell : PlanOf(text, threads).cells) ids.push_back(cell.id);
    return ids;
  }
  std::string ErrorOf(const std::string& text, ErrorKind kind = ErrorKind::kConfig) {
    return folder_.ErrorOf([&] { PlanOf(text); }, kind);
  }

  TemporaryFolder folder_;
  FakeControl control_;
  Registries registries_;
};

TEST_F(Planning, IdsDoNotDependOnOrderCommentsSpaceOrThreads) {
  const auto ids = IdsOf(R"({"experiment":"fake","numbers":[1,2],"factor":2})");
  EXPECT_EQ(ids.size(), 2U);
  EXPECT_EQ(ids[0].size(), 64U);
  EXPECT_NE(ids[0], ids[1]);
  EXPECT_EQ(
      IdsOf("{ /* x */ \"factor\" : 2 ,\n\"numbers\":[1 , 2], // y\n \"experiment\":\"fake\"}"),
      ids);
  EXPECT_EQ(IdsOf(R"({"experiment":"fake","numbers":[1,2],"factor":2})", 7), ids);
  EXPECT_EQ(IdsOf(R"({"experiment":"fake","numbers":[2,1],"factor":2})"),
            (std::vector<std::string>{ids[1], ids[0]}));
  EXPECT_EQ(IdsOf(R"({"experiment":"fake","numbers":[1,2],"factor":2,"description":"words"})"),
            ids);
}

TEST_F(Planning, IdsDependOnWhatMatters) {
  const auto id = IdsOf(R"({"experiment":"fake","numbers":[1]})")[0];
  EXPECT_NE(IdsOf(R"({"experiment":"fake","numbers":[1],"factor":3})")[0], id);
  EXPECT_NE(IdsOf(R"({"experiment":"fake","numbers":[1],"seeds":[1]})")[0], id);
  Cell cell = std::move(PlanOf(R"({"experiment":"fake","numbers":[1]})").cells[0]);
  PluginInfo info = registries_.experiments.Info("fake");
  EXPECT_EQ(CellId(cell, info), id);
  info.revision = 2;
  EXPECT_NE(CellId(cell, info), id);
}

// The format of identities is a promise: results in old run folders are found again. The digest is
// sha256sum's of
// {"axes":{"experiment":"a","seed":0,"variant":"5"},"description":{"factor":1,"number":5},
// "experiment":{"name":"fake","revision":1},"schema":1}, written without the line's end.
TEST_F(Planning, IdIsTheHashOfTheCanonicalJson) {
  EXPECT_EQ(IdsOf(R"({"experiment":"fake","numbers":[5],"factor":1})")[0],
            "a65d80fd2b7d7ff6663afa4555698f3cacb56002dca6919242cdd3e0121241f1");
}

TEST_F(Planning, DuplicatesAreDroppedAndOrderIsKept) {
  const Plan plan = PlanOf(R"({"experiment":"fake","numbers":[3,1,3,2,1]})");
  std::vector<std::string> numbers;
  for (const Cell& cell : plan.cells) numbers.push_back(cell.axes.variant);
  EXPECT_EQ(numbers, (std::vector<std::string>{"3", "1", "2"}));
}

TEST_F(Planning, NamesAreForPeople) {
  EXPECT_EQ(PlanOf(R"({"experiment":"fake","numbers":[3],"seeds":[7]})").cells[0].Name(),
            "a/3/seed:7");
  Cell cell;
  cell.axes = {"table1", "set11", "pca_lmmse", "", "", "", 0.25, 0, {}};
  EXPECT_EQ(cell.Name(), "table1/set11/pca_lmmse/rate:0.25/seed:0");
}

TEST_F(Planning, AxesSurviveJson) {
  const Axes axes = {"e", "d", "m", "c", "map", "v", 0.1, 18446744073709551615U, {}};
  const Axes back = AxesFromJson(AxesToJson(axes));
  EXPECT_EQ(AxesToJson(back), AxesToJson(axes));
  EXPECT_EQ(back.seed, axes.seed);
  EXPECT_EQ(AxesToJson(AxesFromJson(Json::parse(R"({"experiment":"e","seed":0})"))).size(), 2U);
  EXPECT_THROW(AxesFromJson(Json::parse(R"({"experiment":3,"seed":0})")), Error);
}

TEST_F(Planning, MethodsAreChecked) {
  const auto methods = [&](const std::string& list) {
    return ErrorOf(R"({"experiment":"fake","methods":[)" + list + "]}");
  };
  EXPECT_EQ(methods("\"gaus\"")
                .find("a.json: /methods/0: unknown method \"gaus\"; did you mean \"gauss\"? known: "
                      "gauss, pca"),
            0U);
  EXPECT_EQ(methods(R"("pca",{"name":"gauss","rate":1.5})"),
            "a.json: /methods/1/rate: 1.5 is out of range, expected at most 1");
  EXPECT_EQ(methods(R"({"name":"gauss","raet":1.5})"),
            "a.json: /methods/0/raet: unknown key; did you mean \"rate\"? known: rate");
  EXPECT_EQ(
      methods(R"("pca",{"name":"pca","rate":0.5})"),
      "a.json: /methods/1: two entries are called \"pca\"; give one of them another \"label\"");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","ciphers":["nothing"]})"),
            "a.json: /ciphers/0: unknown cipher \"nothing\"; known: none");
}

TEST_F(Planning, CiphersOfAMethodAreChecked) {
  RegisterBuiltinCiphers(registries_.ciphers);
  const auto error = [&](const std::string& method, const std::string& cipher) {
    return ErrorOf(R"({"experiment":"fake","methods":[)" + method + R"(],"ciphers":[)" + cipher +
                   "]}");
  };
  EXPECT_EQ(error(R"("gauss",{"name":"pca","ciphers":["paper","chacha21"]})", "")
                .find("a.json: /methods/1/ciphers/1: unknown cipher \"chacha21\"; did you mean "),
            0U);
  EXPECT_EQ(error("", R"({"name":"paper","ciphers":["paper"]})"),
            "a.json: /ciphers/0: \"rates\", \"variants\" and \"ciphers\" belong to a method's "
            "entry");
  EXPECT_EQ(PlanOf(R"({"experiment":"fake","methods":[{"name":"pca","ciphers":["mine","hardened"]}],
                      "ciphers":[{"name":"paper","label":"mine"}]})")
                .cells.size(),
            3U);
}

TEST(PluginChoices, CiphersOfAMethodAreLabelsOrNames) {
  const std::vector<PluginChoice> common = {
      ParsePluginChoice({{"name", "paper"}, {"label", "mine"}, {"turns", 2}}),
      ParsePluginChoice("chacha20")};
  const auto labels = [&](const Json& method) {
    std::vector<std::string> found;
    for (const PluginChoice& one : CiphersOf(ParsePluginChoice(method), common))
      found.push_back(one.label + "=" + one.name + one.parameters.dump());
    return found;
  };
  using Labels = std::vector<std::string>;
  EXPECT_EQ(labels("pca"), (Labels{"mine=paper{\"turns\":2}", "chacha20=chacha20{}"}));
  EXPECT_EQ(labels({{"name", "pca"}, {"ciphers", {"aes256_gcm", "mine"}}}),
            (Labels{"aes256_gcm=aes256_gcm{}", "mine=paper{\"turns\":2}"}));
  // "paper" is no label here: the plain cipher.
  EXPECT_EQ(labels({{"name", "pca"}, {"ciphers", {"paper"}}}), (Labels{"paper=paper{}"}));
}

TEST_F(Planning, ErrorsOfTheExperimentGetTheirFile) {
  folder_.Write("base.json", R"({"experiment":"fake","factor":13})");
  EXPECT_EQ(ErrorOf(R"({"extends":"base.json"})"), "base.json: /factor: 13 brings bad luck");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","factor":17})", ErrorKind::kData),
            "set17: not in the data folder");
}

TEST_F(Planning, EmptyPlansAreErrors) {
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","numbers":[]})"),
            "a.json: the config gives no cell; are datasets, methods or rates empty?");
}

}  // namespace
}  // namespace chaosense
