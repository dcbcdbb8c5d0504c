// What measurements meet between sensing and reconstruction, for training and validation: the 8-bit
// quantiser, and noise on the encrypted image of codes. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_TRAINING_CODE_CHANNEL_H_
#define CHAOSENSE_CORE_TRAINING_CODE_CHANNEL_H_

#include <cstdint>

#include "core/nets/torch.h"
#include "core/sensing/quantiser.h"

namespace chaosense {

class CodeChannel {
 public:
  CodeChannel() = default;
  // noise: standard deviation of Gaussian noise on the ciphertext of the image of codes, its bytes
  // scaled to [0, 1]. The cipher adds a keystream modulo 256, as "paper" does: noise is clipped to
  // the bytes of the ciphertext and carries codes near 0 and 255 round to the other end.
  explicit CodeChannel(Quantiser quantiser, double noise = 0);

  bool empty() const { return quantiser_.empty(); }
  const Quantiser& quantiser() const { return quantiser_; }

  // measurements [..., m], m at most the quantiser's coefficients (the first m are used): as after
  // Quantise, noise, rounding, Dequantise. Gradients pass straight through. The same noise for the
  // same seed: these are part `part` of `parts` equal ones of a batch, for all of which it is
  // drawn.
  at::Tensor Pass(const at::Tensor& measurements,
                  uint64_t seed,
                  int64_t part = 0,
                  int64_t parts = 1) const;

  // What codes that noise carries over the end of their range cost, which gradients straight
  // through do not show: the mean squared error that an orthonormal decoder would make of it, for
  // measurements [..., m] of blocks of so many pixels (of all channels); differentiable. Beyond the
  // range, where every second code wraps, up to twice that: so gradients lead back.
  at::Tensor WrapCost(const at::Tensor& measurements, int64_t pixels) const;
  bool wraps() const { return noise_ > 0; }

 private:
  struct Ranges {
    at::Tensor centre, half_range, mu;  // of the coefficients that there are, on their device
  };
  Ranges RangesFor(const at::Tensor& measurements) const;

  Quantiser quantiser_;
  double noise_ = 0;
  at::Tensor centre_;
  at::Tensor half_range_;
  at::Tensor mu_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_CODE_CHANNEL_H_
