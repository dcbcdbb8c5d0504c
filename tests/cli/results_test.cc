// Everything downstream of finished cells: compare, verify, export, report, on committed results.
#include <gmock/gmock.h>

#include "core/base/json.h"
#include "tests/cli/program.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const fs::path kResults = fs::path(CHAOSENSE_SOURCE_DIR) / "results";

class ResultsTest : public ProgramTest {
 protected:
  // A copy of committed results to change.
  std::string Copy(const std::string& name, const std::string& to) const {
    fs::create_directories(folder_ / to);
    for (const char* file : {"cells.csv", "manifest.json", "table.md"})
      fs::copy_file(kResults / name / file, folder_ / to / file);
    return (folder_ / to).string();
  }
  void Replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = Read(file);
    const size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    Write(file, text);
  }
};

// ---- compare

TEST_F(ResultsTest, CompareOfEqualRunsIsSilentAboutDifferences) {
  const Said said = Run({"compare", "table4", Copy("table4", "again"), "--fail-on-difference"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("equal to the last bit"));
  EXPECT_THAT(said.out, HasSubstr("correlation_h"));
}

TEST_F(ResultsTest, CompareOfTwoSettingsOfASweep) {
  Write("cells.csv",
        "experiment,dataset,image,rate,method,cipher,map,variant,seed,sweep.k,metric,value,unit,"
        "published,source,status\n"
        "e,d,a,,,paper,,,0,1,entropy,7.5,bit,,,ok\n"
        "e,d,a,,,paper,,,0,2,entropy,7.75,bit,,,ok\n");
  const Said said = Run({"compare", "cells.csv", "--axis", "sweep=k=1,k=2", "--format", "json"});
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_EQ(Json::parse(said.out)["summary"][0]["mean_difference"], 0.25) << said.out;
}

TEST_F(ResultsTest, CompareBySweptKeysAndValuesWithCommas) {
  Write("cells.csv",
        "experiment,dataset,image,rate,method,cipher,map,variant,seed,sweep.j,sweep.k,metric,value,"
        "unit,published,source,status\n"
        "e,d,a,,\"m, 1\",,,,0,5,1,entropy,7.5,bit,,,ok\n"
        "e,d,a,,\"m, 1\",,,,0,5,2,entropy,7.75,bit,,,ok\n"
        "e,d,a,,\"m, 1\",,,,0,6,1,entropy,7,bit,,,ok\n"
        "e,d,a,,\"m, 1\",,,,0,6,2,entropy,8,bit,,,ok\n"
        "e,d,a,,n,,,,0,5,1,entropy,6.5,bit,,,ok\n");
  const auto summary = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"compare", "cells.csv", "--format", "json"});
    const Said said = Run(options);
    EXPECT_EQ(said.exit_code, 0) << said.err;
    return Json::parse(said.out)["summary"];
  };
  const Json per =
      summary({"--axis", "sweep.k=1,2", "--only", "method=[\"m, 1\"]", "--per", "sweep.j"});
  ASSERT_EQ(per.size(), 2U);
  EXPECT_EQ(per[1]["per"]["sweep.j"], "6");
  EXPECT_EQ(per[1]["mean_difference"], 1);
  EXPECT_EQ(summary({"--axis", "method=[\"m, 1\", \"n\"]", "--only", "sweep.j=5"})[0]["mean_a"],
            7.5);
  EXPECT_THAT(ErrorOf({"compare", "cells.csv", "--axis", "sweep.kk=1,2"}, 2),
              HasSubstr("--axis: cells.csv has no axis \"sweep.kk\"; did you mean \"sweep.k\"?"));
  EXPECT_THAT(ErrorOf({"compare", "cells.csv", "--axis", "sweep.k=1,2", "--per", "sweep.x"}, 2),
              HasSubstr("--per: cells.csv has no axis \"sweep.x\""));
  EXPECT_THAT(ErrorOf({"compare", "cells.csv", "--axis", "method=[n"}, 2),
              HasSubstr("--axis: [n is no JSON array of values"));
}

