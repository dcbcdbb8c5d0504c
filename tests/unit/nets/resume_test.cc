#include <ATen/Parallel.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/nets/weights.h"
#include "core/training/train_loop.h"
#include "tests/unit/nets/test_pictures.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Training : public testing::Test {
 protected:
  void SetUp() override { at::set_num_threads(1); }

  std::shared_ptr<PictureNet> Net() const {
    return MakeNet({{"name", "fclbcnn"},
                    {"latent", {1, 2, 2}},
                    {"encoder_channels", 4},
                    {"decoder_channels", 8},
                    {"decoder_blocks", 1}},
                   1,
                   "");
  }

  TrainSettings Settings() const {
    TrainSettings settings;
    settings.batch = 8;
    settings.schedule = Schedule{"cosine", 24, 4, 3e-3, 1e-4, 2};
    settings.linear_rate_scale = 0.5;
    settings.bf16 = true;
    settings.validate_every = 5;
    settings.checkpoint_minutes = 1e6;
    return settings;
  }

  fs::path Folder(const std::string& name) const {
    const fs::path folder = fs::path(testing::TempDir()) / "training" / name;
    fs::remove_all(folder);
    fs::create_directories(folder);
    return folder;
  }

  TrainEnd Train(PictureNet& net,
                 const TrainSettings& settings,
                 const fs::path& folder,
                 TrainingState& state,
                 const std::string& hash = "abc") const {
    return TrainNet(
        net, dataset_, validation_, settings, at::kCPU, folder, hash, RankGroup(), state);
  }

  const BlockDataset dataset_{
      {ToU8(SmoothPicture(3, 60, 70, 1)), ToU8(SmoothPicture(3, 66, 66, 2))}, 5};
  const Validation validation_{{ToU8(SmoothPicture(3, 99, 99, 3))}, 3, 9};
};

TEST_F(Training, ResumedRunEqualsUninterruptedBitForBit) {
  const auto whole_net = Net();
  TrainingState whole;
  ASSERT_EQ(Train(*whole_net, Settings(), Folder("whole"), whole), TrainEnd::kFinished);

  const fs::path folder = Folder("parts");
  TrainingState state;
  for (const int64_t stop : {3, 11, 12}) {
    TrainSettings settings = Settings();
    settings.interrupted = [stop](int64_t iteration) { return iteration == stop; };
    state = {};
    try {
      Train(*Net(), settings, folder, state);
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
      EXPECT_THAT(error.what(), HasSubstr(std::to_string(stop)));
    }
  }
  state = {};
  const auto resumed_net = Net();
  ASSERT_EQ(Train(*resumed_net, Settings(), folder, state), TrainEnd::kFinished);

  for (const auto& item : whole_net->named_parameters()) {
    EXPECT_TRUE(at::equal(item.value(), resumed_net->named_parameters()[item.key()])) << item.key();
  }
  EXPECT_EQ(state.best_psnr, whole.best_psnr);
  EXPECT_EQ(state.best_iteration, whole.best_iteration);
  EXPECT_EQ(SerialiseSafetensors(state.best), SerialiseSafetensors(whole.best));
  EXPECT_EQ(state.iteration, 24);
}

TEST_F(Training, LearnsAndKeepsTheBest) {
  const fs::path folder = Folder("learns");
  TrainSettings settings = Settings();
  settings.schedule.iterations = 120;
  settings.schedule.last = 1e-3;
  settings.linear_rate_scale = 1;
  TrainingState state;
  const auto net = Net();
  const double before = validation_.Measure(*net, at::kCPU).selection();
  Train(*net, settings, folder, state);
  EXPECT_GT(state.best_psnr, before + 3);
  LoadParameters(*net, state.best, "best");
  EXPECT_DOUBLE_EQ(validation_.Measure(*net, at::kCPU).selection(), state.best_psnr);
  // One JSON line for every validation: iterations 0, 5, ..., 120.
  const std::string log = ReadTextFile(folder / "log.jsonl");
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 25);
  const Json last = Json::parse(log.substr(log.rfind('\n', log.size() - 2) + 1));
  EXPECT_EQ(last["iteration"], 120);
  EXPECT_TRUE(last["loss"].is_number());
}

TEST_F(Training, ClosedFormStartNeedsNoIterations) {
  TrainSettings settings = Settings();
  settings.schedule.iterations = 1;
  settings.closed_form_blocks = 256;
  TrainingState state;
  const auto net = Net();
  Train(*net, settings, Folder("closed"), state);
  EXPECT_GT(state.best_psnr, 20);  // four numbers a block; the untrained net is below 10 dB
}

TEST_F(Training, StopsWithoutProgress) {
  TrainSettings settings = Settings();
  settings.schedule = Schedule{"constant", 1000, 0, 1e-12, 1e-12, 1};
  settings.patience = 3;
  TrainingState state;
  EXPECT_EQ(Train(*Net(), settings, Folder("stale"), state), TrainEnd::kStale);
  EXPECT_LT(state.iteration, 200);
}

TEST_F(Training, TimeBudgetStopsWithACheckpoint) {
  TrainSettings settings = Settings();
  settings.time_budget_minutes = 1e-9;
  const fs::path folder = Folder("budget");
  TrainingState state;
  EXPECT_EQ(Train(*Net(), settings, folder, state), TrainEnd::kOutOfTime);
  EXPECT_TRUE(fs::exists(folder / "checkpoint.safetensors"));
}

TEST_F(Training, ForeignAndDamagedCheckpointsAreRefused) {
  const fs::path folder = Folder("foreign");
  TrainSettings settings = Settings();
  settings.time_budget_minutes = 1e-9;
  TrainingState state;
  Train(*Net(), settings, folder, state);
  const auto refused = [&](const std::string& hash, const std::string& words) {
    TrainingState other;
    try {
      Train(*Net(), settings, folder, other, hash);
      ADD_FAILURE() << words;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kConfig);
      EXPECT_THAT(error.what(), HasSubstr(words));
    }
  };
  refused("xyz", "another configuration");
  const fs::path path = folder / "checkpoint.safetensors";
  Safetensors content = ReadSafetensors(path);
  content.tensors.erase("adam_mean.fc.bias");
  WriteSafetensors(path, content);
  refused("abc", "adam_mean.fc.bias");
  content.metadata["state"] = "{}";
  WriteSafetensors(path, content);
  refused("abc", "not a training checkpoint");
  const Bytes bytes = ReadFile(path);
  WriteFileAtomically(path, std::span<const uint8_t>(bytes.data(), bytes.size() / 2));
  refused("abc", "truncated");
}

}  // namespace
}  // namespace chaosense
