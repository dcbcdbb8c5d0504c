// Chaotic maps: x' = f(x; parameters). A map is a formula templated on the scalar (double for
// orbits, Dual for Jacobians) and a description; MapOf turns it into a plug-in. This header knows
// no JSON, so that keystream code stays small; map_registry.h makes the plug-in registry of it.
#ifndef CHAOSENSE_CORE_CHAOS_MAP_H_
#define CHAOSENSE_CORE_CHAOS_MAP_H_

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/chaos/dual.h"

namespace chaosense {

struct MapParameter {
  std::string name;
  double fallback;  // the default
  double minimum;
  double maximum;
  std::string note;  // where it is chaotic
};

struct MapVariable {
  std::string name;
  double low;  // the domain: orbits that start inside stay inside, unless the description says
               // otherwise
  double high;
  double initial;
};

struct MapInfo {
  std::string name;  // as in JSON
  std::string summary;
  std::string equation;
  std::string source;
  std::vector<MapParameter> parameters;
  std::vector<MapVariable> state;
  int revision = 1;
};

using MapValues =
    std::map<std::string, double>;  // parameter name -> value; all parameters present, in range

// Immutable; safe to use from many threads.
class ChaoticMap {
 public:
  virtual ~ChaoticMap() = default;
  virtual const MapInfo& info() const = 0;

  size_t dimension() const { return info().state.size(); }
  std::vector<double> InitialState() const {
    std::vector<double> state;
    for (const MapVariable& variable : info().state) state.push_back(variable.initial);
    return state;
  }

  // Advances `state` (dimension() values) by one step.
  virtual void Step(std::span<double> state) const = 0;
  // The same, and the derivative of new state i by old state j in jacobian[i * dimension() + j].
  virtual void StepWithJacobian(std::span<double> state, std::span<double> jacobian) const = 0;
};

// What a map's file hands to the registry.
struct MapEntry {
  MapInfo info;
  std::function<std::unique_ptr<ChaoticMap>(const MapValues&)> make;
};

// Formula: `static constexpr size_t kDimension`, a constructor from MapValues, and
// `template <typename T> std::array<T, kDimension> Next(const std::array<T, kDimension>&) const`.
template <typename Formula>
class MapOf final : public ChaoticMap {
 public:
  MapOf(MapInfo info, const MapValues& values) : info_(std::move(info)), formula_(values) {}
  const MapInfo& info() const override { return info_; }

  void Step(std::span<double> state) const override {
    std::array<double, kN> x;
    for (size_t i = 0; i < kN; ++i) x[i] = state[i];
    x = formula_.Next(x);
    for (size_t i = 0; i < kN; ++i) state[i] = x[i];
  }

  void StepWithJacobian(std::span<double> state, std::span<double> jacobian) const override {
    std::array<Dual<kN>, kN> x;
    for (size_t i = 0; i < kN; ++i) x[i] = Dual<kN>::Variable(state[i], i);
    x = formula_.Next(x);
    for (size_t i = 0; i < kN; ++i) {
      state[i] = x[i].value;
      for (size_t j = 0; j < kN; ++j) jacobian[i * kN + j] = x[i].slope[j];
    }
  }

 private:
  static constexpr size_t kN = Formula::kDimension;
  MapInfo info_;
  Formula formula_;
};

template <typename Formula>
MapEntry MakeMapEntry(MapInfo info) {
  MapEntry entry;
  entry.make = [info](const MapValues& values) {
    return std::make_unique<MapOf<Formula>>(info, values);
  };
  entry.info = std::move(info);
  return entry;
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_MAP_H_