TEST_F(ResultsTest, CompareFindsTheOneValueThatDiffers) {
  const std::string again = Copy("fig9", "again");
  const std::string cells = Read("again/cells.csv");
  // The first measured value becomes another.
  const size_t line = cells.find('\n') + 1, end = cells.find('\n', line);
  std::string row = cells.substr(line, end - line);
  size_t at = 0;
  for (int comma = 0; comma < 10; ++comma) at = row.find(',', at) + 1;
  const size_t stop = row.find(',', at);
  Replace("again/cells.csv", row, row.substr(0, at) + "12345.5" + row.substr(stop));
  Said said = Run({"compare", "fig9", again, "--fail-on-difference"});
  EXPECT_EQ(said.exit_code, 1) << said.err;
  EXPECT_THAT(said.out, HasSubstr("12345.5"));
  EXPECT_EQ(Run({"compare", "fig9", again}).exit_code, 0);  // without the wish a difference is none
  EXPECT_EQ(Run({"compare", "fig9", again, "--fail-on-difference", "--tolerance", "1e9"}).exit_code,
            0);
  said = Run({"compare", "fig9", again + "/cells.csv", "--format", "json"});
  const Json json = Json::parse(said.out);
  EXPECT_EQ(json["differ"].size(), 1U);
  EXPECT_EQ(json["differ"][0]["b"], 12345.5);
  said = Run({"compare", "fig9", again, "--format", "csv"});
  EXPECT_THAT(said.out, HasSubstr(",differs\n"));
  EXPECT_THAT(said.out, HasSubstr(",same\n"));
}

TEST_F(ResultsTest, CompareOfTwoMethodsPairsTheirImages) {
  const Said said = Run({"compare",
                         "table1",
                         "--axis",
                         "method=gaussian_lmmse,pca_lmmse",
                         "--only",
                         "metric=psnr",
                         "--only",
                         "rate=0.25",
                         "--format",
                         "json"});
  ASSERT_EQ(said.exit_code, 0) << said.err;
  const Json group = Json::parse(said.out)["summary"][0];
  EXPECT_EQ(group["pairs"], 11);  // Set11, without the row of the mean
  EXPECT_EQ(group["unit"], "image");
  // README, Table 1: 26.69 and 30.71.
  EXPECT_NEAR(group["mean_a"].get<double>(), 26.69, 0.005);
  EXPECT_NEAR(group["mean_b"].get<double>(), 30.71, 0.005);
  EXPECT_EQ(group["verdict"], "second better");
  EXPECT_DOUBLE_EQ(group["p_wilcoxon"].get<double>(), 2.0 / 2048);  // all 11 of one sign
}

TEST_F(ResultsTest, CompareSaysWhatItNeeds) {
  EXPECT_THAT(ErrorOf({"compare", "table1"}, 2),
              HasSubstr("expected two runs, or one run and --axis"));
  EXPECT_THAT(ErrorOf({"compare", "table1", "--axis", "metod=a,b"}, 2),
              HasSubstr("--axis: unknown axis \"metod\"; did you mean \"method\"?"));
  EXPECT_THAT(ErrorOf({"compare", "table1", "--axis", "method=pca_lmmse,fclbcn"}, 2),
              HasSubstr("did you mean \"fclbcnn\"?"));
  EXPECT_THAT(ErrorOf({"compare", "table1", "nowhere"}, 2), HasSubstr("nowhere: no run there"));
  EXPECT_THAT(ErrorOf({"compare", "table1", "table1", "--format", "xml"}, 2),
              HasSubstr("allowed: text, markdown, csv, json"));
  EXPECT_THAT(ErrorOf({"compare", "table1", "fig9"}, 2), HasSubstr("have no value in common"));
}

// ---- verify

TEST_F(ResultsTest, VerifyJudgesEveryPublishedValue) {
  const Said said = Run({"verify", "peers"});
  EXPECT_THAT(said.out, HasSubstr("within"));
  EXPECT_THAT(said.out, HasSubstr("published values have ours beside them:"));
  EXPECT_EQ(said.exit_code, 4) << "two means of DR2-Net and two of OPINE-Net+";
  // Of the solvers NLR-CS is the farthest from its published values, by up to 6 dB.
  const Said loose = Run({"verify", "table1_solvers", "--tolerance", "10"});
  EXPECT_EQ(loose.exit_code, 0) << loose.out;
  const Said strict = Run({"verify", "table1_solvers", "--tolerance", "psnr=0"});
  EXPECT_EQ(strict.exit_code, 4);
  EXPECT_THAT(strict.out, HasSubstr("worse"));
}

TEST_F(ResultsTest, VerifyFindsTamperedFiles) {
  const std::string again = Copy("table3", "again");
  EXPECT_THAT(Run({"verify", again}).out, Not(HasSubstr("table.md: is not")));
  Write("again/table.md", Read("again/table.md") + "more\n");
  const Said said = Run({"verify", again});
  EXPECT_EQ(said.exit_code, 4);
  EXPECT_THAT(said.out, HasSubstr("table.md: is not what cells.csv gives"));
  Write("again/table.csv", "a,b\n");
  Write("again/table_other.csv", "a,b\n");
  const std::string both = Run({"verify", again}).out;
  EXPECT_THAT(both, HasSubstr("table.csv: is not what cells.csv gives"));
  EXPECT_THAT(both, HasSubstr("table_other.csv: is no table of the config"));
  ASSERT_EQ(Run({"report", again, "--tables"}).exit_code, 0);
  EXPECT_THAT(Run({"verify", again}).out, Not(HasSubstr("`chaosense report")));
  EXPECT_FALSE(fs::exists(folder_ / "again/table_other.csv"));
}

