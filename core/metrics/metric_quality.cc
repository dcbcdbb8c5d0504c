// Metrics of the picture: quality and texture.
#include <fmt/format.h>

#include "core/metrics/metric_groups.h"

namespace chaosense {
namespace {

constexpr const char* kWang2004 = "Wang, Bovik, Sheikh, Simoncelli, IEEE TIP 13 (2004) 600";
constexpr const char* kHaralick = "Haralick, Shanmugam, Dinstein, IEEE TSMC 3 (1973) 610";

}  // namespace

void AddQualityMetrics(std::vector<MetricInfo>& all) {
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
}

void AddTextureMetrics(std::vector<MetricInfo>& all) {
  for (const bool plain : {false, true}) {
    const std::string of = plain ? "plaintext image" : "ciphertext";
    const std::string ending = plain ? "_plain" : "";
    const auto add = [&](const char* name, int precision, const std::string& definition) {
      all.push_back({name + ending,
                     "",
                     plain ? Direction::kNone : Direction::kInterval,
                     precision,
                     MetricFormat::kNumber,
                     definition,
                     kHaralick});
    };
    add("glcm_contrast",
        4,
        fmt::format("Sum of (i - j)^2 p(i, j), p the gray-level co-occurrence matrix of the {} (8 "
                    "levels, right neighbour); random bytes give 10.5.",
                    of));
    add("glcm_energy",
        6,
        fmt::format("Sum of p(i, j)^2 of that matrix of the {}; many random bytes give 1/64.", of));
    add("glcm_homogeneity",
        4,
        fmt::format("Sum of p(i, j) / (1 + |i - j|) of that matrix of the {}; random bytes give "
                    "0.3894.",
                    of));
  }
}

}  // namespace chaosense
