// Set11 against numbers that others' programs gave.
#include <gtest/gtest.h>

#include <cstdlib>

#include "core/metrics/quality.h"
#include "core/solvers/register.h"

namespace chaosense {
namespace {

// Table 1 of ReconNet (CVPR 2016): TVAL3 on every block by itself, with the matrices released
// there. Monarch 27.77 at rate 0.25 and 21.16 at 0.10.
TEST(Published, Tval3WithThePeersMatrices) {
  const char* folder = std::getenv("CHAOSENSE_DATA");
  if (folder == nullptr) GTEST_SKIP() << "Set11: CHAOSENSE_DATA is not set";
  const DataFolder data(folder, CHAOSENSE_SOURCE_DIR "/datasets");
  ReconstructorRegistry methods{"method"};
  RegisterSolverMethods(methods);
  FitContext context;
  context.data = &data;
  const Dataset set = data.Load("set11", ColorMode::kGray, {"Monarch"});
  const ImageF original = ToFloat(set.images.at(0).pixels);
  for (const auto& [rate, file, expected] : {std::tuple{0.25, "25", 27.77}, {0.10, "10", 21.16}}) {
    const auto method =
        methods.Create("tval3",
                       {{"rate", rate},
                        {"matrix", fmt::format("data:matrices/reconnet/phi_0_{}_1089.mat", file)}});
    method->Fit(context);
    EXPECT_NEAR(Psnr(original, method->Reconstruct(method->Sense(original), original.shape)),
                expected,
                0.05)
        << rate;
  }
}

}  // namespace
}  // namespace chaosense
