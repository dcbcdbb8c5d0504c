#include "core/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace chaosense {
namespace {

TEST(RandomStream, DependsOnTheNameAlone) {
  RandomStream a("seed 0|noise");
  RandomStream b("seed 0|noise");
  RandomStream c("seed 1|noise");
  const uint64_t first = a.Next();
  EXPECT_EQ(first, b.Next());
  EXPECT_NE(first, c.Next());
}

// Fixed by this test: results of earlier runs depend on these streams.
TEST(RandomStream, FirstValuesAreFixed) {
  RandomStream stream("golden");
  EXPECT_EQ(stream.Next(), 10878261668212261496u);
  EXPECT_EQ(stream.UniformInt(1000), 845);
}

TEST(RandomStream, MomentsOfUniformAndNormal) {
  RandomStream stream("moments");
  constexpr int kCount = 200000;
  double uniform = 0, normal = 0, square = 0;
  for (int i = 0; i < kCount; ++i) {
    uniform += stream.Uniform();
    const double x = stream.Normal();
    normal += x;
    square += x * x;
  }
  // Five standard errors.
  EXPECT_NEAR(uniform / kCount, 0.5, 5 * std::sqrt(1.0 / 12 / kCount));
  EXPECT_NEAR(normal / kCount, 0.0, 5 / std::sqrt(kCount));
  EXPECT_NEAR(square / kCount, 1.0, 5 * std::sqrt(2.0 / kCount));
}

TEST(RandomStream, ShuffleIsAPermutation) {
  RandomStream stream("shuffle");
  std::vector<int> values(100);
  for (int i = 0; i < 100; ++i) values[static_cast<size_t>(i)] = i;
  const std::vector<int> before = values;
  Shuffle(values, stream);
  EXPECT_NE(values, before);
  EXPECT_EQ(std::set<int>(values.begin(), values.end()).size(), 100u);
}

}  // namespace
}  // namespace chaosense
