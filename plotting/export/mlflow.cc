#include "plotting/export/mlflow.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <optional>

#include "core/base/file.h"
#include "core/base/hash.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

// 'text' as a single-quoted YAML scalar.
std::string Yaml(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c == '\n' ? ' ' : c;
  }
  return quoted + "'";
}

// "2020-12-05T10:20:30.123Z" in milliseconds since 1970; 0 if it is no such time.
int64_t Milliseconds(const std::string& utc) {
  std::tm parts{};
  if (::strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%S", &parts) == nullptr) return 0;
  return static_cast<int64_t>(::timegm(&parts)) * 1000;
}

struct MlflowRun {
  std::string name;
  int64_t start = 0, end = 0;
  std::map<std::string, std::string> params, tags;
  std::map<std::string, std::string> metrics;  // lines "time value step"
  bool failed = false;
};

// The experiment of a store that is there already stays as it is.
void WriteExperiment(const fs::path& folder) {
  if (fs::exists(folder / "0" / "meta.yaml")) return;
  WriteFileAtomically(folder / "0" / "meta.yaml",
                      fmt::format("artifact_location: {}\ncreation_time: 0\nexperiment_id: '0'\n"
                                  "last_update_time: 0\nlifecycle_stage: active\nname: Default\n",
                                  Yaml((fs::absolute(folder) / "0").string())));
}

void WriteRun(const MlflowRun& run, const fs::path& folder) {
  std::string content = run.name;
  for (const auto* part : {&run.params, &run.tags, &run.metrics}) {
    for (const auto& [key, value] : *part) content += '\n' + key + '\0' + value;
  }
  const std::string id = ToHex(Sha256Of(std::string_view(content))).substr(0, 32);
  const fs::path place = folder / "0" / id;
  fs::remove_all(place);
  for (const auto& [kind, values] :
       {std::pair<const char*, const std::map<std::string, std::string>&>{"params", run.params},
        {"tags", run.tags},
        {"metrics", run.metrics}}) {
    fs::create_directories(place / kind);
    for (const auto& [key, value] : values) WriteFileAtomically(place / kind / key, value);
  }
  fs::create_directories(place / "artifacts");
  // status 3: finished, 4: failed; source_type 4: local.
  WriteFileAtomically(
      place / "meta.yaml",
      fmt::format("artifact_uri: {}\nend_time: {}\nentry_point_name: ''\nexperiment_id: '0'\n"
                  "lifecycle_stage: active\nrun_id: {}\nrun_name: {}\nrun_uuid: {}\n"
                  "source_name: chaosense\nsource_type: 4\nsource_version: ''\nstart_time: {}\n"
                  "status: {}\ntags: []\nuser_id: ''\n",
                  Yaml((fs::absolute(place) / "artifacts").string()),
                  run.end,
                  Yaml(id),
                  Yaml(run.name),
                  Yaml(id),
                  run.start,
                  run.failed ? 4 : 3));
}

// A swept key may hold any characters, and each parameter is a file: what MLflow does not allow in
// a name, and the slash, becomes '_'.
std::string ParameterName(const std::string& axis,
                          const std::map<std::string, std::string>& taken) {
  std::string name = axis;
  for (char& c : name) {
    const bool allowed = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' ||
                         c == '-' || c == ' ';
    if (!allowed) c = '_';
  }
  while (taken.contains(name)) name += '_';
  return name;
}

// One cell's rows of one metric: its mean over the images, or its only value.
std::optional<double> Reported(const std::vector<const ResultRow*>& rows) {
  for (const ResultRow* row : rows) {
    if (row->image == "*mean") return row->value;
  }
  if (rows.size() == 1) return rows[0]->value;
  return std::nullopt;
}

}  // namespace

size_t WriteMlflow(const ExportedRun& run, const fs::path& folder) {
  struct CellRows {
    std::map<std::string, std::vector<const ResultRow*>> by_metric;
    std::string failure;
  };
  std::vector<std::string> names = AxisNames();
  std::erase_if(names, [](const auto& axis) { return axis == "image" || axis == "metric"; });
  for (std::string& axis : SweepAxes(run.rows)) names.push_back(std::move(axis));
  std::map<std::vector<std::pair<std::string, std::string>>, CellRows> cells;
  for (const ResultRow& row : run.rows) {
    if (row.published_only()) continue;
    std::vector<std::pair<std::string, std::string>> key;
    for (const std::string& axis : names) {
      if (const std::string text = AxisText(row, axis); !text.empty()) key.emplace_back(axis, text);
    }
    if (row.failed()) {
      cells[key].failure = row.status;
    } else {
      cells[key].by_metric[row.metric].push_back(&row);
    }
  }
  const int64_t start = Milliseconds(run.manifest.value("started", std::string()));
  const int64_t end = Milliseconds(run.manifest.value("finished", std::string()));
  const std::string commit =
      run.manifest.value("build", Json::object()).value("commit", std::string());
  WriteExperiment(folder);
  for (const auto& [axes, cell] : cells) {
    MlflowRun made;
    made.name = run.name;
    made.failed = !cell.failure.empty();
    for (const auto& [axis, value] : axes) {
      made.params[ParameterName(axis, made.params)] = value;
      if (axis.starts_with("sweep.")) {
        made.name += " " + axis.substr(std::string_view("sweep.").size()) + "=" + value;
      } else if (axis != "experiment" && axis != "seed") {
        made.name += " " + value;
      }
    }
    made.start = start;
    made.end = end;
    made.tags = {{"mlflow.runName", made.name}, {"mlflow.source.name", run.command}};
    made.tags["chaosense.run"] = run.name;
    if (!commit.empty()) made.tags["mlflow.source.git.commit"] = commit;
    if (made.failed) made.tags["chaosense.status"] = cell.failure;
    for (const auto& [metric, rows] : cell.by_metric) {
      const std::optional<double> value = Reported(rows);
      if (value && !std::isnan(*value))
        made.metrics[metric] = fmt::format("{} {} 0\n", end, NumberText(*value));
    }
    WriteRun(made, folder);
  }
  return cells.size();
}

void WriteMlflow(const TrainingLog& log, const fs::path& folder) {
  MlflowRun made;
  made.name = log.name;
  made.tags = {{"mlflow.runName", log.name}};
  for (const TrainingPoint& point : log.points) {
    const auto time = static_cast<int64_t>(point.seconds * 1000);
    made.end = std::max(made.end, time);
    for (const auto& [key, value] : point.values)
      made.metrics[key] += fmt::format("{} {} {}\n", time, NumberText(value), point.iteration);
  }
  WriteExperiment(folder);
  WriteRun(made, folder);
}

}  // namespace chaosense
