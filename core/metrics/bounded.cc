#include "core/metrics/bounded.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace chaosense {
namespace {

// Names, or what they begin with.
constexpr std::array<std::string_view, 14> kBounded = {"npcr",
                                                       "uaci",
                                                       "zero_one_k",
                                                       "permutation_entropy",
                                                       "cycle_escaped_",
                                                       "cycle_found_",
                                                       "dead_zone",
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
  return std::ranges::any_of(kBounded,
                             [&](std::string_view name) { return metric.name.starts_with(name); });
}

}  // namespace chaosense
