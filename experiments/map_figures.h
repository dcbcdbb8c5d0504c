// Figures of one map: bifurcation diagram, exponents along a parameter, phase portrait, density,
// the parting of neighbouring orbits.
#ifndef CHAOSENSE_EXPERIMENTS_MAP_FIGURES_H_
#define CHAOSENSE_EXPERIMENTS_MAP_FIGURES_H_

#include <string>

#include "core/analysis/family.h"
#include "core/analysis/sweep.h"
#include "plotting/drawing.h"

namespace chaosense {

// `prefix` begins the ids: "<prefix>_bifurcation", "<prefix>_lyapunov", "<prefix>_portrait",
// "<prefix>_density", "<prefix>_sensitivity". Empty drawings where every orbit escapes.
Drawing BifurcationDrawing(const MapFamily& family,
                           const SweepRange& range,
                           const std::string& prefix,
                           uint64_t seed,
                           int threads);
Drawing ExponentsDrawing(const MapFamily& family,
                         const SweepRange& range,
                         const std::string& prefix,
                         uint64_t seed,
                         int threads);
// x against the next x of one-dimensional maps, else the first two coordinates.
Drawing PortraitDrawing(const MapFamily& family, const std::string& prefix, uint64_t seed);
Drawing DensityDrawing(const MapFamily& family, const std::string& prefix, uint64_t seed);
// The mean logarithm of the distance of neighbouring orbits, step by step.
Drawing SensitivityDrawing(const MapFamily& family, const std::string& prefix, uint64_t seed);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_MAP_FIGURES_H_
