// The invariant density: how often an orbit visits each part of its range.
#ifndef CHAOSENSE_CORE_ANALYSIS_DENSITY_H_
#define CHAOSENSE_CORE_ANALYSIS_DENSITY_H_

#include <cstdint>
#include <span>
#include <vector>

namespace chaosense {

struct Density {
  double low = 0;
  double high = 1;
  std::vector<int64_t> counts;  // equal bins over [low, high]
  int64_t outside = 0;          // values beyond [low, high]

  int64_t total() const;  // inside
  double BinWidth() const { return (high - low) / static_cast<double>(counts.size()); }
  double At(size_t bin) const;  // probability density
  double Entropy() const;       // bits, of the bins' probabilities
  double Chi2OverN() const;     // chi-square against the uniform distribution, over the sample size
};

// bins >= 1; a value equal to `high` counts in the last bin.
Density MeasureDensity(std::span<const double> series, size_t bins, double low, double high);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_DENSITY_H_
