#include "core/solvers/total_variation.h"

#include "core/base/error.h"

namespace chaosense {

void Differences(const Plane& u, int height, int width, Gradient& gradient) {
  const Eigen::Index n = u.size();
  CHAOSENSE_CHECK(n == Eigen::Index{height} * width);
  gradient.x.resize(n);
  gradient.y.resize(n);
  gradient.x.head(n - 1) = u.tail(n - 1) - u.head(n - 1);
  for (Eigen::Index row = 0; row < n; row += width) {
    gradient.x[row + width - 1] = u[row] - u[row + width - 1];
  }
  gradient.y.head(n - width) = u.tail(n - width) - u.head(n - width);
  gradient.y.tail(width) = u.head(width) - u.tail(width);
}

void DifferencesTranspose(const Gradient& gradient, int height, int width, Plane& u) {
  const Plane& x = gradient.x;
  const Plane& y = gradient.y;
  const Eigen::Index n = x.size();
  CHAOSENSE_CHECK(n == Eigen::Index{height} * width && y.size() == n);
  u.resize(n);
  u.tail(n - 1) = x.head(n - 1) - x.tail(n - 1);
  for (Eigen::Index row = 0; row < n; row += width) u[row] = x[row + width - 1] - x[row];
  u.tail(n - width) += y.head(n - width) - y.tail(n - width);
  u.head(width) += y.tail(width) - y.head(width);
}

double Shrink(const Gradient& v, float t, int tv_norm, Gradient& w) {
  CHAOSENSE_CHECK(tv_norm == 1 || tv_norm == 2);
  if (tv_norm == 1) {
    w.x = v.x - v.x.min(t).max(-t);
    w.y = v.y - v.y.min(t).max(-t);
    return (w.x.abs() + w.y.abs()).cast<double>().sum();
  }
  const Plane length = (v.x.square() + v.y.square()).sqrt();
  // 0 where the length is at most t, also where it is 0.
  const Plane factor = (length - t).max(0.0f) / length.max(t);
  w.x = factor * v.x;
  w.y = factor * v.y;
  return (factor * length).cast<double>().sum();
}

}  // namespace chaosense
