// Data of figures that show a picture's bytes themselves, one CSV file an image
// ("panel,series,x,y"): pairs of neighbours (the paper's Fig. 5) and histograms (Fig. 9).
#include <array>

#include "core/base/file.h"
#include "core/base/random.h"
#include "core/metrics/histogram.h"
#include "experiments/pipeline.h"

namespace chaosense {
namespace {

constexpr const char* kHeader = "panel,series,x,y\n";

void Write(const std::string& text, const std::string& file, const MeasureContext& context) {
  WriteFileAtomically(context.cell.folder / file, text);
  context.files.push_back(file);
}

// Pairs drawn uniformly with replacement from all channels, as SampledCorrelation draws them.
std::string Pairs(const std::string& panel,
                  const ImageU8& image,
                  int down,
                  int right,
                  int count,
                  RandomStream& random) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const auto c = static_cast<int>(random.UniformInt(image.shape.channels));
    const auto y = static_cast<int>(random.UniformInt(image.shape.height - down));
    const auto x = static_cast<int>(random.UniformInt(image.shape.width - right));
    text +=
        fmt::format("{},pairs,{},{}\n", panel, image.at(c, y, x), image.at(c, y + down, x + right));
  }
  return text;
}

std::string Counts(const std::string& panel,
                   const std::string& series,
                   std::span<const uint8_t> bytes) {
  const Histogram histogram = CountBytes(bytes);
  std::string text;
  for (size_t value = 0; value < histogram.size(); ++value)
    text += fmt::format("{},{},{},{}\n", panel, series, value, histogram[value]);
  return text;
}

}  // namespace

void WriteNeighbourPairs(const PipelineImage& image,
                         const MeasureContext& context,
                         std::vector<Measurement>&) {
  const int count = context.settings.at("plotted_pairs").get<int>();
  RandomStream random(fmt::format("seed {}|{}|plotted pairs", context.seed, image.name));
  struct Direction {
    const char* name;
    int down, right;
  };
  constexpr std::array kDirections = {
      Direction{"horizontal", 0, 1}, Direction{"vertical", 1, 0}, Direction{"diagonal", 1, 1}};
  std::string text = kHeader;
  for (const auto& [stage, picture] :
       {std::pair{"plaintext", &image.original}, {"ciphertext", &image.cipher.bytes}}) {
    for (const Direction& direction : kDirections) {
      const std::string panel = fmt::format("{} {}", stage, direction.name);
      if (picture->shape.height <= direction.down || picture->shape.width <= direction.right)
        continue;  // no such neighbours
      text += Pairs(panel, *picture, direction.down, direction.right, count, random);
    }
  }
  Write(text, image.name + "_adjacent.csv", context);
}

void WriteHistograms(const PipelineImage& image,
                     const MeasureContext& context,
                     std::vector<Measurement>&) {
  constexpr std::array kColors = {"red", "green", "blue"};
  const size_t plane =
      image.original.data.size() / static_cast<size_t>(image.original.shape.channels);
  std::string text = kHeader;
  for (int c = 0; c < image.original.shape.channels; ++c) {
    const char* series =
        image.original.shape.channels == 1 ? "gray" : kColors[static_cast<size_t>(c)];
    text += Counts("plaintext",
                   series,
                   std::span(image.original.data).subspan(static_cast<size_t>(c) * plane, plane));
  }
  text += Counts("ciphertext", "all bytes", image.cipher.bytes.data);
  Write(text, image.name + "_histogram.csv", context);
}

}  // namespace chaosense
