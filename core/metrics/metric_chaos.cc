// Metrics of chaotic maps, their keystreams and their keys.
#include <fmt/format.h>

#include "core/metrics/metric_groups.h"

namespace chaosense {
namespace {

MetricInfo Number(std::string name,
                  std::string unit,
                  Direction direction,
                  int precision,
                  std::string definition,
                  std::string source = "") {
  return {std::move(name),
          std::move(unit),
          direction,
          precision,
          MetricFormat::kNumber,
          std::move(definition),
          std::move(source)};
}
template <typename... Fields>
MetricInfo Bounded(Fields&&... fields) {
  MetricInfo metric = Number(std::forward<Fields>(fields)...);
  metric.bounded = true;
  return metric;
}
MetricInfo Count(std::string name, Direction direction, std::string definition) {
  return {std::move(name), "", direction, 0, MetricFormat::kCount, std::move(definition), ""};
}
MetricInfo Verdict(std::string name, std::string definition) {
  return {
      std::move(name), "", Direction::kNone, 0, MetricFormat::kVerdict, std::move(definition), ""};
}

void AddOrbitMetrics(std::vector<MetricInfo>& all) {
  constexpr Direction kNone = Direction::kNone;
  constexpr const char* kBenettin = "Benettin, Galgani, Giorgilli, Strelcyn, Meccanica 15 (1980) 9";
  for (size_t number = 1; number <= kLyapunovMetrics; ++number) {
    all.push_back(Number(
        fmt::format("lyapunov_{}", number),
        "nat",
        number == 1 ? Direction::kHigher : kNone,
        4,
        number == 1
            ? "The largest Lyapunov exponent, a step (of flows, a unit of time)."
            : fmt::format(
                  "Lyapunov exponent {} in falling order, a step (of flows, a unit of time).",
                  number),
        kBenettin));
  }
  all.push_back(Number("lyapunov_error",
                       "nat",
                       kNone,
                       4,
                       "Standard error of the largest exponent, from 20 batches of steps."));
  all.push_back(Count("lyapunov_positive",
                      kNone,
                      "Exponents above 0.003 and above three standard errors: two or more are "
                      "called hyperchaos."));
  all.push_back(Number(
      "lyapunov_sum", "nat", kNone, 4, "Sum of all exponents: the mean logarithm of |det J|."));
  all.push_back(Number("kaplan_yorke_dimension",
                       "",
                       kNone,
                       3,
                       "Dimension of the attractor by its exponents.",
                       "Kaplan, Yorke, Lect. Notes Math. 730 (1979) 204"));
  all.push_back(Bounded("zero_one_k",
                        "",
                        Direction::kHigher,
                        3,
                        "0-1 test of the first coordinate: 1 chaotic, 0 regular.",
                        "Gottwald, Melbourne, SIAM J. Appl. Dyn. Syst. 8 (2009) 129"));
  all.push_back(Bounded("permutation_entropy",
                        "",
                        Direction::kHigher,
                        3,
                        "Entropy of the order of 5 neighbouring values, over its largest, log2 5!.",
                        "Bandt, Pompe, Phys. Rev. Lett. 88 (2002) 174102"));
  all.push_back(Count("missing_patterns",
                      Direction::kLower,
                      "Orders of 5 neighbouring values, of 120, that never occurred."));
  all.push_back(Number("sample_entropy",
                       "nat",
                       Direction::kHigher,
                       3,
                       "Sample entropy of the first coordinate, m = 2, r = 0.2 deviations; random "
                       "values give 2.19.",
                       "Richman, Moorman, Am. J. Physiol. 278 (2000) H2039"));
  all.push_back(Number("approximate_entropy",
                       "nat",
                       Direction::kHigher,
                       3,
                       "Approximate entropy of the first coordinate, m = 2, r = 0.2 deviations.",
                       "Pincus, PNAS 88 (1991) 2297"));
  constexpr const char* kGrassberger = "Grassberger, Procaccia, Physica D 9 (1983) 189";
  all.push_back(Number("correlation_dimension",
                       "",
                       kNone,
                       3,
                       "Correlation dimension D2 of whole states.",
                       kGrassberger));
  all.push_back(Number(
      "correlation_entropy",
      "nat",
      kNone,
      3,
      "Correlation entropy K2 of the first coordinate, a step, or a unit of time: embedded in "
      "so many values that the estimate no longer falls; not measured where it does not "
      "settle, or is above 1.3 times the sum of the positive exponents.",
      kGrassberger));
  all.push_back(
      Number("sensitivity_steps",
             "",
             Direction::kLower,
             1,
             "Steps (of flows, units of time) until orbits 10^-12 of the domain apart are a "
             "tenth of it apart; inf if most never are."));
  all.push_back(
      Bounded("density_entropy",
              "bit",
              Direction::kHigher,
              3,
              "Entropy of 256 equal bins of the first coordinate's domain; uniform gives 8."));
  all.push_back(Number("density_unevenness",
                       "",
                       Direction::kLower,
                       3,
                       "Chi-square of those bins against the uniform density, over the number of "
                       "values; uniform gives 0."));
}

void AddKeyMetrics(std::vector<MetricInfo>& all) {
  for (const char* format : {"float16", "float32", "fixed32"}) {
    all.push_back(
        {fmt::format("cycle_median_{}", format),
         "",
         Direction::kHigher,
         0,
         MetricFormat::kCount,
         fmt::format("Median length of the cycle in which a bounded orbit ends, all arithmetic in "
                     "{}; inf if most are not closed within the steps allowed.",
                     format),
         "Brent, BIT 20 (1980) 176"});
  }
  for (const char* format : {"float32", "float64"}) {
    all.push_back(Bounded(fmt::format("cycle_found_{}", format),
                          "",
                          Direction::kLower,
                          2,
                          fmt::format("Share of bounded orbits whose cycle closes within the steps "
                                      "allowed, arithmetic in {}.",
                                      format)));
  }
  all.push_back(Bounded("cycle_escaped_float32",
                        "",
                        Direction::kLower,
                        2,
                        "Share of starts anywhere in the domain whose orbit escapes to infinity, "
                        "arithmetic in float32."));
  all.push_back(
      Number("tail_mean_float32",
             "",
             Direction::kHigher,
             0,
             "Mean steps before the cycle, of the orbits whose cycle was found, in float32."));
  all.push_back(
      Bounded("dead_zone",
              "",
              Direction::kLower,
              3,
              "Share of orbits over the whole declared parameter box that are not chaotic: "
              "at rest, periodic, quasi-periodic, collapsed by rounding or escaped."));
  all.push_back(Bounded("dead_zone_escaped",
                        "",
                        Direction::kLower,
                        3,
                        "Share of orbits over the parameter box that escape to infinity."));
  all.push_back(
      Bounded("dead_zone_collapsed",
              "",
              Direction::kLower,
              3,
              "Share of orbits over the parameter box that end at rest or periodic where the "
              "exponent over that period is positive: rounding alone holds them there."));
  all.push_back(
      Count("dead_zones", Direction::kLower, "Separate dead zones along the parameters."));
  all.push_back(
      Count("equivalent_keys",
            Direction::kLower,
            "Simple changes of a key (reflection, sign, shift, swap, two at once, any value "
            "of a real that acts on no byte) after which at least 5 % of the keys give the "
            "same bytes by the extractor; not measured where unrelated_keys_meet is above "
            "0.2."));
  all.push_back(
      Bounded("equivalent_keys_share",
              "",
              Direction::kLower,
              3,
              "The largest share of keys that one such change leaves with the same stream."));
  all.push_back(Bounded("unrelated_keys_meet",
                        "",
                        Direction::kLower,
                        3,
                        "Share of pairs of unrelated keys whose keystreams become the same."));
  all.push_back(
      {"key_bits",
       "bit",
       Direction::kHigher,
       1,
       MetricFormat::kNumber,
       "log2 of the number of different streams: key_bits_resolved, and log2 of usable_keys, less "
       "what equivalent keys take.",
       ""});
  all.push_back({"key_bits_state",
                 "bit",
                 Direction::kHigher,
                 1,
                 MetricFormat::kNumber,
                 "The same of the initial state alone, the parameters at their defaults.",
                 ""});
  all.push_back({"key_bits_resolved",
                 "bit",
                 Direction::kHigher,
                 0,
                 MetricFormat::kCount,
                 "Bits of the initial state and the free parameters whose change shows in the "
                 "extracted bytes of a usable key, 53 or so at most for each real.",
                 ""});
  all.push_back(
      Bounded("usable_keys",
              "",
              Direction::kHigher,
              4,
              "Share of random keys, state and parameters uniform over their whole declared "
              "ranges, whose orbit is chaotic and stays for 20,000 steps more (of flows, 500 "
              "units of time); at most this where none was found."));
  all.push_back(Bounded("basin",
                        "",
                        Direction::kHigher,
                        4,
                        "Share of initial states, uniform in the domain, whose orbit is chaotic at "
                        "the default parameters; at most this where none was found."));
  for (const auto& [name, words] : {std::pair{"decimal14", "floor(|x| 10^14) mod 256"},
                                    {"decimal16", "floor(|x| 10^16) mod 256"},
                                    {"binary32", "floor(|x| 2^32) mod 256"},
                                    {"mantissa", "of the lowest eight bits of the fraction"},
                                    {"threshold", "of eight bits x >= middle of the domain"}}) {
    all.push_back(
        Number(fmt::format("quantiser_chi2_{}", name),
               "",
               Direction::kInterval,
               0,
               fmt::format("Chi-square of the bytes {} of the first coordinate; 255 degrees, "
                           "330.5 is passed by 99.9 % of uniform ones.",
                           words)));
  }
  all.push_back(Number("extractor_chi2",
                       "",
                       Direction::kInterval,
                       0,
                       "Chi-square of the keystream's own bytes, by the extractor chosen; 255 "
                       "degrees, 330.5 is passed by 99.9 % of uniform ones."));
  all.push_back(Bounded("extractor_odd",
                        "",
                        Direction::kInterval,
                        3,
                        "Share of odd bytes of the keystream; 1/2 if unbiased."));
  all.push_back(Bounded("quantiser_odd_decimal16",
                        "",
                        Direction::kInterval,
                        3,
                        "Share of odd bytes floor(|x| 10^16) mod 256; 1/2 if unbiased."));
}

void AddStreamMetrics(std::vector<MetricInfo>& all) {
  constexpr const char* kNist = "NIST SP 800-22 rev. 1a";
  all.push_back(Count("sp800_22_p_values",
                      Direction::kNone,
                      "p-values of SP 800-22 that apply to the keystream's sequence."));
  all.push_back(Count("sp800_22_failed",
                      Direction::kLower,
                      "Of those, the ones below 0.01; an ideal sequence has one in a hundred."));
  all.push_back(Bounded("sp800_22_pass_share",
                        "",
                        Direction::kHigher,
                        3,
                        "Share of p-values of SP 800-22 of at least 0.01; 0.99 is ideal.",
                        kNist));
  all.push_back(
      Verdict("sp800_22_pass",
              "Whether so many failed p-values, taken as independent, have a probability of "
              "at least 10^-4."));
  all.push_back(
      {"bytes_until_failure",
       "byte",
       Direction::kHigher,
       0,
       MetricFormat::kCount,
       "Bytes of keystream at which a byte test first falls below 10^-10, lengths doubling "
       "from 1 KiB; the limit itself if none did.",
       "in the manner of PractRand"});
  all.push_back(Verdict("until_failure_pass", "Whether no byte test failed up to the limit."));
  all.push_back(
      {"until_failure_adjusted_p",
       "",
       Direction::kHigher,
       3,
       MetricFormat::kPValue,
       "The smallest p-value of the byte tests at that length times their number, at most "
       "1 (Bonferroni).",
       ""});
  all.push_back(Count("until_failure_failed",
                      Direction::kLower,
                      "Byte tests that fail at that length, by Holm's procedure at 0.01: an ideal "
                      "stream has one or more with probability 0.01."));
  all.push_back(Number("keystream_speed",
                       "MB/s",
                       Direction::kHigher,
                       2,
                       "Keystream bytes of one thread, 10^6 a second."));
  for (const auto& [name, words] :
       {std::pair{"aes256_ctr", "AES-256-CTR"}, {"chacha20", "ChaCha20"}}) {
    all.push_back(
        Number(fmt::format("slower_than_{}", name),
               "",
               Direction::kLower,
               1,
               fmt::format("How many times {} is faster: median ratio over alternating slices of a "
                           "millisecond of CPU time on one core.",
                           words)));
  }
}

}  // namespace

void AddChaosMetrics(std::vector<MetricInfo>& all) {
  AddOrbitMetrics(all);
  AddKeyMetrics(all);
  AddStreamMetrics(all);
}

}  // namespace chaosense
