#include "core/solvers/tval3.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/signals.h"
#include "core/solvers/total_variation.h"

namespace chaosense {
namespace {

constexpr double kArmijo = 1e-5;    // c: the decrease asked for
constexpr double kBacktrack = 0.6;  // gamma
constexpr int kMaxBacktracks = 5;
constexpr double kReference = 0.9995;     // gam: how slowly the reference value forgets
constexpr double kReferenceShrink = 0.9;  // rate_gam, after a failed search

double Dot(const Plane& a, const Plane& b) { return (a * b).cast<double>().sum(); }

// Everything that depends on u. All of it is affine in u, so that the line search interpolates.
struct Point {
  Plane u;
  Gradient du;     // D u
  Plane residual;  // A u - b
  Plane fidelity;  // A'(A u - b)
};

Point Interpolate(const Point& a, const Point& b, float t) {
  const auto mix = [t](const Plane& from, const Plane& to) -> Plane {
    return from + t * (to - from);
  };
  return {mix(a.u, b.u),
          {mix(a.du.x, b.du.x), mix(a.du.y, b.du.y)},
          mix(a.residual, b.residual),
          mix(a.fidelity, b.fidelity)};
}

class Tval3Solver {
 public:
  Tval3Solver(const MeasurementOperator& op, Plane b, const Tval3Options& options)
      : op_(op),
        options_(options),
        height_(op.height()),
        width_(op.width()),
        b_(std::move(b)),
        threshold_(static_cast<float>(1 / options.beta)) {}

  // The solution in the units of b.
  Plane Run(Trace& trace);

 private:
  Point PointAt(Plane u) const {
    Point p;
    p.u = std::move(u);
    Differences(p.u, height_, width_, p.du);
    p.residual.resize(b_.size());
    op_.Apply({p.u.data(), static_cast<size_t>(p.u.size())},
              {p.residual.data(), static_cast<size_t>(p.residual.size())});
    p.residual -= b_;
    p.fidelity.resize(p.u.size());
    op_.ApplyTranspose({p.residual.data(), static_cast<size_t>(p.residual.size())},
                       {p.fidelity.data(), static_cast<size_t>(p.fidelity.size())});
    return p;
  }

  Plane Step(const Plane& u, const Plane& direction, double tau) const {
    Plane next = u - static_cast<float>(tau) * direction;
    if (options_.nonnegative) next = next.max(0.0f);
    return next;
  }

  // L at p, w and the multipliers of now.
  double Lagrangian(const Point& p) const {
    const Plane x = p.du.x - w_.x;
    const Plane y = p.du.y - w_.y;
    return sum_w_ + options_.beta / 2 * (Dot(x, x) + Dot(y, y)) +
           options_.mu / 2 * Dot(p.residual, p.residual) - Dot(s_.x, x) - Dot(s_.y, y) -
           Dot(d_, p.residual);
  }

  // w = shrink(Du - s / beta, 1 / beta)
  void UpdateW(const Point& p) {
    sum_w_ = Shrink(
        {p.du.x - threshold_ * s_.x, p.du.y - threshold_ * s_.y}, threshold_, options_.tv_norm, w_);
  }

  // The gradient of L in u without the multipliers, over beta: D'(Du - w) + mu/beta A'(Au - b).
  Plane PenaltyGradient(const Point& p) const {
    Plane gradient;
    DifferencesTranspose({p.du.x - w_.x, p.du.y - w_.y}, height_, width_, gradient);
    return gradient + static_cast<float>(options_.mu / options_.beta) * p.fidelity;
  }

  // The exact minimiser of the quadratic part of L along `direction`.
  double SteepestDescentLength(const Plane& direction) const {
    Gradient gradient;
    Differences(direction, height_, width_, gradient);
    Plane projected(b_.size());
    op_.Apply({direction.data(), static_cast<size_t>(direction.size())},
              {projected.data(), static_cast<size_t>(projected.size())});
    return Dot(direction, direction) / (Dot(gradient.x, gradient.x) + Dot(gradient.y, gradient.y) +
                                        options_.mu / options_.beta * Dot(projected, projected));
  }

  Point Search(const Point& from, const Plane& direction, double tau);
  void UpdateMultipliers(const Point& p);

  const MeasurementOperator& op_;
  const Tval3Options& options_;
  int height_;
  int width_;
  Plane b_;
  float threshold_;  // 1 / beta

