#include "core/solvers/bm3d.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/image/image_io.h"
#include "core/metrics/quality.h"
#include "core/solvers/bm3d_matching.h"
#include "core/solvers/bm3d_transform.h"

namespace chaosense {
namespace {

std::vector<float> Noise(size_t count, float sigma, const std::string& name) {
  RandomStream random(name);
  std::vector<float> values(count);
  for (float& v : values) v = sigma * static_cast<float>(random.Normal());
  return values;
}

// A slanted edge over a ramp: something to denoise without a data folder.
std::vector<float> Picture(int height, int width) {
  std::vector<float> pixels;
  for (int r = 0; r < height; ++r) {
    for (int c = 0; c < width; ++c) {
      pixels.push_back(r + 2 * c < width ? 60.0f + static_cast<float>(r) : 180.0f);
    }
  }
  return pixels;
}

double MeanSquare(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += std::pow(static_cast<double>(a[i]) - b[i], 2);
  return sum / static_cast<double>(a.size());
}

class BlockTransformTest : public ::testing::TestWithParam<BlockTransform> {};

TEST_P(BlockTransformTest, RowsHaveUnitNormAndTheInverseInverts) {
  const BlockTransform& t = GetParam();
  for (int i = 0; i < t.block; ++i) {
    double norm = 0;
    for (int j = 0; j < t.block; ++j) {
      norm += std::pow(t.forward[static_cast<size_t>(i * t.block + j)], 2);
      double product = 0;
      for (int k = 0; k < t.block; ++k) {
        product += static_cast<double>(t.forward[static_cast<size_t>(i * t.block + k)]) *
                   t.inverse[static_cast<size_t>(k * t.block + j)];
      }
      EXPECT_NEAR(product, i == j ? 1 : 0, 1e-6);
    }
    EXPECT_NEAR(norm, 1, 1e-6);
  }
}

// Every block of a plane forward, back, and averaged under the window: the plane again.
TEST_P(BlockTransformTest, AllBlocksForwardAndBackGiveThePlane) {
  const BlockTransform& t = GetParam();
  PaddedPlane plane(23, 30);
  const std::vector<float> pixels = Noise(23 * 30, 50, "plane");
  for (int r = 0; r < 23; ++r) {
    for (int c = 0; c < 30; ++c) *plane.at(r, c) = pixels[static_cast<size_t>(r * 30 + c)];
  }
  const int rows = 23 - t.block + 1;
  const int columns = 30 - t.block + 1;
  std::vector<float> blocks;
  TransformBlocks(t, plane, 0, rows, blocks);
  const std::vector<float> window = KaiserWindow(t.block);
  PaddedPlane sums(23, 30);
  PaddedPlane weights(23, 30);
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      AddBlock(t,
               blocks.data() + (r * columns + c) * BlockSize(t.block),
               window.data(),
               0.5f,
               sums.at(r, c),
               weights.at(r, c),
               sums.stride);
    }
  }
  for (int r = 0; r < 23; ++r) {
    for (int c = 0; c < 30; ++c) {
      EXPECT_NEAR(*sums.at(r, c) / *weights.at(r, c), *plane.at(r, c), 1e-3);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All,
                         BlockTransformTest,
                         ::testing::Values(Bior15Transform(), DctTransform(8), DctTransform(11)),
                         [](const auto& one) { return "Number" + std::to_string(one.index); });

// MATLAB's wfilters('bior1.5'): the high-pass is (-1, 1) / sqrt(2), so the finest coefficients are
// differences of neighbours, and a constant has only the coarsest coefficient, sqrt(8) times it
// before rows are scaled to unit norm.
TEST(Bior15, IsTheWaveletOfItsName) {
  const BlockTransform t = Bior15Transform();
  for (int k = 0; k < 8; ++k) {
    float of_constant = 0;
    for (int j = 0; j < 8; ++j) of_constant += t.forward[static_cast<size_t>(8 * k + j)];
    if (k > 0) {
      EXPECT_NEAR(of_constant, 0, 1e-6) << k;
    }
    if (k >= 4) {
      const size_t pair = static_cast<size_t>(8 * k + 2 * (k - 4));
      EXPECT_NEAR(t.forward[pair], -std::sqrt(0.5), 1e-6);
      EXPECT_NEAR(t.forward[pair + 1], std::sqrt(0.5), 1e-6);
    }
  }
}

TEST(Kaiser, Beta2) {
  const std::vector<float> window = KaiserWindow(8);
  // The ends of a Kaiser window are 1 / I0(beta); I0(2) = 2.2795853 (Abramowitz, Stegun,
  // table 9.8).
  EXPECT_NEAR(window[0], 1 / (2.2795853 * 2.2795853), 1e-6);
  EXPECT_EQ(window[0], window[63]);
  EXPECT_GT(window[27], 0.9);
}

TEST(GroupFilters, HaarIsOrthonormal) {
  for (const int count : {1, 2, 16, 32}) {
    const std::vector<float> before = Noise(static_cast<size_t>(count) * 64, 10, "group");
    std::vector<float> group = before;
    EXPECT_EQ(HardThresholdGroup(group.data(), count, 64, 0.0f), count * 64);
    for (size_t i = 0; i < group.size(); ++i) EXPECT_NEAR(group[i], before[i], 1e-4);
    // White noise far below the threshold: nothing is left.
    EXPECT_EQ(HardThresholdGroup(group.data(), count, 64, 80.0f), 0);
    for (const float v : group) EXPECT_EQ(v, 0);
  }
}

TEST(GroupFilters, WienerWeights) {
  // One block: the weights are b^2 / (b^2 + 4) of the values themselves.
  std::vector<float> noisy(64, 3.0f);
  std::vector<float> basic(64, 4.0f);
  EXPECT_NEAR(WienerGroup(noisy.data(), basic.data(), 1, 64, 4.0f), 64 * 0.8 * 0.8, 1e-3);
  for (const float v : noisy) EXPECT_NEAR(v, 3 * 0.8, 1e-5);
}

// Against the definition, on a plane of noise.
TEST(BlockMatching, FindsTheNearest) {
  PaddedPlane plane(40, 60);
  for (int r = 0; r < 40; ++r) {
    const std::vector<float> line = Noise(60, 20, "row" + std::to_string(r));
    std::copy(line.begin(), line.end(), plane.at(r, 0));
  }
  for (const int block : {8, 11}) {
    const Bm3dStage stage{block, 3, 16, 39, 1e6f};
    for (const auto& [row, column] : {std::pair{0, 0}, {20, 25}, {40 - block, 60 - block}}) {
      std::vector<float> all;
      for (int r = std::max(0, row - 19); r <= std::min(40 - block, row + 19); ++r) {
        for (int c = std::max(0, column - 19); c <= std::min(60 - block, column + 19); ++c) {
          float sum = 0;
          for (int i = 0; i < block; ++i) {
            for (int j = 0; j < block; ++j) {
              const float d = *plane.at(r + i, c + j) - *plane.at(row + i, column + j);
              sum += d * d;
            }
          }
          all.push_back(sum);
        }
      }
      std::sort(all.begin(), all.end());
      const BlockGroup group = FindSimilar(plane, stage, row, column);
      ASSERT_EQ(group.count, 16);
      EXPECT_EQ(group.matches[0].row, row);
      EXPECT_EQ(group.matches[0].column, column);
      for (size_t i = 0; i < 16; ++i) EXPECT_EQ(group.matches[i].distance, all[i]);
    }
  }
}

TEST(Bm3d, WithoutNoiseTheInputComesBack) {
  const std::vector<float> picture = Picture(40, 50);
  std::vector<float> out(picture.size());
  for (const float sigma : {0.0f, 1e-4f}) {
    Bm3d(Bm3dProfile::kNormal).Denoise(picture, 40, 50, sigma, 1, out);
    for (size_t i = 0; i < out.size(); ++i) EXPECT_NEAR(out[i], picture[i], 1e-2);
  }
}

TEST(Bm3d, RemovesMostOfTheNoise) {
  const std::vector<float> picture = Picture(66, 66);
  for (const float sigma : {20.0f, 60.0f}) {  // 60: the parameters for strong noise
    for (const Bm3dProfile profile : {Bm3dProfile::kNormal, Bm3dProfile::kLowComplexity}) {
      std::vector<float> noisy = Noise(picture.size(), sigma, "noise");
      for (size_t i = 0; i < noisy.size(); ++i) noisy[i] += picture[i];
      std::vector<float> out(picture.size());
      Bm3d(profile).Denoise(noisy, 66, 66, sigma, 1, out);
      EXPECT_LT(MeanSquare(out, picture), 0.1 * MeanSquare(noisy, picture)) << sigma;
    }
  }
}

TEST(Bm3d, ThreadsChangeNoBit) {
  const std::vector<float> noisy = Noise(150 * 70, 30, "noise");
  std::vector<float> one(noisy.size());
  std::vector<float> three(noisy.size());
  const Bm3d bm3d(Bm3dProfile::kNormal);
  bm3d.Denoise(noisy, 150, 70, 30, 1, one);
  bm3d.Denoise(noisy, 150, 70, 30, 3, three);
  EXPECT_EQ(one, three);
}

TEST(Bm3d, SmallPlanes) {
  const Bm3d bm3d(Bm3dProfile::kNormal);
  for (const auto& [height, width] : {std::pair{33, 33}, {8, 8}, {9, 40}}) {
    for (const float sigma : {10.0f, 100.0f}) {
      const size_t size = static_cast<size_t>(height) * static_cast<size_t>(width);
      const std::vector<float> noisy = Noise(size, sigma, "small");
      std::vector<float> out(size);
      bm3d.Denoise(noisy, height, width, sigma, 1, out);
      EXPECT_LT(MeanSquare(out, std::vector<float>(size)), sigma * sigma / 2) << height;
    }
  }
  std::vector<float> noisy(7 * 40);
  std::vector<float> out(7 * 40);
  EXPECT_THROW(bm3d.Denoise(noisy, 7, 40, 10, 1, out), Error);
}

// Where sigma is given pixel by pixel, the quiet half is left alone and the noisy half cleaned.
TEST(Bm3d, VaryingSigma) {
  std::vector<float> noisy = Noise(64 * 128, 20, "half");
  std::vector<float> sigma(noisy.size(), 20.0f);
  for (size_t i = 0; i < noisy.size(); ++i) {
    if (i % 128 < 64) sigma[i] = 0.01f;
  }
  std::vector<float> out(noisy.size());
  Bm3d(Bm3dProfile::kNormal).DenoiseVarying(noisy, 64, 128, sigma, 1, out);
  double quiet = 0;
  double loud = 0;
  for (size_t i = 0; i < noisy.size(); ++i) {
    if (i % 128 < 24) quiet = std::max(quiet, std::abs(static_cast<double>(out[i]) - noisy[i]));
    if (i % 128 >= 104) loud += out[i] * out[i] / (64 * 24);
  }
  EXPECT_LT(quiet, 1);
  EXPECT_LT(loud, 0.1 * 20 * 20);
}

// Published: Dabov et al., TIP 2007, Table I, sigma = 25: House 32.86 dB, Cameraman 29.45 dB.
TEST(Bm3d, PublishedPsnr) {
  const char* folder = std::getenv("CHAOSENSE_DATA");
  if (folder == nullptr) GTEST_SKIP() << "CHAOSENSE_DATA is not set";
  for (const auto& [name, published] : {std::pair{"house", 32.86}, {"cameraman", 29.45}}) {
    const ImageF clean =
        ToFloat(LoadImage(fmt::format("{}/set11/gray_png/{}.png", folder, name), ColorMode::kGray));
    double sum = 0;
    for (const char* seed : {"noise0", "noise1"}) {
      std::vector<float> noisy = Noise(clean.data.size(), 25, seed);
      for (size_t i = 0; i < noisy.size(); ++i) noisy[i] += 255 * clean.data[i];
      ImageF out(clean.shape);
      Bm3d(Bm3dProfile::kNormal)
          .Denoise(noisy, clean.shape.height, clean.shape.width, 25, 1, out.data);
      for (float& v : out.data) v /= 255;
      sum += Psnr(clean, out);
    }
    EXPECT_NEAR(sum / 2, published, 0.1) << name;
  }
}

}  // namespace
}  // namespace chaosense
