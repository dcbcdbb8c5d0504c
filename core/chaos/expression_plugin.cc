#include "core/chaos/expression_plugin.h"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <utility>

#include "core/chaos/expression_machine.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

constexpr size_t kWidth = 32;       // lanes stepped together: more than compiled maps, so that
                                    // decoding an instruction weighs little
constexpr size_t kDerivatives = 4;  // columns of the Jacobian a pass computes

struct Compiled {
  MapInfo info;
  Program program;
};

template <typename T>
using State = boost::container::small_vector<T, 4>;

// Steps states of any scalar; the parameters (h too) are set once.
template <typename T>
class Stepper {
 public:
  explicit Stepper(const Compiled& map) : map_(map), machine_(map.program) {}

  void SetParameter(size_t index, const T& value) {
    if (index == map_.program.parameters) {
      h_ = value;
    } else {
      machine_.parameter(index) = value;
    }
  }

  void Step(State<T>& state) {
    if (map_.info.flow) {
      state = RungeKuttaStep(state, h_, [this](const State<T>& at) {
        State<T> rates(at);
        Evaluate(rates);
        return rates;
      });
    } else {
      Evaluate(state);
    }
  }

 private:
  void Evaluate(State<T>& state) {
    for (size_t i = 0; i < state.size(); ++i) machine_.variable(i) = state[i];
    machine_.Run();
    for (size_t i = 0; i < state.size(); ++i) state[i] = machine_.result(i);
  }

  const Compiled& map_;
  ExpressionMachine<T> machine_;
  T h_{};
};

class ExpressionSweep final : public MapSweep {
 public:
  ExpressionSweep(std::shared_ptr<const Compiled> map, size_t lanes, std::span<const double> values)
      : map_(std::move(map)), lanes_(lanes), values_(values.begin(), values.end()) {}
  size_t lanes() const override { return lanes_; }

  void Advance(std::span<double> states, int64_t steps) const override {
    const size_t n = map_->info.state.size();
    Stepper<Lanes<kWidth>> stepper(*map_);
    State<Lanes<kWidth>> x(n);
    for (size_t first = 0; first < lanes_; first += kWidth) {
      const size_t count = std::min(kWidth, lanes_ - first);
      for (size_t k = 0; k < map_->info.parameters.size(); ++k) {
        stepper.SetParameter(k, Load(values_.data() + k * lanes_ + first, count));
      }
      for (size_t i = 0; i < n; ++i) x[i] = Load(states.data() + i * lanes_ + first, count);
      for (int64_t step = 0; step < steps; ++step) stepper.Step(x);
      for (size_t i = 0; i < n; ++i) {
        for (size_t l = 0; l < count; ++l) states[i * lanes_ + first + l] = x[i][l];
      }
    }
  }

 private:
  // Idle lanes repeat the last one.
  static Lanes<kWidth> Load(const double* values, size_t count) {
    Lanes<kWidth> lanes;
    if (count == kWidth) {
      lanes.Load(values);
    } else {
      for (size_t l = 0; l < kWidth; ++l) lanes.Set(l, values[std::min(l, count - 1)]);
    }
    return lanes;
  }

  std::shared_ptr<const Compiled> map_;
  size_t lanes_;
  std::vector<double> values_;
};

class ExpressionMap final : public ChaoticMap {
 public:
  ExpressionMap(std::shared_ptr<const Compiled> map, const MapValues& values)
      : map_(std::move(map)) {
    for (const MapParameter& parameter : map_->info.parameters) {
      parameters_.push_back(values.at(parameter.name));
    }
  }
  const MapInfo& info() const override { return map_->info; }
  std::span<const double> parameters() const override { return parameters_; }

  void Step(std::span<double> state) const override {
    Stepper<double> stepper(*map_);
    for (size_t k = 0; k < parameters_.size(); ++k) stepper.SetParameter(k, parameters_[k]);
    State<double> x(state.begin(), state.end());
    stepper.Step(x);
    std::copy(x.begin(), x.end(), state.begin());
  }

  void StepWithJacobian(std::span<double> state, std::span<double> jacobian) const override {
    const size_t n = state.size();
    Stepper<Dual<kDerivatives>> stepper(*map_);
    for (size_t k = 0; k < parameters_.size(); ++k) stepper.SetParameter(k, parameters_[k]);
    State<Dual<kDerivatives>> x(n);
    for (size_t first = 0; first < n; first += kDerivatives) {
      for (size_t i = 0; i < n; ++i) {
        x[i] = Dual<kDerivatives>(state[i]);
        if (i >= first && i < first + kDerivatives) x[i].slope[i - first] = 1;
      }
      stepper.Step(x);
      for (size_t i = 0; i < n; ++i) {
        for (size_t j = first; j < std::min(n, first + kDerivatives); ++j) {
          jacobian[i * n + j] = x[i].slope[j - first];
        }
      }
    }
    for (size_t i = 0; i < n; ++i) state[i] = x[i].value;
  }

  void AdvanceIn(const NumberFormat& format,
                 std::span<double> state,
                 int64_t steps) const override {
    Stepper<Reduced> stepper(*map_);
    for (size_t k = 0; k < parameters_.size(); ++k) {
      stepper.SetParameter(k, Reduced(parameters_[k], format));
    }
    State<Reduced> x;
    for (const double value : state) x.push_back(Reduced(value, format));
    for (int64_t step = 0; step < steps; ++step) {
      stepper.Step(x);
      for (Reduced& value : x) value = Reduced(value.value(), format);  // a constant may come out
    }
    std::transform(
        x.begin(), x.end(), state.begin(), [](const Reduced& value) { return value.value(); });
  }

  std::unique_ptr<MapSweep> MakeSweep(size_t lanes, std::span<const double> values) const override {
    return std::make_unique<ExpressionSweep>(map_, lanes, values);
  }

 private:
  std::shared_ptr<const Compiled> map_;
  std::vector<double> parameters_;
};

}  // namespace

MapEntry MakeExpressionEntry(MapInfo info, Program program) {
  const auto map = std::make_shared<const Compiled>(Compiled{info, std::move(program)});
  return {std::move(info),
          [map](const MapValues& values) { return std::make_unique<ExpressionMap>(map, values); }};
}

}  // namespace chaosense
