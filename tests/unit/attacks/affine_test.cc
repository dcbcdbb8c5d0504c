#include "core/attacks/affine.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace chaosense {
namespace {

constexpr Shape kShape{1, 4, 6};

// A random map y = A x + b over the ring; unit lower triangle times unit upper triangle, so that an
// inverse exists.
struct Affine {
  Ring ring;
  size_t n;
  std::vector<Bytes> lower, upper;  // entries 0..255, or 0 and 1
  Bytes constant;

  explicit Affine(Ring r) : ring(r), n(kShape.size() * (r == Ring::kBits ? 8 : 1)) {
    RandomStream random("affine map " + RingName(r));
    const auto mask = static_cast<uint8_t>(r == Ring::kBits ? 1 : 255);
    for (size_t i = 0; i < n; ++i) {
      lower.push_back(random.RandomBytes(n));
      upper.push_back(random.RandomBytes(n));
      for (size_t j = 0; j < n; ++j) {
        lower[i][j] = j < i ? lower[i][j] & mask : j == i ? 1 : 0;
        upper[i][j] = j > i ? upper[i][j] & mask : j == i ? 1 : 0;
      }
    }
    constant = random.RandomBytes(kShape.size());
  }

  Bytes Multiply(const std::vector<Bytes>& matrix, const Bytes& x) const {
    Bytes y(n);
    for (size_t i = 0; i < n; ++i) {
      unsigned sum = 0;
      for (size_t j = 0; j < n; ++j) sum += unsigned{matrix[i][j]} * x[j];
      y[i] = static_cast<uint8_t>(ring == Ring::kBits ? sum & 1 : sum);
    }
    return y;
  }

  ImageMap map() const {
    return [this](const ImageU8& image) -> std::optional<ImageU8> {
      Bytes x(n);
      for (size_t i = 0; i < n; ++i)
        x[i] = ring == Ring::kBits ? image.data[i / 8] >> (i % 8) & 1 : image.data[i];
      const Bytes z = Multiply(lower, Multiply(upper, x));
      ImageU8 y(image.shape, constant);
      for (size_t i = 0; i < n; ++i) {
        if (ring == Ring::kBits) {
          y.data[i / 8] ^= static_cast<uint8_t>(z[i] << (i % 8));
        } else {
          y.data[i] = static_cast<uint8_t>(y.data[i] + z[i]);
        }
      }
      return y;
    };
  }
};

class AffineOver : public ::testing::TestWithParam<Ring> {};

TEST_P(AffineOver, ModelPredictsAndSolvesAfterTheRightNumberOfQuestions) {
  const Affine secret(GetParam());
  RandomStream random("attacker");
  EXPECT_TRUE(TestAffinity(secret.map(), kShape, GetParam(), 4, random).affine());
  int64_t queries = 0;
  const auto model = AffineModel::Build(secret.map(), kShape, GetParam(), queries);
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(queries, static_cast<int64_t>(secret.n) + 1);
  const ImageU8 x(kShape, random.RandomBytes(kShape.size()));
  const ImageU8 y = *secret.map()(x);
  EXPECT_EQ(model->Apply(x), y);
  EXPECT_EQ(model->Solve(y), x);
}

TEST_P(AffineOver, TheOtherRingDoesNotFit) {
  const Affine secret(GetParam());
  const Ring other = GetParam() == Ring::kBits ? Ring::kZ256 : Ring::kBits;
  RandomStream random("attacker");
  const AffinityTest test = TestAffinity(secret.map(), kShape, other, 6, random);
  EXPECT_FALSE(test.affine());
}

TEST_P(AffineOver, SingularMatricesHaveNoSolution) {
  const ImageMap twice = [](const ImageU8& x) -> std::optional<ImageU8> {
    ImageU8 y = x;
    for (uint8_t& v : y.data) v = static_cast<uint8_t>(v << 1);
    return y;
  };
  int64_t queries = 0;
  const auto model = AffineModel::Build(twice, kShape, GetParam(), queries);
  ASSERT_TRUE(model.has_value());
  EXPECT_FALSE(model->Solve(ImageU8(kShape)).has_value());
}

INSTANTIATE_TEST_SUITE_P(BothRings, AffineOver, ::testing::Values(Ring::kZ256, Ring::kBits));

TEST(TestAffinity, SubstitutionIsAffineOverNeither) {
  RandomStream table_random("substitution");
  Bytes table(256);
  for (size_t i = 0; i < 256; ++i) table[i] = static_cast<uint8_t>(i);
  Shuffle(table, table_random);
  const ImageMap map = [&](const ImageU8& x) -> std::optional<ImageU8> {
    ImageU8 y = x;
    for (uint8_t& v : y.data) v = table[v];
    return y;
  };
  RandomStream random("attacker");
  for (const Ring ring : {Ring::kZ256, Ring::kBits})
    EXPECT_LT(TestAffinity(map, kShape, ring, 6, random).affine_share, 0.05);
}

}  // namespace
}  // namespace chaosense
