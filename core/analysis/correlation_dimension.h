// The correlation sum and the correlation dimension D2.
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
  std::vector<double> radius;  // falling, 8 to an octave
  std::vector<double> share;   // C(radius)
  int64_t points = 0;
  std::vector<int64_t> pairs;  // closer pairs, uncounted shares of C
};

// The share of pairs up to which C is counted: larger radii feel the attractor's size.
inline constexpr double kLargestCorrelation = 0.05;

// `points`: `dimension` values each. Pairs are looked for in neighbouring boxes of the largest
// radius alone, which is chosen, on a sample, so that C there is about kLargestCorrelation: some
// N^2 / 10 distances.
CorrelationSum MeasureCorrelationSum(std::span<const double> points,
                                     size_t dimension,
                                     int64_t theiler);

struct ScalingFit {
  double value = 0;
  double error = 0;  // standard deviation of the local slopes over the fit: how flat the plateau is
  double low = 0;    // radii of the fit
  double high = 0;
};

// D2, the slope of ln C against ln r over the plateau of its local slopes. The local slope at r is
// that over the octave of radii about r. Of all windows of half the usable radii, two octaves at
// least, the one is taken over which the local slopes vary least; D2 is the least-squares slope
// over it. Usable are the radii with C at most kLargestCorrelation and at least max(500, N / 2)
// closer pairs. This rule is tuned on nothing but sets whose dimension is exact (uniform points,
// Cantor sets). Smaller radii are left out as well where the points are isolated, C falling by less
// than a tenth over two octaves; 0 if that is so from the start (a periodic orbit). NaN if fewer
// than three octaves of radii are usable.
ScalingFit CorrelationDimension(const CorrelationSum& sum);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_CORRELATION_DIMENSION_H_
