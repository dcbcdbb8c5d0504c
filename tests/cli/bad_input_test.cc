// What users get wrong: one clear line and the documented exit code (2 config or arguments, 3
// data).
#include <gmock/gmock.h>

#include "tests/cli/program.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class BadInput : public ProgramTest {
 protected:
  std::string RunError(const std::string& config, int exit_code = 2) {
    Write("a.json", config);
    return ErrorOf({"run", "a.json"}, exit_code);
  }
};

TEST_F(BadInput, TypoInAKey) {
  EXPECT_EQ(RunError(R"({"experiment":"pipeline","rats":[0.25]})"),
            "a.json: /rats: unknown key; did you mean \"rates\"?");
}

TEST_F(BadInput, RateOutOfRange) {
  EXPECT_EQ(RunError(R"({"experiment":"pipeline","rates":[0.25,1.5]})"),
            "a.json: /rates/1: 1.5 is out of range, expected at most 1");
}

TEST_F(BadInput, UnknownMethod) {
  EXPECT_THAT(
      RunError(R"({"experiment":"pipeline","datasets":["generated_test"],"rates":[0.25],
                           "methods":["pca_lmse"]})"),
      StartsWith(
          "a.json: /methods/0: unknown method \"pca_lmse\"; did you mean \"pca_lmmse\"? known: "));
}

TEST_F(BadInput, EmptyAxesNameTheFile) {
  EXPECT_THAT(RunError(R"({"experiment":"pipeline","rates":[0.25],"methods":["pca_lmmse"]})"),
              StartsWith("a.json: /datasets: is empty, expected at least one entry"));
  EXPECT_THAT(RunError(R"({"experiment":"pipeline","datasets":["generated_test"],
                           "methods":["pca_lmmse"]})"),
              StartsWith("a.json: /rates: is empty, expected at least one sampling rate"));
}

TEST_F(BadInput, WrongParameterOfAMethod) {
  EXPECT_THAT(RunError(R"({"experiment":"pipeline","datasets":["generated_test"],"rates":[0.25],
                           "methods":[{"name":"pca_lmmse","colour":true}]})"),
              StartsWith("a.json: /methods/0/colour: unknown key; known: "));
}

TEST_F(BadInput, UnknownExperimentCipherAndDataset) {
  EXPECT_THAT(
      RunError(R"({"experiment":"pipelin"})"),
      StartsWith(
          "a.json: /experiment: unknown experiment \"pipelin\"; did you mean \"pipeline\"?"));
  EXPECT_THAT(
      RunError(R"({"experiment":"pipeline","datasets":["generated_test"],"ciphers":["aes128"]})"),
      StartsWith("a.json: /ciphers/0: unknown cipher \"aes128\""));
  EXPECT_THAT(RunError(R"({"experiment":"pipeline","datasets":["set12"]})"),
              StartsWith("a.json: /datasets/0: unknown dataset \"set12\""));
  EXPECT_THAT(
      RunError(R"({"experiment":"pipeline","datasets":["set11"],"fit_datasets":["set11"]})"),
      StartsWith("a.json: /fit_datasets/0: \"set11\" is a test set"));
  EXPECT_EQ(RunError(R"({"experiment":"pipeline","datasets":["set11"],"images":["Monarh"]})"),
            "a.json: /images/0: dataset set11 has no image \"Monarh\"; did you mean \"Monarch\"?");
}

TEST_F(BadInput, ConfigExtendsItself) {
  EXPECT_EQ(RunError(R"({"extends":"a.json"})"),
            "a.json: /extends: the config extends itself: a.json -> a.json");
}

TEST_F(BadInput, NotJson) {
  EXPECT_THAT(RunError("{\"rates\": [0.25,, 0.1]}"),
              StartsWith("a.json: not valid JSON: parse error at line 1"));
  EXPECT_THAT(RunError(std::string("\0\x89PNG\r\n\xff", 8)), StartsWith("a.json: not valid JSON"));
}

TEST_F(BadInput, MissingConfig) {
  EXPECT_THAT(ErrorOf({"run", "tabel1"}, 2),
              StartsWith("tabel1: no such config; did you mean \"table1\"?"));
  EXPECT_THAT(ErrorOf({"run"}, 2), StartsWith("run: which config?"));
}

TEST_F(BadInput, MissingData) {
  EXPECT_EQ(
      RunError(
          R"({"experiment":"pipeline","datasets":["set11"],"rates":[0.25],"methods":["pca_lmmse"]})",
          3),
      "a.json: /datasets/0: set11: no data folder is given; run `chaosense data fetch set11` or "
      "give --data-dir "
      "(or CHAOSENSE_DATA)");
  std::filesystem::create_directories(folder_ / "data");
  EXPECT_THAT(ErrorOf({"run", "a.json", "--data-dir", "data"}, 3),
              HasSubstr("is missing from data/set11"));
}

