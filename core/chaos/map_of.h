// MapOf makes a ChaoticMap of a formula:
//
//   struct Henon {
//     static constexpr size_t kDimension = 2;
//     static constexpr size_t kParameters = 2;
//     template <typename P, typename T>
//     static std::array<T, 2> Next(const std::array<P, 2>& p, const std::array<T, 2>& s) {
//       const auto& [a, b] = p;  // in the order of MapInfo::parameters
//       const auto& [x, y] = s;
//       return {1.0 - a * x * x + y, b * x};
//     }
//   };
//
// P is double for orbits and Jacobians, else T. The order of operations is part of the map: another
// one rounds differently and gives another orbit.
#ifndef CHAOSENSE_CORE_CHAOS_MAP_OF_H_
#define CHAOSENSE_CORE_CHAOS_MAP_OF_H_

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "core/chaos/map.h"
#include "core/chaos/scalars.h"

namespace chaosense {

inline constexpr size_t kSweepWidth = 8;  // lanes stepped together

template <typename Formula>
class SweepOf final : public MapSweep {
 public:
  SweepOf(size_t lanes, std::span<const double> values)
      : lanes_(lanes), parameters_((lanes + kSweepWidth - 1) / kSweepWidth) {
    for (size_t block = 0; block < parameters_.size(); ++block) {
      const double* row = values.data();
      for (Block& parameter : parameters_[block]) {
        Load(row, block, parameter);
        row += lanes;
      }
    }
  }
  size_t lanes() const override { return lanes_; }

  void Advance(std::span<double> states, int64_t steps) const override {
    for (size_t block = 0; block < parameters_.size(); ++block) {
      std::array<Block, kN> x;
      for (size_t i = 0; i < kN; ++i) Load(states.data() + i * lanes_, block, x[i]);
      for (int64_t step = 0; step < steps; ++step) x = Formula::Next(parameters_[block], x);
      for (size_t i = 0; i < kN; ++i) Store(x[i], block, states.data() + i * lanes_);
    }
  }

 private:
  using Block = Lanes<kSweepWidth>;
  static constexpr size_t kN = Formula::kDimension;

  // The last block may be short: its idle lanes repeat its last one.
  void Load(const double* row, size_t block, Block& lanes) const {
    const size_t first = block * kSweepWidth;
    if (first + kSweepWidth <= lanes_) return lanes.Load(row + first);
    for (size_t l = 0; l < kSweepWidth; ++l) lanes.Set(l, row[std::min(first + l, lanes_ - 1)]);
  }
  void Store(const Block& lanes, size_t block, double* row) const {
    const size_t first = block * kSweepWidth;
    if (first + kSweepWidth <= lanes_) return lanes.Store(row + first);
    for (size_t l = 0; first + l < lanes_; ++l) row[first + l] = lanes[l];
  }

  size_t lanes_;
  std::vector<std::array<Block, Formula::kParameters>> parameters_;
};

template <typename Formula>
class MapOf final : public ChaoticMap {
 public:
  MapOf(std::shared_ptr<const MapInfo> info, const MapValues& values) : info_(std::move(info)) {
    size_t k = 0;
    for (double& parameter : parameters_) parameter = values.at(info_->parameters[k++].name);
  }
  const MapInfo& info() const override { return *info_; }
  std::span<const double> parameters() const override { return parameters_; }

  void Step(std::span<double> state) const override {
    std::array<double, kN> x;
    for (size_t i = 0; i < kN; ++i) x[i] = state[i];
    x = Formula::Next(parameters_, x);
    for (size_t i = 0; i < kN; ++i) state[i] = x[i];
  }

  void StepWithJacobian(std::span<double> state, std::span<double> jacobian) const override {
    std::array<Dual<kN>, kN> x;
    for (size_t i = 0; i < kN; ++i) x[i] = Dual<kN>::Variable(state[i], i);
    x = Formula::Next(parameters_, x);
    for (size_t i = 0; i < kN; ++i) {
      state[i] = x[i].value;
      for (size_t j = 0; j < kN; ++j) jacobian[i * kN + j] = x[i].slope[j];
    }
  }

  void AdvanceIn(const NumberFormat& format,
                 std::span<double> state,
                 int64_t steps) const override {
    std::array<Reduced, kK> parameters;
    std::transform(parameters_.begin(), parameters_.end(), parameters.begin(), [&](double value) {
      return Reduced(value, format);
    });
    std::array<Reduced, kN> x;
    for (size_t i = 0; i < kN; ++i) x[i] = Reduced(state[i], format);
    for (int64_t step = 0; step < steps; ++step) {
      x = Formula::Next(parameters, x);
      for (Reduced& value : x) value = Reduced(value.value(), format);  // a constant may come out
    }
    for (size_t i = 0; i < kN; ++i) state[i] = x[i].value();
  }

  std::unique_ptr<MapSweep> MakeSweep(size_t lanes, std::span<const double> values) const override {
    return std::make_unique<SweepOf<Formula>>(lanes, values);
  }

 private:
  static constexpr size_t kN = Formula::kDimension;
  static constexpr size_t kK = Formula::kParameters;
  std::shared_ptr<const MapInfo> info_;
  std::array<double, kK> parameters_;
};

template <typename Formula>
MapEntry MakeMapEntry(MapInfo info) {
  const auto shared = std::make_shared<const MapInfo>(info);
  return {std::move(info), [shared](const MapValues& values) {
            return std::make_unique<MapOf<Formula>>(shared, values);
          }};
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_MAP_OF_H_
