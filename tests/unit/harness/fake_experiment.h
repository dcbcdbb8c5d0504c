// An experiment without images: cells are numbers, results their squares. What it does wrong is
// told from outside.
#ifndef CHAOSENSE_TESTS_UNIT_HARNESS_FAKE_EXPERIMENT_H_
#define CHAOSENSE_TESTS_UNIT_HARNESS_FAKE_EXPERIMENT_H_

#include <functional>
#include <limits>
#include <memory>
#include <vector>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/harness/registries.h"

namespace chaosense {

struct FakeControl {
  std::vector<int64_t> ran;                    // numbers, in the order they were run
  std::function<void(int64_t number)> on_run;  // may throw
};

class FakeExperiment : public Experiment {
 public:
  FakeExperiment(Json settings, FakeControl* control)
      : settings_(std::move(settings)), control_(control) {}

  std::vector<Cell> Expand(const Json& config, const CellContext&) const override {
    if (settings_.at("factor") == 13) throw ConfigError("/factor: 13 brings bad luck");
    if (settings_.at("factor") == 17) throw DataError("set17: not in the data folder");
    std::vector<Cell> cells;
    for (const Json& seed : config.at("seeds")) {
      for (const Json& number : settings_.at("numbers")) {
        Cell cell;
        cell.axes.experiment = config.at("name").get<std::string>();
        cell.axes.variant = number.dump();
        cell.axes.seed = seed.get<uint64_t>();
        cell.description = {{"number", number}, {"factor", settings_.at("factor")}};
        cells.push_back(std::move(cell));
      }
    }
    return cells;
  }

  CellResult Run(const Cell& cell, const CellContext& context) const override {
    const int64_t number = cell.description.at("number").get<int64_t>();
    control_->ran.push_back(number);
    if (control_->on_run) control_->on_run(number);
    CellResult result;
    const double factor = cell.description.at("factor").get<double>();
    result.values = {{"a", "psnr", factor * static_cast<double>(number * number) / 3.0},
                     {"b", "psnr", std::numeric_limits<double>::infinity()},
                     {"*mean", "ssim", -std::numeric_limits<double>::quiet_NaN()}};
    WriteFileAtomically(context.folder / "note.txt", "written");
    result.files = {"note.txt"};
    return result;
  }

 private:
  Json settings_;
  FakeControl* control_;
};

class FakeMethod : public Reconstructor {
 public:
  Json Identity(const FitContext&) const override { return Json::object(); }
  void Fit(const FitContext&) override {}
  double ExactRate(int) const override { return 1; }
  Codes<float> Sense(const ImageF&) const override { throw InternalError("never sensed"); }
  ImageF Reconstruct(const Codes<float>&, Shape) const override {
    throw InternalError("never reconstructed");
  }
  const Quantiser& QuantiserFor(int) const override { throw InternalError("never quantised"); }
  Cost cost(int) const override { return {}; }
};

// Registries with the experiment "fake" and the methods "pca" and "gauss", which have a parameter
// "rate".
inline void RegisterFakes(FakeControl* control, Registries& registries) {
  PluginInfo info;
  info.name = "fake";
  info.parameters = {
      {"numbers", {{"type", "array"}, {"items", {{"type", "integer"}}}, {"default", {1, 2, 3}}}},
      {"factor", {{"type", "number"}, {"minimum", -100}, {"maximum", 100}, {"default", 1}}}};
  registries.experiments.Register(info, [control](const Json& settings) {
    return std::make_unique<FakeExperiment>(settings, control);
  });
  for (const char* name : {"pca", "gauss"}) {
    PluginInfo method;
    method.name = name;
    method.parameters = {
        {"rate", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}, {"default", 0.25}}}};
    registries.methods.Register(method, [](const Json&) { return std::make_unique<FakeMethod>(); });
  }
}

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_HARNESS_FAKE_EXPERIMENT_H_