  Gradient w_;
  double sum_w_ = 0;
  Gradient s_;        // multiplier of Du = w
  Plane d_;           // multiplier of Au = b
  Plane pull_;        // (D's + A'd) / beta
  double value_ = 0;  // L
  // The reference value of the nonmonotone search, a weighted mean of past values (Zhang, Hager).
  double reference_ = 0;
  double weight_ = 1;
  double forgetting_ = kReference;
};

// From `from` along -direction: tau, shortened until L is below the reference; if that fails, the
// steepest descent step. Leaves w, L and the reference value of the new point.
Point Tval3Solver::Search(const Point& from, const Plane& direction, double tau) {
  const double slope = kArmijo * options_.beta * tau * Dot(direction, direction);
  const Point full = PointAt(Step(from.u, direction, tau));
  Point next = full;
  double alpha = 1;
  value_ = Lagrangian(next);
  // Written so that a value that is not a number counts as too large.
  for (int tries = 0; !(value_ <= reference_ - alpha * slope); ++tries) {
    if (tries == kMaxBacktracks) {
      forgetting_ *= kReferenceShrink;
      next = PointAt(Step(from.u, direction, SteepestDescentLength(direction)));
      break;
    }
    alpha *= kBacktrack;
    next = Interpolate(from, full, static_cast<float>(alpha));
    value_ = Lagrangian(next);
  }
  UpdateW(next);
  value_ = Lagrangian(next);
  const double weight = forgetting_ * weight_;
  weight_ = weight + 1;
  reference_ = (weight * reference_ + value_) / weight_;
  return next;
}

void Tval3Solver::UpdateMultipliers(const Point& p) {
  const float beta = static_cast<float>(options_.beta);
  s_.x -= beta * (p.du.x - w_.x);
  s_.y -= beta * (p.du.y - w_.y);
  d_ -= static_cast<float>(options_.mu) * p.residual;
  pull_ -= PenaltyGradient(p);
  value_ = Lagrangian(p);
  reference_ = value_;
  weight_ = 1;
  forgetting_ = kReference;
}

Plane Tval3Solver::Run(Trace& trace) {
  Plane start(op_.pixels());
  op_.ApplyTranspose({b_.data(), static_cast<size_t>(b_.size())},
                     {start.data(), static_cast<size_t>(start.size())});
  s_ = {Plane::Zero(start.size()), Plane::Zero(start.size())};
  d_ = Plane::Zero(b_.size());
  pull_ = Plane::Zero(start.size());
  Point now = PointAt(std::move(start));
  UpdateW(now);
  value_ = reference_ = Lagrangian(now);
  Plane gradient = PenaltyGradient(now);
  Plane resting = now.u;  // where the multipliers last moved
  Plane step;             // of the last iteration; empty: begin with steepest descent
  Plane gradient_change;
  int multiplier_steps = 0;
  for (int i = 1; i <= options_.max_iterations; ++i) {
    if (i % 16 == 0) ThrowIfInterrupted();
    const Plane direction = gradient - pull_;
    if (!(Dot(direction, direction) > 0)) break;  // a stationary point
    const bool first = step.size() == 0;
    const double tau =
        first ? SteepestDescentLength(direction)
              : std::abs(Dot(step, step) / std::max(Dot(step, gradient_change),
                                                    std::numeric_limits<double>::epsilon()));
    Point next = Search(now, direction, tau);
    if (!std::isfinite(value_) || !next.u.allFinite()) {
      trace.note = fmt::format("not finite in iteration {}; the iterate before is kept", i);
      break;
    }
    step = next.u - now.u;
    Plane next_gradient = PenaltyGradient(next);
    gradient_change = next_gradient - gradient;
    gradient = std::move(next_gradient);
    const double norm = std::max(std::sqrt(Dot(now.u, now.u)), std::numeric_limits<double>::min());
    now = std::move(next);
    const double change = std::sqrt(Dot(step, step)) / norm;
    trace.iterations.push_back({i, value_, std::sqrt(Dot(now.residual, now.residual)), change});
    if (change >= options_.inner_tolerance || first) continue;
    const Plane moved = now.u - resting;
    if (std::sqrt(Dot(moved, moved)) / norm < options_.tolerance ||
        ++multiplier_steps >= options_.max_multiplier_steps) {
      break;
    }
    resting = now.u;
    UpdateMultipliers(now);
    step.resize(0);
  }
  return now.u;
}

// The factor that brings the measurements' range into [0.5, 1.5].
double Scale(std::span<const float> y, size_t means) {
  const std::span<const float> rest = y.size() > means ? y.subspan(means) : y;
  const auto [low, high] = std::minmax_element(rest.begin(), rest.end());
  const double range = static_cast<double>(*high) - *low;
  if (range > 1.5) return 1.5 / range;
  if (range >= 0.5) return 1;
  return range > 0 ? 0.5 / range : 1;
}

}  // namespace

Tval3Options Tval3ImageOptions() {
  Tval3Options options;
  options.tolerance = 1e-6;
  options.inner_tolerance = 1e-4;
  options.max_iterations = 1025;
  options.max_multiplier_steps = 50;
  options.tv_norm = 2;
  return options;
}

std::vector<float> SolveTval3(const MeasurementOperator& op,
                              std::span<const float> y,
                              const Tval3Options& options,
                              Trace& trace) {
  CHAOSENSE_CHECK(static_cast<int64_t>(y.size()) == op.measurements());
  const double scale = Scale(y, op.mean_groups().size());
  const Plane b = Eigen::Map<const Plane>(y.data(), static_cast<Eigen::Index>(y.size())) *
                  static_cast<float>(scale);
  Plane u = Tval3Solver(op, b, options).Run(trace);
  u *= static_cast<float>(1 / scale);
  for (Iteration& one : trace.iterations) one.residual /= scale;
  return {u.begin(), u.end()};
}

}  // namespace chaosense
