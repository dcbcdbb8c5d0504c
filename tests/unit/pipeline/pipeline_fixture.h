// The pipeline experiment on generated pictures, with closed-form methods alone.
#ifndef CHAOSENSE_TESTS_UNIT_PIPELINE_PIPELINE_FIXTURE_H_
#define CHAOSENSE_TESTS_UNIT_PIPELINE_PIPELINE_FIXTURE_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <map>

#include "core/linear/register.h"
#include "core/metrics/metric.h"
#include "experiments/pipeline.h"
#include "experiments/register.h"

namespace chaosense {

namespace fs = std::filesystem;

class PipelineTest : public ::testing::Test {
 protected:
  PipelineTest()
      : data_("", CHAOSENSE_SOURCE_DIR "/datasets"),
        folder_(fs::temp_directory_path() /
                ("chaosense_pipeline_test_" + std::to_string(::getpid()))) {
    RegisterLinearMethods(methods_, trainers_);
    RegisterBuiltinCiphers(ciphers_);
    RegisterExperiments(experiments_);
    context_.data = &data_;
    context_.methods = &methods_;
    context_.ciphers = &ciphers_;
    context_.folder = folder_;
  }
  ~PipelineTest() override { fs::remove_all(folder_); }

  Json Config() const {
    return {{"name", "test"},
            {"datasets", {"generated_test"}},
            {"images", {FirstImage()}},
            {"rates", {0.1}},
            {"methods", {"pca_lmmse"}},
            {"ciphers", {"paper"}},
            {"seeds", {0}},
            {"fit_datasets", {"generated_train"}}};
  }
  std::string FirstImage() const {
    return data_.Load("generated_test", ColorMode::kGray).images.at(0).name;
  }

  // image + "/" + metric -> value
  std::map<std::string, double> Run(const Json& config,
                                    const Json& settings,
                                    CellResult* result = nullptr) {
    const auto experiment = experiments_.Create("pipeline", settings);
    const std::vector<Cell> cells = experiment->Expand(config, context_);
    EXPECT_EQ(cells.size(), 1u);
    const CellResult done = experiment->Run(cells.at(0), context_);
    if (result != nullptr) *result = done;
    std::map<std::string, double> values;
    for (const Measurement& value : done.values) {
      EXPECT_NE(FindMetric(value.metric), nullptr) << value.metric << " is in no registry";
      EXPECT_TRUE(values.emplace(value.image + "/" + value.metric, value.value).second)
          << value.metric << " twice";
    }
    return values;
  }

  DataFolder data_;
  fs::path folder_;
  ReconstructorRegistry methods_{"method"};
  TrainerRegistry trainers_{"trainer"};
  CipherRegistry ciphers_{"cipher"};
  ExperimentRegistry experiments_{"experiment"};
  CellContext context_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_PIPELINE_PIPELINE_FIXTURE_H_
