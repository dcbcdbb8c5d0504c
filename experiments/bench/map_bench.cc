// Speed of maps: steps of one orbit, and sweeps of 1024 lanes (each with its own parameter),
// compiled and from the formulas of configs/maps. The sweeps are timed in turn in one run; `ratio`
// is formula over compiled. Measures; asserts nothing.
#include <benchmark/benchmark.h>

#include <chrono>
#include <filesystem>

#include "core/chaos/map_choice.h"

namespace chaosense {
namespace {

constexpr size_t kLanes = 1024;
constexpr int64_t kSteps = 200;

struct Case {
  const char* name;
  const char* swept;  // its parameter
  double low;
  double high;
};
constexpr Case kCases[] = {{"logistic", "r", 3.6, 4.0},
                           {"tent", "mu", 1.5, 2.0},
                           {"henon", "a", 1.0, 1.4},
                           {"ikeda", "u", 0.7, 0.9},
                           {"lorenz", "rho", 20, 40}};

std::unique_ptr<ChaoticMap> Make(const std::string& name, bool formula) {
  MapRegistry registry("map");
  RegisterBuiltinMaps(registry);
  const Json choice = formula ? Json{{"file", name + ".json"}} : Json(name);
  return MakeMap(choice, registry, CHAOSENSE_SOURCE_DIR "/configs/maps", "bench");
}

void Step(benchmark::State& state, const char* name, bool formula) {
  const auto map = Make(name, formula);
  std::vector<double> orbit = map->InitialState();
  for (auto _ : state) {
    map->Step(orbit);
    benchmark::DoNotOptimize(orbit.data());
  }
  state.SetItemsProcessed(state.iterations());
}

void Sweep(benchmark::State& state, const Case& which) {
  std::vector<double> values;
  for (size_t l = 0; l < kLanes; ++l) {
    values.push_back(which.low + (which.high - which.low) * static_cast<double>(l) / kLanes);
  }
  using Clock = std::chrono::steady_clock;
  double seconds[2] = {0, 0};
  std::unique_ptr<MapSweep> sweeps[2];
  std::vector<double> states[2];
  for (const bool formula : {false, true}) {
    const auto map = Make(which.name, formula);
    sweeps[formula] = map->SweepOver(which.swept, values);
    for (const double start : map->InitialState()) {
      states[formula].insert(states[formula].end(), kLanes, start);
    }
  }
  for (auto _ : state) {
    for (const bool formula : {false, true}) {
      const auto start = Clock::now();
      sweeps[formula]->Advance(states[formula], kSteps);
      seconds[formula] += std::chrono::duration<double>(Clock::now() - start).count();
    }
  }
  if (states[0] != states[1]) state.SkipWithError("formula and compiled map differ");
  const double steps = static_cast<double>(state.iterations()) * kLanes * kSteps;
  state.counters["compiled_ns"] = seconds[0] / steps * 1e9;
  state.counters["formula_ns"] = seconds[1] / steps * 1e9;
  state.counters["ratio"] = seconds[1] / seconds[0];
}

[[maybe_unused]] const bool kRegistered = [] {
  for (const Case& which : kCases) {
    const std::string name = which.name;
    benchmark::RegisterBenchmark(("Sweep/" + name).c_str(),
                                 [which](benchmark::State& state) { Sweep(state, which); });
    for (const bool formula : {false, true}) {
      benchmark::RegisterBenchmark(
          ("Step/" + name + (formula ? "/formula" : "/compiled")).c_str(),
          [which, formula](benchmark::State& state) { Step(state, which.name, formula); });
    }
  }
  return true;
}();

}  // namespace
}  // namespace chaosense

BENCHMARK_MAIN();
