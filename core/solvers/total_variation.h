// The pieces of total-variation minimisation on a plane: periodic forward differences, their
// adjoint, shrinkage.
#ifndef CHAOSENSE_CORE_SOLVERS_TOTAL_VARIATION_H_
#define CHAOSENSE_CORE_SOLVERS_TOTAL_VARIATION_H_

#include <Eigen/Core>

namespace chaosense {

using Plane = Eigen::ArrayXf;  // height * width values, rows first

// The two components of a gradient field.
struct Gradient {
  Plane x;  // along a row
  Plane y;  // along a column
};

// u(r, c + 1) - u(r, c) and u(r + 1, c) - u(r, c), the last ones wrapping around.
void Differences(const Plane& u, int height, int width, Gradient& gradient);

// The adjoint: the negative divergence.
void DifferencesTranspose(const Gradient& gradient, int height, int width, Plane& u);

// Minimiser of |w| + 1 / (2 t) |w - v|^2. Anisotropic (tv_norm 1): both components by themselves;
// isotropic (tv_norm 2): the length of each vector. Returns the sum of |w|.
double Shrink(const Gradient& v, float t, int tv_norm, Gradient& w);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_TOTAL_VARIATION_H_
