// The trainer "pca": fits block statistics and writes the model file of the linear methods.
#include <chrono>

#include "core/linear/block_statistics.h"
#include "core/linear/register.h"

namespace chaosense {
namespace {

class PcaTrainer : public Trainer {
 public:
  void Check(const Json& config, const DataFolder& data) const override {
    const Json& names = config.at("datasets");
    for (size_t i = 0; i < names.size(); ++i)
      RequireNoTestSet(data, names[i].get<std::string>(), fmt::format("/datasets/{}", i));
  }
  TrainReport Train(const Json& config, const TrainContext& context) const override {
    const auto start = std::chrono::steady_clock::now();
    const BlockStatistics& statistics =
        FitBlockStatistics(*context.data, config.at("datasets").get<std::vector<std::string>>());
    TrainReport report;
    report.weights = context.folder / kPcaModelFile;
    SaveBlockStatistics(statistics, report.weights);
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
  }
};

}  // namespace

void RegisterPcaTrainer(TrainerRegistry& trainers) {
  PluginInfo info;
  info.name = "pca";
  info.summary = "closed form: mean and PCA basis of 33x33 blocks, gray and colour";
  info.description =
      "No iterations; a few seconds. Writes the model that pca_lmmse and gaussian_lmmse use when a "
      "config names no fit_datasets.";
  info.source = "Karhunen-Loeve transform";
  info.parameters = {{"datasets",
                      {{"type", "array"},
                       {"items", {{"type", "string"}}},
                       {"minItems", 1},
                       {"default", {"bsds500_train", "bsds500_val"}}}}};
  trainers.Register(std::move(info), [](const Json&) { return std::make_unique<PcaTrainer>(); });
}

}  // namespace chaosense
