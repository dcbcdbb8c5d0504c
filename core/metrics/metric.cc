#include "core/metrics/metric.h"

#include <fmt/format.h>

#include <map>

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace chaosense {
namespace {

constexpr const char* kWang2004 = "Wang, Bovik, Sheikh, Simoncelli, IEEE TIP 13 (2004) 600";
constexpr const char* kWu2011 = "Wu, Noonan, Agaian, JSAT April 2011, 31";
constexpr const char* kWu2013 =
    "Wu, Zhou, Saveriades, Agaian, Noonan, Natarajan, Inf. Sci. 222 (2013) 323";
constexpr const char* kHaralick = "Haralick, Shanmugam, Dinstein, IEEE TSMC 3 (1973) 610";

using Metrics = std::vector<MetricInfo>;

void AddQuality(Metrics& all) {
  all.push_back(
      {"psnr",
       "dB",
       Direction::kHigher,
       2,
       MetricFormat::kNumber,
       "Peak signal-to-noise ratio of the float reconstruction, neither clipped nor rounded (the "
       "convention "
       "of the peers' published numbers); colour pools the squared error over R, G and B.",
       ""});
  all.push_back({"psnr_8bit",
                 "dB",
                 Direction::kHigher,
                 2,
                 MetricFormat::kNumber,
                 "PSNR of the reconstruction clipped to 0..255 and rounded, as a user sees it.",
                 ""});
  all.push_back({"ssim",
                 "",
                 Direction::kHigher,
                 4,
                 MetricFormat::kNumber,
                 "Structural similarity, 11x11 Gaussian window of sigma 1.5, valid region, "
                 "reconstruction clipped to "
                 "[0, 1] but not rounded; colour is the mean over channels.",
                 kWang2004});
  all.push_back({"ssim_8bit",
                 "",
                 Direction::kHigher,
                 4,
                 MetricFormat::kNumber,
                 "SSIM of the reconstruction clipped and rounded to 8 bits.",
                 kWang2004});
  all.push_back({"psnr_pipeline",
                 "dB",
                 Direction::kHigher,
                 2,
                 MetricFormat::kNumber,
                 "PSNR (8-bit) after the whole chain: sense, quantise, encrypt, decrypt, "
                 "dequantise, reconstruct.",
                 ""});
  all.push_back({"ssim_pipeline",
                 "",
                 Direction::kHigher,
                 4,
                 MetricFormat::kNumber,
                 "SSIM (8-bit) after the whole chain.",
                 kWang2004});
  all.push_back({"psnr_quantised",
                 "dB",
                 Direction::kHigher,
                 2,
                 MetricFormat::kNumber,
                 "PSNR (8-bit) with quantised measurements and no cipher.",
                 ""});
  all.push_back({"psnr_wrong_key",
                 "dB",
                 Direction::kNone,
                 2,
                 MetricFormat::kNumber,
                 "PSNR (8-bit) of what a key differing in one bit decrypts to.",
                 ""});
}

void AddSize(Metrics& all) {
  all.push_back({"parameters",
                 "",
                 Direction::kLower,
                 0,
                 MetricFormat::kCount,
                 "Numbers the method learned or stores, sensing and reconstruction together.",
                 ""});
  all.push_back({"macs",
                 "",
                 Direction::kLower,
                 0,
                 MetricFormat::kCount,
                 "Multiply-accumulate operations to sense and reconstruct the image.",
                 ""});
  all.push_back({"rate_actual",
                 "",
                 Direction::kNone,
                 4,
                 MetricFormat::kNumber,
                 "Measurements per pixel of one channel of the padded image, as really taken.",
                 ""});
  all.push_back({"plain_bytes",
                 "byte",
                 Direction::kNone,
                 0,
                 MetricFormat::kCount,
                 "Bytes of the 8-bit image before sensing.",
                 ""});
  all.push_back({"cipher_elements",
                 "byte",
                 Direction::kNone,
                 0,
                 MetricFormat::kCount,
                 "Bytes of the ciphertext: the element count L of every critical value.",
                 ""});
  all.push_back({"compression_ratio",
                 "",
                 Direction::kHigher,
                 3,
                 MetricFormat::kNumber,
                 "plain_bytes / cipher_elements.",
                 ""});
}

void AddEntropy(Metrics& all) {
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
       ""});
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

void AddCorrelation(Metrics& all) {
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
         ""});
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
  all.push_back({"correlation_sampled_bound",
                 "",
                 Direction::kNone,
                 4,
                 MetricFormat::kNumber,
                 "The same bound for the sampled pairs.",
                 ""});
}

