// A method in another language through a whole run.
#include <gmock/gmock.h>

#include "core/base/process.h"
#include "tests/cli/program.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

class ExternalMethodRun : public ProgramTest {
 protected:
  ExternalMethodRun() {
    std::ifstream in(CHAOSENSE_SOURCE_DIR "/examples/reconstructors/block_dct.py");
    script_ = {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    Write("mine.py", script_);
  }
  void WriteConfig(const std::string& external) const {
    Write("a.json",
          R"({"experiment": "pipeline", "datasets": ["generated_test"],
      "images": ["leaves00"], "rates": [0.25], "ciphers": ["aes256_ctr"],
      "methods": [{"name": "mine", "external": )" +
              external + R"(}],
      "tables": [{"id": "t", "metrics": ["psnr", "parameters"], "rows": ["method"],
                  "columns": ["metric"], "filter": {"image": "leaves00"}}]})");
  }
  std::string script_;
};

const char kMine[] = R"({
  "sense": "python3 mine.py sense {in} {out} {width} {height} {per_block}",
  "reconstruct": "python3 mine.py reconstruct {in} {out} {width} {height} {per_block}",
  "range_pictures": 2})";

TEST_F(ExternalMethodRun, IsMeasuredLikeAnyOtherAndKeyedByItsScript) {
  if (FindProgram("python3").empty()) GTEST_SKIP() << "no python3";
  WriteConfig(kMine);
  const Said first = Run({"run", "a.json", "--threads", "1", "--out", "r"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  const std::string cells = Read("r/cells.csv");
  const auto value = [&](const std::string& metric) {
    const size_t at = cells.find("," + metric + ",");
    return at == std::string::npos ? -1 : std::stod(cells.substr(at + metric.size() + 2));
  };
  EXPECT_THAT(cells, HasSubstr(",mine,"));
  EXPECT_GT(value("psnr"), 20);
  // 8 bits cost it no more than others: the ranges fit, and the cipher gave the bytes back.
  EXPECT_GT(value("psnr_pipeline"), value("psnr") - 0.3);
  EXPECT_NEAR(value("rate_actual"), 272.0 / 1089, 1e-6);
  EXPECT_THAT(cells, HasSubstr(",parameters,nan,"));
  EXPECT_THAT(Read("r/table.md"), HasSubstr("--"));
  EXPECT_THAT(Run({"run", "a.json", "--out", "r"}).err, HasSubstr("1 cell: 1 done"));
  // A changed script is another method.
  Write("mine.py", script_ + "# changed\n");
  EXPECT_THAT(Run({"run", "a.json", "--dry-run", "--out", "r"}).out,
              HasSubstr("1 missing; 1 to run"));
}

TEST_F(ExternalMethodRun, AFailureIsARowWithTheProgramsWords) {
  WriteConfig(R"({"sense": ["sh", "-c", "echo out of ink >&2; exit 5", "sh", "{in}", "{out}"],
                  "reconstruct": "cp {in} {out}", "range": [0, 1]})");
  const Said said = Run({"run", "a.json", "--threads", "1", "--out", "r"});
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_THAT(Read("r/ledger.jsonl"),
              HasSubstr("leaves00: external method: sense: sh -c echo out of"));
  EXPECT_THAT(Read("r/ledger.jsonl"), HasSubstr("exit code 5: out of ink"));
}

TEST_F(ExternalMethodRun, MistakesInTheConfigAreFoundBeforeTheRun) {
  const auto error = [&](const std::string& external) {
    WriteConfig(external);
    return ErrorOf({"validate", "a.json"}, 2);
  };
  EXPECT_EQ(error("{}"),
            "a.json: /methods/0: external method: /sense: missing, expected a command");
  EXPECT_THAT(error(R"({"sense": "cp {in} {out}", "reconstruct": "cp {in} {out} | cat"})"),
              HasSubstr("\"|\" needs a shell"));
  EXPECT_THAT(error(R"({"sense": "cp {in} {out}", "reconstruct": "cp {in} {out}", "time": 5})"),
              HasSubstr("a.json: /methods/0/time: unknown key"));
  EXPECT_THAT(error("5"), HasSubstr("a.json: /methods/0/external: 5 has the wrong type"));
}

// A file must not name a program that decrypting it would run.
TEST_F(ExternalMethodRun, GoesIntoNoFile) {
  Write("k", std::string(64, '7') + "\n");
  Write("p.pgm", "P5\n8 8\n255\n" + std::string(64, 'x'));
  EXPECT_THAT(
      ErrorOf({"encrypt", "p.pgm", "--key-file", "k", "-o", "b", "--method", "external"}, 2),
      HasSubstr("an external method cannot go into a file"));
}

}  // namespace
}  // namespace chaosense
