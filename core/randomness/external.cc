#include "core/randomness/external.h"

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <sstream>

#include "core/base/error.h"
#include "core/base/process.h"

namespace chaosense {
namespace {

bool IsDieharderTest(int number) {
  return (number >= 0 && number <= 17) || (number >= 100 && number <= 102) ||
         (number >= 200 && number <= 209);
}

std::string Trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::string Text(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

// "p =  5.1e-141", "p =1-3.1e-3", "p~=   8e-312": the smaller tail, which is what it is judged by.
double PractRandP(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  if (text.starts_with("1-")) text = text.substr(2);
  char* end = nullptr;
  const double p =
      std::strtod(text.c_str(), &end);  // unlike stod, takes numbers near 0 as they are
  return end == text.c_str() ? std::numeric_limits<double>::quiet_NaN() : p;
}

}  // namespace

std::optional<ExternalOutcome> ParseDieharderLine(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, ',');) fields.push_back(Trimmed(field));
  if (fields.size() < 6 || line.starts_with("#")) return std::nullopt;
  ExternalOutcome result;
  result.outcome.test = fields[0];
  result.outcome.variant = fields[1] == "0" ? "" : "ntuple=" + fields[1];
  size_t used = 0;
  try {
    result.outcome.p_value = std::stod(fields[4], &used);
  } catch (const std::exception&) {
    return std::nullopt;
  }
  if (used != fields[4].size()) return std::nullopt;
  result.assessment = fields[5];
  return result;
}

int DieharderRewinds(const std::string& standard_error) {
  static const std::regex pattern("was rewound (\\d+) times");
  int rewinds = 0;
  for (std::sregex_iterator match(standard_error.begin(), standard_error.end(), pattern), end;
       match != end;
       ++match) {
    rewinds = std::max(rewinds, std::stoi((*match)[1]));
  }
  return rewinds;
}

std::vector<ExternalOutcome> RunDieharder(const std::filesystem::path& file,
                                          const std::vector<int>& tests,
                                          double timeout_s) {
  if (FindProgram("dieharder").empty())
    throw ConfigError("dieharder is not installed (Debian package dieharder)");
  for (const int test : tests) {
    if (!IsDieharderTest(test)) {
      throw ConfigError(
          "dieharder has no test {}; known: 0 to 17, 100 to 102, 200 to 209 (dieharder -l)", test);
    }
  }
  std::vector<ExternalOutcome> outcomes;
  for (const int test : tests) {
    ProcessOptions options;
    options.arguments = {"dieharder",
                         "-d",
                         std::to_string(test),
                         "-g",
                         "201",
                         "-f",
                         std::filesystem::absolute(file).string(),
                         "-c",
                         ","};
    for (const char* column :
         {"test_name", "ntuple", "tsamples", "psamples", "pvalues", "assessment"}) {
      options.arguments.insert(options.arguments.end(), {"-D", column});
    }
    options.timeout_s = timeout_s;
    const ProcessResult result = RunProcess(options);
    const std::string name = fmt::format("dieharder -d {}", test);
    if (result.timed_out) {
      outcomes.push_back(
          {NotApplicable(name, fmt::format("not done within {:g} s", timeout_s)), ""});
      continue;
    }
    if (!result.ok()) throw RunError("{}: {}", name, result.Failure());
    const int rewinds = DieharderRewinds(result.error);
    bool any = false;
    std::istringstream lines(Text(result.output));
    for (std::string line; std::getline(lines, line);) {
      std::optional<ExternalOutcome> parsed = ParseDieharderLine(line);
      if (!parsed) continue;
      any = true;
      if (rewinds > 0) {
        parsed->outcome = NotApplicable(
            parsed->outcome.test,
            fmt::format("the data is too short: dieharder read it {} times over", rewinds + 1),
            parsed->outcome.variant);
        parsed->assessment.clear();
      }
      outcomes.push_back(*parsed);
    }
    if (!any) throw RunError("{}: printed no result: {}", name, Trimmed(result.error));
  }
  return outcomes;
}

std::vector<PractRandLevel> ParsePractRand(const std::string& output) {
  static const std::regex length("^length= .*\\(2\\^(\\d+) bytes\\)");
  static const std::regex result(
      "^  (\\S+) +R= *([^ ]+) +p *~?= *(.*?)  +((?:unusual|mildly suspicious|suspicious|SUSPICIOUS|"
      "VERY SUSPICIOUS|very suspicious|FAIL)[ !]*)$");
  std::vector<PractRandLevel> levels;
  std::istringstream lines(output);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_search(line, match, length)) {
      levels.push_back({uint64_t{1} << std::stoi(match[1]), {}, false});
    } else if (!levels.empty() && std::regex_match(line, match, result)) {
      ExternalOutcome one;
      one.outcome.test = match[1];
      one.outcome.statistic = PractRandP(match[2]);
      one.outcome.p_value = PractRandP(match[3]);
      one.assessment = Trimmed(match[4]);
      levels.back().failed = levels.back().failed || one.assessment.starts_with("FAIL");
      levels.back().remarkable.push_back(std::move(one));
    }
  }
  return levels;
}

std::vector<PractRandLevel> RunPractRand(const std::filesystem::path& file,
                                         uint64_t limit,
                                         double timeout_s) {
  if (FindProgram("RNG_test").empty()) {
    throw ConfigError(
        "PractRand is not installed: no RNG_test on PATH (no Debian package; build it from "
        "source)");
  }
  const uint64_t size = std::filesystem::file_size(file);
  if (size < 1024) throw DataError("{}: {} bytes, PractRand needs 1024", file.string(), size);
  const uint64_t most = std::min(limit, size);
  int exponent = 10;
  while (uint64_t{2} << exponent <= most) ++exponent;
  ProcessOptions options;
  options.arguments = {"RNG_test",
                       "stdin8",
                       "-tlmin",
                       "10",
                       "-tlmax",
                       std::to_string(exponent),
                       "-tlfail",
                       "-singlethreaded"};
  options.input = file;
  options.timeout_s = timeout_s;
  const ProcessResult result = RunProcess(options);
  std::vector<PractRandLevel> levels = ParsePractRand(Text(result.output));
  if (levels.empty() && result.timed_out)
    throw RunError("RNG_test: no result within {:g} s", timeout_s);
  if (levels.empty()) throw RunError("RNG_test: printed no result: {}", result.Failure());
  return levels;
}

}  // namespace chaosense
