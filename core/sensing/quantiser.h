// 8-bit quantiser of measurements: one range a coefficient, found on training measurements and
// stored with the model.
//
// Each coefficient v is centred and scaled, t = (v - centre) / half_range in [-1, 1] (clipped
// beyond), companded, s = sign(t) log(1 + mu |t|) / log(1 + mu)  (mu = 0: s = t), and rounded: code
// = round(127.5 (s + 1)). The tails of sensed natural images are heavy: a uniform step over +-4
// standard deviations loses 0.4-1 dB by clipping, which companding over the full training range
// avoids. How much companding is best differs from coefficient to coefficient (none for the mean of
// a block, much for fine detail), so each may have its own mu.
#ifndef CHAOSENSE_CORE_SENSING_QUANTISER_H_
#define CHAOSENSE_CORE_SENSING_QUANTISER_H_

#include <cstdint>
#include <vector>

#include "core/sensing/codes.h"

namespace chaosense {

class Quantiser {
 public:
  Quantiser() = default;
  // centre and half_range (> 0): one each for every coefficient of a block. mu >= 0, for all.
  Quantiser(std::vector<float> centre, std::vector<float> half_range, double mu);
  // mu: one for every coefficient.
  Quantiser(std::vector<float> centre, std::vector<float> half_range, std::vector<double> mu);

  // Ranges that just hold every training measurement: the middle of minimum and maximum, and half
  // their distance times `margin` (1.05 leaves test images some room).
  static Quantiser Fit(const std::vector<float>& values,
                       size_t coefficients,
                       double mu,
                       double margin = 1.05);

  // The ranges of Fit, and for every coefficient the mu of {0, 3, 10, 30, 100, 255} with the least
  // squared error on `values`. A measurement beyond its range costs far more than a wider step, and
  // other pictures go further than those of training: hence the room.
  static Quantiser FitLeastSquares(const std::vector<float>& values,
                                   size_t coefficients,
                                   double margin = 2);

  // The first `coefficients` of them.
  Quantiser Truncated(size_t coefficients) const;
  // All of them `times` times over.
  Quantiser Repeated(int times) const;

  bool empty() const { return centre_.empty(); }
  const std::vector<float>& centre() const { return centre_; }
  const std::vector<float>& half_range() const { return half_range_; }
  const std::vector<double>& mu() const { return mu_; }

  Codes<uint8_t> Quantise(const Codes<float>& codes) const;
  Codes<float> Dequantise(const Codes<uint8_t>& codes) const;

 private:
  std::vector<float> centre_;
  std::vector<float> half_range_;
  std::vector<double> mu_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SENSING_QUANTISER_H_
