#include "core/analysis/correlation_dimension.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/analysis/confidence.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr int kOctaves = 40;
constexpr size_t kSteps = 8;  // radii to an octave
constexpr size_t kBins = kOctaves * kSteps;

// Bin b holds distances in (largest 2^(-(b + 1) / 8), largest 2^(-b / 8)], kBins the smaller ones.
size_t BinOf(double squared_distance, double largest) {
  if (!(squared_distance > 0)) return kBins;
  const double octaves = std::log2(largest * largest / squared_distance) / 2;
  return octaves <= 0 ? 0 : std::min(kBins, static_cast<size_t>(octaves * kSteps));
}

// `total`: pairs, counted in bins or farther apart than `largest`.
CorrelationSum Accumulate(const std::vector<int64_t>& bins,
                          double largest,
                          size_t points,
                          int64_t total) {
  CorrelationSum sum;
  sum.points = static_cast<int64_t>(points);
  int64_t closer = 0;
  for (const int64_t count : bins) closer += count;
  for (size_t b = 0; b < kBins; ++b) {
    sum.radius.push_back(largest * std::exp2(-static_cast<double>(b) / kSteps));
    sum.pairs.push_back(closer);
    sum.share.push_back(static_cast<double>(closer) /
                        static_cast<double>(std::max<int64_t>(1, total)));
    closer -= bins[b];
  }
  return sum;
}

int64_t PairsApart(size_t points, int64_t theiler) {
  const int64_t rest = static_cast<int64_t>(points) - theiler;
  return rest <= 1 ? 0 : rest * (rest - 1) / 2;
}

double ExtentOf(std::span<const double> points, size_t dimension) {
  double squares = 0;
  for (size_t d = 0; d < dimension; ++d) {
    double low = points[d];
    double high = points[d];
    for (size_t i = d; i < points.size(); i += dimension) {
      low = std::min(low, points[i]);
      high = std::max(high, points[i]);
    }
    squares += (high - low) * (high - low);
  }
  return std::sqrt(squares);
}

double SquaredDistance(const double* a, const double* b, size_t dimension) {
  double squares = 0;
  for (size_t d = 0; d < dimension; ++d) squares += (a[d] - b[d]) * (a[d] - b[d]);
  return squares;
}

// The distance below which kLargestCorrelation of the pairs of a sample lie; 0 if they coincide.
double LargestRadius(std::span<const double> points, size_t dimension) {
  constexpr size_t kSample = 500;
  const size_t n = points.size() / dimension;
  const size_t every = std::max<size_t>(1, n / kSample);
  std::vector<double> squares;
  for (size_t i = 0; i < n; i += every) {
    for (size_t j = i + every; j < n; j += every)
      squares.push_back(SquaredDistance(&points[i * dimension], &points[j * dimension], dimension));
  }
  if (squares.empty()) return 0;
  const auto at = static_cast<size_t>(kLargestCorrelation * static_cast<double>(squares.size()));
  std::nth_element(squares.begin(), squares.begin() + static_cast<ptrdiff_t>(at), squares.end());
  return std::sqrt(squares[at]);
}

// Points by boxes of the first one or two coordinates: those within `radius` of a point are in its
// box or a neighbouring one.
class Boxes {
 public:
  Boxes(std::span<const double> points, size_t dimension, double radius) {
    const size_t n = points.size() / dimension;
    for (size_t d = 0; d < std::min<size_t>(2, dimension); ++d) {
      double low = points[d];
      double high = points[d];
      for (size_t i = d; i < points.size(); i += dimension) {
        low = std::min(low, points[i]);
        high = std::max(high, points[i]);
      }
      // Not finer than the points are many.
      const double width = std::max(radius, (high - low) / kMostAcross);
      count_[d] = static_cast<int64_t>((high - low) / width) + 1;
      place_[d].resize(n);
      for (size_t i = 0; i < n; ++i)
        place_[d][i] = static_cast<int64_t>((points[i * dimension + d] - low) / width);
    }
    if (dimension == 1) place_[1].assign(n, 0);
    members_.resize(static_cast<size_t>(count_[0] * count_[1]));
    for (size_t i = 0; i < n; ++i) members_[BoxAt(place_[0][i], place_[1][i])].push_back(i);
  }

