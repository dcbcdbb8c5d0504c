// NPCR and UACI: one pixel of the original image changes, the whole pipeline up to the ciphertext
// runs again.
#include <array>

#include "core/base/signals.h"
#include "core/metrics/differential.h"
#include "experiments/pipeline.h"

namespace chaosense {
namespace {

// Positions: the four corners, the middles of the four edges, the centre, then uniformly drawn;
// each time one bit of the value flips, the least and the most significant in turn.
struct PixelChange {
  size_t index;
  uint8_t mask;
};

std::vector<PixelChange> DrawChanges(const ImageU8& image, int count, RandomStream& random) {
  const int h = image.shape.height;
  const int w = image.shape.width;
  const std::array<std::array<int, 2>, 9> fixed = {{{0, 0},
                                                    {0, w - 1},
                                                    {h - 1, 0},
                                                    {h - 1, w - 1},
                                                    {0, w / 2},
                                                    {h / 2, 0},
                                                    {h - 1, w / 2},
                                                    {h / 2, w - 1},
                                                    {h / 2, w / 2}}};
  std::vector<PixelChange> changes;
  for (int i = 0; i < count; ++i) {
    const auto channel = static_cast<int>(random.UniformInt(image.shape.channels));
    size_t index = 0;
    if (static_cast<size_t>(i) < fixed.size()) {
      index =
          image.index(channel, fixed[static_cast<size_t>(i)][0], fixed[static_cast<size_t>(i)][1]);
    } else {
      index = static_cast<size_t>(random.UniformInt(static_cast<int64_t>(image.data.size())));
    }
    changes.push_back({index, static_cast<uint8_t>(i % 2 == 0 ? 0x01 : 0x80)});
  }
  return changes;
}

void AddSummary(const std::string& image,
                const std::string& name,
                const DifferentialSummary& summary,
                std::vector<Measurement>& values) {
  const auto add = [&](const std::string& metric, double value) {
    values.push_back({image, metric, value});
  };
  add(name, summary.mean);
  add(name + "_min", summary.min);
  add(name + "_max", summary.max);
  add(name + "_p", summary.mean_p);
  add(name + "_least_p", summary.least_p);
  add(name + "_ks_p", summary.ks_p);
  for (const DifferentialSummary::Level& level : summary.levels) {
    const char* suffix = level.alpha == 0.05 ? "05" : level.alpha == 0.01 ? "01" : "001";
    add(fmt::format("{}_fails_{}", name, suffix), static_cast<double>(level.fails));
    add(fmt::format("{}_fail_p_{}", name, suffix), level.fail_p);
    add(fmt::format("{}_pass_{}", name, suffix), summary.Passes(level) ? 1 : 0);
  }
}

// As the paper judges: the mean against the critical values it prints, which are those of 65,536
// elements whatever the ciphertext's size.
void AddPaperVerdicts(const std::string& image,
                      const std::vector<DifferentialPair>& pairs,
                      std::vector<Measurement>& values) {
  constexpr int64_t kPrinted = 65536;
  DifferentialPair mean;
  for (const DifferentialPair& pair : pairs) {
    mean.npcr += pair.npcr / static_cast<double>(pairs.size());
    mean.uaci += pair.uaci / static_cast<double>(pairs.size());
  }
  for (const auto& [name, alpha] : {std::pair{"05", 0.05}, {"01", 0.01}, {"001", 0.001}}) {
    const bool npcr = mean.npcr > NpcrCritical(kPrinted, alpha);
    const bool uaci = UaciCritical(kPrinted, alpha).Contains(mean.uaci);
    values.push_back({image, fmt::format("npcr_paper_pass_{}", name), npcr ? 1.0 : 0.0});
    values.push_back({image, fmt::format("uaci_paper_pass_{}", name), uaci ? 1.0 : 0.0});
  }
}

}  // namespace

void MeasureDifferential(const PipelineImage& image,
                         const MeasureContext& context,
                         std::vector<Measurement>& values) {
  const auto add = [&](const std::string& metric, double value) {
    values.push_back({image.name, metric, value});
  };
  const PipelineStages& stages = context.stages;
  const int count = context.settings.at("pixel_changes").get<int>();
  RandomStream random(fmt::format("seed {}|{}|pixel changes", context.seed, image.name));
  const ImageU8 frozen =
      stages.cipher().Encrypt(image.plain, stages.key(), stages.frozen_nonce()).bytes;

  std::vector<DifferentialPair> live_pairs;
  double frozen_npcr = 0;
  double frozen_uaci = 0;
  for (const PixelChange& change : DrawChanges(image.original, count, random)) {
    ThrowIfInterrupted();
    ImageU8 changed = image.original;
    changed.data[change.index] ^= change.mask;
    const ImageU8 plain = stages.Compress(changed);
    const ImageU8 live =
        stages.cipher().Encrypt(plain, stages.key(), PipelineStages::HashOf(changed)).bytes;
    const ImageU8 still = stages.cipher().Encrypt(plain, stages.key(), stages.frozen_nonce()).bytes;
    live_pairs.push_back(
        {Npcr(image.cipher.bytes.data, live.data), Uaci(image.cipher.bytes.data, live.data)});
    frozen_npcr += Npcr(frozen.data, still.data);
    frozen_uaci += Uaci(frozen.data, still.data);
  }
  const auto elements = static_cast<int64_t>(frozen.data.size());
  AddSummary(image.name, "npcr", SummariseNpcr(live_pairs, elements), values);
  AddSummary(
      image.name, "uaci", SummariseUaci(live_pairs, elements, PairsShare::kOneCiphertext), values);
  add("npcr_frozen", frozen_npcr / count);
  add("uaci_frozen", frozen_uaci / count);
  add("differential_pairs", count);
  add("cipher_elements", static_cast<double>(elements));
  for (const auto& [name, alpha] : {std::pair{"05", 0.05}, {"01", 0.01}, {"001", 0.001}}) {
    const Interval uaci = UaciCritical(elements, alpha);
    add(fmt::format("npcr_critical_{}", name), NpcrCritical(elements, alpha));
    add(fmt::format("uaci_low_{}", name), uaci.low);
    add(fmt::format("uaci_high_{}", name), uaci.high);
  }
  AddPaperVerdicts(image.name, live_pairs, values);
}

}  // namespace chaosense
