// A small run for the tests of exports.
#ifndef CHAOSENSE_TESTS_UNIT_EXPORT_TEST_RUNS_H_
#define CHAOSENSE_TESTS_UNIT_EXPORT_TEST_RUNS_H_

#include "plotting/export/exported_run.h"
#include "tests/unit/plotting/test_rows.h"

namespace chaosense {

inline ExportedRun SmallRun(const std::string& name = "small, run") {
  ExportedRun run{name,
                  "chaosense run configs/small.json",
                  {{"started", "2020-12-05T10:20:30.123Z"},
                   {"finished", "2020-12-05T10:21:30.123Z"},
                   {"build", {{"commit", "abc"}}}},
                  SmallTable()};
  run.rows.push_back(
      Measured(0.25, "identity", "lena256", std::numeric_limits<double>::infinity()));
  run.rows.push_back(
      Measured(0.25, "identity", "Monarch", std::numeric_limits<double>::quiet_NaN()));
  return run;
}

// Two cells that only a swept setting tells apart.
inline ExportedRun SweptRun(const std::string& name = "swept") {
  ExportedRun run{name, "chaosense run configs/swept.json", Json::object(), {}};
  for (const char* rounds : {"2", "10"}) {
    run.rows.push_back(Measured(0.25, "m", "*mean", rounds[0] == '2' ? 30 : 31));
    run.rows.back().sweep = {{"ciphers.a/b.rounds", rounds}};
  }
  return run;
}

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_EXPORT_TEST_RUNS_H_
