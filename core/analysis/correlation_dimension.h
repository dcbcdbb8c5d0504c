// The correlation sum and what follows from it: correlation dimension D2 and entropy K2.
#ifndef CHAOSENSE_CORE_ANALYSIS_CORRELATION_DIMENSION_H_
#define CHAOSENSE_CORE_ANALYSIS_CORRELATION_DIMENSION_H_

#include <cstdint>
#include <span>
#include <vector>

namespace chaosense {

// C(r): the share of pairs of points, at least `theiler` + 1 steps apart in time, that lie closer
// than r (Euclidean distance). Grassberger, Procaccia, Physica D 9 (1983) 189; the window of
// excluded neighbours: Theiler, Phys. Rev. A 34 (1986) 2427.
struct CorrelationSum {
  std::vector<double> radius;  // falling, 8 to an octave, from the largest extent of the points
  std::vector<double> share;   // C(radius)
  int64_t points = 0;
  std::vector<int64_t> pairs;  // closer pairs, uncounted shares of C
};

// `points`: `dimension` values each. Takes N^2 / 2 distances.
CorrelationSum MeasureCorrelationSum(std::span<const double> points,
                                     size_t dimension,
                                     int64_t theiler);

struct ScalingFit {
  double value = 0;
  double error = 0;  // standard error of the fit alone
  double low = 0;    // radii of the fit
  double high = 0;
};

// D2, the slope of ln C against ln r, over the radii at which C is at most 0.1 (larger radii feel
// the attractor's size) and at least twice as many pairs as points are closer (fewer are noise).
// Smaller radii are left out as well where the points are isolated, C falling by less than a tenth
// over two octaves; 0 if that is so from the start (a periodic orbit). NaN if fewer than 4 radii
// are left.
ScalingFit CorrelationDimension(const CorrelationSum& sum);

// K2 in nats a sample: the mean over radii of ln(C_m(r) / C_m+1(r)) with delay embeddings of m and
// m + 1 values (largest difference), at radii where C_m+1 has at least 100 pairs and C_m is below
// 0.05. NaN if there are fewer than 4. Grassberger, Procaccia, Phys. Rev. A 28 (1983) 2591.
ScalingFit CorrelationEntropy(std::span<const double> series, int m, int delay, int64_t theiler);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_CORRELATION_DIMENSION_H_
