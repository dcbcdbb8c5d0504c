#include "core/cipher/hua2015.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "core/base/random.h"

namespace chaosense {
namespace {

const Bytes kKey = RandomStream("hua2015 key").RandomBytes(32);

Bytes Encrypt(const ImageU8& plain, const Bytes& key = kKey) {
  return Hua2015Cipher(false).Encrypt(plain, key, Digest{}).bytes.data;
}

ImageU8 Random(Shape shape, const std::string& name) {
  return ImageU8(shape, RandomStream(name).RandomBytes(shape.size()));
}

// The finding of Chen, Chen, Zhou (arXiv 1903.11987), on which their attack rests.
TEST(Hua2015, IsAffineModulo256) {
  for (const Shape shape : {Shape{1, 1, 1}, {1, 1, 9}, {1, 9, 1}, {1, 24, 31}, {3, 12, 7}}) {
    const ImageU8 p = Random(shape, "p");
    const ImageU8 q = Random(shape, "q");
    ImageU8 sum(shape);
    for (size_t i = 0; i < sum.data.size(); ++i)
      sum.data[i] = static_cast<uint8_t>(p.data[i] + q.data[i]);
    const Bytes ep = Encrypt(p), eq = Encrypt(q), zero = Encrypt(ImageU8(shape)),
                esum = Encrypt(sum);
    for (size_t i = 0; i < esum.size(); ++i)
      ASSERT_EQ(esum[i], static_cast<uint8_t>(ep[i] + eq[i] - zero[i]));
  }
}

// 50 changes of one pixel by +1 in a 256 x 256 image. They depend on the key (the cipher is affine,
// so hardly on the image): a NumPy program made from the same description gave, over eight random
// keys, NPCR means of 0.9942 to 0.9960 with minima of 0.911 to 0.994, UACI means of 0.3288 to
// 0.3332 with minima of 0.102 to 0.296, and 6 to 19 of 50 outside the 0.05 band. A change that the
// first round moves to the last rows and columns reaches little before the second.
TEST(Hua2015, MeanDifferentialStatisticsHideWeakPositions) {
  const ImageU8 plain = Random({1, 256, 256}, "differential");
  const Bytes before = Encrypt(plain);
  RandomStream random("hua2015 positions");
  constexpr int kChanges = 50;
  double npcr_sum = 0, npcr_least = 1, uaci_sum = 0, uaci_least = 1;
  int outside = 0;
  for (int i = 0; i < kChanges; ++i) {
    ImageU8 changed = plain;
    ++changed.data[static_cast<size_t>(random.UniformInt(65536))];
    const Bytes after = Encrypt(changed);
    double differ = 0, sum = 0;
    for (size_t k = 0; k < after.size(); ++k) {
      differ += after[k] != before[k] ? 1 : 0;
      sum += std::abs(int{after[k]} - int{before[k]});
    }
    const double npcr = differ / 65536, uaci = sum / 65536 / 255;
    npcr_sum += npcr;
    uaci_sum += uaci;
    npcr_least = std::min(npcr_least, npcr);
    uaci_least = std::min(uaci_least, uaci);
    // The 0.05 band for 256 x 256 (Wu, Noonan, Agaian 2011).
    outside += uaci < 0.3328238 || uaci > 0.3364471 ? 1 : 0;
  }
  EXPECT_NEAR(npcr_sum / kChanges, 0.9951, 0.0015);
  EXPECT_LT(npcr_least, 0.9956930);  // N* at the 0.05 level (Wu, Noonan, Agaian 2011)
  EXPECT_NEAR(uaci_sum / kChanges, 0.3310, 0.003);
  EXPECT_LT(uaci_least, 0.3328238);
  EXPECT_GT(outside, 50 / 20);
}

// From the NumPy program; the image is small enough for the C library's sine to give the same
// orbit.
TEST(Hua2015, AgreesWithAnIndependentProgram) {
  ImageU8 plain(Shape{1, 4, 5});
  for (size_t i = 0; i < 20; ++i) plain.data[i] = static_cast<uint8_t>(i * 37 + 11);
  Bytes key(32);
  for (size_t i = 0; i < key.size(); ++i) key[i] = static_cast<uint8_t>(7 * i + 1);
  EXPECT_EQ(ToHex(Encrypt(plain, key)), "dcb94dcbc0f4884a87fa77742f0198a78de2248b");
}

// x0 = y0 = 0 stays at 0: a weak key, but not one that crashes.
TEST(Hua2015, TheZeroKeyRoundTrips) {
  const Bytes zero(32);
  const ImageU8 plain = Random({3, 10, 12}, "zero key");
  const Hua2015Cipher cipher(false);
  EXPECT_EQ(cipher.Decrypt(cipher.Encrypt(plain, zero, {}), zero, {}), plain);
}

// Our own value: it holds for every compiler and flag; changing it means raising the revision.
TEST(Hua2015, GoldenCiphertext) {
  ImageU8 plain(Shape{3, 37, 41});
  for (size_t i = 0; i < plain.data.size(); ++i)
    plain.data[i] = static_cast<uint8_t>(i * i + 3 * i);
  Bytes key(32);
  for (size_t i = 0; i < key.size(); ++i) key[i] = static_cast<uint8_t>(7 * i + 1);
  EXPECT_EQ(ToHex(Sha256Of(Encrypt(plain, key))),
            "db9fc11d8070e2d30aeb747c6dbbb55113aa39c82e43a01a980428babf42182a");
}

}  // namespace
}  // namespace chaosense
