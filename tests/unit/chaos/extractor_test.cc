#include "core/chaos/extractor.h"

#include <gmock/gmock.h>

#include <cmath>

#include "core/base/error.h"
#include "core/chaos/map_registry.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

std::shared_ptr<const ChaoticMap> MakeMap(const std::string& name, const Json& parameters = {}) {
  MapRegistry maps("map");
  RegisterBuiltinMaps(maps);
  return maps.Create(name, parameters.is_null() ? Json::object() : parameters);
}

ByteBias BiasOf(const Json& extractor, size_t count, const Json& parameters = {{"r", 4.0}}) {
  const auto map = MakeMap("logistic", parameters);
  OrbitByteStream stream(map, ParseExtractor(extractor, map->info(), "test"));
  std::vector<uint8_t> bytes(count);
  stream.Fill(bytes);
  return MeasureByteBias(bytes);
}

std::string ErrorOf(const Json& extractor, const std::string& map = "2d_slmm") {
  try {
    ParseExtractor(extractor, MakeMap(map)->info(), "a.json: /extractor");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    return error.what();
  }
  return "accepted";
}

// The arcsine density cut into bytes: closed form, evaluated to nine digits elsewhere.
TEST(Extractor, ArcsineByteSharesAreExact) {
  const std::array<double, 256> shares = ArcsineByteShares();
  EXPECT_NEAR(shares[0], .039814686, 5e-10);
  EXPECT_NEAR(shares[255], .039814686, 5e-10);
  EXPECT_NEAR(shares[127], .0024868213, 5e-11);
  const ByteBias bias = BiasOfShares(shares);
  EXPECT_NEAR(bias.entropy, 7.6870645, 5e-8);
  EXPECT_NEAR(bias.chi2, .93263783, 5e-9);
  EXPECT_NEAR(bias.odd_share, 0.5, 1e-12);
  EXPECT_NEAR(bias.commonest, shares[0], 1e-15);
}

TEST(Extractor, FirstEightBitsOfTheLogisticMapFollowTheArcsineDensity) {
  const ByteBias bias = BiasOf({{"kind", "binary_mod"}, {"k", 8}}, 1000000);
  EXPECT_NEAR(bias.commonest, .0398, .001);
  EXPECT_NEAR(bias.rarest, .0024868, .0003);
  EXPECT_NEAR(bias.entropy, 7.687, .005);
  EXPECT_NEAR(bias.chi2 / 1e6, .9326, .02);
}

// floor(x 10^k) mod 256 for the logistic map with r = 4: large k drown the density's shape, until
// x 10^k passes 2^53 and loses its lowest bits.
TEST(Extractor, DecimalDigitsFarDownAreEvenUntilTheDoubleEnds) {
  const auto decimal = [](int k) { return BiasOf({{"kind", "decimal_mod"}, {"k", k}}, 4000000); };
  EXPECT_NEAR(decimal(3).chi2, 1.0e6, 0.1e6);
  EXPECT_NEAR(decimal(6).chi2, 1805, 400);
  for (const int k : {10, 14, 15}) EXPECT_LT(decimal(k).chi2, 372) << k;  // p = 2e-6
  // Above x = 2^53 / 10^16 every product is even: the odd share is half the arcsine law's share
  // below.
  const double below = 2 / std::acos(-1) * std::asin(std::sqrt(0x1p53 / 1e16));
  const ByteBias wide = decimal(16);
  EXPECT_NEAR(below / 2, .398, .0005);
  EXPECT_NEAR(wide.odd_share, below / 2, .001);
  EXPECT_NEAR(wide.chi2, 1.66e5, 0.05e5);
}

TEST(Extractor, BytesByHand) {
  ExtractorOptions options;
  options.kind = ExtractorKind::kDecimalMod;
  options.k = 3;
  EXPECT_EQ(ExtractByte(0.7129, options), 712 % 256);
  EXPECT_EQ(ExtractByte(-0.7129, options), 712 % 256);
  options.k = 22;
  EXPECT_EQ(ExtractByte(0.5, options), 0);  // 5 10^21 = 5^22 2^21: a multiple of 256
  options.kind = ExtractorKind::kBinaryMod;
  options.k = 8;
  EXPECT_EQ(ExtractByte(0.75, options), 192);
  options.k = 1000;
  EXPECT_EQ(ExtractByte(0.75, options), 0);
  options.kind = ExtractorKind::kMantissa;
  options.low = 44;
  EXPECT_EQ(ExtractByte(1.5, options), 0x80);  // fraction 0.5: its highest bit
  options.low = 0;
  EXPECT_EQ(ExtractByte(1.0 + 0x1p-52 * 5, options), 5);
}

