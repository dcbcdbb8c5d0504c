// Metrics of the ciphertext: NPCR and UACI.
#include <fmt/format.h>

#include "core/metrics/metric_groups.h"

namespace chaosense {
namespace {

constexpr const char* kWu2011 = "Wu, Noonan, Agaian, JSAT April 2011, 31";

}  // namespace

void AddDifferentialMetrics(std::vector<MetricInfo>& all) {
  const size_t first = all.size();
  const std::vector<std::pair<std::string, std::string>> levels = {
      {"05", "0.05"}, {"01", "0.01"}, {"001", "0.001"}};
  for (const std::string name : {"npcr", "uaci"}) {
    const bool npcr = name == "npcr";
    constexpr int digits = 5;
    const std::string what =
        npcr ? "share of ciphertext bytes that change" : "mean absolute change of ciphertext bytes";
    all.push_back(
        {name,
         "",
         Direction::kInterval,
         digits,
         MetricFormat::kNumber,
         fmt::format(
             "The {} when one plaintext pixel changes, key re-derived from the plaintext's hash: "
             "mean over differential_pairs pairs.",
             what),
         kWu2011});
    for (const char* extreme : {"min", "max"}) {
      all.push_back({name + "_" + extreme,
                     "",
                     Direction::kInterval,
                     digits,
                     MetricFormat::kNumber,
                     fmt::format("The {}imum {} over the pairs.", extreme, npcr ? "NPCR" : "UACI"),
                     kWu2011});
    }
    all.push_back(
        {name + "_frozen",
         "",
         Direction::kNone,
         digits,
         MetricFormat::kNumber,
         fmt::format(
             "Mean {} with the hash held fixed: what the cipher's own diffusion does; 1/L means "
             "none.",
             npcr ? "NPCR" : "UACI"),
         ""});
    all.push_back({name + "_p",
                   "",
                   Direction::kInterval,
                   3,
                   MetricFormat::kPValue,
                   fmt::format("p-value of the mean {} over the pairs under the ideal cipher.",
                               npcr ? "NPCR (one-sided)"
                                    : "UACI (two-sided, all pairs sharing one ciphertext)"),
                   kWu2011});
    all.push_back({name + "_least_p",
                   "",
                   Direction::kInterval,
                   3,
                   MetricFormat::kPValue,
                   fmt::format("p-value of the worst pair's {}, times the number of pairs.",
                               npcr ? "NPCR (exact, one-sided)" : "UACI (two-sided)"),
                   ""});
    all.push_back(
        {name + "_ks_p",
         "",
         Direction::kInterval,
         3,
         MetricFormat::kPValue,
         "Kolmogorov-Smirnov p-value of the pairs' p-values against the uniform distribution, as "
         "if they shared no ciphertext.",
         ""});
    for (const auto& [alpha, words] : levels) {
      if (npcr) {
        all.push_back(
            {"npcr_critical_" + alpha,
             "",
             Direction::kNone,
             6,
             MetricFormat::kNumber,
             fmt::format(
                 "N*: an ideal cipher's single-pair NPCR falls below it with probability {}, for "
                 "the ciphertext's own L.",
                 words),
             kWu2011});
      } else {
        all.push_back(
            {"uaci_low_" + alpha,
             "",
             Direction::kNone,
             6,
             MetricFormat::kNumber,
             fmt::format(
                 "u*-: lower end of the single-pair interval of level {}, for the ciphertext's own "
                 "L.",
                 words),
             kWu2011});
        all.push_back(
            {"uaci_high_" + alpha,
             "",
             Direction::kNone,
             6,
             MetricFormat::kNumber,
             fmt::format("u*+: upper end of the single-pair interval of level {}.", words),
             kWu2011});
      }
      all.push_back(
          {name + "_pass_" + alpha,
           "",
           Direction::kNone,
           0,
           MetricFormat::kVerdict,
           fmt::format("Whether the fails at level {0}, the mean and the worst pair may be chance: "
                       "{1}_fail_p_{2}, {1}_p and {1}_least_p >= 0.001.",
                       words,
                       name,
                       alpha),
           ""});
      all.push_back({name + "_paper_pass_" + alpha,
                     "",
                     Direction::kNone,
                     0,
                     MetricFormat::kVerdict,
                     fmt::format("As the paper judges: whether the mean {} passes the critical "
                                 "value of level {} of 65,536 elements, whatever the "
                                 "ciphertext's size.",
                                 npcr ? "NPCR" : "UACI",
                                 words),
                     "Chen, Guo, Jing, Acta Phys. Sin. 69 (2020) 240502"});
      all.push_back(
          {name + "_fails_" + alpha,
           "",
           Direction::kInterval,
           0,
           MetricFormat::kCount,
           fmt::format(
               "Pairs that fail at level {}; about {} of differential_pairs must.", words, words),
           kWu2011});
      all.push_back(
          {name + "_fail_p_" + alpha,
           "",
           Direction::kInterval,
           3,
           MetricFormat::kPValue,
           fmt::format("Probability of at least as many fails at level {} under the ideal cipher "
                       "({}).",
                       words,
                       npcr ? "binomial" : "all pairs sharing one ciphertext"),
           ""});
    }
  }
  all.push_back({"differential_pairs",
                 "",
                 Direction::kNone,
                 0,
                 MetricFormat::kCount,
                 "Plaintext pairs differing in one pixel.",
                 ""});
  // Shares, and bounds of shares.
  for (size_t i = first; i < all.size(); ++i) all[i].bounded = true;
}

}  // namespace chaosense
