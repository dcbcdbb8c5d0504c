// Metrics of what a disturbed ciphertext still gives.
#include "core/metrics/metric_groups.h"

namespace chaosense {

void AddRobustnessMetrics(std::vector<MetricInfo>& all) {
  const auto add = [&](const char* name,
                       const char* unit,
                       Direction direction,
                       int precision,
                       const char* definition) {
    all.push_back({name, unit, direction, precision, MetricFormat::kNumber, definition, ""});
  };
  add("attack_strength",
      "",
      Direction::kNone,
      4,
      "How much the ciphertext was disturbed: the standard deviation of Gaussian noise on bytes "
      "scaled to [0, 1] (our reading of the paper's \"strength\"), the density of salt and pepper, "
      "the share of the area that was cropped to zeros.");
  add("cipher_changed",
      "",
      Direction::kNone,
      4,
      "Share of the ciphertext's bytes that the disturbance changed.");
  add("codes_changed",
      "",
      Direction::kLower,
      4,
      "Share of the decrypted bytes that are wrong: near cipher_changed for a cipher without "
      "diffusion, near 1 where a cipher spreads every error; nan where the cipher rejects.");
  add("rejected",
      "",
      Direction::kNone,
      0,
      "1 where an authenticated cipher refuses the disturbed ciphertext and gives no picture, "
      "else 0.");
  add("psnr_attacked",
      "dB",
      Direction::kHigher,
      2,
      "PSNR (8-bit) of the picture from the disturbed ciphertext; nan where the cipher rejects.");
  add("ssim_attacked",
      "",
      Direction::kHigher,
      4,
      "SSIM (8-bit) of the picture from the disturbed ciphertext; nan where the cipher rejects.");
}

}  // namespace chaosense
