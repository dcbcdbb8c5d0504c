// The groups of measurements a config can choose from.
#include <algorithm>

#include "experiments/pipeline.h"

namespace chaosense {

const std::vector<MeasureGroup>& MeasureGroups() {
  constexpr PipelineNeeds kPlain = {.reconstructed = true};
  constexpr PipelineNeeds kReceived = {.received = true};
  constexpr PipelineNeeds kBoth = {.reconstructed = true, .received = true};
  constexpr PipelineNeeds kCost = {.reconstructed = true, .cost = true};
  static const std::vector<MeasureGroup> groups = {
      {"quality",
       "PSNR and SSIM of the plain reconstruction and of the full pipeline",
       MeasureQuality,
       kBoth},
      {"reconstruction",
       "PSNR and SSIM of the plain reconstruction alone",
       MeasureReconstruction,
       kPlain},
      {"received",
       "PSNR and SSIM after the full pipeline alone, ciphertext bytes, bits per pixel",
       MeasureReceived,
       kReceived},
      {"correlation", "adjacent pixels of plaintext and ciphertext", MeasureCorrelation, {}, 2},
      {"entropy", "Shannon entropy of plaintext and ciphertext, with z-score", MeasureEntropy},
      {"local_entropy", "local Shannon entropy of the ciphertext", MeasureLocalEntropy},
      {"histogram", "histogram chi-square and variance of the ciphertext", MeasureHistogram},
      {"texture",
       "contrast, energy and homogeneity of plaintext and ciphertext (co-occurrence matrix)",
       MeasureTexture},
      {"differential",
       "NPCR and UACI over many one-pixel changes, live and frozen hash",
       MeasureDifferential,
       {},
       3},
      {"pictures", "pictures of every stage", WriteStagePictures, kReceived},
      {"cost",
       "parameters, operations, times and memory; differs from machine to machine",
       MeasureCost,
       kCost},
      {"time",
       "seconds of compression, of the cipher, of both, and of the cipher without compression; "
       "differs from machine to machine",
       MeasureTime},
      {"robustness",
       "PSNR and SSIM after noise or cropping of the ciphertext; needs \"attacks\"",
       MeasureRobustness},
      {"neighbour_pairs", "data of scatter plots of adjacent pixels", WriteNeighbourPairs},
      {"histograms", "data of histograms of plaintext and ciphertext", WriteHistograms}};
  return groups;
}

std::vector<MeasureGroup> ChosenGroups(const std::vector<std::string>& names) {
  std::vector<MeasureGroup> chosen;
  for (const MeasureGroup& group : MeasureGroups()) {
    if (std::find(names.begin(), names.end(), group.name) != names.end()) chosen.push_back(group);
  }
  return chosen;
}

PipelineNeeds NeedsOf(const std::vector<MeasureGroup>& groups) {
  PipelineNeeds needs;
  for (const MeasureGroup& group : groups) {
    needs.reconstructed = needs.reconstructed || group.needs.reconstructed;
    needs.received = needs.received || group.needs.received;
    needs.cost = needs.cost || group.needs.cost;
  }
  return needs;
}

}  // namespace chaosense
