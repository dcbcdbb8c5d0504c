#include "tests/unit/chaos/lyapunov.h"

#include <cmath>
#include <utility>

namespace chaosense {

std::vector<double> LyapunovExponents(const ChaoticMap& map,
                                      int steps,
                                      std::vector<double> initial) {
  const size_t n = map.dimension();
  std::vector<double> state = initial.empty() ? map.InitialState() : std::move(initial);
  std::vector<double> jacobian(n * n);
  std::vector<std::vector<double>> basis(n, std::vector<double>(n, 0.0));
  for (size_t i = 0; i < n; ++i) basis[i][i] = 1;
  std::vector<double> sum(n, 0.0);
  const int transient = steps / 10;
  for (int step = 0; step < steps + transient; ++step) {
    map.StepWithJacobian(state, jacobian);
    for (size_t k = 0; k < n; ++k) {
      std::vector<double> moved(n, 0.0);
      for (size_t i = 0; i < n; ++i) {
        for (size_t j = 0; j < n; ++j) moved[i] += jacobian[i * n + j] * basis[k][j];
      }
      for (size_t earlier = 0; earlier < k; ++earlier) {
        double product = 0;
        for (size_t i = 0; i < n; ++i) product += moved[i] * basis[earlier][i];
        for (size_t i = 0; i < n; ++i) moved[i] -= product * basis[earlier][i];
      }
      double norm = 0;
      for (const double value : moved) norm += value * value;
      norm = std::sqrt(norm);
      for (size_t i = 0; i < n; ++i) basis[k][i] = moved[i] / norm;
      if (step >= transient) sum[k] += std::log(norm);
    }
  }
  for (double& value : sum) value /= steps * map.time_step();
  return sum;
}

}  // namespace chaosense
