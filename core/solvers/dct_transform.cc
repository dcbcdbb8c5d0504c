// The orthonormal DCT-II of a scrambled operator, by FFTW.
#include <fftw3.h>

#include <bit>
#include <cmath>
#include <mutex>

#include "core/base/error.h"
#include "core/solvers/scrambled_operator.h"

namespace chaosense {
namespace {

// FFTW makes and frees plans in one thread at a time; executing them is safe in any.
std::mutex& PlanMutex() {
  static std::mutex mutex;
  return mutex;
}

class Dct : public FastTransform {
 public:
  Dct(int height, int width) : height_(height), width_(width) {
    CHAOSENSE_CHECK(height > 0 && width > 0);
    std::vector<float> scratch(static_cast<size_t>(size()));
    // FFTW_ESTIMATE: a plan by measured speed would not round the same way in every run.
    // FFTW_UNALIGNED: callers' arrays have no special alignment.
    constexpr unsigned kFlags = FFTW_ESTIMATE | FFTW_UNALIGNED;
    const std::lock_guard lock(PlanMutex());
    forward_ = fftwf_plan_r2r_2d(
        height, width, scratch.data(), scratch.data(), FFTW_REDFT10, FFTW_REDFT10, kFlags);
    inverse_ = fftwf_plan_r2r_2d(
        height, width, scratch.data(), scratch.data(), FFTW_REDFT01, FFTW_REDFT01, kFlags);
    CHAOSENSE_CHECK(forward_ != nullptr && inverse_ != nullptr);
  }
  ~Dct() override {
    const std::lock_guard lock(PlanMutex());
    fftwf_destroy_plan(forward_);
    fftwf_destroy_plan(inverse_);
  }
  Dct(const Dct&) = delete;
  Dct& operator=(const Dct&) = delete;

  std::string_view name() const override { return "dct"; }
  int64_t size() const override { return int64_t{height_} * width_; }

  // FFTW's REDFT10 is 2 sum x cos(.) in each direction; orthonormal needs sqrt(1/2n), and
  // sqrt(1/4n) for frequency 0.
  void Forward(std::span<float> values) const override {
    CHAOSENSE_CHECK(static_cast<int64_t>(values.size()) == size());
    fftwf_execute_r2r(forward_, values.data(), values.data());
    Scale(values, 0.5 / std::sqrt(static_cast<double>(size())), std::sqrt(0.5));
  }
  // REDFT01 is X_0 + 2 sum X cos(.).
  void Inverse(std::span<float> values) const override {
    CHAOSENSE_CHECK(static_cast<int64_t>(values.size()) == size());
    Scale(values, 0.5 / std::sqrt(static_cast<double>(size())), std::sqrt(2.0));
    fftwf_execute_r2r(inverse_, values.data(), values.data());
  }

  // An FFT of n values has about 2.5 n log2 n multiplications and additions, half of that pairs.
  int64_t macs() const override {
    return size() * std::bit_width(static_cast<uint64_t>(size())) * 5 / 4;
  }
  std::vector<Mean> means() const override { return {{0, size()}}; }

 private:
  // `zero`: the additional factor of frequency 0 of either direction.
  void Scale(std::span<float> values, double scale, double zero) const {
    for (float& v : values) v *= static_cast<float>(scale);
    const size_t width = static_cast<size_t>(width_);
    for (size_t column = 0; column < width; ++column) values[column] *= static_cast<float>(zero);
    for (size_t i = 0; i < values.size(); i += width) values[i] *= static_cast<float>(zero);
  }

  int height_;
  int width_;
  fftwf_plan forward_;
  fftwf_plan inverse_;
};

}  // namespace

std::unique_ptr<FastTransform> MakeDct(int height, int width) {
  return std::make_unique<Dct>(height, width);
}

}  // namespace chaosense
