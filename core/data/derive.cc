#include "core/data/derive.h"

#include <array>
#include <utility>

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace chaosense {
namespace {

constexpr std::array<std::pair<DeriveRule, const char*>, 4> kRules = {
    {{DeriveRule::kSame, "same"},
     {DeriveRule::kGray, "gray"},
     {DeriveRule::kHalf, "half"},
     {DeriveRule::kHalfGray, "half_gray"}}};

ImageU8 Half(const ImageU8& image) {
  const Shape shape = image.shape;
  if (shape.height % 2 != 0 || shape.width % 2 != 0) {
    throw ConfigError("a picture of {}x{} cannot be halved; expected an even height and width",
                      shape.height,
                      shape.width);
  }
  ImageU8 half(Shape{shape.channels, shape.height / 2, shape.width / 2});
  for (int c = 0; c < shape.channels; ++c) {
    for (int y = 0; y < half.shape.height; ++y) {
      for (int x = 0; x < half.shape.width; ++x) {
        const int sum = image.at(c, 2 * y, 2 * x) + image.at(c, 2 * y, 2 * x + 1) +
                        image.at(c, 2 * y + 1, 2 * x) + image.at(c, 2 * y + 1, 2 * x + 1);
        half.at(c, y, x) = static_cast<uint8_t>((sum + 2) >> 2);
      }
    }
  }
  return half;
}

}  // namespace

std::string DeriveRuleName(DeriveRule rule) {
  for (const auto& [value, name] : kRules) {
    if (value == rule) return name;
  }
  CHAOSENSE_CHECK(false);
  return "";
}

DeriveRule DeriveRuleFromName(const std::string& name, const std::string& where) {
  std::vector<std::string> names;
  for (const auto& [value, rule_name] : kRules) {
    if (name == rule_name) return value;
    names.emplace_back(rule_name);
  }
  throw ConfigError("{}: unknown rule \"{}\"; expected one of {}{}",
                    where,
                    name,
                    JoinNames(names),
                    DidYouMean(name, names));
}

ImageU8 Derive(const ImageU8& original, DeriveRule rule) {
  switch (rule) {
    case DeriveRule::kSame:
      return original;
    case DeriveRule::kGray:
      return ToGray(original);
    case DeriveRule::kHalf:
      return Half(original);
    case DeriveRule::kHalfGray:
      return ToGray(Half(original));
  }
  CHAOSENSE_CHECK(false);
  return {};
}

}  // namespace chaosense