TEST(Extractor, ThresholdPacksEightStepsHighestBitFirst) {
  const auto map = MakeMap("logistic", {{"r", 3.99}});
  ExtractorOptions options =
      ParseExtractor({{"kind", "threshold"}, {"burn_in", 0}}, map->info(), "test");
  EXPECT_EQ(options.threshold, 0.5);
  OrbitByteStream stream(map, options, {0.3});
  std::vector<double> x = {0.3};
  for (int byte = 0; byte < 20; ++byte) {
    unsigned expected = 0;
    for (int bit = 0; bit < 8; ++bit) {
      map->Step(x);
      expected = 2 * expected + (x[0] >= 0.5 ? 1 : 0);
    }
    EXPECT_EQ(stream.Next(), expected);
  }
}

TEST(Extractor, VariablesTakeTurnsAndStepsAreDropped) {
  const auto map = MakeMap("2d_slmm");
  const Json json = {{"kind", "binary_mod"},
                     {"k", 40},
                     {"variables", {"y", "x"}},
                     {"burn_in", 5},
                     {"decimation", 3}};
  OrbitByteStream stream(map, ParseExtractor(json, map->info(), "test"));
  std::vector<double> s = map->InitialState();
  for (int i = 0; i < 5; ++i) map->Step(s);
  for (int i = 0; i < 10; ++i) {
    for (int j = 0; j < 3; ++j) map->Step(s);
    EXPECT_EQ(stream.Next(), static_cast<uint64_t>(s[1] * 0x1p40) & 255);
    EXPECT_EQ(stream.Next(), static_cast<uint64_t>(s[0] * 0x1p40) & 255);
  }
}

TEST(Extractor, AnOrbitThatEscapesIsAnError) {
  const auto map = MakeMap("henon");
  ExtractorOptions options = ParseExtractor({{"kind", "binary_mod"}}, map->info(), "test");
  try {
    OrbitByteStream stream(map, options, {10, 10});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kRun);
    EXPECT_THAT(error.what(), HasSubstr("map henon: x is"));
  }
}

TEST(Extractor, ConfigErrorsNameThePlaceAndWhatIsKnown) {
  EXPECT_THAT(ErrorOf({{"kind", "decimal"}}),
              HasSubstr("a.json: /extractor: unknown extractor \"decimal\""));
  EXPECT_THAT(ErrorOf({{"k", 3}}), HasSubstr("\"kind\" is missing; known: "));
  EXPECT_THAT(ErrorOf(Json::array()), HasSubstr("expected an object"));
  EXPECT_THAT(ErrorOf({{"kind", "decimal_mod"}, {"k", 23}}), HasSubstr("23"));
  EXPECT_THAT(ErrorOf({{"kind", "decimal_mod"}, {"k", "14"}}), HasSubstr("k"));
  EXPECT_THAT(ErrorOf({{"kind", "mantissa"}, {"k", 14}}), HasSubstr("/extractor/k: unknown key"));
  EXPECT_THAT(ErrorOf({{"kind", "mantissa"}, {"low", 45}}), HasSubstr("45"));
  EXPECT_THAT(ErrorOf({{"kind", "threshold"}, {"decimation", 0}}), HasSubstr("decimation"));
  EXPECT_THAT(ErrorOf({{"kind", "threshold"}, {"variables", {"z"}}}),
              HasSubstr("2d_slmm has no \"z\"; known: "));
  EXPECT_THAT(ErrorOf({{"kind", "threshold"}, {"variables", Json::array()}}),
              HasSubstr("expected a list"));
  EXPECT_EQ(ErrorOf({{"kind", "threshold"}, {"threshold", 0.25}}), "accepted");
}

}  // namespace
}  // namespace chaosense
