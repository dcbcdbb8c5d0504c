#include "core/metrics/entropy.h"

#include <algorithm>
#include <array>
#include <climits>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/metrics/statistics.h"

namespace chaosense {

double ShannonEntropy(std::span<const uint8_t> bytes) {
  if (bytes.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::array<int64_t, 256> counts{};
  for (const uint8_t byte : bytes) ++counts[byte];
  const double n = static_cast<double>(bytes.size());
  double entropy = 0;
  for (const int64_t count : counts) {
    if (count == 0) continue;
    const double p = static_cast<double>(count) / n;
    entropy -= p * std::log2(p);
  }
  return entropy + 0.0;  // one value only: 0, not -0
}

namespace {

// The probabilities of Binomial(trials, p), from `first` on, where they matter (within 12 standard
// deviations).
struct BinomialWindow {
  int64_t first = 0;
  std::vector<double> probability;
};

BinomialWindow WindowOf(int64_t trials, double p) {
  const double n = static_cast<double>(trials);
  const double reach = 12 * std::sqrt(n * p * (1 - p)) + 30;
  BinomialWindow window;
  window.first = std::max<int64_t>(0, static_cast<int64_t>(std::floor(n * p - reach)));
  const int64_t last = std::min(trials, static_cast<int64_t>(std::ceil(n * p + reach)));
  window.probability.resize(static_cast<size_t>(last - window.first + 1));
  // Outwards from the mode by ratios of neighbours, which loses no digits; then normalised, which
  // spares lgamma.
  const int64_t mode = std::clamp(static_cast<int64_t>((n + 1) * p), window.first, last);
  const size_t at = static_cast<size_t>(mode - window.first);
  const double odds = p / (1 - p);
  window.probability[at] = 1;
  for (size_t i = at + 1; i < window.probability.size(); ++i) {
    const double k = static_cast<double>(window.first) + static_cast<double>(i);
    window.probability[i] = window.probability[i - 1] * (n - k + 1) / k * odds;
  }
  for (size_t i = at; i > 0; --i) {
    const double k = static_cast<double>(window.first) + static_cast<double>(i);
    window.probability[i - 1] = window.probability[i] * k / ((n - k + 1) * odds);
  }
  const double sum = std::accumulate(window.probability.begin(), window.probability.end(), 0.0);
  for (double& value : window.probability) value /= sum;
  return window;
}

template <typename F>
double Mean(const BinomialWindow& window, F f) {
  double sum = 0;
  for (size_t i = 0; i < window.probability.size(); ++i) {
    sum += window.probability[i] * f(window.first + static_cast<int64_t>(i));
  }
  return sum;
}

EntropyModel AsymptoticEntropy(double n) {
  return {8 - 255 / (2 * n * std::numbers::ln2) - 65535 / (12 * n * n * std::numbers::ln2),
          std::sqrt(510.0) / (2 * n * std::numbers::ln2)};
}

}  // namespace

EntropyModel IdealEntropy(int64_t count) {
  CHAOSENSE_CHECK(count >= 1, "{} bytes", count);
  const double n = static_cast<double>(count);
  if (count > (int64_t{1} << 20)) return AsymptoticEntropy(n);
  // H = 8 - (1/N) sum f(n_i) with f(k) = k log2(k/mu) - (k - mu)/ln 2 and mu = N/256. The linear
  // part sums to zero; taking it out leaves no cancellation in the variance, which has a negative
  // covariance term.
  const double mu = n / 256;
  std::vector<double> f;
  const BinomialWindow one = WindowOf(count, 1.0 / 256);
  const int64_t last = one.first + static_cast<int64_t>(one.probability.size()) - 1;
  // The second bin's window (Binomial(N - n_1, 1/255)) reaches a little outside the first's.
  const int64_t f_end = std::min(count, last + (last - one.first) + 64);
  f.resize(static_cast<size_t>(f_end) + 1);
  for (int64_t k = 0; k <= f_end; ++k) {
    const double x = static_cast<double>(k);
    f[static_cast<size_t>(k)] = (k == 0 ? 0 : x * std::log2(x / mu)) - (x - mu) / std::numbers::ln2;
  }
  const auto f_of = [&f](int64_t k) { return f.at(static_cast<size_t>(k)); };
  const double mean_f = Mean(one, f_of);
  const double variance_f =
      Mean(one, [&](int64_t k) { return (f_of(k) - mean_f) * (f_of(k) - mean_f); });
  const double covariance = Mean(one, [&](int64_t k) {
    const double centred = f_of(k) - mean_f;
    return centred * (Mean(WindowOf(count - k, 1.0 / 255), f_of) - mean_f);
  });
  const double variance = 256 * variance_f + 256.0 * 255 * covariance;
  return {8 - 256 * mean_f / n, std::sqrt(std::max(0.0, variance)) / n};
}

double EntropyZ(double entropy, int64_t count) {
  const EntropyModel model = IdealEntropy(count);
  return (entropy - model.mean) / model.sd;
}

int LocalEntropyCapacity(Shape shape, int side, BlockPlacement placement) {
  CHAOSENSE_CHECK(side >= 1 && side <= 4096, "side {}", side);
  const int64_t block_bytes = int64_t{side} * side;
  const int64_t runs = static_cast<int64_t>(shape.size()) / block_bytes;
  const int64_t squares =
      int64_t{shape.height / side} * int64_t{shape.width / side} * int64_t{shape.channels};
  int64_t capacity = 0;
  switch (placement) {
    case BlockPlacement::kRuns:
      capacity = runs;
      break;
    case BlockPlacement::kSquares:
      capacity = squares;
      break;
    case BlockPlacement::kOverlapping:
      capacity = squares > 0 ? INT_MAX : 0;
      break;
    case BlockPlacement::kOverlappingRuns:
      capacity = runs > 0 ? INT_MAX : 0;
      break;
  }
  return static_cast<int>(std::min<int64_t>(capacity, INT_MAX));
}

namespace {

Bytes Square(const ImageU8& image, int channel, int row, int column, int side) {
  Bytes block;
  block.reserve(static_cast<size_t>(side) * static_cast<size_t>(side));
  for (int r = row; r < row + side; ++r) {
    const auto begin =
        image.data.begin() + static_cast<std::ptrdiff_t>(image.index(channel, r, column));
    block.insert(block.end(), begin, begin + side);
  }
  return block;
}

int Below(RandomStream& random, int64_t n) { return static_cast<int>(random.UniformInt(n)); }

// `picks` of 0..from-1 without repetition, in random order.
std::vector<int> Draw(int picks, int from, RandomStream& random) {
  std::vector<int> all(static_cast<size_t>(from));
  std::iota(all.begin(), all.end(), 0);
  Shuffle(all, random);
  all.resize(static_cast<size_t>(picks));
  return all;
}

std::vector<double> RunEntropies(const ImageU8& image,
                                 const LocalEntropyOptions& options,
                                 RandomStream& random) {
  const int64_t bytes = static_cast<int64_t>(image.data.size());
  const int64_t length = int64_t{options.side} * options.side;
  const std::span<const uint8_t> all(image.data);
  std::vector<double> values;
  const auto measure = [&](int64_t begin) {
    values.push_back(
        ShannonEntropy(all.subspan(static_cast<size_t>(begin), static_cast<size_t>(length))));
  };
  if (options.placement == BlockPlacement::kOverlappingRuns) {
    for (int i = 0; i < options.blocks; ++i) measure(random.UniformInt(bytes - length + 1));
    return values;
  }
  const int64_t offset = random.UniformInt(bytes % length + 1);
  for (const int run : Draw(options.blocks, static_cast<int>(bytes / length), random))
    measure(offset + run * length);
  return values;
}

std::vector<double> SquareEntropies(const ImageU8& image,
                                    const LocalEntropyOptions& options,
                                    RandomStream& random) {
  const Shape shape = image.shape;
  const int side = options.side;
  std::vector<double> values;
  const auto measure = [&](int channel, int row, int column) {
    values.push_back(ShannonEntropy(Square(image, channel, row, column, side)));
  };
  if (options.placement == BlockPlacement::kOverlapping) {
    for (int i = 0; i < options.blocks; ++i) {
      const int channel = Below(random, shape.channels);
      const int row = Below(random, shape.height - side + 1);
      measure(channel, row, Below(random, shape.width - side + 1));
    }
    return values;
  }
  const int across = shape.width / side, down = shape.height / side;
  const int row_offset = Below(random, shape.height % side + 1);
  const int column_offset = Below(random, shape.width % side + 1);
  for (const int cell : Draw(options.blocks, across * down * shape.channels, random)) {
    measure(cell / (across * down),
            row_offset + cell / across % down * side,
            column_offset + cell % across * side);
  }
  return values;
}

Interval Around(int block_bytes, double alpha, double divisor) {
  const EntropyModel model = IdealEntropy(block_bytes);
  const double reach = NormalQuantile(1 - alpha / 2) * model.sd / divisor;
  return {model.mean - reach, model.mean + reach};
}

}  // namespace

LocalEntropy MeasureLocalEntropy(const ImageU8& bytes,
                                 const LocalEntropyOptions& options,
                                 RandomStream& random) {
  const int capacity = LocalEntropyCapacity(bytes.shape, options.side, options.placement);
  if (options.blocks < 1 || options.blocks > capacity) {
    throw ConfigError(
        "local entropy: {} blocks of {}x{} = {} bytes do not fit in {}x{}x{} = {} bytes; at most "
        "{} do",
        options.blocks,
        options.side,
        options.side,
        options.side * options.side,
        bytes.shape.channels,
        bytes.shape.height,
        bytes.shape.width,
        bytes.shape.size(),
        capacity);
  }
  const bool runs = options.placement == BlockPlacement::kRuns ||
                    options.placement == BlockPlacement::kOverlappingRuns;
  LocalEntropy result;
  result.values =
      runs ? RunEntropies(bytes, options, random) : SquareEntropies(bytes, options, random);
  result.mean = std::accumulate(result.values.begin(), result.values.end(), 0.0) / options.blocks;
  return result;
}

Interval LocalEntropyBounds(int blocks, int block_bytes, double alpha) {
  return Around(block_bytes, alpha, std::sqrt(static_cast<double>(blocks)));
}

Interval PublishedLocalEntropyBounds(int blocks, int block_bytes, double alpha) {
  return Around(block_bytes, alpha, blocks);
}

}  // namespace chaosense
