// Pictures made from published ones by a fixed integer rule, so that everybody gets the same
// pixels.
#ifndef CHAOSENSE_CORE_DATA_DERIVE_H_
#define CHAOSENSE_CORE_DATA_DERIVE_H_

#include <string>

#include "core/image/image.h"

namespace chaosense {

enum class DeriveRule {
  kSame,     // the same pixels in another file format
  kGray,     // BT.601 gray (ToGray)
  kHalf,     // (a + b + c + d + 2) >> 2 of 2x2 blocks, each channel by itself
  kHalfGray  // kHalf, then kGray
};

// "same", "gray", "half", "half_gray". The second throws Error(kConfig) beginning with `where`.
std::string DeriveRuleName(DeriveRule rule);
DeriveRule DeriveRuleFromName(const std::string& name, const std::string& where);

// Half sizes need an even height and width: Error(kConfig) otherwise.
ImageU8 Derive(const ImageU8& original, DeriveRule rule);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_DATA_DERIVE_H_
