#include "core/metrics/quality.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace chaosense {
namespace {

void CheckShapes(const char* metric, Shape reference, Shape test) {
  if (reference != test || reference.size() == 0) {
    throw ConfigError(
        "{}: images of {}x{}x{} and {}x{}x{} (channels x height x width) cannot be compared",
        metric,
        reference.channels,
        reference.height,
        reference.width,
        test.channels,
        test.height,
        test.width);
  }
}

template <typename T>
double MeanSquaredError(const Planes<T>& a, const Planes<T>& b) {
  double sum = 0;
  for (size_t i = 0; i < a.data.size(); ++i) {
    const double difference = static_cast<double>(a.data[i]) - static_cast<double>(b.data[i]);
    sum += difference * difference;
  }
  return sum / static_cast<double>(a.data.size());
}

double ToDecibel(double mse, double peak) {
  return mse == 0 ? std::numeric_limits<double>::infinity() : 10 * std::log10(peak * peak / mse);
}

const std::array<double, kSsimWindow>& GaussianTaps() {
  static const std::array<double, kSsimWindow> taps = [] {
    std::array<double, kSsimWindow> t{};
    double sum = 0;
    for (int i = 0; i < kSsimWindow; ++i) {
      const double x = i - kSsimWindow / 2;
      t[static_cast<size_t>(i)] = std::exp(-x * x / (2 * 1.5 * 1.5));
      sum += t[static_cast<size_t>(i)];
    }
    for (double& v : t) v /= sum;  // normalised in one dimension, hence in two
    return t;
  }();
  return taps;
}

// The five windowed sums of SSIM at one place.
struct Moments {
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  void Add(double weight, const Moments& other) {
    x += weight * other.x;
    y += weight * other.y;
    xx += weight * other.xx;
    yy += weight * other.yy;
    xy += weight * other.xy;
  }
};

// `reference` and `test` (0..255) are height x width; both sides are at least the window's.
double SsimOfChannel(const double* reference, const double* test, int height, int width) {
  constexpr double kC1 = (0.01 * 255) * (0.01 * 255);
  constexpr double kC2 = (0.03 * 255) * (0.03 * 255);
  const auto& taps = GaussianTaps();
  const size_t w = static_cast<size_t>(width);
  const size_t columns = w - kSsimWindow + 1;
  const size_t rows = static_cast<size_t>(height) - kSsimWindow + 1;
  // The window is separable: first along the rows, then down the columns.
  std::vector<Moments> along(static_cast<size_t>(height) * columns);
  std::vector<Moments> line(w);
  for (size_t r = 0; r < static_cast<size_t>(height); ++r) {
    for (size_t c = 0; c < w; ++c) {
      const double x = reference[r * w + c], y = test[r * w + c];
      line[c] = {x, y, x * x, y * y, x * y};
    }
    for (size_t c = 0; c < columns; ++c) {
      for (size_t k = 0; k < taps.size(); ++k) along[r * columns + c].Add(taps[k], line[c + k]);
    }
  }
  double sum = 0;
  for (size_t r = 0; r < rows; ++r) {
    for (size_t c = 0; c < columns; ++c) {
      Moments m;
      for (size_t k = 0; k < taps.size(); ++k) m.Add(taps[k], along[(r + k) * columns + c]);
      const double variance_x = m.xx - m.x * m.x;
      const double variance_y = m.yy - m.y * m.y;
      const double covariance = m.xy - m.x * m.y;
      sum += (2 * m.x * m.y + kC1) * (2 * covariance + kC2) /
             ((m.x * m.x + m.y * m.y + kC1) * (variance_x + variance_y + kC2));
    }
  }
  return sum / static_cast<double>(rows * columns);
}

template <typename T, typename Convert>
double SsimOfPlanes(const Planes<T>& reference, const Planes<T>& test, Convert to_255) {
  CheckShapes("ssim", reference.shape, test.shape);
  const Shape shape = reference.shape;
  if (shape.height < kSsimWindow || shape.width < kSsimWindow)
    return std::numeric_limits<double>::quiet_NaN();
  const size_t plane = static_cast<size_t>(shape.height) * static_cast<size_t>(shape.width);
  std::vector<double> x(plane), y(plane);
  double sum = 0;
  for (int channel = 0; channel < shape.channels; ++channel) {
    const size_t begin = static_cast<size_t>(channel) * plane;
    for (size_t i = 0; i < plane; ++i) {
      x[i] = to_255(reference.data[begin + i]);
      y[i] = to_255(test.data[begin + i]);
    }
    sum += SsimOfChannel(x.data(), y.data(), shape.height, shape.width);
  }
  return sum / shape.channels;
}

}  // namespace

double Psnr(const ImageF& reference, const ImageF& test) {
  CheckShapes("psnr", reference.shape, test.shape);
  return ToDecibel(MeanSquaredError(reference, test), 1);
}

double Psnr8Bit(const ImageU8& reference, const ImageU8& test) {
  CheckShapes("psnr_8bit", reference.shape, test.shape);
  return ToDecibel(MeanSquaredError(reference, test), 255);
}

double Ssim(const ImageU8& reference, const ImageU8& test) {
  return SsimOfPlanes(reference, test, [](uint8_t v) { return static_cast<double>(v); });
}

double Ssim(const ImageF& reference, const ImageF& test) {
  // std::clamp lets a NaN through, so that a broken reconstruction shows.
  return SsimOfPlanes(
      reference, test, [](float v) { return 255 * std::clamp(static_cast<double>(v), 0.0, 1.0); });
}

}  // namespace chaosense
