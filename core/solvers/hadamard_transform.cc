// The block-diagonal Walsh-Hadamard transform of a scrambled operator.
#include <bit>
#include <cmath>

#include "core/base/error.h"
#include "core/solvers/scrambled_operator.h"

namespace chaosense {
namespace {

// Sums and differences of two runs, the inner step of the fast transform.
void Butterfly(float* __restrict low, float* __restrict high, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const float a = low[i];
    const float b = high[i];
    low[i] = a + b;
    high[i] = a - b;
  }
}

// Natural (Hadamard) order; n a power of two.
void WalshHadamard(float* values, size_t n) {
  for (size_t half = 1; half < n; half *= 2) {
    for (size_t start = 0; start < n; start += 2 * half) {
      Butterfly(values + start, values + start + half, half);
    }
  }
  const float scale = static_cast<float>(1.0 / std::sqrt(static_cast<double>(n)));
  for (size_t i = 0; i < n; ++i) values[i] *= scale;
}

class Hadamard : public FastTransform {
 public:
  explicit Hadamard(int64_t size) : size_(size) { CHAOSENSE_CHECK(size > 0); }

  std::string_view name() const override { return "hadamard"; }
  int64_t size() const override { return size_; }
  void Forward(std::span<float> values) const override {
    CHAOSENSE_CHECK(static_cast<int64_t>(values.size()) == size_);
    for (const Mean& part : means()) {
      WalshHadamard(values.data() + part.coefficient, static_cast<size_t>(part.n));
    }
  }
  void Inverse(std::span<float> values) const override { Forward(values); }  // symmetric
  int64_t macs() const override { return size_ * std::bit_width(static_cast<uint64_t>(size_)); }

  // One a part: its first coefficient.
  std::vector<Mean> means() const override {
    std::vector<Mean> parts;
    int64_t start = 0;
    for (int bit = 62; bit >= 0; --bit) {
      const int64_t n = int64_t{1} << bit;
      if ((size_ & n) == 0) continue;
      parts.push_back({start, n});
      start += n;
    }
    return parts;
  }

 private:
  int64_t size_;
};

}  // namespace

std::unique_ptr<FastTransform> MakeHadamard(int64_t size) {
  return std::make_unique<Hadamard>(size);
}

}  // namespace chaosense
