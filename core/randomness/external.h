// Other people's test batteries, where they are installed: dieharder (a Debian package) and
// PractRand's RNG_test. Found on PATH, run without a shell, their output parsed.
#ifndef CHAOSENSE_CORE_RANDOMNESS_EXTERNAL_H_
#define CHAOSENSE_CORE_RANDOMNESS_EXTERNAL_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/randomness/outcome.h"

namespace chaosense {

struct ExternalOutcome {
  TestOutcome outcome;
  std::string assessment;  // the battery's own word: "PASSED", "WEAK", "FAILED", "FAIL !!"
};

// One line of dieharder's table with separator ',' and the columns test_name, ntuple, tsamples,
// psamples, pvalues, assessment. Nothing if the line is none.
std::optional<ExternalOutcome> ParseDieharderLine(const std::string& line);
// "# The file file_input_raw was rewound 10 times" on its standard error: 10; 0 if it was not.
int DieharderRewinds(const std::string& standard_error);

// Tests by dieharder's numbers, e.g. {0, 15, 100, 101}; each run takes `timeout_s` at most. A test
// for which the file is too short is not applicable (dieharder would read it again from the start).
// Throws Error(kConfig) if dieharder is not installed or a number is none of its tests.
std::vector<ExternalOutcome> RunDieharder(const std::filesystem::path& file,
                                          const std::vector<int>& tests,
                                          double timeout_s);

struct PractRandLevel {
  uint64_t bytes = 0;
  std::vector<ExternalOutcome> remarkable;  // what it printed as unusual or worse
  bool failed = false;                      // one of them is "FAIL"
};
// The standard output of RNG_test.
std::vector<PractRandLevel> ParsePractRand(const std::string& output);

// RNG_test stdin8 on the file, from 1 KiB to `limit` bytes (a power of two, at most the file's
// size), ending at the first failure. Throws Error(kConfig) if RNG_test is not installed.
std::vector<PractRandLevel> RunPractRand(const std::filesystem::path& file,
                                         uint64_t limit,
                                         double timeout_s);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_EXTERNAL_H_
