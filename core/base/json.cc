#include "core/base/json.h"

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/file.h"

namespace chaosense {

std::string CanonicalJson(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::strict);
}

Json ReadJsonFile(const std::filesystem::path& path) {
  const std::string text = ReadTextFile(path);
  try {
    return Json::parse(text, nullptr, true, /*ignore_comments=*/true);
  } catch (const Json::exception& e) {  // a number that no double holds is no parse_error
    // nlohmann: "[json.exception.parse_error.101] parse error at line 3, column 5: syntax error
    // ..."
    std::string what = e.what();
    if (const size_t at = what.find("] "); at != std::string::npos) what = what.substr(at + 2);
    throw ConfigError("{}: not valid JSON: {}", path.string(), what);
  }
}

Json NumberToJson(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

double NumberFromJson(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (value == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (value == "inf") return std::numeric_limits<double>::infinity();
  if (value == "-inf") return -std::numeric_limits<double>::infinity();
  throw ConfigError("{}: expected a number, \"inf\", \"-inf\" or \"nan\"", value.dump());
}

}  // namespace chaosense