TEST_F(ResultsTest, VerifyComparesCellsWithTheLedger) {
  Write("c.json", kGoodConfig);
  ASSERT_EQ(Run({"run", "c.json", "--out", "r"}).exit_code, 0);
  EXPECT_THAT(Run({"verify", "r"}).out, HasSubstr("nothing to verify"));
  EXPECT_EQ(Run({"verify", "r"}).exit_code, 0);
  const std::string cells = Read("r/cells.csv");
  const size_t psnr = cells.find(",psnr,");
  ASSERT_NE(psnr, std::string::npos);
  const size_t end = cells.find(',', psnr + 6);
  Write("r/cells.csv", cells.substr(0, psnr + 6) + "99.5" + cells.substr(end));
  const Said said = Run({"verify", "r"});
  EXPECT_EQ(said.exit_code, 4);
  EXPECT_THAT(said.out, HasSubstr("1 values are not those of ledger.jsonl"));
  EXPECT_THAT(said.out, HasSubstr("is 99.5, in the ledger"));
}

// ---- export

TEST_F(ResultsTest, ExportWritesEveryFormat) {
  for (const char* format : {"csv", "jsonl", "sqlite", "mlflow"}) {
    const Said said = Run({"export", "table4", "--format", format});
    EXPECT_EQ(said.exit_code, 0) << said.err;
    EXPECT_TRUE(fs::exists(folder_ / said.out.substr(0, said.out.size() - 1))) << said.out;
  }
  EXPECT_THAT(Read("table4.csv"), testing::StartsWith("run,experiment,dataset,"));
  EXPECT_THAT(Read("table4.sqlite"), testing::StartsWith("SQLite format 3"));
  EXPECT_TRUE(fs::exists(folder_ / "mlruns" / "0" / "meta.yaml"));
  ASSERT_EQ(Run({"export", "fclbcnn_3x4x4", "--format", "tensorboard", "-o", "tb"}).exit_code, 0);
  EXPECT_TRUE(fs::exists(folder_ / "tb/fclbcnn_3x4x4/events.out.tfevents.0.chaosense"));
  ASSERT_EQ(Run({"export", "fclbcnn_3x4x4", "fclbcnn_3x6x6", "--format", "curves"}).exit_code, 0);
  EXPECT_THAT(Read("fclbcnn_3x4x4_curves/training_validation_gray.csv"),
              testing::AllOf(HasSubstr("fclbcnn_3x4x4,"), HasSubstr("fclbcnn_3x6x6,")));
}

TEST_F(ResultsTest, FilesThatExistAreReplacedByForceAlone) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"export", "table4", "--format", "csv"},
        {"export", "table4", "--format", "jsonl"},
        {"export", "table4", "--format", "sqlite"},
        {"report", "table4"}}) {
    Write("precious.txt", "mine");
    std::vector<std::string> full = command;
    full.insert(full.end(), {"-o", "precious.txt"});
    EXPECT_THAT(ErrorOf(full, 2), HasSubstr("precious.txt: exists already; --force replaces it"));
    EXPECT_EQ(Read("precious.txt"), "mine");
    full.push_back("--force");
    EXPECT_EQ(Run(full).exit_code, 0);
    EXPECT_NE(Read("precious.txt"), "mine");
  }
  EXPECT_EQ(Run({"export", "table4", "--format", "csv"}).exit_code, 0);
  EXPECT_THAT(ErrorOf({"export", "table4", "--format", "csv"}, 2),
              HasSubstr("table4.csv: exists already"));
  Write("precious.txt", "mine");
  EXPECT_THAT(ErrorOf({"export", "fclbcnn_3x4x4", "--format", "curves", "-o", "precious.txt"}, 2),
              HasSubstr("precious.txt: "));
  EXPECT_EQ(Read("precious.txt"), "mine");
  // A run's own page is made anew.
  const std::string again = Copy("table4", "again");
  EXPECT_EQ(Run({"report", again}).exit_code, 0);
  EXPECT_EQ(Run({"report", again}).exit_code, 0);
}

