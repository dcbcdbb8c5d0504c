// The pipeline experiment on generated pictures, with closed-form methods alone.
#include "experiments/pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "tests/unit/pipeline/pipeline_fixture.h"

namespace chaosense {
namespace {

TEST_F(PipelineTest, QualityThroughTheWholeChainIsNearThePlainOne) {
  const auto values = Run(Config(), {{"measure", {"quality"}}});
  EXPECT_GT(values.at("*mean/psnr"), 20);
  EXPECT_NEAR(values.at("*mean/psnr_pipeline"), values.at("*mean/psnr_8bit"), 0.2);
  EXPECT_EQ(values.at("*mean/psnr"), values.at(FirstImage() + "/psnr"));  // one image
}

// The groups that ask for one reconstruction give the same numbers as the one that asks for both.
TEST_F(PipelineTest, PartialGroupsAgreeWithQuality) {
  const auto all = Run(Config(), {{"measure", {"quality"}}});
  const auto plain = Run(Config(), {{"measure", {"reconstruction"}}});
  auto received = Run(Config(), {{"measure", {"received"}}});
  for (const auto& [name, value] : plain) EXPECT_EQ(value, all.at(name)) << name;
  EXPECT_NEAR(received.at("*mean/bits_per_pixel"),
              8 * received.at("*mean/cipher_elements") / received.at("*mean/plain_bytes"),
              1e-12);
  received.erase("*mean/bits_per_pixel");
  received.erase(FirstImage() + "/bits_per_pixel");
  for (const auto& [name, value] : received) EXPECT_EQ(value, all.at(name)) << name;
  EXPECT_FALSE(plain.contains("*mean/psnr_pipeline"));
  EXPECT_FALSE(received.contains("*mean/psnr"));
  EXPECT_EQ(plain.size() + 4, all.size());     // without psnr_pipeline and ssim_pipeline
  EXPECT_EQ(received.size() + 6, all.size());  // without psnr, psnr_8bit and ssim
}

// A method that counts how often it is asked.
class CountingMethod : public Reconstructor {
 public:
  explicit CountingMethod(int* reconstructions) : reconstructions_(reconstructions) {}
  Json Identity(const FitContext&) const override { return Json::object(); }
  void Fit(const FitContext&) override {}
  double ExactRate(int) const override { return 1; }
  Codes<float> Sense(const ImageF& image) const override {
    return {GridFor(image.shape.height, image.shape.width), Shape{1, 1, 1}, {0.0f}};
  }
  ImageF Reconstruct(const Codes<float>&, Shape shape) const override {
    ++*reconstructions_;
    return ImageF(shape);
  }
  const Quantiser& QuantiserFor(int) const override { return quantiser_; }
  Cost cost(int) const override { return {7, std::nullopt}; }

