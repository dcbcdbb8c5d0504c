// The pipeline experiment on generated pictures, with closed-form methods alone.
#include "experiments/pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <map>

#include "core/base/error.h"
#include "core/linear/register.h"
#include "core/metrics/metric.h"
#include "experiments/register.h"

namespace chaosense {
namespace {

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

TEST_F(PipelineTest, QualityThroughTheWholeChainIsNearThePlainOne) {
  const auto values = Run(Config(), {{"measure", {"quality"}}});
  EXPECT_GT(values.at("*mean/psnr"), 20);
  EXPECT_NEAR(values.at("*mean/psnr_pipeline"), values.at("*mean/psnr_8bit"), 0.2);
  EXPECT_EQ(values.at("*mean/psnr"), values.at(FirstImage() + "/psnr"));  // one image
}

TEST_F(PipelineTest, ResultsAreAFunctionOfTheCell) {
  const Json settings = {{"measure", {"quality", "entropy", "correlation"}}};
  EXPECT_EQ(Run(Config(), settings), Run(Config(), settings));
  Json other = Config();
  other["seeds"] = {1};  // another key
  EXPECT_NE(Run(Config(), settings).at("*mean/entropy"), Run(other, settings).at("*mean/entropy"));
}

// With a live hash everything changes; with a frozen one a stream cipher changes one byte for one
// measurement, so at most the changed block's 109 measurements.
TEST_F(PipelineTest, FrozenHashShowsThatTheKeystreamCipherDoesNotDiffuse) {
  const Json settings = {{"measure", {"differential"}}, {"pixel_changes", 12}};
  const auto paper = Run(Config(), settings);
  EXPECT_NEAR(paper.at("*mean/npcr"), 255.0 / 256, 0.002);
  EXPECT_NEAR(paper.at("*mean/uaci"), 0.3346354, 0.003);
  EXPECT_LE(paper.at("*mean/npcr_frozen"), 109.0 / paper.at("*mean/cipher_elements"));
  Json config = Config();
  config["ciphers"] = {"hardened"};
  EXPECT_GT(Run(config, settings).at("*mean/npcr_frozen"), 0.5);
  config["ciphers"] = {"identity"};
  EXPECT_LT(Run(config, settings).at("*mean/npcr"), 0.1);
}

TEST_F(PipelineTest, PicturesOfEveryStageAreWritten) {
  CellResult result;
  Run(Config(), {{"measure", {"pictures", "local_entropy", "histogram"}}}, &result);
  EXPECT_EQ(result.files.size(), 7u);
  for (const std::string& file : result.files) EXPECT_TRUE(fs::exists(folder_ / file)) << file;
}

TEST_F(PipelineTest, ExpandMakesTheProductOfTheAxesAndHonoursEntries) {
  Json config = Config();
  config["rates"] = {0.1, 0.25};
  config["methods"] = {"gaussian_lmmse",
                       {{"name", "pca_lmmse"}, {"rates", {0.04}}, {"variants", {"color"}}}};
  config["ciphers"] = {"paper", "aes256_ctr"};
  const auto cells = experiments_.Create("pipeline", Json::object())->Expand(config, context_);
  EXPECT_EQ(cells.size(), 2u * 2 + 1 * 2);
  EXPECT_EQ(cells.back().axes.variant, "color");
  EXPECT_EQ(cells.back().axes.rate, 0.04);
  config["rates"] = Json::array();
  EXPECT_THROW(experiments_.Create("pipeline", Json::object())->Expand(config, context_), Error);
}

}  // namespace
}  // namespace chaosense
