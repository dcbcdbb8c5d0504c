// The audit experiment, with few checks on generated pictures.
#include "experiments/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>

#include "core/base/error.h"
#include "core/image/image_io.h"
#include "core/linear/register.h"
#include "experiments/register.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class AuditTest : public ::testing::Test {
 protected:
  AuditTest()
      : data_("", CHAOSENSE_SOURCE_DIR "/datasets"),
        folder_(fs::temp_directory_path() /
                ("chaosense_audit_test_" + std::to_string(::getpid()))) {
    RegisterLinearMethods(methods_, trainers_);
    RegisterBuiltinCiphers(ciphers_);
    RegisterBuiltinMaps(maps_);
    RegisterExperiments(experiments_);
    context_.data = &data_;
    context_.methods = &methods_;
    context_.ciphers = &ciphers_;
    context_.maps = &maps_;
    context_.folder = folder_;
  }
  ~AuditTest() override { fs::remove_all(folder_); }

  static Json Config(const Json& ciphers) {
    return {{"name", "test"},
            {"datasets", {"generated_test"}},
            {"images", {"leaves00", "leaves01"}},
            {"rates", Json::array()},
            {"methods", Json::array()},
            {"ciphers", ciphers},
            {"seeds", {0}},
            {"fit_datasets", {"generated_train"}}};
  }

  std::vector<FinishedCell> Run(const Json& config, const Json& settings) {
    const auto experiment = experiments_.Create("audit", settings);
    std::vector<FinishedCell> finished;
    for (Cell& cell : experiment->Expand(config, context_)) {
      cell.id = "0123456789abcdef0123";
      const CellResult result = experiment->Run(cell, context_);
      finished.push_back({std::move(cell), result});
    }
    return finished;
  }

  DataFolder data_;
  fs::path folder_;
  ReconstructorRegistry methods_{"method"};
  TrainerRegistry trainers_{"trainer"};
  CipherRegistry ciphers_{"cipher"};
  MapRegistry maps_{"map"};
  ExperimentRegistry experiments_{"experiment"};
  CellContext context_;
};

double ValueOf(const FinishedCell& finished, const std::string& metric) {
  for (const Measurement& value : finished.result.values) {
    if (value.metric == metric) return value.value;
  }
  ADD_FAILURE() << metric << " was not measured";
  return NAN;
}

TEST_F(AuditTest, OneCellForEachCipherAndMode) {
  const auto cells = experiments_.Create("audit", Json::object())
                         ->Expand(Config({"paper", "aes256_gcm"}), context_);
  ASSERT_EQ(cells.size(), 4u);
  EXPECT_EQ(cells[0].axes.cipher, "paper");
  EXPECT_EQ(cells[0].axes.variant, "frozen");
  EXPECT_EQ(cells[1].axes.variant, "live");
  EXPECT_EQ(cells[0].description.at("checks").size(), AllChecks().size());
}

TEST_F(AuditTest, VerdictsEvidenceAndPicturesAreKept) {
  const auto finished = Run(Config({"diffuse_only", "aes256_gcm"}),
                            {{"checks", {"a3", "a12"}}, {"modes", {"frozen"}}});
  ASSERT_EQ(finished.size(), 2u);
  EXPECT_EQ(ValueOf(finished[0], "audit_a3"), 1);
  EXPECT_EQ(ValueOf(finished[0], "audit_attacks"), 2);
  EXPECT_EQ(ValueOf(finished[0], "audit_attacks_broken"), 1);
  EXPECT_EQ(ValueOf(finished[0], "audit_attacks_survived"), 1);
  EXPECT_EQ(ValueOf(finished[1], "audit_a3"), -3);
  EXPECT_EQ(ValueOf(finished[1], "audit_attacks_expected"), 1);
  const ImageU8 picture = LoadImage(folder_ / "a3.png");
  EXPECT_EQ(picture.shape, (Shape{1, 128, 3 * 128 + 2 * 4}));
  EXPECT_TRUE(fs::exists(folder_ / "evidence.json"));

  const std::string page = AuditSummary(finished);
  EXPECT_THAT(page, HasSubstr("### diffuse_only, nonce frozen"));
  EXPECT_THAT(page, HasSubstr("| A3 keystream reuse | broken (1) |"));
  EXPECT_THAT(page, HasSubstr("expected (1)"));
  EXPECT_THAT(page, HasSubstr("(cells/0123456789abcdef/a3.png)"));
}

TEST_F(AuditTest, SummarySaysWhichBrokenCiphersPassTheStatistics) {
  const auto finished = Run(Config({"paper"}), {{"checks", {"a3c", "a17"}}, {"modes", {"live"}}});
  EXPECT_EQ(ValueOf(finished[0], "audit_statistics_passed"), 8);
  EXPECT_THAT(AuditSummary(finished),
              HasSubstr("Of 1 columns that pass every statistic, 1 are broken all the same: paper "
                        "(live)"));
}

TEST_F(AuditTest, SensingTellsHowManyChangesVanish) {
  Json config = Config({"paper"});
  config["methods"] = {"gaussian_lmmse"};
  config["rates"] = {0.1};
  const auto finished = Run(config, {{"checks", {"a4"}}, {"modes", {"live"}}});
  const Json& numbers = finished[0].result.notes.at("audit")[0].at("numbers");
  EXPECT_GT(numbers.at("lsb_changes_that_vanish").get<double>(), 0.01);
}

TEST_F(AuditTest, MapCiphersShowTheirOrbit) {
  // The tent map at 2 collapses to 0 in doubles; kept away from it, its orbit has no short cycle.
  const auto finished =
      Run(Config({{{"name", "map_cipher"}, {"map", "logistic"}}}), {{"checks", {"a8"}}});
  EXPECT_TRUE(finished[0].result.notes.at("audit")[0].at("numbers").contains("orbit_cycle"));
}

TEST_F(AuditTest, BadConfigsAreNamed) {
  const auto experiment = experiments_.Create("audit", Json::object());
  const auto expand = [&](const Json& config) { experiment->Expand(config, context_); };
  EXPECT_THROW(expand(Config(Json::array())), Error);
  Json two = Config({"paper"});
  two["methods"] = {"gaussian_lmmse", "pca_lmmse"};
  EXPECT_THROW(expand(two), Error);
  EXPECT_THROW(experiments_.Create("audit", {{"checks", {"a99"}}}), Error);
}

}  // namespace
}  // namespace chaosense
