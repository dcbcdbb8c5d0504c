#include "core/metrics/bounded.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace chaosense {
namespace {

// Names; those that end in _ are the beginnings of names.
constexpr std::array<std::string_view, 22> kBounded = {"entropy",
                                                       "density_entropy",
                                                       "permutation_entropy",
                                                       "correlation_h",
                                                       "correlation_v",
                                                       "correlation_d",
                                                       "npcr",
                                                       "npcr_",
                                                       "uaci",
                                                       "uaci_",
                                                       "zero_one_k",
                                                       "cycle_escaped_",
                                                       "cycle_found_",
                                                       "dead_zone",
                                                       "dead_zone_",
                                                       "equivalent_keys_share",
                                                       "unrelated_keys_meet",
                                                       "usable_keys",
                                                       "basin",
                                                       "quantiser_odd_",
                                                       "extractor_odd",
                                                       "sp800_22_pass_share"};

}  // namespace

bool IsBounded(const MetricInfo& metric) {
  if (metric.format == MetricFormat::kCount || metric.format == MetricFormat::kPValue) return true;
  return std::ranges::any_of(kBounded, [&](std::string_view name) {
    return name.ends_with('_') ? metric.name.starts_with(name) : metric.name == name;
  });
}

}  // namespace chaosense
