// `chaosense randomness` as a user runs it.
#include <gmock/gmock.h>

#include "core/base/json.h"
#include "core/base/random.h"
#include "tests/cli/program.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Randomness : public ProgramTest {
 protected:
  void WriteRandom(const std::string& name, size_t bytes) const {
    RandomStream random("cli randomness " + name);
    const Bytes content = random.RandomBytes(bytes);
    Write(name, std::string(content.begin(), content.end()));
  }
};

TEST_F(Randomness, GoodBytesPassAndTheFifteenTestsAreShown) {
  WriteRandom("good", 125000);
  const Said said = Run({"randomness", "good", "--check"});
  EXPECT_EQ(said.exit_code, 0) << said.out << said.err;
  for (const char* test : {"Frequency",
                           "BlockFrequency",
                           "CumulativeSums",
                           "Runs",
                           "LongestRun",
                           "Rank",
                           "DFT",
                           "NonOverlappingTemplate",
                           "OverlappingTemplate",
                           "Universal",
                           "ApproximateEntropy",
                           "RandomExcursions",
                           "RandomExcursionsVariant",
                           "Serial",
                           "LinearComplexity"}) {
    EXPECT_THAT(said.out, HasSubstr(std::string(test) + " ")) << test;
  }
  EXPECT_THAT(said.out, HasSubstr("verdict: pass"));
}

