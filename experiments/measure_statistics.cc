// Statistics of one ciphertext: entropy, local entropy, correlation, histogram, texture.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/metrics/correlation.h"
#include "core/metrics/entropy.h"
#include "core/metrics/glcm.h"
#include "core/metrics/histogram.h"
#include "experiments/pipeline.h"

namespace chaosense {
namespace {

constexpr std::pair<const char*, double> kLevels[] = {{"05", 0.05}, {"01", 0.01}, {"001", 0.001}};

RandomStream StreamFor(const PipelineImage& image,
                       const MeasureContext& context,
                       const char* purpose) {
  return RandomStream(fmt::format("seed {}|{}|{}", context.seed, image.name, purpose));
}

}  // namespace

void MeasureEntropy(const PipelineImage& image,
                    const MeasureContext&,
                    std::vector<Measurement>& values) {
  const auto add = [&](const char* metric, double value) {
    values.push_back({image.name, metric, value});
  };
  const auto count = static_cast<int64_t>(image.cipher.bytes.data.size());
  const double entropy = ShannonEntropy(image.cipher.bytes.data);
  const EntropyModel ideal = IdealEntropy(count);
  const double z = EntropyZ(entropy, count);
  add("entropy_plain", ShannonEntropy(image.original.data));
  add("entropy", entropy);
  add("entropy_expected", ideal.mean);
  add("entropy_sd", ideal.sd);
  add("entropy_z", z);
  add("entropy_pass", std::abs(z) < 1.96 ? 1 : 0);
  add("cipher_elements", static_cast<double>(count));
}

void MeasureLocalEntropy(const PipelineImage& image,
                         const MeasureContext& context,
                         std::vector<Measurement>& values) {
  constexpr int kSide = 44;
  const auto add = [&](const std::string& metric, double value) {
    values.push_back({image.name, metric, value});
  };
  const ImageU8& bytes = image.cipher.bytes;
  // As many disjoint runs as the ciphertext holds, at most the literature's 30; the paper's own 30
  // blocks must have overlapped.
  const int fit = LocalEntropyCapacity(bytes.shape, kSide, BlockPlacement::kRuns);
  const int blocks = std::min(context.settings.at("local_blocks").get<int>(), fit);
  add("local_entropy_blocks", blocks);
  if (blocks == 0)
    return;  // a ciphertext below 1936 bytes has no block; tables show the cell as not measured
  RandomStream disjoint = StreamFor(image, context, "local entropy, disjoint");
  const double mean =
      MeasureLocalEntropy(bytes, {blocks, kSide, BlockPlacement::kRuns}, disjoint).mean;
  RandomStream anywhere = StreamFor(image, context, "local entropy, overlapping");
  const double overlapping =
      MeasureLocalEntropy(bytes, {30, kSide, BlockPlacement::kOverlappingRuns}, anywhere).mean;
  add("local_entropy", mean);
  add("local_entropy_overlapping", overlapping);
  for (const auto& [name, alpha] : kLevels) {
    const Interval corrected = LocalEntropyBounds(blocks, kSide * kSide, alpha);
    const Interval published = PublishedLocalEntropyBounds(30, kSide * kSide, alpha);
    add(fmt::format("local_entropy_low_{}", name), corrected.low);
    add(fmt::format("local_entropy_high_{}", name), corrected.high);
    add(fmt::format("local_entropy_pass_{}", name), corrected.Contains(mean) ? 1 : 0);
    add(fmt::format("local_entropy_published_low_{}", name), published.low);
    add(fmt::format("local_entropy_published_high_{}", name), published.high);
    add(fmt::format("local_entropy_published_pass_{}", name),
        published.Contains(overlapping) ? 1 : 0);
  }
}

void MeasureCorrelation(const PipelineImage& image,
                        const MeasureContext& context,
                        std::vector<Measurement>& values) {
  const auto add = [&](const std::string& metric, double value) {
    values.push_back({image.name, metric, value});
  };
  const auto pairs = context.settings.at("correlation_pairs").get<int64_t>();
  RandomStream random = StreamFor(image, context, "correlation pairs");
  double bound = 0;
  double smallest_p = 1;
  bool defined = true;
  for (const auto& [letter, neighbour] : {std::pair{"h", Neighbour::kHorizontal},
                                          {"v", Neighbour::kVertical},
                                          {"d", Neighbour::kDiagonal}}) {
    const std::string name = fmt::format("correlation_{}", letter);
    const Correlation cipher = AdjacentCorrelation(image.cipher.bytes, neighbour);
    add(name + "_plain", AdjacentCorrelation(image.original, neighbour).r);
    add(name + "_plain_sampled", SampledCorrelation(image.original, neighbour, pairs, random).r);
    add(name, cipher.r);
    const double p = CorrelationPValue(cipher);
    add(name + "_p", p);
    defined = defined && !std::isnan(p);
    smallest_p = std::min(smallest_p, p);
    add(name + "_sampled", SampledCorrelation(image.cipher.bytes, neighbour, pairs, random).r);
    bound = std::max(bound, CorrelationBound(cipher.pairs));
  }
  add("correlation_bound", bound);
  add("correlation_pass", defined && smallest_p >= 0.05 / 3 ? 1 : 0);
  add("correlation_sampled_bound", CorrelationBound(pairs));
}

void MeasureHistogram(const PipelineImage& image,
                      const MeasureContext&,
                      std::vector<Measurement>& values) {
  const auto add = [&](const char* metric, double value) {
    values.push_back({image.name, metric, value});
  };
  const Histogram histogram = CountBytes(image.cipher.bytes.data);
  const double chi2 = HistogramChi2(histogram);
  const double critical = HistogramChi2Critical(0.05);
  add("histogram_chi2", chi2);
  add("histogram_chi2_p", HistogramChi2PValue(chi2));
  add("histogram_chi2_critical_05", critical);
  add("histogram_chi2_pass", chi2 < critical ? 1 : 0);
  add("histogram_chi2_plain", HistogramChi2(CountBytes(image.original.data)));
  add("histogram_variance", HistogramVariance(histogram));
  add("histogram_variance_expected",
      IdealHistogramVariance(static_cast<int64_t>(image.cipher.bytes.data.size())));
}

void MeasureTexture(const PipelineImage& image,
                    const MeasureContext&,
                    std::vector<Measurement>& values) {
  const auto add = [&](const ImageU8& of, const std::string& ending) {
    const std::vector<double> matrix = CooccurrenceMatrix(of);
    values.push_back({image.name, "glcm_contrast" + ending, GlcmContrast(matrix)});
    values.push_back({image.name, "glcm_energy" + ending, GlcmEnergy(matrix)});
    values.push_back({image.name, "glcm_homogeneity" + ending, GlcmHomogeneity(matrix)});
  };
  add(image.cipher.bytes, "");
  add(image.original, "_plain");
}

}  // namespace chaosense
