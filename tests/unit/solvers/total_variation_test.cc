#include "core/solvers/total_variation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"

namespace chaosense {
namespace {

Plane RandomPlane(Eigen::Index size, const std::string& seed) {
  RandomStream random(seed);
  Plane plane(size);
  for (float& v : plane) v = static_cast<float>(random.Normal());
  return plane;
}

TEST(Differences, WrapAround) {
  Plane u(6);  // 2 rows of 3
  u << 1, 2, 4, 8, 16, 32;
  Gradient gradient;
  Differences(u, 2, 3, gradient);
  Plane x(6);
  Plane y(6);
  x << 1, 2, -3, 8, 16, -24;
  y << 7, 14, 28, -7, -14, -28;
  EXPECT_TRUE((gradient.x == x).all());
  EXPECT_TRUE((gradient.y == y).all());
}

TEST(Differences, TransposeIsTheAdjoint) {
  const Plane u = RandomPlane(7 * 5, "u");
  const Gradient g = {RandomPlane(7 * 5, "x"), RandomPlane(7 * 5, "y")};
  Gradient du;
  Plane dtg;
  Differences(u, 7, 5, du);
  DifferencesTranspose(g, 7, 5, dtg);
  EXPECT_NEAR((du.x * g.x + du.y * g.y).sum(), (u * dtg).sum(), 1e-4);
}

TEST(Shrink, ShortensComponentsOrVectors) {
  Gradient v = {Plane(3), Plane(3)};
  v.x << 3, -0.5f, 0;
  v.y << -4, 0.5f, 0;
  Gradient w;
  EXPECT_NEAR(Shrink(v, 1, 1, w), 5, 1e-6);
  EXPECT_NEAR(w.x[0], 2, 1e-6);
  EXPECT_NEAR(w.y[0], -3, 1e-6);
  EXPECT_EQ(w.x[1], 0);
  EXPECT_NEAR(Shrink(v, 1, 2, w), 4, 1e-6);
  EXPECT_NEAR(w.x[0], 2.4, 1e-6);
  EXPECT_NEAR(w.y[0], -3.2, 1e-6);
  EXPECT_EQ(w.y[1], 0);
  EXPECT_EQ(w.x[2], 0);
}

}  // namespace
}  // namespace chaosense
