// Pieces of the reports of `chaosense randomness`.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_REPORT_PARTS_H_
#define CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_REPORT_PARTS_H_

#include <string>

#include "core/base/json.h"
#include "core/randomness/outcome.h"

namespace chaosense {

// "source: keystream.bin; battery: bytes" and a line's end.
std::string AboutText(const Json& about);
// A p-value: six digits, small ones as 1.23e-12.
std::string PText(double p);
// "pass", "FAIL", "not applicable".
std::string VerdictText(const TestOutcome& outcome, double alpha);
Json OutcomeJson(const TestOutcome& outcome, double alpha);
// One line of a table, test and variant in columns.
std::string TableLine(const std::string& test, const std::string& variant, const std::string& rest);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_REPORT_PARTS_H_
