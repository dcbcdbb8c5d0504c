// Runs as users name them.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_FIND_RUN_H_
#define CHAOSENSE_EXPERIMENTS_CLI_FIND_RUN_H_

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace chaosense {

// A folder as given, results/runs/<name> here, or results/<name> of the project. Throws
// Error(kConfig) if none holds a manifest.json.
std::filesystem::path FindRun(const std::string& given);

// The same, or an empty path.
std::filesystem::path FindRunIfAny(const std::string& given);

// "axis=v1,v2", or "axis=[v1, v2]" with a JSON array (for values that hold commas or begin with a
// bracket), as the axis and its values. Throws Error(kConfig) beginning with `option` if it is
// not of that form or the axis is unknown ("did you mean").
std::pair<std::string, std::vector<std::string>> AxisAndValues(const std::string& text,
                                                               const std::string& option);

// Throws Error(kConfig) beginning with `option` if `axis` is none of MatchAxes() and no
// "sweep.KEY".
void RequireAxis(const std::string& axis, const std::string& option);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_FIND_RUN_H_