  // Calls visit(j) for the points j in and about the box of point i.
  template <typename Visit>
  void Neighbours(size_t i, Visit visit) const {
    for (int64_t x = place_[0][i] - 1; x <= place_[0][i] + 1; ++x) {
      for (int64_t y = place_[1][i] - 1; y <= place_[1][i] + 1; ++y) {
        if (x < 0 || y < 0 || x >= count_[0] || y >= count_[1]) continue;
        for (const size_t j : members_[BoxAt(x, y)]) visit(j);
      }
    }
  }

 private:
  static constexpr double kMostAcross = 256;
  size_t BoxAt(int64_t x, int64_t y) const { return static_cast<size_t>(x * count_[1] + y); }

  std::array<int64_t, 2> count_ = {1, 1};
  std::array<std::vector<int64_t>, 2> place_;
  std::vector<std::vector<size_t>> members_;
};

ScalingFit NoFit() {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  return {kNaN, kNaN, kNaN, kNaN};
}

}  // namespace

CorrelationSum MeasureCorrelationSum(std::span<const double> points,
                                     size_t dimension,
                                     int64_t theiler) {
  CHAOSENSE_CHECK(dimension >= 1 && points.size() % dimension == 0 && theiler >= 0);
  const size_t n = points.size() / dimension;
  CHAOSENSE_CHECK(n >= 2);
  double largest = LargestRadius(points, dimension);
  // More than kLargestCorrelation of the pairs coincide: a periodic orbit.
  if (!(largest > 0)) largest = std::max(ExtentOf(points, dimension), 1e-300);
  std::vector<int64_t> bins(kBins + 1, 0);
  const Boxes boxes(points, dimension, largest);
  const double most = largest * largest;
  for (size_t i = 0; i < n; ++i) {
    boxes.Neighbours(i, [&](size_t j) {
      if (j <= i + static_cast<size_t>(theiler)) return;
      const double squares =
          SquaredDistance(&points[i * dimension], &points[j * dimension], dimension);
      if (squares <= most) ++bins[BinOf(squares, largest)];
    });
  }
  return Accumulate(bins, largest, n, PairsApart(n, theiler));
}

ScalingFit CorrelationDimension(const CorrelationSum& sum) {
  constexpr double kSlack = 1.5;  // the sample that chose the largest radius was a small one
  constexpr size_t kIsolated = 2 * kSteps;
  const int64_t fewest = std::max<int64_t>(500, sum.points / 2);
  std::vector<double> x;
  std::vector<double> y;
  for (size_t i = 0; i < sum.radius.size(); ++i) {
    const size_t below = std::min(i + kIsolated, sum.radius.size() - 1);
    // Isolated points: smaller radii lose no pairs.
    if (sum.pairs[i] > 0 &&
        static_cast<double>(sum.pairs[below]) > 0.9 * static_cast<double>(sum.pairs[i])) {
      if (x.size() < 3 * kSteps) return {0, 0, sum.radius[below], sum.radius[i]};
      break;
    }
    if (sum.share[i] > kSlack * kLargestCorrelation) continue;
    if (sum.pairs[i] < fewest) break;
    x.push_back(std::log(sum.radius[i]));
    y.push_back(std::log(sum.share[i]));
  }
  if (x.size() < 3 * kSteps + 1) return NoFit();
  // slopes[i]: over the octave of radii i .. i + kSteps.
  std::vector<double> slopes;
  for (size_t i = 0; i + kSteps < x.size(); ++i)
    slopes.push_back((y[i] - y[i + kSteps]) / (x[i] - x[i + kSteps]));
  const size_t window = std::max(x.size() / 2, 2 * kSteps);  // intervals between radii
  ScalingFit best = NoFit();
  for (size_t first = 0; first + window < x.size(); ++first) {
    const Confidence plateau = ConfidenceOf(std::span(slopes).subspan(first, window - kSteps + 1));
    if (first > 0 && !(plateau.deviation < best.error)) continue;
    const Line line =
        FitLine(std::span(x).subspan(first, window + 1), std::span(y).subspan(first, window + 1));
    best = {line.slope, plateau.deviation, std::exp(x[first + window]), std::exp(x[first])};
  }
  return best;
}

}  // namespace chaosense
