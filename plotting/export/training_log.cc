#include "plotting/export/training_log.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"

namespace chaosense {

TrainingLog ReadTrainingLog(const std::filesystem::path& file, const std::string& name) {
  const std::string text = ReadTextFile(file);
  std::map<int64_t, TrainingPoint> points;
  int line = 0;
  for (size_t at = 0; at < text.size();) {
    ++line;
    const size_t end = text.find('\n', at);
    const std::string one = text.substr(at, end == std::string::npos ? end : end - at);
    at = end == std::string::npos ? text.size() : end + 1;
    const Json json = Json::parse(one, nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded() && end == std::string::npos) break;  // torn
    if (!json.is_object() || !json.value("iteration", Json()).is_number_integer()) {
      throw ConfigError(
          "{}:{}: is no line of a training log: expected an object with a whole number "
          "\"iteration\"",
          file.string(),
          line);
    }
    TrainingPoint point;
    point.iteration = json["iteration"].get<int64_t>();
    for (const auto& [key, value] : json.items()) {
      if (key == "seconds" && value.is_number()) {
        point.seconds = value.get<double>();
      } else if (key != "iteration" && (value.is_number() || value.is_string())) {
        point.values[key] = NumberFromJson(value);
      }
    }
    points[point.iteration] = std::move(point);
  }
  TrainingLog log{name, {}};
  for (auto& [iteration, point] : points) log.points.push_back(std::move(point));
  if (log.points.empty()) throw ConfigError("{}: the training log is empty", file.string());
  return log;
}

}  // namespace chaosense
