#include "core/chaos/cloud.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

#include "core/base/random.h"
#include "core/chaos/detmath.h"

namespace chaosense {
namespace {

const Bytes kKey = RandomStream("cloud test key").RandomBytes(32);
const Digest kNonce = Sha256Of("cloud test nonce");

Bytes Stream(std::span<const uint8_t> key, const Digest& nonce, size_t size) {
  Bytes bytes(size);
  CloudKeystream(key, nonce).Fill(bytes);
  return bytes;
}

double DifferingShare(const Bytes& a, const Bytes& b) {
  size_t different = 0;
  for (size_t i = 0; i < a.size(); ++i) different += a[i] != b[i] ? 1 : 0;
  return static_cast<double>(different) / static_cast<double>(a.size());
}

// Our own value; any change is a new chaos ABI. (tests/golden/keystream_digest.sh does the same
// with other compilers.)
TEST(Cloud, GoldenDigest) {
  Bytes key(32);
  for (size_t i = 0; i < key.size(); ++i) key[i] = static_cast<uint8_t>(i);
  EXPECT_EQ(ToHex(Sha256Of(Stream(key, Sha256Of(""), 65536))),
            "c18bf09b636e3006b60c01a4fe04ee7a0c9bd49aa79a864d8662496c2d3e391a");
}

TEST(Cloud, KeysLieInTheStatedRanges) {
  RandomStream random("cloud ranges");
  for (int i = 0; i < 200; ++i) {
    Digest nonce{};
    const Bytes bytes = random.RandomBytes(32);
    std::copy(bytes.begin(), bytes.end(), nonce.begin());
    const CloudKey k = DeriveCloudKey(random.RandomBytes(32), nonce);
    constexpr double kShift = 1e-3;  // what the nonce may add
    for (const double ex : {k.ex_x, k.ex_y}) EXPECT_TRUE(ex >= -1 && ex < 1 + kShift);
    for (const double en : {k.en_x, k.en_y}) EXPECT_TRUE(en >= 0.5 && en < 1.5 + kShift);
    for (const double he : {k.he_x, k.he_y}) EXPECT_TRUE(he >= 0.05 && he < 0.15 + kShift);
    for (const double start : {k.u0, k.v0}) EXPECT_TRUE(start >= 0.05 && start < 0.45 + kShift);
    EXPECT_TRUE(k.r > 3.999 && k.r <= 4);
  }
}

// Each bit of the key and of the nonce gives an unrelated stream: 255/256 of the bytes differ,
// within 5 sd.
TEST(Cloud, EveryBitOfKeyAndNonceCounts) {
  constexpr size_t kSize = 2048;
  const Bytes reference = Stream(kKey, kNonce, kSize);
  const double sd = std::sqrt(255.0 / 65536 / kSize);
  for (size_t bit = 0; bit < 256; ++bit) {
    Bytes key = kKey;
    key[bit / 8] ^= static_cast<uint8_t>(1 << (bit % 8));
    EXPECT_NEAR(DifferingShare(reference, Stream(key, kNonce, kSize)), 255.0 / 256, 5 * sd)
        << "key bit " << bit;
    Digest nonce = kNonce;
    nonce[bit / 8] ^= static_cast<uint8_t>(1 << (bit % 8));
    EXPECT_NEAR(DifferingShare(reference, Stream(kKey, nonce, kSize)), 255.0 / 256, 5 * sd)
        << "nonce bit " << bit;
  }
}

// Every real key alone, changed by 2^-45, gives an unrelated stream: none is a mere constant added
// to the bytes.
TEST(Cloud, EveryRealKeyEntersTheOrbits) {
  const CloudKey base = DeriveCloudKey(kKey, kNonce);
  constexpr size_t kSize = 4096;
  const double sd = std::sqrt(255.0 / 65536 / kSize);
  Bytes reference(kSize);
  CloudKeystream(base).Fill(reference);
  const std::array<double CloudKey::*, 9> members = {&CloudKey::ex_x,
                                                     &CloudKey::en_x,
                                                     &CloudKey::he_x,
                                                     &CloudKey::ex_y,
                                                     &CloudKey::en_y,
                                                     &CloudKey::he_y,
                                                     &CloudKey::u0,
                                                     &CloudKey::v0,
                                                     &CloudKey::r};
  for (size_t i = 0; i < members.size(); ++i) {
    CloudKey key = base;
    key.*members[i] -= 0x1p-45;
    Bytes other(kSize);
    CloudKeystream(key).Fill(other);
    EXPECT_NEAR(DifferingShare(reference, other), 255.0 / 256, 5 * sd) << "real key " << i;
  }
}

// Histogram of bytes: chi-square with 255 degrees of freedom, critical value at 0.001: 330.52.
TEST(Cloud, BytesAreUniform) {
  constexpr size_t kSize = 1 << 20;
  const Bytes bytes = Stream(kKey, kNonce, kSize);
  std::array<double, 256> counts{};
  for (const uint8_t byte : bytes) counts[byte] += 1;
  double chi2 = 0;
  for (const double count : counts)
    chi2 += (count - kSize / 256.0) * (count - kSize / 256.0) / (kSize / 256.0);
  EXPECT_LT(chi2, 330.519744);
  EXPECT_GT(chi2, 190);  // suspiciously even below (p = 0.001)
}

// Pairs (byte i, byte i + lag) on a 16 x 16 grid: chi-square with 255 degrees of freedom. The lags
// look within a drop, and from drop to drop along x, y.
TEST(Cloud, NeighbouringBytesAreIndependent) {
  constexpr size_t kSize = 1 << 20;
  const Bytes bytes = Stream(kKey, kNonce, kSize);
  for (const size_t lag : {1, 2, 3, 4}) {
    std::array<double, 256> counts{};
    for (size_t i = 0; i + lag < kSize; ++i)
      counts[static_cast<size_t>((bytes[i] & 15) << 4 | (bytes[i + lag] & 15))] += 1;
    const double expected = static_cast<double>(kSize - lag) / 256;
    double chi2 = 0;
    for (const double count : counts) chi2 += (count - expected) * (count - expected) / expected;
    EXPECT_LT(chi2, 350) << "lag " << lag;
  }
}

TEST(Cloud, RealsAreInTheUnitInterval) {
  CloudKeystream stream(kKey, kNonce);
  double sum = 0;
  for (int i = 0; i < 100000; ++i) {
    const double s = stream.NextReal();
    ASSERT_GE(s, 0);
    ASSERT_LT(s, 1);
    sum += s;
  }
  EXPECT_NEAR(sum / 100000, 0.5, 0.005);  // sd 0.0009
}

TEST(Cloud, NextBelowReachesEveryValue) {
  CloudKeystream stream(kKey, kNonce);
  std::set<uint32_t> seen;
  for (int i = 0; i < 1000; ++i) {
    const uint32_t n = stream.NextBelow(7);
    ASSERT_LT(n, 7u);
    seen.insert(n);
  }
  EXPECT_EQ(seen.size(), 7u);
  EXPECT_EQ(stream.NextBelow(1), 0u);
}

// Collapsed orbits are set anew: 0 and everything below 2^-52.
TEST(Cloud, CollapsedOrbitsAreReinjected) {
  EXPECT_EQ(CloudKeystream::Reinject(0.3, 0.7), 0.3);
  EXPECT_EQ(CloudKeystream::Reinject(0x1p-52, 0.7), 0x1p-52);
  for (const double collapsed : {0.0, 0x1p-53, 0x1p-1000}) {
    for (const double other : {0.0, 0.5, 1.0}) {
      const double value = CloudKeystream::Reinject(collapsed, other);
      EXPECT_GE(value, 0x1p-52);
      EXPECT_LE(value, 0x1p-10);
    }
  }
}

// The worst starts: u = v = 1/2 goes to 1 and then to 0 for r = 4; equal orbits; a fixed point.
TEST(Cloud, DegenerateStartsStillGiveAStream) {
  CloudKey key = DeriveCloudKey(kKey, kNonce);
  key.r = 4;
  for (const auto& [u, v] : {std::pair{0.5, 0.5}, {0.75, 0.75}, {0.25, 0.75}, {0x1p-60, 0x1p-60}}) {
    key.u0 = u;
    key.v0 = v;
    CloudKeystream stream(key);
    std::set<double> seen;
    for (int i = 0; i < 4000; ++i) seen.insert(stream.NextReal());
    EXPECT_GT(seen.size(), 3900u) << u << " " << v;
    EXPECT_NE(stream.u(), stream.v());
  }
}

// No cycle within 10^6 drops (a plain logistic orbit in doubles would need some 10^7 steps; Brent's
// algorithm).
TEST(Cloud, NoShortCycle) {
  CloudKeystream stream(kKey, kNonce);
  const auto step = [&] {
    stream.NextReal();
    stream.NextReal();
    return std::pair(stream.u(), stream.v());
  };
  std::pair<double, double> saved = step();
  int power = 1;
  int length = 0;
  for (int i = 0; i < 1000000; ++i) {
    const auto state = step();
    ++length;
    ASSERT_NE(state, saved) << "a cycle of " << length << " drops";
    if (length == power) {
      saved = state;
      power *= 2;
      length = 0;
    }
  }
}

}  // namespace
}  // namespace chaosense
