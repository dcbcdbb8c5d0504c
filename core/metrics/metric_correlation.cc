// Metrics of the ciphertext: correlation of neighbours, histogram.
#include <fmt/format.h>

#include "core/metrics/metric_groups.h"

namespace chaosense {

void AddCorrelationMetrics(std::vector<MetricInfo>& all) {
  const std::vector<std::pair<std::string, std::string>> directions = {
      {"h", "right"}, {"v", "lower"}, {"d", "lower right"}};
  for (const auto& [letter, words] : directions) {
    all.push_back(
        {"correlation_" + letter + "_plain",
         "",
         Direction::kNone,
         4,
         MetricFormat::kNumber,
         fmt::format("Correlation of each plaintext pixel with its {} neighbour, all pairs.",
                     words),
         ""});
  }
  for (const auto& [letter, words] : directions) {
    all.push_back(
        {"correlation_" + letter,
         "",
         Direction::kInterval,
         4,
         MetricFormat::kNumber,
         fmt::format("Correlation of each ciphertext byte with its {} neighbour, all pairs.",
                     words),
         "",
         /*bounded=*/true});
    all.push_back({"correlation_" + letter + "_p",
                   "",
                   Direction::kInterval,
                   3,
                   MetricFormat::kPValue,
                   fmt::format("p-value of correlation_{} = 0 (Fisher's z, two-sided).", letter),
                   ""});
    all.push_back(
        {"correlation_" + letter + "_sampled",
         "",
         Direction::kInterval,
         4,
         MetricFormat::kNumber,
         fmt::format("As correlation_{}, from randomly drawn pairs as papers do.", letter),
         ""});
    all.push_back(
        {"correlation_" + letter + "_plain_sampled",
         "",
         Direction::kNone,
         4,
         MetricFormat::kNumber,
         fmt::format("As correlation_{}_plain, from randomly drawn pairs as papers do.", letter),
         ""});
  }
  all.push_back({"correlation_bound",
                 "",
                 Direction::kNone,
                 4,
                 MetricFormat::kNumber,
                 "1.96 / sqrt(pairs - 1): values below it cannot be told from 0, nor ranked.",
                 ""});
  all.push_back({"correlation_pass",
                 "",
                 Direction::kNone,
                 0,
                 MetricFormat::kVerdict,
                 "Whether no direction's p-value is below 0.05 / 3: together the level is 0.05 "
                 "(Bonferroni).",
                 ""});
  all.push_back({"correlation_sampled_bound",
                 "",
                 Direction::kNone,
                 4,
                 MetricFormat::kNumber,
                 "The same bound for the sampled pairs.",
                 ""});
}

void AddHistogramMetrics(std::vector<MetricInfo>& all) {
  all.push_back({"histogram_chi2",
                 "",
                 Direction::kInterval,
                 1,
                 MetricFormat::kNumber,
                 "Chi-square of the 256 bin counts against equal counts, 255 degrees of freedom.",
                 ""});
  all.push_back({"histogram_chi2_critical_05",
                 "",
                 Direction::kNone,
                 1,
                 MetricFormat::kNumber,
                 "Critical chi-square at level 0.05: 293.2.",
                 ""});
  all.push_back({"histogram_chi2_p",
                 "",
                 Direction::kInterval,
                 3,
                 MetricFormat::kPValue,
                 "Upper tail probability of histogram_chi2.",
                 ""});
  all.push_back({"histogram_chi2_pass",
                 "",
                 Direction::kNone,
                 0,
                 MetricFormat::kVerdict,
                 "Whether histogram_chi2 is below the critical value of level 0.05.",
                 ""});
  all.push_back({"histogram_chi2_plain",
                 "",
                 Direction::kNone,
                 1,
                 MetricFormat::kNumber,
                 "histogram_chi2 of the plaintext image.",
                 ""});
  all.push_back({"histogram_variance",
                 "",
                 Direction::kInterval,
                 1,
                 MetricFormat::kNumber,
                 "Population variance of the 256 bin counts; it is histogram_chi2 in other words "
                 "(times N / 65536).",
                 ""});
  all.push_back({"histogram_variance_expected",
                 "",
                 Direction::kNone,
                 1,
                 MetricFormat::kNumber,
                 "N * 255 / 65536, the mean variance for N uniformly random bytes.",
                 ""});
}

}  // namespace chaosense
