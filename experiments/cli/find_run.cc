#include "experiments/cli/find_run.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/suggest.h"
#include "experiments/cli/command.h"
#include "plotting/comparison.h"

namespace chaosense {

namespace fs = std::filesystem;

fs::path FindRunIfAny(const std::string& given) {
  for (const fs::path& folder : {fs::path(given),
                                 fs::path("results") / "runs" / given,
                                 ProjectFolder() / "results" / given}) {
    if (fs::is_regular_file(folder / "manifest.json")) return folder;
  }
  return {};
}

fs::path FindRun(const std::string& given) {
  const fs::path folder = FindRunIfAny(given);
  if (!folder.empty()) return folder;
  throw ConfigError(
      "{}: no run there: neither this folder nor results/runs/{} nor the project's results/{} "
      "holds a manifest.json",
      given,
      given,
      given);
}

void RequireAxis(const std::string& axis, const std::string& option) {
  const std::vector<std::string>& axes = MatchAxes();
  if (std::find(axes.begin(), axes.end(), axis) != axes.end()) return;
  if (axis.starts_with("sweep.") && IsAxis(axis)) return;
  throw ConfigError(
      "{}: unknown axis \"{}\"{}, sweep.KEY", option, axis, NearestAndAll(axis, axes));
}

std::pair<std::string, std::vector<std::string>> AxisAndValues(const std::string& text,
                                                               const std::string& option) {
  const size_t sign = text.find('=');
  if (sign == std::string::npos || sign + 1 == text.size())
    throw ConfigError("{}: \"{}\", expected AXIS=VALUE or AXIS=VALUE,VALUE", option, text);
  const std::string axis = text.substr(0, sign);
  RequireAxis(axis, option);
  std::vector<std::string> values;
  if (text[sign + 1] == '[') {
    const Json list = Json::parse(text.substr(sign + 1), nullptr, /*allow_exceptions=*/false);
    if (!list.is_array() || list.empty())
      throw ConfigError("{}: {} is no JSON array of values", option, text.substr(sign + 1));
    for (const Json& value : list)
      values.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    return {axis, values};
  }
  for (size_t at = sign + 1; at <= text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    values.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return {axis, values};
}

}  // namespace chaosense
