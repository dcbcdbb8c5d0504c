// Metrics of the picture: quality and texture.
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

void AddTextureMetrics(std::vector<MetricInfo>& all) {
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
}

}  // namespace chaosense
