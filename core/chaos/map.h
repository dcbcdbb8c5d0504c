// Chaotic maps: x' = f(x; parameters). A map is a formula templated on the scalar (scalars.h) and a
// description; MapOf (map_of.h) makes a plug-in of the two, flow.h a map of a differential
// equation, expression_map.h one of a JSON file. This header knows no JSON, so that keystream code
// stays small; map_registry.h makes the plug-in registry of it.
#ifndef CHAOSENSE_CORE_CHAOS_MAP_H_
#define CHAOSENSE_CORE_CHAOS_MAP_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/chaos/number_format.h"

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
               // otherwise; the orbit from `initial` at the default parameters always does
  double high;
  double initial;
};

using MapValues =
    std::map<std::string, double>;  // parameter name -> value; all parameters present, in range

// Lyapunov exponents known from elsewhere, for tests and for the reader of an analysis.
struct KnownExponents {
  MapValues parameters = {};   // those that are not at their default
  std::vector<double> values;  // nats per step, of flows nats per unit of time; largest first
  double tolerance;            // what an estimate over 10^5 .. 10^6 steps should keep
  std::string source;
  std::vector<double> initial = {};  // empty: InitialState()
};

struct MapInfo {
  std::string name;  // as in JSON
  std::string summary;
  std::string equation;
  std::string source;
  std::vector<MapParameter> parameters = {};
  std::vector<MapVariable> state;
  // Empty if orbits that start in the box of `state` stay in it, at every allowed parameter value;
  // else what does hold.
  std::string domain_note = {};
  std::vector<KnownExponents> exponents = {};
  // A flow is a differential equation; a step is one Runge-Kutta step of its parameter `h`.
  bool flow = false;
  // JSON text of an expression map's "extractor" (how bytes are taken from its orbit), or "".
  std::string extractor = {};
  int revision = 1;
};

// Many orbits of one map at once, each in a lane and with parameter values of its own. Immutable.
// States are structures of arrays: variable i of lane l is states[i * lanes() + l].
class MapSweep {
 public:
  virtual ~MapSweep() = default;
  virtual size_t lanes() const = 0;
  // `steps` steps of every lane, each the same bits as ChaoticMap::Step with the lane's parameters.
  virtual void Advance(std::span<double> states, int64_t steps) const = 0;
  void Step(std::span<double> states) const { Advance(states, 1); }
};

// Immutable; safe to use from many threads.
class ChaoticMap {
 public:
  virtual ~ChaoticMap() = default;
  virtual const MapInfo& info() const = 0;
  // This map's values, in the order of info().parameters.
  virtual std::span<const double> parameters() const = 0;

  size_t dimension() const { return info().state.size(); }
  std::vector<double> InitialState() const;
  bool is_flow() const { return info().flow; }
  // Time that a step takes: `h` of flows, 1 of maps. Rates per step divided by it are per time.
  double time_step() const;
  // The place of a parameter in info().parameters. Throws Error(kConfig) for an unknown name.
  size_t ParameterIndex(const std::string& name) const;

  // Advances `state` (dimension() values) by one step.
  virtual void Step(std::span<double> state) const = 0;
  // The same, and the derivative of new state i by old state j in jacobian[i * dimension() + j].
  virtual void StepWithJacobian(std::span<double> state, std::span<double> jacobian) const = 0;

  // `steps` steps with parameters, state and every operation rounded to `format`. With float64 the
  // bits are Step's.
  virtual void AdvanceIn(const NumberFormat& format,
                         std::span<double> state,
                         int64_t steps) const = 0;
  void StepIn(const NumberFormat& format, std::span<double> state) const {
    AdvanceIn(format, state, 1);
  }

  // A sweep of this map: parameter k of lane l is values[k * lanes + l], all parameters in the
  // order of info().parameters. Ranges are not checked.
  virtual std::unique_ptr<MapSweep> MakeSweep(size_t lanes,
                                              std::span<const double> values) const = 0;
  // One lane for each value of one parameter; the others are this map's.
  std::unique_ptr<MapSweep> SweepOver(const std::string& parameter,
                                      std::span<const double> values) const;
  // `lanes` orbits at this map's parameters.
  std::unique_ptr<MapSweep> SweepOfStates(size_t lanes) const;
};

// What a map's file hands to the registry.
struct MapEntry {
  MapInfo info;
  std::function<std::unique_ptr<ChaoticMap>(const MapValues&)> make;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_MAP_H_