 private:
  int* reconstructions_;
  Quantiser quantiser_{{0.5f}, {0.5f}, 0};
};

// One block called "lena" through the pipeline with the paper's cipher, as these groups need it.
PipelineImage Processed(const Reconstructor& method, const std::vector<std::string>& groups) {
  CipherRegistry ciphers{"cipher"};
  RegisterBuiltinCiphers(ciphers);
  const auto cipher = ciphers.Create("paper");
  const PipelineStages stages(method, *cipher, 0);
  return stages.Process("lena", ImageU8(Shape{1, 33, 33}), NeedsOf(ChosenGroups(groups)));
}

TEST(PipelineStages, ReconstructsOnlyWhatTheGroupsNeed) {
  const auto reconstructions = [](const std::vector<std::string>& groups) {
    int count = 0;
    const PipelineImage image = Processed(CountingMethod(&count), groups);
    EXPECT_EQ(image.decrypted, image.plain);
    return count;
  };
  EXPECT_EQ(reconstructions({"entropy", "differential"}), 0);
  EXPECT_EQ(reconstructions({"reconstruction", "entropy"}), 1);
  EXPECT_EQ(reconstructions({"received"}), 1);
  EXPECT_EQ(reconstructions({"pictures"}), 1);
  EXPECT_EQ(reconstructions({"cost"}), 1);
  EXPECT_EQ(reconstructions({"quality"}), 2);
  EXPECT_EQ(reconstructions({"reconstruction", "received", "cost"}), 2);
}

TEST_F(PipelineTest, CostIsMeasuredForEveryPicture) {
  Json config = Config();
  config["images"] = Json::array();
  const auto values = Run(config, {{"measure", {"cost"}}, {"cost_repetitions", 2}});
  const auto images = data_.Load("generated_test", ColorMode::kGray).images;
  for (const NamedImage& image : images) {
    for (const char* metric : {"seconds_sense", "seconds_reconstruct"}) {
      EXPECT_GT(values.at(image.name + "/" + metric), 0);
      EXPECT_LT(values.at(image.name + "/" + metric), 10);
    }
    EXPECT_EQ(values.at(image.name + "/parameters"), 109 * 1089 + 1089);
    const int blocks = GridFor(image.pixels.shape.height, image.pixels.shape.width).count();
    EXPECT_NEAR(values.at(image.name + "/gflops"), 2e-9 * 2 * 109 * 1089 * blocks, 1e-12);
#if defined(__linux__)
    EXPECT_GE(values.at(image.name + "/peak_memory_mb"), 0);
    EXPECT_LT(values.at(image.name + "/peak_memory_mb"), 1000);
#endif
  }
  EXPECT_GT(values.at("*mean/seconds_reconstruct"), 0);
}

TEST_F(PipelineTest, TimesAreOfCompressionOfTheCipherAndOfBoth) {
  const auto values = Run(Config(), {{"measure", {"time"}}, {"cost_repetitions", 1}});
  const auto seconds = [&](const std::string& what) { return values.at("*mean/seconds_" + what); };
  for (const char* what : {"compress_reconstruct", "encrypt_decrypt", "cipher_only"})
    EXPECT_GT(seconds(what), 0) << what;
  EXPECT_DOUBLE_EQ(seconds("total"), seconds("compress_reconstruct") + seconds("encrypt_decrypt"));
}

// Bytes made of such values would look like results.
TEST(PipelineStages, ValuesThatAreNotFiniteAreAnError) {
  class Broken : public CountingMethod {
   public:
    using CountingMethod::CountingMethod;
    ImageF Reconstruct(const Codes<float>&, Shape shape) const override {
      ImageF image(shape);
      image.data.back() = NAN;
      return image;
    }
  };
  int count = 0;
  const Broken method(&count);
  for (const char* group : {"reconstruction", "received"}) {
    try {
      Processed(method, {group});
      FAIL() << group;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kRun);
      EXPECT_THAT(error.what(), testing::StartsWith("lena: the reconstruction"));
    }
  }
}

// Results found again in run folders of earlier versions: a new group's settings enter a cell's
// description only with that group.
TEST_F(PipelineTest, SettingsOfCostEnterOnlyWithIt) {
  const auto settings = [&](const Json& measure) {
    return experiments_.Create("pipeline", {{"measure", measure}})
        ->Expand(Config(), context_)
        .at(0)
        .description.at("settings");
  };
  EXPECT_EQ(settings({"quality"}),
            Json({{"measure", {"quality"}},
                  {"variants", {"gray"}},
                  {"pixel_changes", 100},
                  {"correlation_pairs", 10000},
                  {"local_blocks", 12},
                  {"scrambled_by", "scramble_only"}}));
  EXPECT_EQ(settings({"cost"}).at("cost_repetitions"), 3);
  EXPECT_EQ(settings({"time"}).at("cost_repetitions"), 3);
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

// Bytes without texture have the values of independent ones.
TEST_F(PipelineTest, TextureOfCiphertextIsThatOfRandomBytes) {
  Json config = Config();
  config["ciphers"] = {"aes256_ctr"};
  const auto values = Run(config, {{"measure", {"texture"}}});
  EXPECT_NEAR(values.at("*mean/glcm_contrast"), 10.5, 0.6);
  EXPECT_NEAR(values.at("*mean/glcm_energy"), 1.0 / 64, 0.001);
  EXPECT_NEAR(values.at("*mean/glcm_homogeneity"), 0.3894, 0.015);
  EXPECT_LT(values.at("*mean/glcm_contrast_plain"), 2);
}

TEST_F(PipelineTest, PicturesOfEveryStageAreWritten) {
  CellResult result;
  Run(Config(), {{"measure", {"pictures", "local_entropy", "histogram"}}}, &result);
  EXPECT_EQ(result.files.size(), 7u);
  for (const std::string& file : result.files) EXPECT_TRUE(fs::exists(folder_ / file)) << file;
}

// What grew since the first results is run again: its group's revision is in the description.
TEST_F(PipelineTest, RevisionsOfGroupsEnterOnlyWithThem) {
  const auto settings = [&](const Json& measure) {
    return experiments_.Create("pipeline", {{"measure", measure}})
        ->Expand(Config(), context_)
        .at(0)
        .description.at("settings");
  };
  EXPECT_FALSE(settings({"entropy"}).contains("revisions"));
  EXPECT_EQ(settings({"differential", "entropy"}).at("revisions"), Json({{"differential", 3}}));
}

TEST_F(PipelineTest, PlotDataHasEveryPairAndEveryByte) {
  CellResult result;
  Run(Config(), {{"measure", {"neighbour_pairs", "histograms"}}, {"plotted_pairs", 50}}, &result);
  ASSERT_THAT(
      result.files,
      testing::ElementsAre(FirstImage() + "_adjacent.csv", FirstImage() + "_histogram.csv"));
  const std::string pairs = ReadTextFile(folder_ / result.files[0]);
  EXPECT_EQ(std::count(pairs.begin(), pairs.end(), '\n'), 1 + 6 * 50);
  double counted = 0;
  std::istringstream lines(ReadTextFile(folder_ / result.files[1]));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("plaintext,gray,")) counted += std::stod(line.substr(line.rfind(',') + 1));
  }
  EXPECT_EQ(counted, 256 * 256);
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
  config["methods"][1]["ciphers"] = {"aes256_gcm"};
  const auto fewer = experiments_.Create("pipeline", Json::object())->Expand(config, context_);
  EXPECT_EQ(fewer.size(), 2u * 2 + 1);
  EXPECT_EQ(fewer.back().axes.cipher, "aes256_gcm");
  config["rates"] = Json::array();
  EXPECT_THROW(experiments_.Create("pipeline", Json::object())->Expand(config, context_), Error);
}

}  // namespace
}  // namespace chaosense
