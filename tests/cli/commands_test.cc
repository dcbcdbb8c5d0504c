// What each command prints when nothing is wrong.
#include <gmock/gmock.h>

#include <cstdlib>

#include "core/base/json.h"
#include "tests/cli/program.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

using Commands = ProgramTest;

TEST_F(Commands, EveryHelpHasAnExample) {
  EXPECT_THAT(Run({"--help"}).out, HasSubstr("example:"));
  EXPECT_EQ(Run({}).exit_code, 2);
  for (const char* command : {"run",
                              "report",
                              "train",
                              "encrypt",
                              "decrypt",
                              "randomness",
                              "data",
                              "map",
                              "list",
                              "describe",
                              "validate",
                              "schema"}) {
    const Said said = Run({command, "--help"});
    EXPECT_EQ(said.exit_code, 0) << command << said.err;
    EXPECT_THAT(said.out, HasSubstr(std::string("chaosense ") + command)) << command;
    EXPECT_THAT(said.out, HasSubstr("example")) << command;
  }
}

TEST_F(Commands, Version) { EXPECT_THAT(Run({"--version"}).out, StartsWith("chaosense 0.")); }

TEST_F(Commands, ListKnowsEveryKind) {
  const auto list = [&](const char* kind) { return Run({"list", kind}).out; };
  EXPECT_THAT(list("methods"), HasSubstr("pca_lmmse"));
  EXPECT_THAT(list("ciphers"), HasSubstr("identity"));
  EXPECT_THAT(list("experiments"), HasSubstr("pipeline"));
  EXPECT_THAT(list("metrics"), HasSubstr("psnr"));
  EXPECT_THAT(list("datasets"), HasSubstr("set11"));
  EXPECT_THAT(list("configs"), HasSubstr("table1"));
  EXPECT_THAT(list("maps"), HasSubstr("logistic"));
  EXPECT_THAT(list("models"), HasSubstr("klt_net_small_272"));
}

TEST_F(Commands, DescribeKnowsEveryKind) {
  const auto describe = [&](const char* name) { return Run({"describe", name}).out; };
  EXPECT_THAT(describe("pca_lmmse"), HasSubstr("rate: number"));
  EXPECT_THAT(describe("pipeline"), HasSubstr("(experiment)"));
  EXPECT_THAT(describe("aes256_ctr"), HasSubstr("(cipher)"));
  EXPECT_THAT(describe("psnr"), HasSubstr("unit: dB"));
  EXPECT_THAT(describe("set11"), HasSubstr("license"));
  EXPECT_THAT(describe("pca_bsds500"),
              HasSubstr("made by: chaosense train configs/train/pca_bsds500.json"));
  EXPECT_THAT(describe("table5"), HasSubstr("/datasets: "));
}

TEST_F(Commands, ValidateCountsCells) {
  Write("a.json", kGoodConfig);
  EXPECT_EQ(Run({"validate", "a.json"}).out, "a.json: valid, 1 cell\n");
  EXPECT_EQ(Run({"validate", "a.json", "--set", "rates=[0.1,0.2]", "--set", "seeds=[1,2,3]"}).out,
            "a.json: valid, 6 cells\n");
}

TEST_F(Commands, TablesShowKeptResultsBesideTheRuns) {
  Write("a.json", R"({
    "experiment": "pipeline", "datasets": ["generated_test"], "images": ["leaves00"],
    "rates": [0.25], "methods": ["pca_lmmse"], "kept_results": ["table1_solvers"],
    "tables": [{"id": "t", "metric": "psnr", "rows": ["method"], "columns": ["image"],
                "filter": {"image": ["leaves00", "lena256"], "rate": [0.25]}}]})");
  const Said said = Run({"run", "a.json", "--out", "run"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("pca_lmmse"));
  // The published value is 28.67 (Kulkarni et al., CVPR 2016, Table 1).
  EXPECT_THAT(said.out, ::testing::ContainsRegex("tval3 .* 28.6[5-9]"));
  EXPECT_THAT(said.out, HasSubstr("damp"));
  const Said one = Run({"run",
                        "a.json",
                        "--set",
                        R"(kept_results=[{"name": "table1_solvers", "methods": ["tval3"]}])",
                        "--out",
                        "one"});
  EXPECT_THAT(one.out, ::testing::ContainsRegex("tval3 .* 28.6[5-9]")) << one.err;
  EXPECT_THAT(one.out, ::testing::Not(HasSubstr("damp")));
  EXPECT_THAT(ErrorOf({"run", "a.json", "--set", "kept_results=[\"tabel1\"]"}, 2),
              HasSubstr("\"tabel1\": no such results"));
}

