#include "experiments/channel_attack.h"

#include <fmt/format.h>

#include <set>

#include "core/attacks/crop.h"
#include "core/attacks/noise.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr const char* kDefaultPlace = "center";

}  // namespace

std::string ChannelAttack::Label() const {
  const bool placed = kind == "crop" && place != kDefaultPlace;
  return fmt::format("{} {}{}", kind, strength, placed ? " " + place : "");
}

Json ChannelAttack::Describe() const {
  Json description = {{"attack", kind}, {"strength", strength}};
  if (kind == "crop") description["place"] = place;
  return description;
}

ChannelAttack ChannelAttack::FromDescription(const Json& description) {
  return {description.at("attack").get<std::string>(),
          description.at("strength").get<double>(),
          description.value("place", kDefaultPlace)};
}

ImageU8 ChannelAttack::Apply(const ImageU8& cipher, RandomStream& random) const {
  if (kind == "gaussian") return AddGaussianNoise(cipher, strength, random);
  if (kind == "salt_pepper") return AddSaltAndPepper(cipher, strength, random);
  CHAOSENSE_CHECK(kind == "crop", "no attack \"{}\"", kind);
  return CropOut(cipher, strength, CropPlaceByName(place));
}

Json ChannelAttackSchema() {
  return {{"type", "array"},
          {"items",
           {{"type", "object"},
            {"properties",
             {{"attack",
               {{"type", "string"},
                {"enum", {"gaussian", "salt_pepper", "crop"}},
                {"description",
                 "Gaussian noise, salt and pepper, or a rectangle of zeros, on the ciphertext"}}},
              {"strengths",
               {{"type", "array"},
                {"items", {{"type", "number"}, {"minimum", 0}, {"maximum", 10}}},
                {"minItems", 1},
                {"uniqueItems", true},
                {"description",
                 "standard deviation on bytes scaled to [0, 1]; density; share of the area"}}},
              {"place",
               {{"type", "string"},
                {"enum", CropPlaceNames()},
                {"default", kDefaultPlace},
                {"description", "of a crop"}}}}},
            {"required", {"attack", "strengths"}},
            {"additionalProperties", false}}},
          {"default", Json::array()},
          {"description",
           "robustness: what happens to the ciphertext; one cell for each strength, whose variant "
           "is \"gray gaussian 0.05\" and the like"}};
}

std::vector<ChannelAttack> ParseChannelAttacks(const Json& attacks) {
  std::vector<ChannelAttack> parsed;
  std::set<std::string> labels;
  for (size_t i = 0; i < attacks.size(); ++i) {
    const Json& entry = attacks[i];
    const auto kind = entry.at("attack").get<std::string>();
    if (kind != "crop" && entry.contains("place"))
      throw ConfigError("/attacks/{}: \"place\" is for \"crop\" alone", i);
    for (const double strength : entry.at("strengths").get<std::vector<double>>()) {
      const ChannelAttack attack{kind, strength, entry.value("place", kDefaultPlace)};
      if (kind != "gaussian" && strength > 1) {
        throw ConfigError(
            "/attacks/{}: strength {} of {} is out of range, expected 0 to 1", i, strength, kind);
      }
      if (!labels.insert(attack.Label()).second)
        throw ConfigError("/attacks/{}: \"{}\" is there twice", i, attack.Label());
      parsed.push_back(attack);
    }
  }
  return parsed;
}

}  // namespace chaosense
