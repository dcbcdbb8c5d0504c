#include "core/cipher/map_cipher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/base/random.h"
#include "core/base/scratch_folder.h"
#include "core/chaos/map_registry.h"

namespace chaosense {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

const Bytes kKey = RandomStream("map key").RandomBytes(32);
const Digest kNonce = Sha256Of("map nonce");

CipherRegistry Registry() {
  CipherRegistry registry("cipher");
  RegisterMapCipher(registry);
  return registry;
}

std::unique_ptr<Cipher> Make(const Json& parameters) {
  return Registry().Create("map_cipher", parameters);
}

std::shared_ptr<const MapKeystreamPlan> Plan(const Json& parameters) {
  const CipherRegistry registry = Registry();
  return MakeMapKeystreamPlan(
      ResolveParameters(registry.Info("map_cipher"), parameters, "map_cipher"));
}

std::vector<std::string> MapNames() {
  MapRegistry maps("map");
  RegisterBuiltinMaps(maps);
  return maps.Names();
}

ImageU8 Random(Shape shape) {
  return ImageU8(shape, RandomStream("map image").RandomBytes(shape.size()));
}

TEST(MapCipher, EveryMapRoundTripsInEveryStructure) {
  for (const std::string& map : MapNames()) {
    for (const char* structure : {"diffuse", "scramble_diffuse", "chained"}) {
      const auto cipher = Make({{"map", map}, {"structure", structure}});
      for (const Shape shape : {Shape{1, 1, 1}, {3, 7, 5}}) {
        const ImageU8 plain = Random(shape);
        EXPECT_EQ(cipher->Decrypt(cipher->Encrypt(plain, kKey, kNonce), kKey, kNonce), plain)
            << map << " " << structure;
      }
    }
  }
}

TEST(MapCipher, KeyAndNonceChangeTheStreamOfEveryMap) {
  const ImageU8 plain = Random({1, 16, 16});
  for (const std::string& map : MapNames()) {
    // Beside its attractor it has a stable fixed point near (2.97, 4.15), where the streams of many
    // keys end: a weakness of the map that the audit's A7 finds, and not repaired here.
    if (map == "ikeda") continue;
    const auto cipher = Make({{"map", map}});
    const Bytes before = cipher->Encrypt(plain, kKey, kNonce).bytes.data;
    for (const size_t byte : {0, 31}) {
      Bytes key = kKey;
      key[byte] ^= 1;
      EXPECT_NE(cipher->Encrypt(plain, key, kNonce).bytes.data, before) << map;
      Digest nonce = kNonce;
      nonce[byte] ^= 1;
      EXPECT_NE(cipher->Encrypt(plain, kKey, nonce).bytes.data, before) << map;
    }
  }
}

TEST(MapKeystream, StartsInsideTheDomainWithKeyedParameters) {
  const auto plan =
      Plan({{"map", "2d_slmm"}, {"extractor", {{"kind", "binary_mod"}, {"burn_in", 0}}}});
  ASSERT_EQ(plan->keyed.size(), 1U);
  EXPECT_EQ(plan->keyed[0].name, "alpha");
  EXPECT_EQ(plan->key_bits(), 156);
  std::set<double> starts;
  for (int i = 0; i < 50; ++i) {
    const MapKeystream stream(plan, kKey, Sha256Of(std::to_string(i)));
    for (const double x : stream.state()) {
      EXPECT_GE(x, 1.0 / 64);
      EXPECT_LE(x, 63.0 / 64);
      starts.insert(x);
    }
  }
  EXPECT_EQ(starts.size(), 100U);
  EXPECT_EQ(Plan({{"map", "logistic"}, {"key_ranges", Json::object()}})->key_bits(), 52);
}

// A map whose box is not all basin: escaping orbits are replaced.
TEST(MapKeystream, EscapedOrbitsAreStartedAnew) {
  const auto plan = Plan({{"map", "henon"}});
  int64_t restarts = 0;
  for (int i = 0; i < 200; ++i) {
    MapKeystream stream(plan, kKey, Sha256Of(std::to_string(i)));
    restarts += stream.restarts();
    for (int k = 0; k < 100; ++k) {
      const double s = stream.NextReal();
      ASSERT_TRUE(s >= 0 && s < 1);
    }
  }
  EXPECT_GT(restarts, 0);
}

// In doubles the tent map with mu = 2 reaches 0 within 54 steps (Li, nlin/0405038): the keystream
// is zeros and the ciphertext the scrambled image. Weak as it is, it works.
TEST(MapKeystream, ACollapsedMapIsMeasuredNotMended) {
  const Json parameters = {
      {"map", "tent"}, {"parameters", {{"mu", 2.0}}}, {"structure", "diffuse"}};
  MapKeystream stream(Plan(parameters), kKey, kNonce);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(stream.NextByte(), 0);
  const ImageU8 plain = Random({1, 20, 20});
  EXPECT_EQ(Make(parameters)->Encrypt(plain, kKey, kNonce).bytes, plain);
}

double ChiSquare(Keystream& stream, int count) {
  std::array<double, 256> counts{};
  for (int i = 0; i < count; ++i) counts[stream.NextByte()] += 1;
  const double expected = count / 256.0;
  double chi2 = 0;
  for (const double n : counts) chi2 += (n - expected) * (n - expected) / expected;
  return chi2;
}

// Logistic map, r = 4: floor(256 s) has the arcsine density, chi^2 / N = 0.93263783 (exact, from
// the invariant density); far bits are flat (255 degrees of freedom, 0.001: 330.52).
TEST(MapKeystream, ExtractorsHaveTheBiasOfTheDensity) {
  const auto chi2 = [](const Json& extractor, int count) {
    MapKeystream stream(
        Plan({{"map", "logistic"}, {"parameters", {{"r", 4.0}}}, {"extractor", extractor}}),
        kKey,
        kNonce);
    return ChiSquare(stream, count);
  };
  EXPECT_NEAR(chi2({{"kind", "binary_mod"}, {"k", 8}}, 400000) / 400000, 0.9326, 0.04);
  EXPECT_LT(chi2({{"kind", "binary_mod"}, {"k", 32}}, 400000), 330.52);
  EXPECT_LT(chi2({{"kind", "decimal_mod"}, {"k", 14}}, 400000), 330.52);
  // Above 2^53 / 10^16 the last bits are always zero.
  EXPECT_GT(chi2({{"kind", "decimal_mod"}, {"k", 18}}, 400000), 10000);
}

TEST(MapCipher, BadParametersAreRefused) {
  const auto make = [](const Json& parameters) { return [parameters] { Make(parameters); }; };
  EXPECT_THAT(make({{"map", "logistik"}}),
              ThrowsMessage<Error>(HasSubstr("unknown map \"logistik\"; did you mean")));
  EXPECT_THAT(make({{"map", 5}}), ThrowsMessage<Error>(HasSubstr("/map: 5")));
  EXPECT_THAT(make({{"map", "logistic"}, {"parameters", {{"q", 1}}}}),
              ThrowsMessage<Error>(HasSubstr("/parameters/q: the map logistic has no such")));
  EXPECT_THAT(make({{"map", "logistic"}, {"parameters", {{"r", 5}}}}),
              ThrowsMessage<Error>(HasSubstr("/parameters/r: 5 is out of range, expected 0 to 4")));
  EXPECT_THAT(make({{"map", "logistic"}, {"key_ranges", {{"r", {3, 5}}}}}),
              ThrowsMessage<Error>(HasSubstr("/key_ranges/r: 5 is out of range")));
  EXPECT_THAT(make({{"map", "logistic"}, {"key_ranges", {{"r", {4, 3}}}}}),
              ThrowsMessage<Error>(HasSubstr("is no range")));
  EXPECT_THAT(
      make({{"map", "logistic"}, {"parameters", {{"r", 4}}}, {"key_ranges", {{"r", {3.9, 4}}}}}),
      ThrowsMessage<Error>(HasSubstr("fixed by /parameters as well")));
  EXPECT_THAT(make({{"extractor", {{"kind", "words"}}}}),
              ThrowsMessage<Error>(HasSubstr("/extractor: unknown extractor \"words\"")));
  EXPECT_THAT(make({{"extractor", {{"kind", "decimal_mod"}, {"k", 23}}}}),
              ThrowsMessage<Error>(HasSubstr("/extractor/k: 23 is out of range")));
  EXPECT_THAT(make({{"map", {{"name", "logistic"}, {"r", 3.9}, {"parameters", {{"r", 3}}}}}}),
              ThrowsMessage<Error>(HasSubstr("no parameters beside it")));
  EXPECT_THAT(make({{"map", {{"file", "no-such-map.json"}}}}),
              ThrowsMessage<Error>(HasSubstr("no-such-map.json")));
}

const Json kHenonByHand = {{"name", "by_hand"},
                           {"state", {"x", "y"}},
                           {"parameters", {{"a", 1.4}, {"b", 0.3}}},
                           {"next", {{"x", "1 - a*x*x + y"}, {"y", "b*x"}}},
                           {"domain", {{"x", {-1.5, 1.5}}, {"y", {-0.4, 0.4}}}},
                           {"initial", {{"x", 0.1}, {"y", 0.1}}}};

Bytes StreamOf(const Json& parameters, size_t count = 4096) {
  MapKeystream stream(Plan(parameters), kKey, kNonce);
  Bytes bytes(count);
  stream.Fill(bytes);
  return bytes;
}

TEST(MapCipher, AMapFromJsonIsAMap) {
  const ScratchFolder folder;
  const std::string file = (folder.path() / "m.json").string();
  WriteFileAtomically(file, kHenonByHand.dump());
  const Bytes inline_stream = StreamOf({{"map", kHenonByHand}});
  EXPECT_EQ(StreamOf({{"map", {{"file", file}}}}), inline_stream);
  EXPECT_NE(StreamOf({{"map", {{"file", file}, {"a", 1.39}}}}), inline_stream);
  const auto cipher = Make({{"map", {{"file", file}}}});
  const ImageU8 plain = Random({3, 9, 8});
  EXPECT_EQ(cipher->Decrypt(cipher->Encrypt(plain, kKey, kNonce), kKey, kNonce), plain);
  // A changed file is another cipher.
  EXPECT_EQ(cipher->Identity()["definition"], kHenonByHand);
}

TEST(MapCipher, ParametersStandInTheMapOrBesideIt) {
  const Bytes beside = StreamOf({{"map", "logistic"}, {"parameters", {{"r", 3.99}}}});
  EXPECT_EQ(StreamOf({{"map", {{"name", "logistic"}, {"r", 3.99}}}}), beside);
  EXPECT_EQ(StreamOf({{"map", {{"name", "logistic"}, {"parameters", {{"r", 3.99}}}}}}), beside);
}

TEST(MapKeystream, ThresholdsGiveABitAValue) {
  const Json with = {{"map", "logistic"}, {"extractor", {{"kind", "threshold"}}}};
  MapKeystream bytes(Plan(with), kKey, kNonce);
  MapKeystream reals(Plan(with), kKey, kNonce);
  for (int i = 0; i < 100; ++i) {
    unsigned expected = 0;
    for (int bit = 0; bit < 8; ++bit) expected = expected << 1 | (reals.NextReal() >= 0.5 ? 1 : 0);
    ASSERT_EQ(bytes.NextByte(), expected);
  }
}

TEST(MapKeystream, DecimationLeavesStepsOut) {
  const Json base = {{"map", "2d_slmm"}};
  Json third = base;
  third["extractor"] = {{"kind", "binary_mod"}, {"variables", {"x"}}, {"decimation", 3}};
  const Bytes all = StreamOf(base, 600);  // x, y, x, y, ...
  const Bytes some = StreamOf(third, 100);
  for (size_t i = 0; i < some.size(); ++i) ASSERT_EQ(some[i], all[6 * i]);
}

TEST(MapCipher, IdentityNamesTheMapsRevision) {
  const Json identity = Make({{"map", "logistic"}})->Identity();
  EXPECT_EQ(identity["map"], "logistic");
  EXPECT_TRUE(identity["map_revision"].is_number_integer());
}

// Our own values: they hold for every compiler and flag; changing them means raising a revision.
TEST(MapCipher, GoldenStreams) {
  const auto digest = [](const char* map) {
    MapKeystream stream(Plan({{"map", map}}), kKey, kNonce);
    Bytes bytes(4096);
    stream.Fill(bytes);
    return ToHex(Sha256Of(bytes)).substr(0, 16);
  };
  EXPECT_EQ(digest("logistic"), "2c04fdd2bb6aed1f");
  EXPECT_EQ(digest("2d_slmm"), "9fb5d23863f613c4");
  EXPECT_EQ(digest("henon"), "c98006088821aded");
}

}  // namespace
}  // namespace chaosense
