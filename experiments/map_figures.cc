#include "experiments/map_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/analysis/density.h"
#include "core/analysis/orbit.h"
#include "core/analysis/sensitivity.h"
#include "plotting/heat_map.h"
#include "plotting/plot.h"

namespace chaosense {
namespace {

constexpr int64_t kTransient = 2000;

// The parameters at hand but for one, for titles: "2d_slmm, beta = 3".
std::string Title(const MapFamily& family, const std::string& without = "") {
  std::string text = family.info().name;
  for (const auto& [name, value] : family.values()) {
    if (name != without) text += fmt::format(", {} = {:g}", name, value);
  }
  return text;
}

struct Extent {
  double low = 0;
  double high = 1;
};

// Of the finite values, with a margin; the fallback if there are none.
Extent ExtentOf(const std::vector<double>& values) {
  double low = 0;
  double high = 0;
  bool any = false;
  for (const double value : values) {
    if (!(std::fabs(value) <= kEscapeRadius)) continue;
    low = any ? std::min(low, value) : value;
    high = any ? std::max(high, value) : value;
    any = true;
  }
  if (!any) return {};
  const double margin = std::max(0.02 * (high - low), 1e-9 * (1 + std::fabs(high)));
  return {low - margin, high + margin};
}

}  // namespace

Drawing BifurcationDrawing(const MapFamily& family,
                           const SweepRange& range,
                           const std::string& prefix,
                           uint64_t seed,
                           int threads) {
  constexpr int64_t kKept = 300;
  const auto columns = BifurcationDiagram(family, range, kTransient / 2, kKept, 0, seed, threads);
  std::vector<double> all;
  for (const auto& column : columns) all.insert(all.end(), column.begin(), column.end());
  const Extent extent = ExtentOf(all);
  const auto width = static_cast<size_t>(std::min<int64_t>(range.count, 600));
  HeatMap picture(width, 400, range.low, range.high, extent.low, extent.high);
  picture.id = prefix + "_bifurcation";
  picture.title = "Bifurcation diagram: " + Title(family, range.parameter);
  picture.x_title = range.parameter;
  picture.y_title = family.info().state[0].name;
  for (int64_t i = 0; i < range.count; ++i) {
    for (const double value : columns[static_cast<size_t>(i)]) picture.Add(range.At(i), value);
  }
  return picture.Draw();
}

Drawing ExponentsDrawing(const MapFamily& family,
                         const SweepRange& range,
                         const std::string& prefix,
                         uint64_t seed,
                         int threads) {
  constexpr int64_t kSteps = 2000;
  const auto exponents = ExponentsAlong(family, range, 500, kSteps, seed, threads);
  PlotModel plot{prefix + "_lyapunov",
                 "Lyapunov exponents: " + Title(family, range.parameter),
                 range.parameter,
                 family.info().flow ? "exponent (nat per unit of time)" : "exponent (nat per step)",
                 true,
                 {}};
  for (size_t k = 0; k < family.info().state.size(); ++k) {
    PlotSeries series{fmt::format("exponent {}", k + 1), PlotStyle::kLine, {}};
    for (int64_t i = 0; i < range.count; ++i) {
      const double value = exponents[static_cast<size_t>(i)][k];
      if (std::isfinite(value)) series.points.push_back({range.At(i), value});
    }
    plot.series.push_back(std::move(series));
  }
  return DrawPlot(plot);
}

Drawing PortraitDrawing(const MapFamily& family, const std::string& prefix, uint64_t seed) {
  constexpr int64_t kPoints = 200000;
  const auto map = family.Make();
  std::vector<double> state = StartState(*map, seed);
  const size_t n = map->dimension();
  const std::vector<double> points = Trajectory(*map, state, kTransient, kPoints);
  std::vector<double> x;
  std::vector<double> y;
  for (size_t i = 0; i + n < points.size(); i += n) {
    x.push_back(points[i]);
    y.push_back(points[i + 1]);  // of a one-dimensional map, the next value
  }
  const Extent wide = ExtentOf(x);
  const Extent high = ExtentOf(y);
  HeatMap picture(500, 400, wide.low, wide.high, high.low, high.high);
  picture.id = prefix + "_portrait";
  picture.title = "Phase portrait: " + Title(family);
  const std::string& first = family.info().state[0].name;
  picture.x_title = first;
  picture.y_title = n > 1 ? family.info().state[1].name : "next " + first;
  for (size_t i = 0; i < x.size(); ++i) picture.Add(x[i], y[i]);
  return picture.Draw();
}

Drawing DensityDrawing(const MapFamily& family, const std::string& prefix, uint64_t seed) {
  constexpr int64_t kPoints = 500000;
  const auto map = family.Make();
  std::vector<double> state = StartState(*map, seed);
  const std::vector<double> series = Series(*map, state, kTransient, kPoints);
  const MapVariable& first = family.info().state[0];
  const Density density = MeasureDensity(series, 256, first.low, first.high);
  PlotModel plot{prefix + "_density",
                 "Invariant density: " + Title(family),
                 first.name,
                 "probability density",
                 false,
                 {}};
  PlotSeries steps{"density", PlotStyle::kSteps, {}};
  for (size_t bin = 0; bin < density.counts.size() && density.total() > 0; ++bin) {
    steps.points.push_back(
        {first.low + (static_cast<double>(bin) + 0.5) * density.BinWidth(), density.At(bin)});
  }
  plot.series.push_back(std::move(steps));
  return DrawPlot(plot);
}

Drawing SensitivityDrawing(const MapFamily& family, const std::string& prefix, uint64_t seed) {
  const auto map = family.Make();
  const SensitivityOptions options = SensitivityOptionsFor(*map, seed);
  const Sensitivity sensitivity = MeasureSensitivity(*map, options);
  PlotModel plot{prefix + "_sensitivity",
                 "Neighbouring orbits: " + Title(family),
                 map->is_flow() ? "time" : "steps",
                 "distance / width of the domain (log10)",
                 false,
                 {}};
  PlotSeries series{fmt::format("mean of {} pairs", options.pairs), PlotStyle::kLine, {}};
  // Past the growth there is nothing to see: as long again as it took.
  const std::vector<double>& logs = sensitivity.mean_log_distance;
  const double last = *std::max_element(logs.begin(), logs.end());
  size_t grown = 0;
  while (grown + 1 < logs.size() && logs[grown] < last - std::log(4.0)) ++grown;
  const size_t shown = std::min(logs.size(), 2 * grown + 10);
  const size_t every = std::max<size_t>(1, shown / 1000);
  for (size_t step = 0; step < shown; step += every) {
    if (!std::isfinite(logs[step])) continue;  // every pair escaped
    series.points.push_back(
        {static_cast<double>(step) * map->time_step(), logs[step] / std::log(10.0)});
  }
  plot.series.push_back(std::move(series));
  return DrawPlot(plot);
}

}  // namespace chaosense
