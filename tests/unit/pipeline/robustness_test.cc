// The group "robustness": what disturbed ciphertexts give, cipher by cipher.
#include <gmock/gmock.h>

#include <cmath>

#include "core/base/error.h"
#include "tests/unit/pipeline/pipeline_fixture.h"

namespace chaosense {
namespace {

class Robustness : public PipelineTest {
 protected:
  // With the committed model: nothing is fitted.
  Robustness() { context_.fit.model_dir = CHAOSENSE_SOURCE_DIR "/results/models"; }
  Json Config() const {
    Json config = PipelineTest::Config();
    config["fit_datasets"] = Json::array();
    return config;
  }
  // The mean over the images of one attack through `cipher`, by metric.
  std::map<std::string, double> Attacked(const std::string& cipher,
                                         const std::string& attack,
                                         double strength) {
    Json config = Config();
    config["ciphers"] = {cipher};
    const auto all = Run(config,
                         {{"measure", {"robustness"}},
                          {"attacks", {{{"attack", attack}, {"strengths", {strength}}}}}});
    std::map<std::string, double> means;
    for (const auto& [name, value] : all) {
      if (name.starts_with("*mean/")) means[name.substr(6)] = value;
    }
    return means;
  }
};

TEST_F(Robustness, AnUndisturbedCiphertextGivesThePipelinesPicture) {
  const auto quality = Run(Config(), {{"measure", {"quality"}}});
  for (const char* cipher : {"paper", "aes256_ctr", "aes256_gcm"}) {
    const auto values = Attacked(cipher, "gaussian", 0);
    EXPECT_EQ(values.at("psnr_attacked"), quality.at("*mean/psnr_pipeline")) << cipher;
    EXPECT_EQ(values.at("ssim_attacked"), quality.at("*mean/ssim_pipeline")) << cipher;
    EXPECT_EQ(values.at("codes_changed"), 0) << cipher;
    EXPECT_EQ(values.at("rejected"), 0) << cipher;
  }
}

// Salt and pepper of density d changes 255/256 d of the bytes (a few have the value already).
TEST_F(Robustness, StreamCiphersKeepAnErrorWhereItIs) {
  for (const char* cipher : {"paper", "aes256_ctr"}) {
    const auto values = Attacked(cipher, "salt_pepper", 0.05);
    EXPECT_NEAR(values.at("cipher_changed"), 0.05 * 255 / 256, 0.01) << cipher;
    EXPECT_EQ(values.at("codes_changed"), values.at("cipher_changed")) << cipher;
    EXPECT_GT(values.at("psnr_attacked"), 12) << cipher;
  }
}

TEST_F(Robustness, AChainedCipherSpreadsAndAnAuthenticatedOneRejects) {
  const auto kept = Attacked("paper", "salt_pepper", 0.02);
  const auto spread = Attacked("hardened", "salt_pepper", 0.02);
  EXPECT_GT(spread.at("codes_changed"), 3 * spread.at("cipher_changed"));
  EXPECT_LT(spread.at("psnr_attacked"), kept.at("psnr_attacked") - 1);
  for (const char* cipher : {"aes256_gcm", "chacha20_poly1305"}) {
    const auto rejected = Attacked(cipher, "crop", 0.25);
    EXPECT_EQ(rejected.at("rejected"), 1) << cipher;
    EXPECT_TRUE(std::isnan(rejected.at("psnr_attacked"))) << cipher;
    EXPECT_TRUE(std::isnan(rejected.at("codes_changed"))) << cipher;
  }
}

TEST_F(Robustness, QualityFallsWithTheStrength) {
  for (const char* attack : {"gaussian", "crop"}) {
    double last = INFINITY;
    for (const double strength : {0.0, 0.1, 0.4}) {
      const double psnr = Attacked("paper", attack, strength).at("psnr_attacked");
      EXPECT_LT(psnr, last - 0.5) << attack << " " << strength;
      last = psnr;
    }
  }
}

TEST_F(Robustness, EveryStrengthIsACellOfItsOwn) {
  Json config = Config();
  config["ciphers"] = {"paper", "aes256_ctr"};
  const Json settings = {{"measure", {"robustness"}},
                         {"attacks", {{{"attack", "gaussian"}, {"strengths", {0, 0.1}}}}}};
  const auto cells = experiments_.Create("pipeline", settings)->Expand(config, context_);
  ASSERT_EQ(cells.size(), 4u);
  EXPECT_EQ(cells[0].axes.variant, "gray gaussian 0");
  EXPECT_EQ(cells[1].axes.variant, "gray gaussian 0.1");
  EXPECT_FALSE(cells[0].description.at("settings").contains("attacks"));
  EXPECT_EQ(cells[1].description.at("attack"), Json({{"attack", "gaussian"}, {"strength", 0.1}}));
  EXPECT_FALSE(experiments_.Create("pipeline", {{"measure", {"quality"}}})
                   ->Expand(Config(), context_)
                   .at(0)
                   .description.contains("attack"));
}

TEST_F(Robustness, AttacksAndTheGroupNeedEachOther) {
  const auto message = [&](const Json& settings) {
    try {
      experiments_.Create("pipeline", settings)->Expand(Config(), context_);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_THAT(message({{"measure", {"robustness"}}}), testing::StartsWith("/attacks: is empty"));
  EXPECT_THAT(message({{"measure", {"quality"}},
                       {"attacks", {{{"attack", "gaussian"}, {"strengths", {0.1}}}}}}),
              testing::StartsWith("/attacks: needs the group \"robustness\""));
}

TEST_F(Robustness, PicturesAreKeptWhenAskedFor) {
  CellResult result;
  Run(Config(),
      {{"measure", {"robustness"}},
       {"attack_pictures", true},
       {"attacks", {{{"attack", "crop"}, {"strengths", {0.5}}}}}},
      &result);
  ASSERT_EQ(result.files, std::vector<std::string>{FirstImage() + "_attacked.png"});
  EXPECT_TRUE(fs::exists(folder_ / result.files[0]));
}

}  // namespace
}  // namespace chaosense
