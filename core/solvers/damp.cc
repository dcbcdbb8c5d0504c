#include "core/solvers/damp.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/signals.h"
#include "core/solvers/block_operator.h"

namespace chaosense {
namespace {

// A denoiser's divergence is at most about n; this bounds the probe's accidents.
constexpr double kNoLimit = 100;

double Energy(std::span<const float> values) {
  double sum = 0;
  for (const float v : values) sum += static_cast<double>(v) * v;
  return sum;
}

double Distance(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    const double difference = static_cast<double>(a[i]) - b[i];
    sum += difference * difference;
  }
  return std::sqrt(sum);
}

// The parts of the plane with measurements of their own: the blocks of a BlockOperator, else all.
struct Regions {
  explicit Regions(const MeasurementOperator& op)
      : means(op.mean_groups().size()), of_pixel(static_cast<size_t>(op.pixels()), 0) {
    if (dynamic_cast<const BlockOperator*>(&op) != nullptr) {
      blocks = true;
      const int columns = op.width() / kBlockSize;
      count = static_cast<size_t>(columns * (op.height() / kBlockSize));
      for (size_t i = 0; i < of_pixel.size(); ++i) {
        const int row = static_cast<int>(i) / op.width() / kBlockSize;
        const int column = static_cast<int>(i) % op.width() / kBlockSize;
        of_pixel[i] = static_cast<size_t>(row * columns + column);
      }
    }
    measurements = (static_cast<size_t>(op.measurements()) - means) / count;
    pixels = of_pixel.size() / count;
  }

  // The random measurements of region i; the exact means stand before those of the only region.
  template <typename T>
  std::span<T> Of(std::span<T> z, size_t i) const {
    return z.subspan(means + i * measurements, measurements);
  }

  size_t means;  // exact measurements, at the beginning of y
  bool blocks = false;
  size_t count = 1;
  size_t measurements;  // of a region
  size_t pixels;
  std::vector<size_t> of_pixel;
};

class Damp {
 public:
  Damp(const MeasurementOperator& op,
       std::span<const float> y,
       const Denoiser& denoiser,
       const DampOptions& options,
       int threads)
      : op_(op),
        y_(y),
        denoiser_(denoiser),
        options_(options),
        threads_(threads),
        regions_(op),
        scale_(options.unit_columns
                   ? std::sqrt(static_cast<float>(regions_.pixels) /
                               static_cast<float>(std::max<size_t>(1, regions_.measurements)))
                   : 1.0f),
        n_(static_cast<size_t>(op.pixels())),
        x_(n_, 0.0f),
        ax_(y.size(), 0.0f),
        z_(y.size(), 0.0f),
        onsager_(regions_.count, 0.0f),
        random_("damp|divergence") {}

  std::vector<float> Run(Trace& trace) {
    if (options_.start_from_means) StartFromMeans();
    std::vector<float> best = x_;
    double best_residual = Distance(y_, ax_);
    const double first_residual = best_residual;
    for (int number = 1; number <= options_.max_iterations && best_residual > 0; ++number) {
      ThrowIfInterrupted();
      UpdateResidual(number == 1);
      std::vector<float> estimate = Estimate();
      const double change = Distance(estimate, x_) / std::max(1e-9, std::sqrt(Energy(x_)));
      x_ = std::move(estimate);
      op_.Apply(x_, ax_);
      const double residual = Distance(y_, ax_);
      trace.iterations.push_back(
          {number, std::sqrt(Energy(sigma_) / double(n_)), residual, change});
      if (residual < best_residual) {
        best_residual = residual;
        best = x_;
      }
      // An estimate worse than none by this much does not come back, and soon overflows.
      constexpr double kDiverged = 10;
      if (!(residual <= kDiverged * first_residual)) {
        trace.note = fmt::format("diverged at iteration {}; the best estimate is kept", number);
        break;
      }
      if (change < options_.tolerance) break;
    }
    return best;
  }

