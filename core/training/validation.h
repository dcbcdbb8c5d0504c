// PSNR of a network on a fixed set of validation blocks. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_TRAINING_VALIDATION_H_
#define CHAOSENSE_CORE_TRAINING_VALIDATION_H_

#include <vector>

#include "core/nets/block_net.h"
#include "core/sensing/quantiser.h"

namespace chaosense {

// Mean over pictures of each picture's PSNR over its blocks, dB, unclipped. A gray network has only
// `gray`, and `color` is NaN; a colour network's gray pictures are copied to three channels and the
// answer averaged.
struct ValidationPsnr {
  double color = 0;
  double gray = 0;
  double selection() const;  // the mean of those there are: what the best weights are chosen by
};

class Validation {
 public:
  // Of the whole blocks at stride 33 of all pictures about `blocks`, evenly spread. `images` are
  // RGB.
  Validation(const std::vector<ImageU8>& images, int channels, size_t blocks);

  // With a quantiser: through its 8-bit codes.
  ValidationPsnr Measure(BlockNet& net,
                         const at::Device& device,
                         const Quantiser* quantiser = nullptr) const;

 private:
  struct Blocks {
    at::Tensor values;          // [N, channels, 33, 33]
    std::vector<size_t> image;  // of each block
    size_t images = 0;
  };
  static Blocks Cut(std::vector<ImageU8> images, size_t blocks);
  static double MeanPsnr(BlockNet& net,
                         const Blocks& blocks,
                         bool average,
                         const at::Device& device,
                         const Quantiser* quantiser);
  Blocks color_;
  Blocks gray_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_VALIDATION_H_
