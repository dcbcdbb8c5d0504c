// Square training crops of k x k blocks cut from whole pictures kept as bytes, and the order in
// which training visits them.
#ifndef CHAOSENSE_CORE_TRAINING_BLOCK_DATASET_H_
#define CHAOSENSE_CORE_TRAINING_BLOCK_DATASET_H_

#include <cstdint>
#include <span>
#include <vector>

#include "core/image/blocks.h"
#include "core/image/image.h"

namespace chaosense {

class BlockDataset {
 public:
  // Crops of `side` pixels start at every multiple of `stride` that leaves them whole. All images
  // have the same number of channels. Pictures smaller than a crop give none.
  BlockDataset(std::vector<ImageU8> images, int stride, int side = kBlockSize);

  size_t size() const { return origins_.size(); }
  int channels() const { return channels_; }
  int side() const { return side_; }
  size_t block_values() const {
    return static_cast<size_t>(channels_) * static_cast<size_t>(side_) * static_cast<size_t>(side_);
  }
  size_t image_of(size_t index) const { return origins_[index].image; }

  // Crop `index` in [0, 1], channel-major, turned and mirrored by `dihedral` in 0..7 (0: as it
  // is). `out` holds block_values().
  void Extract(size_t index, int dihedral, std::span<float> out) const;

 private:
  struct Origin {
    uint32_t image;
    uint16_t row;
    uint16_t column;
  };
  std::vector<ImageU8> images_;
  std::vector<Origin> origins_;
  int channels_ = 0;
  int side_ = kBlockSize;
};

// The block and the symmetry of each training step: a function of seed, step and batch size alone,
// so that a resumed run continues with the same blocks. Every epoch is a fresh permutation.
class BatchOrder {
 public:
  BatchOrder(uint64_t seed, size_t blocks, size_t batch);

  struct Item {
    size_t block;
    int dihedral;
  };
  std::vector<Item> Batch(int64_t iteration);

 private:
  void PrepareEpoch(int64_t epoch);

  uint64_t seed_;
  size_t blocks_;
  size_t batch_;
  int64_t epoch_ = -1;
  std::vector<uint32_t> permutation_;
  std::vector<uint8_t> symmetries_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_BLOCK_DATASET_H_
