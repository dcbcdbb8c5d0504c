// Flows: dx/dt = f(x; parameters) as maps whose step is one step of the classical fourth-order
// Runge-Kutta method. A flow's file holds only its vector field:
//
//   struct Lorenz {
//     static constexpr size_t kDimension = 3;
//     static constexpr size_t kParameters = 4;  // the last is the step h, which Rate does not use
//     template <typename P, typename T>
//     static std::array<T, 3> Rate(const std::array<P, 4>& p, const std::array<T, 3>& s);
//   };
#ifndef CHAOSENSE_CORE_CHAOS_FLOW_H_
#define CHAOSENSE_CORE_CHAOS_FLOW_H_

#include <array>
#include <cstddef>
#include <utility>

#include "core/chaos/map_of.h"

namespace chaosense {

// s + h/6 (k1 + 2 k2 + 2 k3 + k4). State: an array of scalars; rate(state) is a State.
template <typename State, typename Scalar, typename Field>
State RungeKuttaStep(const State& s, const Scalar& h, const Field& rate) {
  const auto moved = [&s](const Scalar& time, const State& k) {
    State m = s;
    for (size_t i = 0; i < m.size(); ++i) m[i] = s[i] + time * k[i];
    return m;
  };
  const Scalar half = 0.5 * h;
  const Scalar sixth = h / 6.0;
  const State k1 = rate(s);
  const State k2 = rate(moved(half, k1));
  const State k3 = rate(moved(half, k2));
  const State k4 = rate(moved(h, k3));
  State next = s;
  for (size_t i = 0; i < next.size(); ++i) {
    next[i] = s[i] + sixth * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
  }
  return next;
}

template <typename Flow>
struct RungeKutta {
  static constexpr size_t kDimension = Flow::kDimension;
  static constexpr size_t kParameters = Flow::kParameters;

  template <typename P, typename T>
  static std::array<T, kDimension> Next(const std::array<P, kParameters>& p,
                                        const std::array<T, kDimension>& s) {
    return RungeKuttaStep(s, p.back(), [&p](const auto& state) { return Flow::Rate(p, state); });
  }
};

inline constexpr double kLeastFlowStep = 1e-6;

inline MapParameter FlowStepParameter(double step, double largest_step) {
  return {"h", step, kLeastFlowStep, largest_step, "Runge-Kutta step, in units of time"};
}

// Marks `info` as a flow and adds the parameter h.
template <typename Flow>
MapEntry MakeFlowEntry(MapInfo info, double step, double largest_step) {
  info.flow = true;
  info.parameters.push_back(FlowStepParameter(step, largest_step));
  return MakeMapEntry<RungeKutta<Flow>>(std::move(info));
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_FLOW_H_
