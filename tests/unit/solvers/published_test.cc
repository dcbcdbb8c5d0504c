// Set11 against numbers that others' programs gave.
#include <gtest/gtest.h>

#include <cstdlib>

#include "core/metrics/quality.h"
#include "core/solvers/register.h"

namespace chaosense {
namespace {

struct Cell {
  double rate;
  const char* file;  // of the matrix
  double psnr;
};

// Expects the method's PSNR of Monarch at the cells, with the matrices released with ReconNet.
void ExpectPublished(const std::string& name,
                     const Json& parameters,
                     std::initializer_list<Cell> cells,
                     double tolerance) {
  const DataFolder data(std::getenv("CHAOSENSE_DATA"), CHAOSENSE_SOURCE_DIR "/datasets");
  ReconstructorRegistry methods{"method"};
  RegisterSolverMethods(methods);
  FitContext context;
  context.data = &data;
  const Dataset set = data.Load("set11", ColorMode::kGray, {"Monarch"});
  const ImageF original = ToFloat(set.images.at(0).pixels);
  for (const Cell& cell : cells) {
    Json all = parameters;
    all["rate"] = cell.rate;
    all["matrix"] = fmt::format("data:matrices/reconnet/phi_0_{}_1089.mat", cell.file);
    const auto method = methods.Create(name, all);
    method->Fit(context);
    EXPECT_NEAR(Psnr(original, method->Reconstruct(method->Sense(original), original.shape)),
                cell.psnr,
                tolerance)
        << name << " " << cell.rate;
  }
}

class Published : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::getenv("CHAOSENSE_DATA") == nullptr) {
      GTEST_SKIP() << "Set11: CHAOSENSE_DATA is not set";
    }
  }
};

// Table 1 of ReconNet (CVPR 2016), Monarch: every block by itself.
TEST_F(Published, Tval3WithThePeersMatrices) {
  ExpectPublished("tval3", Json::object(), {{0.25, "25", 27.77}, {0.10, "10", 21.16}}, 0.05);
}

// The matrices with orthonormal rows as they are, where the algorithm asks for unit columns. At
// rate 0.01 what is published is the PSNR of a black picture.
TEST_F(Published, DampWithRawColumns) {
  ExpectPublished("damp",
                  {{"columns", "raw"}, {"damping", 0}, {"onsager_limit", 100}},
                  {{0.10, "10", 19.00}, {0.01, "01", 6.20}},
                  0.5);
}

}  // namespace
}  // namespace chaosense
