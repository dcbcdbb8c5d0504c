#include "core/data/patterns.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/data/generator.h"

namespace chaosense {
namespace {

double MeanOf(const ImageU8& image) {
  return std::accumulate(image.data.begin(), image.data.end(), 0.0) /
         static_cast<double>(image.data.size());
}

TEST(Patterns, AreWhatTheirNamesSay) {
  const std::map<std::string, double> means = {{"black", 0},
                                               {"white", 255},
                                               {"gray", 128},
                                               {"halves", 127.5},
                                               {"dot", 255.0 / (32 * 64)},
                                               {"checkerboard", 127.5},
                                               {"ramp", 127.5}};
  for (size_t i = 0; i < PatternNames().size(); ++i) {
    const ImageU8 image = Pattern(static_cast<int>(i), 32, 64);
    EXPECT_EQ(image.shape, (Shape{3, 32, 64}));
    EXPECT_NEAR(MeanOf(image), means.at(PatternNames()[i]), 1e-9) << PatternNames()[i];
  }
  const ImageU8 ramp = Pattern(6, 1, 256);
  for (int x = 0; x < 256; ++x) EXPECT_EQ(ramp.at(1, 0, x), x);
}

TEST(Patterns, ShippedSetLoadsWithoutAnyData) {
  const DataFolder data("", CHAOSENSE_SOURCE_DIR "/datasets");
  const Dataset set = data.Load("chosen_plaintexts", ColorMode::kGray);
  ASSERT_EQ(set.images.size(), PatternNames().size());
  for (size_t i = 0; i < set.images.size(); ++i) EXPECT_EQ(set.images[i].name, PatternNames()[i]);
  EXPECT_EQ(set.images[1].pixels.at(0, 255, 255), 255);
}

TEST(Patterns, SettingsRoundTripAndKnowTheirKeys) {
  const Json json = {{"kind", "patterns"}, {"images", 7}, {"height", 32}, {"width", 32}};
  EXPECT_EQ(GeneratorSettingsToJson(ParseGeneratorSettings(json, "x")), json);
  for (const auto& [key, value] : std::map<std::string, Json>{
           {"images", 8}, {"seed", 1}, {"texture", 0.1}, {"kind", "stripes"}, {"kind2", 1}}) {
    Json bad = json;
    bad[key] = value;
    EXPECT_THROW(ParseGeneratorSettings(bad, "x"), Error) << key;
  }
}

}  // namespace
}  // namespace chaosense
