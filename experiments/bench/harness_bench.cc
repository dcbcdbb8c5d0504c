// What the harness itself costs: planning, running and reading back cells that compute nothing.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "core/harness/config_schema.h"
#include "core/harness/runner.h"

namespace chaosense {
namespace {

class Nothing : public Experiment {
 public:
  std::vector<Cell> Expand(const Json& config, const CellContext&) const override {
    std::vector<Cell> cells;
    for (const auto seed : config.at("seeds").get<std::vector<uint64_t>>()) {
      Cell cell;
      cell.axes.experiment = config.at("name").get<std::string>();
      cell.axes.seed = seed;
      cell.description = {{"seed", seed}, {"images", config.at("images")}};
      cells.push_back(std::move(cell));
    }
    return cells;
  }
  CellResult Run(const Cell& cell, const CellContext&) const override {
    CellResult result;
    for (int i = 0; i < 4; ++i)
      result.values.push_back(
          {fmt::format("image{}", i), "psnr", static_cast<double>(cell.axes.seed) / 7});
    return result;
  }
};

// A run folder and a config of `cells` cells: one sweep point each, or one point with many seeds.
class Fixture {
 public:
  Fixture(int64_t cells, bool swept) {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "chaosense_bench_XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    PluginInfo info;
    info.name = "nothing";
    registries_.experiments.Register(info, [](const Json&) { return std::make_unique<Nothing>(); });
    Json seeds = Json::array();
    for (int64_t i = 0; i < cells; ++i) seeds.push_back(swept ? Json::array({i}) : Json(i));
    Json config = {{"experiment", "nothing"}};
    if (swept) {
      config["sweep"]["axes"]["seeds"] = seeds;
    } else {
      config["seeds"] = seeds;
    }
    std::ofstream(folder_ / "a.json") << config.dump();
  }
  ~Fixture() { std::filesystem::remove_all(folder_); }

  Plan MakeThePlan() {
    return MakePlan(LoadExperimentConfig(folder_ / "a.json", {}, registries_.experiments),
                    registries_,
                    CellContext());
  }
  void RunAll(const Plan& plan) {
    ExecutionOptions options;
    options.folder = folder_;
    Ledger ledger(folder_);
    RunCells(plan, CellContext(), options, *MakeSerialExecutor(), ledger);
  }
  void Forget() { std::filesystem::remove(folder_ / "ledger.jsonl"); }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  Registries registries_;
};

void PerCell(benchmark::State& state) {
  state.counters["per_cell"] = benchmark::Counter(
      static_cast<double>(state.range(0)),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void BM_Plan(benchmark::State& state) {
  Fixture fixture(state.range(0), state.range(1) != 0);
  for (auto _ : state) benchmark::DoNotOptimize(fixture.MakeThePlan());
  PerCell(state);
}
BENCHMARK(BM_Plan)
    ->ArgNames({"cells", "swept"})
    ->ArgsProduct({{1000, 10000}, {0, 1}})
    ->Unit(benchmark::kMillisecond);

void BM_RunSerial(benchmark::State& state) {
  Fixture fixture(state.range(0), false);
  const Plan plan = fixture.MakeThePlan();
  for (auto _ : state) {
    fixture.RunAll(plan);
    state.PauseTiming();
    fixture.Forget();
    state.ResumeTiming();
  }
  PerCell(state);
}
BENCHMARK(BM_RunSerial)->ArgName("cells")->Arg(1000)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_ReadLedger(benchmark::State& state) {
  Fixture fixture(state.range(0), false);
  fixture.RunAll(fixture.MakeThePlan());
  for (auto _ : state) benchmark::DoNotOptimize(Ledger(fixture.folder()).Find("none"));
  PerCell(state);
}
BENCHMARK(BM_ReadLedger)->ArgName("cells")->Arg(10000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chaosense

BENCHMARK_MAIN();
