// Each network of another paper through the trainer, and its weight file through its method.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "core/nets/register.h"
#include "core/sensing/safetensors.h"
#include "core/training/trainer.h"
#include "tests/unit/nets/test_pictures.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

struct Case {
  const char* name;
  int crop_blocks;   // along a side of a training crop
  Json options;      // further keys of the network's description
  double psnr = 10;  // dB, reached at least; less without a closed-form start
};

class PeerTraining : public testing::TestWithParam<Case> {};

TEST_P(PeerTraining, TrainsAndIsReadByItsMethod) {
  const Case& c = GetParam();
  TrainerRegistry trainers("trainer");
  RegisterNetsTrainer(trainers);
  Json net = {{"name", c.name}, {"measurements", 10}};
  net.update(c.options);
  const Json config = ResolveParameters(trainers.Info("nets"),
                                        {{"net", net},
                                         {"datasets", {"generated_train"}},
                                         {"validation", "generated_val"},
                                         {"stride", 33},
                                         {"crop_blocks", c.crop_blocks},
                                         {"validation_blocks", 4},
                                         {"iterations", 3},
                                         {"batch", 2},
                                         {"learning_rate", 1e-4},
                                         {"warm_up", 0},
                                         {"precision", "bf16"},
                                         {"closed_form_blocks", 512},
                                         {"validate_every", 3}},
                                        "test.json");
  const fs::path folder = fs::path(testing::TempDir()) /
                          (std::string("peer_") + c.name + "_" + std::to_string(::getpid()));
  fs::remove_all(folder);
  const DataFolder data("", fs::path(CHAOSENSE_SOURCE_DIR) / "datasets");
  TrainContext context;
  context.data = &data;
  context.folder = folder;
  context.device = "cpu";
  const TrainReport report = trainers.Create("nets")->Train(config, context);
  EXPECT_EQ(report.iterations, 3);
  EXPECT_EQ(report.weights.filename(), std::string(c.name) + "_10.safetensors");
  EXPECT_GT(report.validation_psnr, c.psnr);

  ReconstructorRegistry methods("method");
  RegisterNetMethods(methods);
  FitContext fit;
  fit.model_dir = folder;
  fit.device = "cpu";
  const auto method = methods.Create(c.name, {{"rate", 0.01}});
  method->Fit(fit);
  const ImageF picture = SmoothPicture(1, 66, 50, 1);
  const ImageF back = method->Reconstruct(method->Sense(picture), picture.shape);
  for (const float value : back.data) ASSERT_TRUE(std::isfinite(value));
  EXPECT_GT(PsnrOf(picture, back), c.psnr - 2);
  fs::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(All,
                         PeerTraining,
                         testing::Values(Case{"reconnet", 1, Json::object()},
                                         Case{"dr2net", 1, Json::object()},
                                         Case{"msrnet", 1, Json::object()},
                                         Case{"ista_net_plus", 1, {{"phases", 2}}},
                                         Case{"opine_net_plus", 2, Json::object(), 5},
                                         Case{"csnet_plus", 2, {{"features", 8}, {"blocks", 1}}},
                                         Case{"amp_net", 2, {{"phases", 2}}}),
                         [](const auto& item) { return std::string(item.param.name); });

}  // namespace
}  // namespace chaosense