TEST_F(Randomness, BadBytesAreSaidAndCheckedOnlyWhenAsked) {
  Write("bad", std::string(20000, 'U'));
  const Said said = Run({"randomness", "bad"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("verdict: FAIL"));
  EXPECT_THAT(said.out, HasSubstr("not applicable: n = 160000 < 1000000"));
  EXPECT_EQ(Run({"randomness", "bad", "--check"}).exit_code, 4);
}

// Nothing tested is nothing passed.
TEST_F(Randomness, CheckNeedsAtLeastOneTest) {
  Write("tiny", "ab");
  EXPECT_THAT(Run({"randomness", "tiny"}).out, HasSubstr("verdict: none"));
  for (const std::vector<std::string>& bits :
       {std::vector<std::string>{}, {"--bits", "4", "--sequences", "4"}}) {
    std::vector<std::string> arguments = {"randomness", "tiny", "--check"};
    arguments.insert(arguments.end(), bits.begin(), bits.end());
    const Said said = Run(arguments);
    EXPECT_EQ(said.exit_code, 3);
    EXPECT_THAT(said.err, HasSubstr("no test was applicable"));
  }
  WriteRandom("short", 2000);
  EXPECT_THAT(Run({"randomness", "short", "--check"}).out,
              testing::ContainsRegex("verdict: pass, [0-9]+ of 15 tests applicable"));
}

TEST_F(Randomness, DigitsAndBytesAreTheSameBits) {
  WriteRandom("bytes", 2000);
  std::string digits;
  for (const char c : Read("bytes")) {
    for (int bit = 7; bit >= 0; --bit)
      digits += (static_cast<uint8_t>(c) >> bit & 1) != 0 ? '1' : '0';
    digits += '\n';
  }
  Write("digits", digits);
  const auto rows = [&](const std::vector<std::string>& arguments) {
    std::vector<std::string> all = {"randomness"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    all.push_back("--csv");
    const Said said = Run(all);
    EXPECT_EQ(said.exit_code, 0) << said.err;
    return said.out;
  };
  const std::string csv = rows({"bytes"});
  EXPECT_THAT(csv, StartsWith("test,variant,statistic,p_value,verdict,reason\nFrequency,,"));
  EXPECT_EQ(csv, rows({"digits", "--format", "ascii"}));
  EXPECT_EQ(rows({"bytes", "--skip", "16", "--bits", "8000"}),
            rows({"digits", "--format", "ascii", "--skip", "16", "--bits", "8000"}));
}

TEST_F(Randomness, ManySequencesAreJudgedTogetherWhateverTheJobs) {
  const std::vector<std::string> arguments = {"randomness",
                                              "--generator",
                                              "aes256_ctr",
                                              "--sequences",
                                              "60",
                                              "--bits",
                                              "2000",
                                              "--tests",
                                              "Frequency,Runs",
                                              "--json"};
  const Said said = Run(arguments);
  ASSERT_EQ(said.exit_code, 0) << said.err;
  const Json json = Json::parse(said.out);
  EXPECT_EQ(json.at("sequences"), 60);
  EXPECT_EQ(json.at("tests").size(), 2U);
  EXPECT_EQ(json.at("tests")[0].at("sequences"), 60);
  EXPECT_FALSE(json.at("failed").get<bool>());
  std::vector<std::string> parallel = arguments;
  parallel.insert(parallel.end(), {"--jobs", "3"});
  EXPECT_EQ(Run(parallel).out, said.out);
}

TEST_F(Randomness, UntilFailureRanksMaps) {
  const auto run = [&](const std::string& extractor, const std::string& limit) {
    const Said said = Run({"randomness",
                           "--generator",
                           "map:logistic",
                           "--extractor",
                           extractor,
                           "--battery",
                           "until_failure",
                           "--limit",
                           limit,
                           "--json"});
    EXPECT_EQ(said.exit_code, 0) << said.err;
    return Json::parse(said.out);
  };
  // The leading bits of an orbit tell the map from the first kibibyte on.
  EXPECT_EQ(run(R"({"kind": "binary_mod", "k": 8})", "64KiB").at("failed_at_bytes"), 1024);
  const Json deep = run(R"({"kind": "binary_mod", "k": 40})", "64KiB");
  EXPECT_TRUE(deep.at("failed_at_bytes").is_null());
  EXPECT_EQ(deep.at("bytes_tested"), 65536);
}

TEST_F(Randomness, ErrorsAreOneLine) {
  Write("text", "0101x");
  Write("empty", "");
  WriteRandom("short", 100);
  const auto error = [&](std::vector<std::string> arguments, int code) {
    arguments.insert(arguments.begin(), "randomness");
    return ErrorOf(arguments, code);
  };
  EXPECT_THAT(error({}, 2), HasSubstr("which bytes?"));
  EXPECT_THAT(error({"none"}, 3), HasSubstr("none: no such file"));
  EXPECT_THAT(error({"empty"}, 3), HasSubstr("empty: no bits"));
  EXPECT_THAT(error({"text", "--format", "ascii"}, 2), HasSubstr("'x' at offset 4"));
  EXPECT_THAT(error({"short", "--bits", "1000"}, 3), HasSubstr("only 800 bits, 1000 wanted"));
  EXPECT_THAT(error({"short", "--skip", "900"}, 3), HasSubstr("800 bits, --skip passes over 900"));
  EXPECT_THAT(error({"short", "--bits", "-5"}, 2), HasSubstr("--bits: -5 is out of range"));
  EXPECT_THAT(error({"short", "--tests", "Run"}, 2), HasSubstr("did you mean \"Runs\""));
  EXPECT_THAT(error({"short", "--battery", "byte"}, 2), HasSubstr("did you mean \"bytes\""));
  EXPECT_THAT(error({"short", "--alpha", "2"}, 2), HasSubstr("--alpha"));
  EXPECT_THAT(error({"short", "--csv", "--json"}, 2), HasSubstr("exclude each other"));
  EXPECT_THAT(error({"short", "--battery", "until_failure"}, 3), HasSubstr("at least 1024"));
  EXPECT_THAT(error({"short", "--battery", "until_failure", "--limit", "1XB"}, 2),
              HasSubstr("\"1XB\" is no size"));
  EXPECT_THAT(error({"--generator", "logistic"}, 2), HasSubstr("did you mean \"map:logistic\""));
  EXPECT_THAT(error({"--generator", "map:logistic", "--extractor", "{\"kind\": \"x\"}"}, 2),
              HasSubstr("unknown extractor \"x\""));
  EXPECT_THAT(error({"--generator", "map:logistic", "--start", "[0.1, 0.2]"}, 2),
              HasSubstr("2 values"));
}

// A map of one's own, from its file.
TEST_F(Randomness, MapOfAFile) {
  Write(
      "own.json",
      R"JSON({"name": "own", "state": ["x"], "parameters": {"r": {"default": 4, "minimum": 0, "maximum": 4}},
          "next": {"x": "r*x*(1 - x)"}, "domain": {"x": [0, 1]}, "initial": {"x": 0.3}})JSON");
  const auto levels = [&](const std::string& generator) {
    const Said said = Run({"randomness",
                           "--generator",
                           generator,
                           "--parameters",
                           R"({"r": 3.99})",
                           "--start",
                           "[0.3]",
                           "--battery",
                           "until_failure",
                           "--limit",
                           "4KiB",
                           "--json"});
    EXPECT_EQ(said.exit_code, 0) << said.err;
    return Json::parse(said.out).at("levels");
  };
  EXPECT_EQ(levels("map:own.json"), levels("map:logistic"));
  EXPECT_THAT(Run({"randomness", "--generator", "map:none.json"}).err,
              HasSubstr("none.json: no such file"));
  EXPECT_THAT(Run({"randomness", "--generator", "map:logistic", "--start", R"(["a"])"}).err,
              HasSubstr("--start: \"a\" is not a number"));
}

// Another program's bytes: the same as from a file, its seed and count passed on.
TEST_F(Randomness, ExternalGenerator) {
  WriteRandom("bytes", 40000);
  const Said file =
      Run({"randomness", "bytes", "--battery", "until_failure", "--limit", "32KiB", "--json"});
  const Said external = Run({"randomness",
                             "--generator",
                             "external:head -c {bytes} bytes",
                             "--battery",
                             "until_failure",
                             "--limit",
                             "32KiB",
                             "--json"});
  ASSERT_EQ(external.exit_code, 0) << external.err;
  EXPECT_EQ(Json::parse(external.out).at("levels"), Json::parse(file.out).at("levels"));
  const Said seeded = Run({"randomness",
                           "--generator",
                           "external:printf {seed}",
                           "--seed",
                           "12",
                           "--bits",
                           "16",
                           "--battery",
                           "bytes"});
  EXPECT_EQ(seeded.exit_code, 0) << seeded.err;
  const Said few = Run({"randomness", "--generator", "external:head -c 10 bytes"});
  EXPECT_NE(few.exit_code, 0);
  EXPECT_THAT(few.err, HasSubstr("printed 10 bytes, expected 125000"));
  EXPECT_THAT(Run({"randomness", "--generator", "external:no_such_program"}).err,
              HasSubstr("no_such_program"));
  EXPECT_THAT(Run({"randomness", "--generator", "external:head", "--seed", "x"}).err,
              HasSubstr("--seed"));
}

}  // namespace
}  // namespace chaosense