// The weights of a run made again, in the run's folder; the committed file is left alone.
TEST_F(Commands, RetrainMakesTheRunsWeightsAgain) {
  const char* data = std::getenv("CHAOSENSE_DATA");
  if (data == nullptr) GTEST_SKIP() << "trains on BSDS500 (CHAOSENSE_DATA is not set)";
  Write("a.json", kGoodConfig);
  const std::filesystem::path committed =
      std::filesystem::path(CHAOSENSE_SOURCE_DIR) / "results/models/pca_bsds500.safetensors";
  const auto written = std::filesystem::last_write_time(committed);
  EXPECT_THAT(Run({"run", "a.json", "--retrain", "--dry-run"}).out,
              StartsWith("to train: pca_bsds500\n"));
  const Said said = Run({"run", "a.json", "--retrain", "--out", "run", "--data-dir", data});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("training pca_bsds500 (1 of 1)"));
  const std::filesystem::path made = folder_ / "run/models/pca_bsds500.safetensors";
  ASSERT_TRUE(std::filesystem::exists(made));
  EXPECT_FALSE(std::filesystem::equivalent(made, committed));
  EXPECT_EQ(std::filesystem::last_write_time(committed), written);
  EXPECT_TRUE(std::filesystem::exists(folder_ / "run/models/pca_bsds500"));
}

// The names of methods, which a build without networks has fewer of.
void ForgetMethods(Json& schema) {
  for (Json& branch : schema.at("properties").at("methods").at("items").at("anyOf")) {
    (branch.contains("properties") ? branch["properties"]["name"] : branch).erase("enum");
  }
}

// Regenerate with: chaosense schema > configs/schema/chaosense.schema.json
TEST_F(Commands, PublishedSchemaIsCurrent) {
  const Said said = Run({"schema"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  std::ifstream in(CHAOSENSE_SOURCE_DIR "/configs/schema/chaosense.schema.json");
  Json copy = Json::parse(
      std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
  Json current = Json::parse(said.out);
  if (CHAOSENSE_HAS_NETS == 0) {
    ForgetMethods(copy);
    ForgetMethods(current);
  }
  EXPECT_EQ(current, copy);
}

TEST_F(Commands, EveryConfigOfTheProjectIsValid) {
  for (const char* folder : {"/configs", "/configs/train"}) {
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(CHAOSENSE_SOURCE_DIR) + folder)) {
      if (entry.path().extension() != ".json") continue;
      const Said said = Run({"validate", entry.path().string()});
      const bool needs_networks =
          CHAOSENSE_HAS_NETS == 0 && (said.err.find("no networks") != std::string::npos ||
                                      said.err.find("trainer \"nets\"") != std::string::npos);
      // Peers' weights or matrices in the data folder; ours are committed, but for the ablation's.
      const bool needs_data =
          said.exit_code == 3 && (said.err.find("results/models") == std::string::npos ||
                                  said.err.find("klt_net_ablation") != std::string::npos);
      EXPECT_TRUE(said.exit_code == 0 || needs_networks || needs_data) << said.err;
    }
  }
}

TEST_F(Commands, DryRunWritesNothing) {
  Write("a.json", kGoodConfig);
  const Said said = Run({"run", "a.json", "--dry-run"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out,
              HasSubstr("to run  a/generated_test/pca_lmmse/identity/gray/rate:0.25/seed:0"));
  EXPECT_THAT(said.out, HasSubstr("1 cell: 0 done, 0 failed before, 1 missing; 1 to run"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "results"));
}

TEST_F(Commands, ReportIsOnePageThatHoldsItsRuns) {
  Write("a.json", kGoodConfig);
  ASSERT_EQ(Run({"run", "a.json", "--threads", "1"}).exit_code, 0);
  const std::string page = Read("results/runs/a/report.html");
  EXPECT_THAT(page, StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(page, HasSubstr("chaosense run a.json --data-dir D"));
  EXPECT_THAT(page, HasSubstr("<dt id=\"metric-psnr\">"));
  EXPECT_THAT(page, HasSubstr("no cipher: the bytes stay as they are"));
  EXPECT_EQ(Run({"report", "a"}).out, "results/runs/a/report.html\n");
  EXPECT_EQ(Read("results/runs/a/report.html"), page);
  ASSERT_EQ(Run({"run", "a.json", "--out", "b", "--set", "ciphers=[\"paper\"]"}).exit_code, 0);
  EXPECT_EQ(Run({"report", "a", "b", "-o", "both.html"}).out, "both.html\n");
  EXPECT_THAT(Read("both.html"), HasSubstr("2 runs side by side"));
}

TEST_F(Commands, RunLeavesARunFolder) {
  Write("a.json", kGoodConfig);
  const Said said = Run({"run", "a.json", "--threads", "1"});
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("run folder: results/runs/a"));
  EXPECT_EQ(said.out.find(Read("results/runs/a/table.md").substr(0, 20)), 0U);
  EXPECT_THAT(Read("results/runs/a/cells.csv"),
              StartsWith("experiment,dataset,image,rate,method,"));
  EXPECT_THAT(Read("results/runs/a/table.tex"), HasSubstr("tabular"));
  const Json manifest = Json::parse(Read("results/runs/a/manifest.json"));
  EXPECT_EQ(manifest.at("threads"), 1);
  EXPECT_EQ(manifest.at("cells").at("ran"), 1);
  EXPECT_EQ(manifest.at("config").at("experiment"), "pipeline");
  EXPECT_EQ(manifest.at("datasets").at("generated_test").get<std::string>().size(), 64U);
  EXPECT_FALSE(manifest.at("finished").get<std::string>().empty());
  EXPECT_FALSE(manifest.at("machine").at("loaded_libraries").empty());
  EXPECT_NE(manifest.at("build").at("compiler"), "");
}

}  // namespace
}  // namespace chaosense
