#include "core/analysis/sweep.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/analysis/lyapunov.h"
#include "core/analysis/orbit.h"
#include "core/analysis/parallel.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

double NumberIn(const std::string& text, const std::string& where) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    throw ConfigError("{}: \"{}\" is not a number", where, text);
  return value;
}

}  // namespace

double SweepRange::At(int64_t i) const {
  if (i == count - 1) return high;
  return low + (high - low) * static_cast<double>(i) / static_cast<double>(count - 1);
}

SweepRange ParseSweepRange(const std::string& text, const std::string& where) {
  const size_t equals = text.find('=');
  std::vector<std::string> parts;
  if (equals != std::string::npos && equals > 0) {
    for (size_t at = equals + 1; at <= text.size();) {
      const size_t colon = std::min(text.find(':', at), text.size());
      parts.push_back(text.substr(at, colon - at));
      at = colon + 1;
    }
  }
  if (parts.size() != 2 && parts.size() != 3)
    throw ConfigError("{}: \"{}\", expected PARAMETER=LOW:HIGH[:COUNT]", where, text);
  SweepRange range{text.substr(0, equals), NumberIn(parts[0], where), NumberIn(parts[1], where)};
  if (parts.size() == 3) {
    const double count = NumberIn(parts[2], where);
    constexpr double kMost = 1e6;
    if (!(count >= 2 && count <= kMost && count == std::floor(count)))
      throw ConfigError("{}: {} values, expected 2 to 1000000", where, parts[2]);
    range.count = static_cast<int64_t>(count);
  }
  if (!(range.low < range.high))
    throw ConfigError("{}: \"{}\", expected LOW below HIGH", where, text);
  return range;
}

SweepRange DefaultSweep(const MapFamily& family, int64_t count) {
  const std::vector<MapParameter> free = family.FreeParameters();
  if (free.empty())
    throw ConfigError("map {} has no parameter with a range to sweep", family.info().name);
  return {free[0].name, free[0].minimum, free[0].maximum, count};
}

void CheckSweep(const MapFamily& family, const SweepRange& range) {
  const MapParameter& parameter = family.Parameter(range.parameter);
  if (range.low >= parameter.minimum && range.high <= parameter.maximum) return;
  throw ConfigError("map {}: the sweep {} to {} of {} is not within {} to {}",
                    family.info().name,
                    range.low,
                    range.high,
                    range.parameter,
                    parameter.minimum,
                    parameter.maximum);
}

std::vector<std::vector<double>> BifurcationDiagram(const MapFamily& family,
                                                    const SweepRange& range,
                                                    int64_t transient,
                                                    int64_t kept,
                                                    size_t coordinate,
                                                    uint64_t seed,
                                                    int threads) {
  CheckSweep(family, range);
  constexpr int64_t kLanes = 64;  // values of the parameter stepped at once
  std::vector<std::vector<double>> columns(static_cast<size_t>(range.count));
  ParallelFor((range.count + kLanes - 1) / kLanes, threads, [&](int64_t block) {
    const int64_t first = block * kLanes;
    const auto lanes = static_cast<size_t>(std::min(kLanes, range.count - first));
    const auto map = family.Make();
    const size_t n = map->dimension();
    std::vector<double> values(lanes);
    std::vector<double> states(n * lanes);
    for (size_t l = 0; l < lanes; ++l) {
      values[l] = range.At(first + static_cast<int64_t>(l));
      const auto start = StartState(*family.Make({{range.parameter, values[l]}}), seed);
      for (size_t i = 0; i < n; ++i) states[i * lanes + l] = start[i];
      columns[static_cast<size_t>(first) + l].resize(static_cast<size_t>(kept));
    }
    const int64_t every =
        map->is_flow() ? std::max<int64_t>(1, std::llround(0.25 / map->time_step())) : 1;
    const auto sweep = map->SweepOver(range.parameter, values);
    sweep->Advance(states, transient * every);
    for (size_t k = 0; k < static_cast<size_t>(kept); ++k) {
      sweep->Advance(states, every);
      for (size_t l = 0; l < lanes; ++l) {
        const double value = states[coordinate * lanes + l];
        columns[static_cast<size_t>(first) + l][k] =
            std::fabs(value) <= kEscapeRadius ? value : std::numeric_limits<double>::quiet_NaN();
      }
    }
  });
  return columns;
}

std::vector<std::vector<double>> ExponentsAlong(const MapFamily& family,
                                                const SweepRange& range,
                                                int64_t transient,
                                                int64_t steps,
                                                uint64_t seed,
                                                int threads) {
  CheckSweep(family, range);
  std::vector<std::vector<double>> all(static_cast<size_t>(range.count));
  ParallelFor(range.count, threads, [&](int64_t i) {
    const auto map = family.Make({{range.parameter, range.At(i)}});
    all[static_cast<size_t>(i)] =
        MeasureLyapunov(*map, StartState(*map, seed), {transient, steps, map->time_step()})
            .exponents;
  });
  return all;
}

}  // namespace chaosense
