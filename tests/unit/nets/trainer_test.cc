#include "core/training/trainer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "core/base/error.h"
#include "core/nets/register.h"
#include "core/sensing/safetensors.h"
#include "tests/unit/nets/test_pictures.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class NetsTrainer : public testing::Test {
 protected:
  void SetUp() override {
    RegisterNetsTrainer(trainers_);
    folder_ = fs::path(testing::TempDir()) / ("nets_trainer_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    context_.data = &data_;
    context_.folder = folder_;
    context_.device = "cpu";
  }

  Json Config(const Json& changes = Json::object()) const {
    Json config = {{"net",
                    {{"name", "fclbcnn"},
                     {"rate", 0.01},
                     {"encoder_channels", 4},
                     {"decoder_channels", 8},
                     {"decoder_blocks", 1}}},
                   {"datasets", {"generated_train"}},
                   {"validation", "generated_val"},
                   {"stride", 33},
                   {"validation_blocks", 20},
                   {"iterations", 3},
                   {"batch", 4},
                   {"closed_form_blocks", 0},
                   {"validate_every", 2}};
    if (changes.is_object()) config.update(changes);  // Config({}) gives null
    return ResolveParameters(trainers_.Info("nets"), config, "test.json");
  }

  TrainReport Train(const Json& config) const {
    const auto trainer = trainers_.Create("nets");
    trainer->Check(config, data_);
    return trainer->Train(config, context_);
  }

  TrainerRegistry trainers_{"trainer"};
  DataFolder data_{"", fs::path(CHAOSENSE_SOURCE_DIR) / "datasets"};
  fs::path folder_;
  TrainContext context_;
};

// A training's weight file is what the method reads, without further steps.
TEST_F(NetsTrainer, WritesWeightsTheMethodReads) {
  const TrainReport report = Train(Config());
  EXPECT_EQ(report.iterations, 3);
  EXPECT_EQ(report.weights.filename(), "fclbcnn_3x2x2.safetensors");
  const Safetensors content = ReadSafetensors(report.weights);
  for (const char* key : {"net",
                          "config",
                          "datasets",
                          "validation",
                          "iterations",
                          "seed",
                          "validation_psnr_color",
                          "validation_psnr_gray",
                          "validation_psnr_8bit_codes",
                          "stored_as"}) {
    EXPECT_TRUE(content.metadata.contains(key)) << key;
  }
  ReconstructorRegistry methods("method");
  RegisterNetMethods(methods);
  FitContext fit;
  fit.model_dir = folder_;
  fit.device = "cpu";
  const auto method = methods.Create("fclbcnn", {{"rate", 0.01}});
  method->Fit(fit);
  const ImageF picture = SmoothPicture(3, 66, 50, 1);
  const Codes<float> codes = method->Sense(picture);
  const Quantiser& quantiser = method->QuantiserFor(3);
  const ImageF direct = method->Reconstruct(codes, picture.shape);
  const ImageF through =
      method->Reconstruct(quantiser.Dequantise(quantiser.Quantise(codes)), picture.shape);
  EXPECT_GT(PsnrOf(direct, through), 20);
}

TEST_F(NetsTrainer, SameConfigSameWeights) {
  const Bytes first = ReadFile(Train(Config()).weights);
  context_.restart = true;
  EXPECT_EQ(ReadFile(Train(Config()).weights), first);
  EXPECT_NE(ReadFile(Train(Config({{"seed", 1}})).weights), first);
}

TEST_F(NetsTrainer, NoIterationsGiveTheClosedFormStart) {
  const TrainReport report = Train(Config({{"iterations", 0}, {"closed_form_blocks", 100}}));
  EXPECT_EQ(report.iterations, 0);
  EXPECT_TRUE(fs::exists(report.weights));
}

TEST_F(NetsTrainer, WhatRanOutOfPatienceStaysSo) {
  const Json config = Config({{"iterations", 50},
                              {"validate_every", 1},
                              {"patience", 2},
                              {"learning_rate", 1e-12},
                              {"final_learning_rate", 1e-12},
                              {"schedule", "constant"}});
  const TrainReport first = Train(config);
  EXPECT_LT(first.iterations, 50);
  const Bytes weights = ReadFile(first.weights);
  const TrainReport again = Train(config);
  EXPECT_EQ(again.iterations, first.iterations);
  EXPECT_EQ(ReadFile(again.weights), weights);
}

// Noise-trained networks ship with the quantiser through which they are better.
TEST_F(NetsTrainer, NoiseIsNotWorseThroughTheStoredQuantiser) {
  const TrainReport report = Train(Config({{"code_noise", 0.1}, {"closed_form_blocks", 2000}}));
  const Safetensors content = ReadSafetensors(report.weights);
  const std::string log = ReadTextFile(folder_ / "log.jsonl");
  const std::string last = log.substr(log.rfind('{'));
  EXPECT_GE(std::stod(content.metadata.at("validation_psnr_8bit_codes")),
            Json::parse(last).at("best").get<double>() - 0.02);
}

TEST_F(NetsTrainer, AnotherConfigDoesNotResume) {
  Train(Config());
  EXPECT_THROW(Train(Config({{"learning_rate", 0.5}})), Error);
  EXPECT_NO_THROW(Train(Config({{"time_budget_minutes", 5}})));  // pace is not part of it
}

TEST_F(NetsTrainer, GrayNetTrainsOnLuminance) {
  const TrainReport report = Train(Config({{"net", {{"name", "reconnet"}, {"measurements", 10}}}}));
  EXPECT_EQ(report.weights.filename(), "reconnet_10.safetensors");
  const Safetensors content = ReadSafetensors(report.weights);
  EXPECT_FALSE(content.metadata.contains("validation_psnr_color"));
}

TEST_F(NetsTrainer, MistakesAreNamed) {
  const auto message = [&](const Json& changes) -> std::string {
    try {
      Train(Config(changes));
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(message({{"datasets", {"generated_trian"}}}), HasSubstr("generated_train"));
  EXPECT_THAT(message({{"datasets", {"generated_test"}}}),
              HasSubstr("/datasets/0: \"generated_test\" is a test set"));
  EXPECT_THAT(message({{"validation", "generated_test"}}),
              HasSubstr("/validation: \"generated_test\" is a test set"));
  EXPECT_THAT(message({{"validation", "generated_train"}}),
              HasSubstr("/validation: \"generated_train\" is trained on"));
  EXPECT_THAT(message({{"net", {{"name", "alexnet"}}}}), HasSubstr("/net"));
  EXPECT_THAT(message({{"itterations", 3}}), HasSubstr("iterations"));
  EXPECT_THAT(message({{"batch", 0}}), HasSubstr("/batch"));
}

}  // namespace
}  // namespace chaosense
