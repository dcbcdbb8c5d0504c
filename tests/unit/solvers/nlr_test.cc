#include "core/solvers/nlr.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/solvers/scrambled_operator.h"

namespace chaosense {
namespace {

constexpr int kSide = 66;

// Stripes and a disc: every patch has many like it.
std::vector<float> SelfSimilarPlane() {
  std::vector<float> x(kSide * kSide);
  for (int r = 0; r < kSide; ++r) {
    for (int c = 0; c < kSide; ++c) {
      const bool disc = (r - 30) * (r - 30) + (c - 34) * (c - 34) < 300;
      x[static_cast<size_t>(r * kSide + c)] =
          static_cast<float>(disc ? 180 : 90 + 60 * std::sin(0.5 * (r + c)));
    }
  }
  return x;
}

double Rmse(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += std::pow(static_cast<double>(a[i]) - b[i], 2);
  return std::sqrt(sum / static_cast<double>(a.size()));
}

class NlrTest : public ::testing::Test {
 protected:
  NlrTest()
      : op_(MakeDct(kSide, kSide), kSide, kSide, kSide * kSide / 4, 3),
        truth_(SelfSimilarPlane()),
        y_(static_cast<size_t>(op_.measurements())),
        options_(NlrOptionsForTableRate(0.125)) {
    op_.Apply(truth_, y_);
  }

  ScrambledOperator op_;
  std::vector<float> truth_;
  std::vector<float> y_;
  NlrOptions options_;
};

TEST_F(NlrTest, StartAndSolutionComeCloser) {
  std::vector<float> transpose(truth_.size());
  op_.ApplyTranspose(y_, transpose);
  const std::vector<float> start = NlrDctStart(op_, y_, options_.start_threshold);
  EXPECT_LT(Rmse(start, truth_), 0.7 * Rmse(transpose, truth_));
  options_.outer = 5;
  Trace trace;
  const std::vector<float> x = SolveNlr(op_, y_, start, options_, 1, trace);
  EXPECT_LT(Rmse(x, truth_), 0.7 * Rmse(start, truth_));
  ASSERT_EQ(trace.iterations.size(), 5U * 15);
  // The residual in the trace is that of the result.
  std::vector<float> ax(y_.size());
  op_.Apply(x, ax);
  EXPECT_NEAR(trace.iterations.back().residual,
              Rmse(ax, y_) * std::sqrt(static_cast<double>(y_.size())),
              0.05);
}

TEST_F(NlrTest, StopsAtTheTolerance) {
  options_.tolerance = 0.5;
  Trace trace;
  SolveNlr(op_, y_, truth_, options_, 1, trace);
  EXPECT_EQ(trace.iterations.size(), 15U);
}

TEST_F(NlrTest, StartMustBeFinite) {
  std::vector<float> start = truth_;
  start[5] = std::numeric_limits<float>::infinity();
  Trace trace;
  EXPECT_THROW(SolveNlr(op_, y_, start, options_, 1, trace), Error);
}

// The rows of the published table (OpenICS, +NLRCS, Set_parameters).
TEST(NlrOptions, FollowTheTable) {
  EXPECT_FLOAT_EQ(NlrOptionsForTableRate(0.05).noise, 4.66f);
  EXPECT_FLOAT_EQ(NlrOptionsForTableRate(0.051).noise, 3.25f);
  EXPECT_FLOAT_EQ(NlrOptionsForTableRate(0.25).weight, 1.15f);
  EXPECT_FLOAT_EQ(NlrOptionsForTableRate(0.9).weight, 0.75f);
}

}  // namespace
}  // namespace chaosense
