// A cipher in another language through a whole run.
#include <gmock/gmock.h>

#include "core/base/process.h"
#include "tests/cli/program.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

class ExternalCipherRun : public ProgramTest {
 protected:
  ExternalCipherRun() {
    std::ifstream in(CHAOSENSE_SOURCE_DIR "/examples/ciphers/xor_rotate.py");
    script_ = {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    Write("mine.py", script_);
  }
  void WriteConfig(const std::string& external) const {
    Write("a.json",
          R"({"experiment": "pipeline", "datasets": ["generated_test"],
      "images": ["leaves00"], "rates": [0.25], "methods": ["pca_lmmse"],
      "measure": ["quality", "entropy"], "ciphers": [{"name": "mine", "external": )" +
              external + R"(}],
      "tables": [{"id": "t", "metric": "psnr", "rows": ["cipher"], "columns": ["image"]}]})");
  }
  std::string script_;
};

const char kMine[] = R"({"encrypt": "python3 mine.py encrypt {in} {out} {key} {nonce}",
                         "decrypt": "python3 mine.py decrypt {in} {out} {key} {nonce}"})";

TEST_F(ExternalCipherRun, IsMeasuredLikeAnyOtherAndKeyedByItsScript) {
  if (FindProgram("python3").empty()) GTEST_SKIP() << "no python3";
  WriteConfig(kMine);
  const Said first = Run({"run", "a.json", "--threads", "1", "--out", "r"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(Read("r/cells.csv"), HasSubstr(",mine,"));
  EXPECT_THAT(Read("r/cells.csv"), HasSubstr(",entropy,7.9"));
  EXPECT_THAT(Run({"run", "a.json", "--out", "r"}).err, HasSubstr("1 cell: 1 done"));
  // A changed script is another cipher.
  Write("mine.py", script_ + "# changed\n");
  EXPECT_THAT(Run({"run", "a.json", "--out", "r"}).err, HasSubstr("1 cell: 0 done"));
}

// The audit's tables are by kind of cipher; one of the user's own has a table as well.
TEST_F(ExternalCipherRun, AnAuditShowsIt) {
  if (FindProgram("python3").empty()) GTEST_SKIP() << "no python3";
  const Said said = Run(
      {"run",
       CHAOSENSE_SOURCE_DIR "/configs/audit.json",
       "--out",
       "r",
       "--set",
       R"(ciphers=["aes256_ctr", {"name": "mine", "external": {"serve": "python3 mine.py serve"}}])",
       "--set",
       R"(checks=["a3", "a14"])",
       "--set",
       R"(modes=["live"])"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("Audit of other ciphers, the nonce live"));
  EXPECT_THAT(said.out, HasSubstr("mine"));
  EXPECT_THAT(said.out, HasSubstr("broken (3)")) << "A14: it is not authenticated";
  EXPECT_THAT(said.out, HasSubstr("Audit of standard ciphers"));
  EXPECT_EQ(said.out.find("Audit of chaotic ciphers"), std::string::npos) << "empty: left out";
  EXPECT_THAT(said.err, HasSubstr("left out: others_frozen, chaotic_live, "));
  EXPECT_THAT(said.out, HasSubstr("in words: r/summary.md"));
}

TEST_F(ExternalCipherRun, AFailureIsARowWithTheProgramsWords) {
  WriteConfig(R"({"encrypt": ["sh", "-c", "echo out of ink >&2; exit 5", "sh", "{in}", "{out}"],
                  "decrypt": "cp {in} {out}"})");
  const Said said = Run({"run", "a.json", "--threads", "1", "--out", "r"});
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_THAT(Read("r/ledger.jsonl"),
              HasSubstr("external cipher: encrypt: sh: exit code 5: out of ink"));
}

TEST_F(ExternalCipherRun, MistakesInTheConfigAreFoundBeforeTheRun) {
  const auto error = [&](const std::string& external) {
    WriteConfig(external);
    return ErrorOf({"validate", "a.json"}, 2);
  };
  EXPECT_EQ(error("{}"),
            "a.json: /ciphers/0: external cipher: /encrypt: missing, expected a command");
  EXPECT_THAT(error(R"({"encrypt": "cp {in} {out}", "decrypt": "cp {inn} {out}"})"),
              HasSubstr("unknown placeholder {inn}; did you mean \"in\"?"));
  EXPECT_THAT(error(R"({"encrypt": "cp {in} {out}", "decrypt": "cp {in} {out} | cat"})"),
              HasSubstr("\"|\" needs a shell"));
  EXPECT_THAT(error(R"({"encrypt": "cp {in} {out}", "decrypt": "cp {in} {out}", "time": 5})"),
              HasSubstr("a.json: /ciphers/0/time: unknown key"));
  EXPECT_THAT(error("5"), HasSubstr("a.json: /ciphers/0/external: 5 has the wrong type"));
}

// A file must not name a program that decrypting it would run.
TEST_F(ExternalCipherRun, GoesIntoNoFile) {
  Write("k", std::string(64, '7') + "\n");
  Write("p.pgm", "P5\n8 8\n255\n" + std::string(64, 'x'));
  EXPECT_THAT(
      ErrorOf({"encrypt", "p.pgm", "--key-file", "k", "-o", "b", "--cipher", "external"}, 2),
      HasSubstr("an external cipher cannot go into a file"));
}

}  // namespace
}  // namespace chaosense