 private:
  // Operators with exact means: those. Else the mean of every block by least squares from
  // y = mean * (Phi 1), where the rest of the block counts as noise.
  void StartFromMeans() {
    if (regions_.means > 0) {
      std::vector<float> exact(y_.begin(), y_.end());
      std::fill(exact.begin() + static_cast<ptrdiff_t>(regions_.means), exact.end(), 0.0f);
      op_.ApplyTranspose(exact, x_);
      op_.Apply(x_, ax_);
      return;
    }
    std::vector<float> ones(n_, 1.0f);
    std::vector<float> response(y_.size());
    op_.Apply(ones, response);
    std::vector<float> mean(regions_.count);
    for (size_t i = 0; i < regions_.count; ++i) {
      const std::span<const float> a = regions_.Of(std::span<const float>(response), i);
      const std::span<const float> b = regions_.Of(y_, i);
      double product = 0;
      for (size_t k = 0; k < a.size(); ++k) product += static_cast<double>(a[k]) * b[k];
      mean[i] = static_cast<float>(std::clamp(product / std::max(1e-9, Energy(a)), 0.0, 255.0));
    }
    for (size_t i = 0; i < n_; ++i) x_[i] = mean[regions_.of_pixel[i]];
    op_.Apply(x_, ax_);
  }

  void UpdateResidual(bool first) {
    const float keep = first ? 0 : static_cast<float>(options_.damping);
    for (size_t i = 0; i < regions_.means; ++i) z_[i] = y_[i] - ax_[i];
    for (size_t region = 0; region < regions_.count; ++region) {
      const std::span<float> z = regions_.Of(std::span(z_), region);
      const std::span<const float> y = regions_.Of(y_, region);
      const std::span<const float> ax = regions_.Of(std::span<const float>(ax_), region);
      for (size_t i = 0; i < z.size(); ++i) {
        const float fresh = scale_ * (y[i] - ax[i]) + onsager_[region] * z[i];
        z[i] = keep * z[i] + (1 - keep) * fresh;
      }
    }
  }

  // D(r), and the Onsager factors for the next residual.
  std::vector<float> Estimate() {
    std::vector<float> back(z_);
    for (size_t i = regions_.means; i < back.size(); ++i) back[i] *= scale_;
    std::vector<float> r(n_);
    op_.ApplyTranspose(back, r);
    float largest = 0;
    for (size_t i = 0; i < n_; ++i) {
      r[i] += x_[i];
      largest = std::max(largest, std::abs(r[i]));
    }

    const double count = static_cast<double>(std::max<size_t>(1, regions_.measurements));
    std::vector<float> sigma(regions_.count);
    for (size_t i = 0; i < regions_.count; ++i) {
      sigma[i] = static_cast<float>(std::sqrt(Energy(regions_.Of(std::span(z_), i)) / count));
    }
    sigma_.resize(n_);
    for (size_t i = 0; i < n_; ++i) sigma_[i] = sigma[regions_.of_pixel[i]];

    std::vector<float> estimate(n_);
    Denoise(r, estimate);
    const float step = std::max(largest / 1000, 1e-6f);
    std::vector<float> probe(n_);
    for (float& value : probe) value = static_cast<float>(random_.Normal());
    std::vector<float> moved(n_);
    for (size_t i = 0; i < n_; ++i) r[i] += step * probe[i];
    Denoise(r, moved);
    std::vector<double> divergence(regions_.count, 0.0);
    for (size_t i = 0; i < n_; ++i) {
      divergence[regions_.of_pixel[i]] +=
          static_cast<double>(probe[i]) * (moved[i] - estimate[i]) / step;
    }
    const double limit = regions_.blocks ? options_.onsager_limit : kNoLimit;
    for (size_t i = 0; i < regions_.count; ++i) {
      onsager_[i] = static_cast<float>(std::clamp(divergence[i] / count, 0.0, limit));
    }
    return estimate;
  }

  void Denoise(std::span<const float> noisy, std::span<float> out) const {
    denoiser_.DenoiseVarying(noisy, op_.height(), op_.width(), sigma_, threads_, out);
  }

  const MeasurementOperator& op_;
  std::span<const float> y_;
  const Denoiser& denoiser_;
  const DampOptions& options_;
  int threads_;
  Regions regions_;
  float scale_;  // makes the columns' norm 1, or is 1
  size_t n_;
  std::vector<float> x_;
  std::vector<float> ax_;
  std::vector<float> z_;        // of the scaled problem; of the exact means: unscaled
  std::vector<float> onsager_;  // of every region
  std::vector<float> sigma_;    // of every pixel
  RandomStream random_;
};

}  // namespace

std::vector<float> RunDamp(const MeasurementOperator& op,
                           std::span<const float> y,
                           const Denoiser& denoiser,
                           const DampOptions& options,
                           int threads,
                           Trace& trace) {
  CHAOSENSE_CHECK(static_cast<int64_t>(y.size()) == op.measurements());
  return Damp(op, y, denoiser, options, threads).Run(trace);
}

}  // namespace chaosense