void AddHistogram(Metrics& all) {
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

void AddDifferential(Metrics& all) {
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
                               npcr ? "NPCR (one-sided)" : "UACI (two-sided)"),
                   kWu2011});
    all.push_back(
        {name + "_ks_p",
         "",
         Direction::kInterval,
         3,
         MetricFormat::kPValue,
         "Kolmogorov-Smirnov p-value of the pairs' p-values against the uniform distribution.",
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
           fmt::format(
               "Whether the fails at level {} are as few as chance allows: {}_fail_p_{} >= 0.001.",
               words,
               name,
               alpha),
           ""});
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
                       "(binomial).",
                       words),
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
}

void AddTextureAndTime(Metrics& all) {
  all.push_back({"glcm_contrast",
                 "",
                 Direction::kNone,
                 4,
                 MetricFormat::kNumber,
                 "Sum of (i - j)^2 p(i, j) of the gray-level co-occurrence matrix (8 levels, right "
                 "neighbour).",
                 kHaralick});
  all.push_back({"glcm_energy",
                 "",
                 Direction::kNone,
                 6,
                 MetricFormat::kNumber,
                 "Sum of p(i, j)^2 of the same matrix.",
                 kHaralick});
  all.push_back({"glcm_homogeneity",
                 "",
                 Direction::kNone,
                 4,
                 MetricFormat::kNumber,
                 "Sum of p(i, j) / (1 + |i - j|) of the same matrix.",
                 kHaralick});
  const std::vector<std::pair<std::string, std::string>> times = {
      {"compress_reconstruct", "to compress and to reconstruct"},
      {"encrypt_decrypt", "to encrypt and to decrypt the compressed image"},
      {"total", "for the whole chain"},
      {"cipher_only", "to encrypt and decrypt the original image without compression"}};
  for (const auto& [name, words] : times) {
    all.push_back({"seconds_" + name,
                   "s",
                   Direction::kLower,
                   2,
                   MetricFormat::kNumber,
                   fmt::format("Wall-clock time {}; depends on the machine.", words),
                   ""});
  }
}

Metrics BuildMetrics() {
  Metrics all;
  AddQuality(all);
  AddSize(all);
  AddEntropy(all);
  AddCorrelation(all);
  AddHistogram(all);
  AddDifferential(all);
  AddTextureAndTime(all);
  return all;
}

}  // namespace

const std::vector<MetricInfo>& AllMetrics() {
  static const Metrics all = BuildMetrics();
  return all;
}

std::vector<std::string> MetricNames() {
  std::vector<std::string> names;
  for (const MetricInfo& metric : AllMetrics()) names.push_back(metric.name);
  return names;
}

const MetricInfo* FindMetric(const std::string& name) {
  static const std::map<std::string, const MetricInfo*> by_name = [] {
    std::map<std::string, const MetricInfo*> index;
    for (const MetricInfo& metric : AllMetrics()) {
      CHAOSENSE_CHECK(
          index.emplace(metric.name, &metric).second, "metric \"{}\" twice", metric.name);
    }
    return index;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

const MetricInfo& MetricByName(const std::string& name, const std::string& where) {
  if (const MetricInfo* metric = FindMetric(name)) return *metric;
  const std::string nearest = DidYouMean(name, MetricNames());
  throw ConfigError("{}{}unknown metric \"{}\"{} `chaosense list metrics` names them all",
                    where,
                    where.empty() ? "" : ": ",
                    name,
                    nearest.empty() ? ";" : nearest);
}

std::string DirectionName(Direction direction) {
  switch (direction) {
    case Direction::kHigher:
      return "higher";
    case Direction::kLower:
      return "lower";
    case Direction::kInterval:
      return "interval";
    case Direction::kNone:
      return "none";
  }
  CHAOSENSE_CHECK(false, "bad direction");
}

}  // namespace chaosense
