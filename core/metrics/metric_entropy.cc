// Metrics of the ciphertext: global and local entropy.
#include <fmt/format.h>

#include "core/metrics/metric_groups.h"

namespace chaosense {
namespace {

constexpr const char* kWu2013 =
    "Wu, Zhou, Saveriades, Agaian, Noonan, Natarajan, Inf. Sci. 222 (2013) 323";

}  // namespace

void AddEntropyMetrics(std::vector<MetricInfo>& all) {
  all.push_back({"entropy_plain",
                 "bit",
                 Direction::kNone,
                 4,
                 MetricFormat::kNumber,
                 "Shannon entropy of the plaintext image's bytes.",
                 ""});
  all.push_back(
      {"entropy",
       "bit",
       Direction::kInterval,
       4,
       MetricFormat::kNumber,
       "Shannon entropy of the ciphertext's bytes; compare with entropy_expected, not with 8.",
       "",
       /*bounded=*/true});
  all.push_back({"entropy_expected",
                 "bit",
                 Direction::kNone,
                 4,
                 MetricFormat::kNumber,
                 "Exact mean entropy of as many uniformly random bytes.",
                 "multinomial sum"});
  all.push_back({"entropy_sd",
                 "bit",
                 Direction::kNone,
                 6,
                 MetricFormat::kNumber,
                 "Exact standard deviation of the entropy of as many uniformly random bytes.",
                 "multinomial sum"});
  all.push_back(
      {"entropy_z",
       "",
       Direction::kInterval,
       2,
       MetricFormat::kNumber,
       "(entropy - entropy_expected) / entropy_sd; within +-1.96 for 95 % of ideal ciphertexts.",
       ""});
  all.push_back({"entropy_pass",
                 "",
                 Direction::kNone,
                 0,
                 MetricFormat::kVerdict,
                 "Whether |entropy_z| < 1.96.",
                 ""});
  all.push_back(
      {"local_entropy",
       "bit",
       Direction::kInterval,
       4,
       MetricFormat::kNumber,
       "Mean entropy of local_entropy_blocks disjoint blocks of 1936 bytes of the ciphertext.",
       kWu2013});
  all.push_back({"local_entropy_blocks",
                 "",
                 Direction::kNone,
                 0,
                 MetricFormat::kCount,
                 "Disjoint blocks used: 30, or as many as the ciphertext holds.",
                 kWu2013});
  all.push_back({"local_entropy_overlapping",
                 "bit",
                 Direction::kInterval,
                 4,
                 MetricFormat::kNumber,
                 "Mean entropy of 30 blocks of 1936 bytes at random places, overlaps allowed: 30 "
                 "disjoint ones do not "
                 "fit in the paper's ciphertext.",
                 kWu2013});
  for (const auto& [alpha, words] : {std::pair{"05", "0.05"}, {"01", "0.01"}, {"001", "0.001"}}) {
    for (const char* side : {"low", "high"}) {
      all.push_back(
          {fmt::format("local_entropy_{}_{}", side, alpha),
           "bit",
           Direction::kNone,
           4,
           MetricFormat::kNumber,
           fmt::format("{} bound of local_entropy at level {}: mean -+ z sd / sqrt(blocks).",
                       side == std::string("low") ? "Lower" : "Upper",
                       words),
           "corrected from Wu et al. 2013"});
      all.push_back(
          {fmt::format("local_entropy_published_{}_{}", side, alpha),
           "bit",
           Direction::kNone,
           4,
           MetricFormat::kNumber,
           fmt::format(
               "{} bound at level {} as printed in the literature: mean -+ z sd / 30, too narrow "
               "by sqrt(30); random bytes pass the 0.05 one in 29 % of cases.",
               side == std::string("low") ? "Lower" : "Upper",
               words),
           kWu2013});
    }
    all.push_back(
        {fmt::format("local_entropy_pass_{}", alpha),
         "",
         Direction::kNone,
         0,
         MetricFormat::kVerdict,
         fmt::format("Whether local_entropy lies inside the corrected bounds of level {}.", words),
         ""});
    all.push_back(
        {fmt::format("local_entropy_published_pass_{}", alpha),
         "",
         Direction::kNone,
         0,
         MetricFormat::kVerdict,
         fmt::format(
             "Whether local_entropy_overlapping lies inside the published bounds of level {}.",
             words),
         kWu2013});
  }
}

}  // namespace chaosense
