#include "core/training/block_dataset.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/training/schedule.h"

namespace chaosense {
namespace {

// Pixel (c, y, x) of image i holds a value that tells where it is from.
ImageU8 Numbered(int channels, int height, int width, int seed) {
  ImageU8 image(Shape{channels, height, width});
  for (size_t i = 0; i < image.data.size(); ++i)
    image.data[i] = static_cast<uint8_t>((i * 37 + static_cast<size_t>(seed) * 101) % 251);
  return image;
}

TEST(BlockDataset, CountsWholeBlocksAtTheStride) {
  // (80-33)/7+1 = 7 rows, (60-33)/7+1 = 4 columns; 33x33 gives one; 32x100 none.
  const BlockDataset dataset(
      {Numbered(3, 80, 60, 1), Numbered(3, 33, 33, 2), Numbered(3, 32, 100, 3)}, 7);
  EXPECT_EQ(dataset.size(), 7u * 4u + 1u);
  EXPECT_EQ(dataset.image_of(28), 1u);
  EXPECT_EQ(dataset.block_values(), 3267u);
}

TEST(BlockDataset, ExtractsPixelsAsTheyLie) {
  const ImageU8 image = Numbered(3, 40, 47, 5);
  const BlockDataset dataset({image}, 7);
  std::vector<float> block(dataset.block_values());
  dataset.Extract(
      5, 0, block);  // 1 row of 3 columns each: index 5 is row 1 (y = 7), column 2 (x = 14)
  for (int c = 0; c < 3; ++c) {
    for (int y = 0; y < 33; ++y) {
      for (int x = 0; x < 33; ++x) {
        ASSERT_FLOAT_EQ(block[static_cast<size_t>((c * 33 + y) * 33 + x)],
                        static_cast<float>(image.at(c, 7 + y, 14 + x)) / 255.0f);
      }
    }
  }
}

TEST(BlockDataset, EightDifferentSymmetries) {
  const BlockDataset dataset({Numbered(1, 33, 33, 9)}, 1);
  std::set<std::vector<float>> seen;
  std::multiset<float> values;
  float centre = 0;
  for (int d = 0; d < 8; ++d) {
    std::vector<float> block(1089);
    dataset.Extract(0, d, block);
    const std::multiset<float> sorted(block.begin(), block.end());
    if (d == 0) values = sorted;
    EXPECT_EQ(sorted, values);
    if (d == 0) centre = block[16 * 33 + 16];
    EXPECT_EQ(block[16 * 33 + 16], centre);
    seen.insert(block);
  }
  EXPECT_EQ(seen.size(), 8u);
}

TEST(BatchOrder, EveryEpochIsAPermutation) {
  BatchOrder order(1, 10, 4);
  std::vector<size_t> visits;
  for (int64_t i = 0; i < 5; ++i) {
    for (const BatchOrder::Item& item : order.Batch(i)) visits.push_back(item.block);
  }
  const std::set<size_t> first(visits.begin(), visits.begin() + 10);
  const std::set<size_t> second(visits.begin() + 10, visits.end());
  EXPECT_EQ(first.size(), 10u);
  EXPECT_EQ(second.size(), 10u);
  EXPECT_NE(std::vector<size_t>(visits.begin(), visits.begin() + 10),
            std::vector<size_t>(visits.begin() + 10, visits.end()));
}

TEST(BatchOrder, IsAFunctionOfSeedAndIteration) {
  BatchOrder forward(7, 100, 16);
  BatchOrder backward(7, 100, 16);
  BatchOrder other(8, 100, 16);
  std::vector<std::vector<BatchOrder::Item>> seen;
  for (int64_t i = 0; i < 20; ++i) seen.push_back(forward.Batch(i));
  bool differs = false;
  for (int64_t i = 19; i >= 0; --i) {
    const auto again = backward.Batch(i);
    const auto strange = other.Batch(i);
    for (size_t k = 0; k < 16; ++k) {
      EXPECT_EQ(again[k].block, seen[static_cast<size_t>(i)][k].block);
      EXPECT_EQ(again[k].dihedral, seen[static_cast<size_t>(i)][k].dihedral);
      differs |= strange[k].block != again[k].block;
    }
  }
  EXPECT_TRUE(differs);
}

TEST(Schedule, Shapes) {
  const Schedule cosine{"cosine", 1000, 10, 1e-3, 1e-5, 2};
  EXPECT_NEAR(cosine.At(0), 1e-4, 1e-6);  // a tenth: the first of ten warm-up steps
  EXPECT_NEAR(cosine.At(500), 0.5 * (1e-3 + 1e-5), 1e-9);
  EXPECT_NEAR(cosine.At(1000), 1e-5, 1e-12);
  const Schedule step{"step", 900, 0, 1e-3, 1e-5, 2};
  EXPECT_DOUBLE_EQ(step.At(299), 1e-3);
  EXPECT_NEAR(step.At(300), 1e-4, 1e-12);
  EXPECT_NEAR(step.At(600), 1e-5, 1e-12);
  const Schedule constant{"constant", 900, 0, 1e-3, 1e-5, 2};
  EXPECT_DOUBLE_EQ(constant.At(899), 1e-3);
}

}  // namespace
}  // namespace chaosense
