#include "core/solvers/operator.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/base/random.h"
#include "core/solvers/block_operator.h"
#include "core/solvers/scrambled_operator.h"

namespace chaosense {
namespace {

struct Case {
  std::string name;
  std::function<std::unique_ptr<MeasurementOperator>(uint64_t seed)> make;
};

std::unique_ptr<MeasurementOperator> Block(BlockGrid grid, uint64_t seed) {
  return std::make_unique<BlockOperator>(
      std::make_shared<const MatrixRowF>(OrthonormalGaussian(43, 1089, seed)), grid);
}

class OperatorTest : public ::testing::TestWithParam<Case> {};

std::vector<float> RandomValues(int64_t count, const std::string& name) {
  RandomStream random(name);
  std::vector<float> values(static_cast<size_t>(count));
  for (float& v : values) v = static_cast<float>(random.Normal());
  return values;
}

double Dot(const std::vector<float>& a, const std::vector<float>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

TEST_P(OperatorTest, TransposeIsTheAdjoint) {
  const auto op = GetParam().make(1);
  const std::vector<float> x = RandomValues(op->pixels(), "x");
  const std::vector<float> y = RandomValues(op->measurements(), "y");
  std::vector<float> ax(y.size());
  std::vector<float> aty(x.size());
  op->Apply(x, ax);
  op->ApplyTranspose(y, aty);
  EXPECT_NEAR(Dot(ax, y), Dot(x, aty), 1e-5 * std::sqrt(Dot(x, x) * Dot(y, y)));
}

TEST_P(OperatorTest, RowsAreOrthonormal) {
  const auto op = GetParam().make(1);
  const std::vector<float> y = RandomValues(op->measurements(), "y");
  std::vector<float> x(static_cast<size_t>(op->pixels()));
  std::vector<float> back(y.size());
  op->ApplyTranspose(y, x);
  op->Apply(x, back);
  for (size_t i = 0; i < y.size(); ++i) ASSERT_NEAR(back[i], y[i], 1e-5) << i;
}

TEST_P(OperatorTest, DependsOnTheSeedAlone) {
  const std::vector<float> x = RandomValues(GetParam().make(1)->pixels(), "x");
  const auto measure = [&](uint64_t seed) {
    const auto op = GetParam().make(seed);
    std::vector<float> y(static_cast<size_t>(op->measurements()));
    op->Apply(x, y);
    return y;
  };
  EXPECT_EQ(measure(1), measure(1));
  EXPECT_NE(measure(1), measure(2));
}

// A constant plane shows in the means, by their definition, and nowhere else.
TEST_P(OperatorTest, MeansAreMeans) {
  const auto op = GetParam().make(1);
  const std::span<const int64_t> groups = op->mean_groups();
  if (groups.empty()) return;  // nothing is promised
  std::vector<float> y(static_cast<size_t>(op->measurements()));
  op->Apply(std::vector<float>(static_cast<size_t>(op->pixels()), 0.5f), y);
  for (size_t i = 0; i < y.size(); ++i) {
    const double expected =
        i < groups.size() ? 0.5 * std::sqrt(static_cast<double>(groups[i])) : 0.0;
    ASSERT_NEAR(y[i], expected, 1e-4) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(All,
                         OperatorTest,
                         ::testing::Values(Case{"one_block",
                                                [](uint64_t seed) {
                                                  return Block({1, 1}, seed);
                                                }},
                                           Case{"blocks",
                                                [](uint64_t seed) {
                                                  return Block({2, 3}, seed);
                                                }},
                                           Case{"dct",
                                                [](uint64_t seed) {
                                                  return std::make_unique<ScrambledOperator>(
                                                      MakeDct(66, 99), 66, 99, 1000, seed);
                                                }},
                                           Case{"dct_complete",
                                                [](uint64_t seed) {
                                                  return std::make_unique<ScrambledOperator>(
                                                      MakeDct(33, 33), 33, 33, 1089, seed);
                                                }},
                                           Case{"hadamard",
                                                [](uint64_t seed) {
                                                  return std::make_unique<ScrambledOperator>(
                                                      MakeHadamard(66 * 99), 66, 99, 1000, seed);
                                                }},
                                           Case{"hadamard_few",
                                                [](uint64_t seed) {
                                                  return std::make_unique<ScrambledOperator>(
                                                      MakeHadamard(33 * 33), 33, 33, 2, seed);
                                                }}),
                         [](const auto& tested) { return tested.param.name; });

// The first rows of the DCT-II matrix, sqrt(2/n) cos(pi (2 i + 1) k / 2 n).
TEST(Dct, IsTheDefinition) {
  const auto dct = MakeDct(3, 5);
  std::vector<float> values(15);
  values[1 * 5 + 2] = 1;  // row 1, column 2
  dct->Forward(values);
  for (int u = 0; u < 3; ++u) {
    for (int v = 0; v < 5; ++v) {
      const double expected = std::sqrt((u == 0 ? 1.0 : 2.0) / 3) * std::cos(M_PI * 3 * u / 6) *
                              std::sqrt((v == 0 ? 1.0 : 2.0) / 5) * std::cos(M_PI * 5 * v / 10);
      EXPECT_NEAR(values[static_cast<size_t>(u * 5 + v)], expected, 1e-6) << u << "," << v;
    }
  }
}

}  // namespace
}  // namespace chaosense