TEST_F(BadInput, UnwritableOutputFolder) {
  Write("a.json", kGoodConfig);
  Write("file", "not a folder");
  EXPECT_EQ(ErrorOf({"run", "a.json", "--out", "file/run"}, 2),
            "file/run: cannot create the output folder: Not a directory");
}

TEST_F(BadInput, Overrides) {
  Write("a.json", kGoodConfig);
  EXPECT_EQ(ErrorOf({"run", "a.json", "--set", "rats=[0.1]"}, 2),
            "--set rats=[0.1]: unknown key \"rats\"; did you mean \"rates\"?");
  EXPECT_EQ(ErrorOf({"run", "a.json", "--set", "rates=[0.1,7]"}, 2),
            "--set: /rates/1: 7 is out of range, expected at most 1");
}

TEST_F(BadInput, TablesAndPublishedValues) {
  const auto with = [](const std::string& more) {
    return R"({"experiment":"pipeline","datasets":["generated_test"],"rates":[0.25,0.1],"methods":["pca_lmmse"],)" +
           more + "}";
  };
  EXPECT_EQ(
      RunError(with(R"("tables":[{"id":"t","metric":"psnr","rowz":["method"],"rows":["rate"]}])")),
      "a.json: /tables/0/rowz: unknown key; did you mean \"rows\"?");
  EXPECT_THAT(
      RunError(
          with(R"("tables":[{"id":"t","metric":"psnrr","rows":["method"],"columns":["image"]}])")),
      StartsWith("a.json: /tables/0"));
  // Two rates, and no axis that tells them apart: known before anything runs.
  EXPECT_THAT(
      RunError(
          with(R"("tables":[{"id":"t","metric":"psnr","rows":["method"],"columns":["image"]}])")),
      StartsWith("a.json: /tables/0: table \"t\": several results fall into one cell; they differ "
                 "in rate"));
  EXPECT_THAT(RunError(with(R"("published":["tabel1"])")), StartsWith("a.json: /published"));
  EXPECT_THAT(RunError(with(R"("figures":[{"id":"f","y":"psnrr","series":"method"}])")),
              StartsWith("a.json: /figures/0/y"));
  EXPECT_EQ(RunError(with(R"("figures":[{"id":"f","y":"psnr","series":"method"},)"
                          R"({"id":"f","y":"ssim","series":"method"}])")),
            "a.json: /figures/1/id: \"f\" is taken; ids must differ");
  EXPECT_THAT(RunError(with(R"("ciphers":["paper","hardened"],)"
                            R"("figures":[{"id":"f","y":"psnr","series":"method"}])")),
              StartsWith("a.json: /figures/0: figure \"f\": several results fall into one cell; "
                         "they differ in cipher"));
}

TEST_F(BadInput, Options) {
  Write("a.json", kGoodConfig);
  EXPECT_EQ(ErrorOf({"run", "a.json", "--dryrun"}, 2),
            "unknown option --dryrun; did you mean \"--dry-run\"?");
  EXPECT_EQ(ErrorOf({"run", "a.json", "--dry-rum"}, 2),
            "unknown option --dry-rum; did you mean \"--dry-run\"?");
  EXPECT_EQ(ErrorOf({"run", "a.json", "--threads", "-1"}, 2),
            "--threads: -1 is out of range, expected 1 to 1024");
  EXPECT_THAT(ErrorOf({"run", "a.json", "--threads", "many"}, 2), HasSubstr("--threads"));
  EXPECT_THAT(ErrorOf({"run", "a.json", "--out"}, 2), HasSubstr("--out"));
  EXPECT_EQ(ErrorOf({"run", "a.json", "--device", "gpu"}, 2),
            "--device: \"gpu\" is not allowed; did you mean \"cpu\"? allowed: auto, cpu, cuda");
  EXPECT_EQ(ErrorOf({"run", "a.json", "--retry", "all"}, 2),
            "--retry: \"all\" is not allowed; allowed: failed, none");
  EXPECT_THAT(ErrorOf({"run", "a.json", "b.json"}, 2), StartsWith("too many arguments"));
}

TEST_F(BadInput, Commands) {
  EXPECT_EQ(ErrorOf({"rnu", "a.json"}, 2), "unknown command \"rnu\"; did you mean \"run\"?");
  EXPECT_THAT(ErrorOf({"list", "metods"}, 2),
              StartsWith("list: unknown kind \"metods\"; did you mean \"methods\"?"));
  EXPECT_EQ(ErrorOf({"describe", "pca_lmse"}, 2),
            "describe: unknown name \"pca_lmse\"; did you mean \"pca_lmmse\"?");
}

}  // namespace
}  // namespace chaosense
