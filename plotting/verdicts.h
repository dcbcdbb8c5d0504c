// Where two ways of judging a value disagree: by critical values for the ciphertext's own size, and
// by those a paper printed. Made from the results, for footnotes of a table.
#ifndef CHAOSENSE_PLOTTING_VERDICTS_H_
#define CHAOSENSE_PLOTTING_VERDICTS_H_

#include <map>
#include <string>
#include <vector>

#include "plotting/rows.h"
#include "plotting/table_spec.h"

namespace chaosense {

// The JSON Schema of an entry of a table's "verdicts": keys value, own, printed (metrics), own_low,
// own_high (metric or number), printed_low, printed_high (numbers), why. value, own and printed are
// needed.
Json VerdictSpecSchema();
VerdictSpec ParseVerdictSpec(const Json& json, const std::string& where);

struct VerdictFinding {
  std::string metric;      // whose cell of the row it belongs to
  bool published = false;  // the copied value's cell, not ours
  std::string text;
};

struct VerdictFindings {
  std::map<std::vector<std::string>, std::vector<VerdictFinding>> by_row;  // by values of spec.rows
  std::vector<std::string> notes;  // how often the two agree
};

// Ours: the verdict metrics `own` and `printed` differ. Published values: judged here by both
// bounds; where the source gives no size, so that there is no own bound, those that fail the
// printed bound are named.
VerdictFindings JudgeVerdicts(const TableSpec& spec, const std::vector<ResultRow>& rows);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_VERDICTS_H_
