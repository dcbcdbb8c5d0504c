// PSNR of a network on a fixed set of validation crops. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_TRAINING_VALIDATION_H_
#define CHAOSENSE_CORE_TRAINING_VALIDATION_H_

#include <string>
#include <vector>

#include "core/nets/picture_net.h"
#include "core/training/block_dataset.h"
#include "core/training/code_channel.h"

namespace chaosense {

// Mean over pictures of each picture's PSNR over its crops, dB, unclipped; of a network of several
// rates the mean over these. A gray network has only
// `gray`, and `color` is NaN; a colour network's gray pictures are copied to three channels and the
// answer averaged.
struct ValidationPsnr {
  double color = 0;
  double gray = 0;
  std::vector<double> gray_by_count;  // as PictureNet::measurement_counts, if there are several
  double selection() const;  // the mean of those there are: what the best weights are chosen by
};

// "color 29.1 dB, gray 28.0 dB", for people.
std::string ToText(const ValidationPsnr& psnr);

class Validation {
 public:
  // Of the crops of `side` pixels (a multiple of 33), edge to edge, of all pictures so many that
  // they hold about `blocks` blocks, evenly spread. `images` are RGB.
  Validation(const std::vector<ImageU8>& images,
             int channels,
             size_t blocks,
             int side = kBlockSize);

  // Through `channel`. A network of several rates keeps the last of them.
  ValidationPsnr Measure(PictureNet& net,
                         const at::Device& device,
                         const CodeChannel& channel = {}) const;

 private:
  struct Blocks {
    at::Tensor values;          // [N, channels, side, side]
    std::vector<size_t> image;  // of each crop
    size_t images = 0;
  };
  static Blocks Cut(std::vector<ImageU8> images, size_t blocks, int side);
  static double MeanPsnr(PictureNet& net,
                         const Blocks& blocks,
                         bool average,
                         const at::Device& device,
                         const CodeChannel& channel);
  Blocks color_;
  Blocks gray_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_VALIDATION_H_
