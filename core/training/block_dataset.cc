#include "core/training/block_dataset.h"

#include <numeric>
#include <string>

#include "core/base/error.h"
#include "core/base/random.h"

namespace chaosense {

BlockDataset::BlockDataset(std::vector<ImageU8> images, int stride, int side)
    : images_(std::move(images)), side_(side) {
  CHAOSENSE_CHECK(stride >= 1 && !images_.empty());
  channels_ = images_.front().shape.channels;
  for (size_t i = 0; i < images_.size(); ++i) {
    const Shape& shape = images_[i].shape;
    CHAOSENSE_CHECK(shape.channels == channels_,
                    "images of one dataset have the same number of channels");
    CHAOSENSE_CHECK(shape.height <= UINT16_MAX && shape.width <= UINT16_MAX);
    for (int row = 0; row + side <= shape.height; row += stride) {
      for (int column = 0; column + side <= shape.width; column += stride) {
        origins_.push_back(
            {static_cast<uint32_t>(i), static_cast<uint16_t>(row), static_cast<uint16_t>(column)});
      }
    }
  }
}

void BlockDataset::Extract(size_t index, int dihedral, std::span<float> out) const {
  CHAOSENSE_CHECK(index < origins_.size() && dihedral >= 0 && dihedral < 8 &&
                  out.size() == block_values());
  const Origin& origin = origins_[index];
  const ImageU8& image = images_[origin.image];
  const bool transpose = (dihedral & 1) != 0;
  const bool flip_rows = (dihedral & 2) != 0;
  const bool flip_columns = (dihedral & 4) != 0;
  size_t next = 0;
  for (int channel = 0; channel < channels_; ++channel) {
    for (int r = 0; r < side_; ++r) {
      for (int c = 0; c < side_; ++c) {
        int row = transpose ? c : r;
        int column = transpose ? r : c;
        if (flip_rows) row = side_ - 1 - row;
        if (flip_columns) column = side_ - 1 - column;
        out[next++] =
            static_cast<float>(image.at(channel, origin.row + row, origin.column + column)) *
            (1.0f / 255.0f);
      }
    }
  }
}

BatchOrder::BatchOrder(uint64_t seed, size_t blocks, size_t batch)
    : seed_(seed), blocks_(blocks), batch_(batch) {
  CHAOSENSE_CHECK(blocks > 0 && batch > 0 && blocks <= UINT32_MAX);
}

void BatchOrder::PrepareEpoch(int64_t epoch) {
  if (epoch == epoch_) return;
  epoch_ = epoch;
  RandomStream random("seed=" + std::to_string(seed_) + "|blocks|epoch=" + std::to_string(epoch));
  permutation_.resize(blocks_);
  std::iota(permutation_.begin(), permutation_.end(), 0u);
  Shuffle(permutation_, random);
  symmetries_.resize(blocks_);
  for (uint8_t& symmetry : symmetries_) symmetry = static_cast<uint8_t>(random.Next() & 7u);
}

std::vector<BatchOrder::Item> BatchOrder::Batch(int64_t iteration) {
  std::vector<Item> items(batch_);
  for (size_t i = 0; i < batch_; ++i) {
    const size_t position = static_cast<size_t>(iteration) * batch_ + i;
    PrepareEpoch(static_cast<int64_t>(position / blocks_));
    const size_t at = position % blocks_;
    items[i] = {permutation_[at], symmetries_[at]};
  }
  return items;
}

}  // namespace chaosense
