#include "core/sensing/rate.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace chaosense {
namespace {

// Rows of the matrices published with ReconNet (0.01 ... 0.25) and ISTA-Net (0.30, 0.40).
TEST(Rate, CountsOfThePublishedMatrices) {
  EXPECT_EQ(MeasurementCount(0.01, 1089), 10);
  EXPECT_EQ(MeasurementCount(0.04, 1089), 43);
  EXPECT_EQ(MeasurementCount(0.10, 1089), 109);
  EXPECT_EQ(MeasurementCount(0.25, 1089), 272);
  EXPECT_EQ(MeasurementCount(0.30, 1089), 327);
  EXPECT_EQ(MeasurementCount(0.40, 1089), 436);
}

TEST(Rate, EndsOfTheRange) {
  EXPECT_EQ(MeasurementCount(1.0, 1089), 1089);
  EXPECT_EQ(MeasurementCount(1e-9, 1089), 1);
  EXPECT_THROW(MeasurementCount(0.0, 1089), Error);
  EXPECT_THROW(MeasurementCount(1.5, 1089), Error);
}

}  // namespace
}  // namespace chaosense