TEST_F(ResultsTest, RunsOfOneConfigAreToldApartByTheirFolders) {
  const std::string a = Copy("table4", "x/run"), b = Copy("table4", "y/run");
  ASSERT_EQ(Run({"export", a, b, "--format", "csv", "-o", "two.csv"}).exit_code, 0);
  EXPECT_THAT(Read("two.csv"), testing::AllOf(HasSubstr("\nx/run,"), HasSubstr("\ny/run,")));
  ASSERT_EQ(Run({"export", a, "--format", "csv"}).exit_code, 0);
  EXPECT_THAT(Read("run.csv"), HasSubstr("\nrun,"));
  ASSERT_EQ(Run({"report", a, b, "-o", "two.html"}).exit_code, 0);
  EXPECT_THAT(Read("two.html"), testing::AllOf(HasSubstr("1: x/run"), HasSubstr("2: y/run")));
}

TEST_F(ResultsTest, ExportSaysWhatFitsWhat) {
  EXPECT_THAT(ErrorOf({"export", "table4"}, 2), HasSubstr("--format (csv, jsonl, sqlite"));
  EXPECT_THAT(ErrorOf({"export", "table4", "--format", "sqlit"}, 2),
              HasSubstr("did you mean \"sqlite\"?"));
  EXPECT_THAT(ErrorOf({"export", "table4", "--format", "tensorboard"}, 2),
              HasSubstr("tensorboard is for training logs, and table4 is none"));
  EXPECT_THAT(ErrorOf({"export", "fclbcnn_3x4x4", "--format", "csv"}, 2),
              HasSubstr("csv is for runs, and fclbcnn_3x4x4 is none"));
  EXPECT_THAT(ErrorOf({"export", "nothing", "--format", "csv"}, 2),
              HasSubstr("nothing: neither a run"));
}

// ---- report and docs

TEST_F(ResultsTest, ReportWritesTablesAgain) {
  const std::string again = Copy("rate_distortion", "again");
  Write("again/table.md", "old");
  ASSERT_EQ(Run({"report", again, "--tables"}).exit_code, 0);
  EXPECT_THAT(Read("again/table.md"), HasSubstr("Equal ciphertext bytes"));
  EXPECT_THAT(Read("again/table.tex"), HasSubstr("\\toprule"));
  EXPECT_TRUE(fs::exists(folder_ / "again/figures/set11_psnr.gp"));
  EXPECT_TRUE(fs::exists(folder_ / "again/report.html"));
}

TEST_F(ResultsTest, ReportTellsTheWholeCommand) {
  const std::string again = Copy("fig9", "again");
  Json manifest = Json::parse(Read("again/manifest.json"));
  manifest["arguments"] = {"fig9", "--sweep", "k=1,2", "--set=a='x'", "--retrain", "--jobs", "2"};
  Write("again/manifest.json", manifest.dump());
  ASSERT_EQ(Run({"report", again}).exit_code, 0);
  EXPECT_THAT(Read("again/report.html"),
              HasSubstr("--data-dir D --sweep &#39;k=1,2&#39; --set "
                        "&#39;a=&#39;\\&#39;&#39;x&#39;\\&#39;&#39;&#39; --retrain<"));
}

TEST_F(ResultsTest, ReportOfTwoRunsHasTheTests) {
  ASSERT_EQ(Run({"report", "table1", "table1_solvers", "-o", "both.html"}).exit_code, 0);
  EXPECT_THAT(Read("both.html"), HasSubstr("p (Wilcoxon)"));
}

TEST_F(ResultsTest, MetricsPageIsUpToDate) {
  const Said said = Run({"list", "metrics", "--markdown"});
  ASSERT_EQ(said.exit_code, 0) << said.err;
  std::ifstream in(fs::path(CHAOSENSE_SOURCE_DIR) / "docs" / "metrics.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  EXPECT_TRUE(page == said.out)
      << "docs/metrics.md: make it again: chaosense list metrics --markdown > docs/metrics.md";
  EXPECT_THAT(ErrorOf({"list", "ciphers", "--markdown"}, 2), HasSubstr("for metrics only"));
}

TEST_F(ResultsTest, HelpHasAnExampleAndTheExitCodes) {
  for (const char* command : {"compare", "verify", "export"}) {
    const Said said = Run({command, "--help"});
    EXPECT_EQ(said.exit_code, 0);
    EXPECT_THAT(said.out, HasSubstr(std::string("  chaosense ") + command + " table1"));
  }
  EXPECT_THAT(Run({"compare", "--help"}).out, HasSubstr("with 1 only"));
  EXPECT_THAT(Run({"verify", "--help"}).out, HasSubstr("with 4 if"));
}

}  // namespace
}  // namespace chaosense
