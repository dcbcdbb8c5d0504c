#include "core/harness/plan_file.h"

#include "core/base/error.h"
#include "core/base/file.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr int kPlanFileSchema = 1;
constexpr char kFileName[] = "plan.json";

fs::path Absolute(const fs::path& path) { return path.empty() ? path : fs::absolute(path); }

}  // namespace

PlanFile MakePlanFile(const Plan& plan,
                      const std::vector<const Cell*>& to_run,
                      const CellContext& context,
                      const ExecutionOptions& options) {
  PlanFile file;
  file.config = plan.config;
  file.working_directory = fs::current_path();
  if (context.data != nullptr) file.data_dir = Absolute(context.data->data_dir());
  file.model_dir = Absolute(context.fit.model_dir);
  file.device = context.fit.device;
  file.threads = context.threads;
  file.options = options;
  file.written = UtcNow();
  for (const Cell& cell : plan.cells) file.cells.push_back(cell.id);
  for (const Cell* cell : to_run) file.to_run.push_back(cell->id);
  return file;
}

void WritePlanFile(const fs::path& folder, const PlanFile& plan) {
  const fs::path run_folder = Absolute(plan.options.folder).lexically_normal();
  const Json json = {
      {"schema", kPlanFileSchema},
      {"config_file", plan.config.file.string()},
      {"config", plan.config.value},
      {"config_sources", plan.config.origins},
      {"run_folder", run_folder.lexically_relative(Absolute(folder).lexically_normal()).string()},
      {"working_directory", plan.working_directory.string()},
      {"data_dir", plan.data_dir.string()},
      {"model_dir", plan.model_dir.string()},
      {"device", plan.device},
      {"threads", plan.threads},
      {"code", plan.options.code},
      {"retry_failed", plan.options.retry_failed},
      {"timeout", plan.options.timeout_s},
      {"retries", plan.options.retries},
      {"fail_fast", plan.options.fail_fast},
      {"written", plan.written},
      {"cells", plan.cells},
      {"to_run", plan.to_run}};
  WriteFileAtomically(folder / kFileName, json.dump(1) + "\n");
}

PlanFile ReadPlanFile(const fs::path& folder) {
  const fs::path file = folder / kFileName;
  if (!fs::is_regular_file(file)) {
    throw ConfigError("{}: holds no {}; expected the folder of a run that was started",
                      folder.string(),
                      kFileName);
  }
  const Json json = ReadJsonFile(file);
  try {
    if (const int schema = json.at("schema").get<int>(); schema != kPlanFileSchema)
      throw ConfigError("{}: schema {}, expected {}", file.string(), schema, kPlanFileSchema);
    PlanFile plan;
    plan.config.file = json.at("config_file").get<std::string>();
    plan.config.value = json.at("config");
    plan.config.origins = json.at("config_sources").get<std::map<std::string, std::string>>();
    plan.working_directory = json.at("working_directory").get<std::string>();
    plan.data_dir = json.at("data_dir").get<std::string>();
    plan.model_dir = json.at("model_dir").get<std::string>();
    plan.device = json.at("device").get<std::string>();
    plan.threads = json.at("threads").get<int>();
    plan.options.code = json.at("code").get<std::string>();
    plan.options.retry_failed = json.at("retry_failed").get<bool>();
    plan.options.timeout_s = json.at("timeout").get<double>();
    plan.options.retries = json.at("retries").get<int>();
    plan.options.fail_fast = json.at("fail_fast").get<bool>();
    const fs::path run_folder = json.at("run_folder").get<std::string>();
    plan.options.folder = folder;
    if (run_folder != ".") {
      plan.options.folder = (folder / run_folder / "").lexically_normal().parent_path();
      plan.ledger_prefix = folder.filename().string() + "-";
    }
    plan.written = json.at("written").get<std::string>();
    plan.cells = json.at("cells").get<std::vector<std::string>>();
    plan.to_run = json.at("to_run").get<std::vector<std::string>>();
    return plan;
  } catch (const Json::exception& error) {
    throw ConfigError("{}: {}; run the config again", file.string(), error.what());
  }
}

Plan RemakePlan(const PlanFile& file, Registries& registries, const CellContext& context) {
  Plan plan = MakePlan(file.config, registries, context);
  bool same = plan.cells.size() == file.cells.size();
  for (size_t i = 0; same && i < plan.cells.size(); ++i) same = plan.cells[i].id == file.cells[i];
  if (!same) {
    throw ConfigError(
        "{}: its config no longer gives the cells of the run: another version of the program, of "
        "the data or of the weights? `chaosense run` plans anew",
        (file.options.folder / kFileName).string());
  }
  return plan;
}

}  // namespace chaosense
