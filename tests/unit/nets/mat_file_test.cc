#include "core/sensing/mat_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "core/base/error.h"
#include "core/base/file.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

TEST(MatFile, MissingAndForeignFiles) {
  EXPECT_THROW(LoadMatMatrix("no/such/file.mat", "phi"), Error);
  const fs::path path = fs::path(testing::TempDir()) / "not_matlab.mat";
  WriteFileAtomically(path, std::string_view("this is text, not MATLAB"));
  try {
    LoadMatMatrix(path, "phi");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
  }
}

// The published matrices have orthonormal rows: |Phi Phi' - I| < 1e-14 (KuldeepKulkarni/ReconNet,
// phi/).
TEST(MatFile, PublishedMatrixIsOrthonormal) {
  const char* data = std::getenv("CHAOSENSE_DATA");
  if (data == nullptr)
    GTEST_SKIP() << "the published measurement matrices (CHAOSENSE_DATA is not set)";
  const fs::path path = fs::path(data) / "matrices/reconnet/phi_0_01_1089.mat";
  const MatMatrix phi = LoadMatMatrix(path, "phi");
  ASSERT_EQ(phi.rows, 10);
  ASSERT_EQ(phi.columns, 1089);
  for (int64_t a = 0; a < phi.rows; ++a) {
    for (int64_t b = 0; b < phi.rows; ++b) {
      double product = 0;
      for (int64_t i = 0; i < phi.columns; ++i) {
        product += phi.values[static_cast<size_t>(a * phi.columns + i)] *
                   phi.values[static_cast<size_t>(b * phi.columns + i)];
      }
      EXPECT_NEAR(product, a == b ? 1.0 : 0.0, 1e-12);
    }
  }
  EXPECT_THROW(LoadMatMatrix(path, "psi"), Error);

  // Truncated copies are refused, or read in full where only padding is lost.
  const Bytes whole = ReadFile(path);
  const fs::path cut = fs::path(testing::TempDir()) / "cut.mat";
  for (const double share : {0.01, 0.3, 0.6, 0.9}) {
    const auto size = static_cast<size_t>(share * static_cast<double>(whole.size()));
    WriteFileAtomically(cut, std::span<const uint8_t>(whole.data(), size));
    EXPECT_THROW(LoadMatMatrix(cut, "phi"), Error) << share;
  }
}

}  // namespace
}  // namespace chaosense
