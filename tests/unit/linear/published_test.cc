// Set11 against numbers that others' code gave.
#include <gtest/gtest.h>

#include <cstdlib>

#include "core/linear/register.h"
#include "core/metrics/quality.h"

namespace chaosense {
namespace {

// LMMSE with ReconNet's matrices, statistics of T91: 26.78 / 23.08 / 20.03 / 17.22 dB from an
// independent implementation whose patches (Y of modcropped T91 at stride 14) differ from our
// blocks, hence 0.15 dB. The two lowest rates only: they are the quickest.
TEST(Published, GaussianLmmseWithThePeersMatrices) {
  const char* folder = std::getenv("CHAOSENSE_DATA");
  if (folder == nullptr) GTEST_SKIP() << "Set11 and T91: CHAOSENSE_DATA is not set";
  const DataFolder data(folder, CHAOSENSE_SOURCE_DIR "/datasets");
  ReconstructorRegistry methods{"method"};
  TrainerRegistry trainers{"trainer"};
  RegisterLinearMethods(methods, trainers);
  FitContext context;
  context.data = &data;
  context.fit_datasets = {"t91"};
  const Dataset set11 = data.Load("set11", ColorMode::kGray);
  for (const auto& [rate, file, expected] : {std::tuple{0.04, "04", 20.03}, {0.01, "01", 17.22}}) {
    const auto method =
        methods.Create("gaussian_lmmse",
                       {{"rate", rate},
                        {"matrix", fmt::format("data:matrices/reconnet/phi_0_{}_1089.mat", file)}});
    method->Fit(context);
    double sum = 0;
    for (const NamedImage& image : set11.images) {
      const ImageF original = ToFloat(image.pixels);
      sum += Psnr(original, method->Reconstruct(method->Sense(original), original.shape));
    }
    EXPECT_NEAR(sum / static_cast<double>(set11.images.size()), expected, 0.15) << rate;
  }
}

}  // namespace
}  // namespace chaosense
