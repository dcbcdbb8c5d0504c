#include "experiments/channel_attack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"

namespace chaosense {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ChannelAttack, EveryStrengthIsAnAttackWithALabel) {
  std::vector<std::string> labels;
  const Json attacks = {{{"attack", "gaussian"}, {"strengths", {0, 0.05}}},
                        {{"attack", "salt_pepper"}, {"strengths", {0.1}}},
                        {{"attack", "crop"}, {"strengths", {0.25}}},
                        {{"attack", "crop"}, {"strengths", {0.25}}, {"place", "top_left"}}};
  for (const ChannelAttack& attack : ParseChannelAttacks(attacks)) {
    labels.push_back(attack.Label());
    EXPECT_EQ(ChannelAttack::FromDescription(attack.Describe()).Label(), attack.Label());
  }
  EXPECT_THAT(
      labels,
      ElementsAre(
          "gaussian 0", "gaussian 0.05", "salt_pepper 0.1", "crop 0.25", "crop 0.25 top_left"));
}

TEST(ChannelAttack, ErrorsBeginWithThePlaceInTheConfig) {
  const auto message = [](const Json& attacks) {
    try {
      ParseChannelAttacks(attacks);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  const Json good = {{"attack", "crop"}, {"strengths", {0.5}}};
  EXPECT_EQ(message(Json::array({good})), "accepted");
  EXPECT_EQ(message({good, good}), "/attacks/1: \"crop 0.5\" is there twice");
  EXPECT_EQ(message(Json::array({{{"attack", "crop"}, {"strengths", {1.5}}}})),
            "/attacks/0: strength 1.5 of crop is out of range, expected 0 to 1");
  EXPECT_EQ(
      message(Json::array({{{"attack", "gaussian"}, {"strengths", {1.5}}, {"place", "center"}}})),
      "/attacks/0: \"place\" is for \"crop\" alone");
}

TEST(ChannelAttack, DoesWhatItsKindSays) {
  ImageU8 image(Shape{1, 8, 8});
  std::fill(image.data.begin(), image.data.end(), uint8_t{100});
  const auto changed = [&](const ChannelAttack& attack) {
    RandomStream random("test");
    const ImageU8 after = attack.Apply(image, random);
    return 64 - std::count(after.data.begin(), after.data.end(), uint8_t{100});
  };
  EXPECT_GT(changed({"gaussian", 0.5, "center"}), 50);
  EXPECT_EQ(changed({"salt_pepper", 1, "center"}), 64);
  EXPECT_EQ(changed({"crop", 0.25, "top_left"}), 16);
}

}  // namespace
}  // namespace chaosense
