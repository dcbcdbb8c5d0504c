// Pictures of every stage, as in the paper's Table 3: original, compressed, scrambled, ciphertext,
// decrypted, reconstructed; one PNG each and a strip of all.
#include <algorithm>

#include "core/image/image_io.h"
#include "experiments/pipeline.h"

namespace chaosense {
namespace {

// Codes of linear methods are long rows (1 x blocks x (blocks * m)); pictures are for people, so
// the bytes are re-folded to a rectangle of about the image's proportions.
ImageU8 Viewable(const ImageU8& image) {
  const int h = image.shape.height;
  const int w = image.shape.width;
  if (image.shape.channels == 3 || (w <= 4 * h && h <= 4 * w)) return image;
  const auto count = static_cast<int64_t>(image.data.size());
  int64_t width = 1;
  while (width * width < count) ++width;
  ImageU8 folded(Shape{1, static_cast<int>((count + width - 1) / width), static_cast<int>(width)});
  std::copy(image.data.begin(), image.data.end(), folded.data.begin());
  return folded;
}

void Paste(const ImageU8& image, int left, ImageU8& strip) {
  for (int c = 0; c < 3; ++c) {
    for (int y = 0; y < image.shape.height; ++y) {
      for (int x = 0; x < image.shape.width; ++x) {
        strip.at(c, y, left + x) = image.at(image.shape.channels == 1 ? 0 : c, y, x);
      }
    }
  }
}

ImageU8 Strip(const std::vector<ImageU8>& pictures) {
  constexpr int kGap = 8;
  int height = 0;
  int width = -kGap;
  for (const ImageU8& picture : pictures) {
    height = std::max(height, picture.shape.height);
    width += picture.shape.width + kGap;
  }
  ImageU8 strip(Shape{3, height, width});
  std::fill(strip.data.begin(), strip.data.end(), uint8_t{255});
  int left = 0;
  for (const ImageU8& picture : pictures) {
    Paste(picture, left, strip);
    left += picture.shape.width + kGap;
  }
  return strip;
}

}  // namespace

void WriteStagePictures(const PipelineImage& image,
                        const MeasureContext& context,
                        std::vector<Measurement>&) {
  const auto scrambler = context.cell.ciphers->Create(
      context.settings.at("scrambled_by").get<std::string>(), Json::object(), "scrambled_by");
  const PipelineStages& stages = context.stages;
  const ImageU8 scrambled =
      scrambler->Encrypt(image.plain, stages.key(), PipelineStages::HashOf(image.original)).bytes;
  const std::vector<std::pair<const char*, ImageU8>> pictures = {
      {"1_original", image.original},
      {"2_compressed", Viewable(image.plain)},
      {"3_scrambled", Viewable(scrambled)},
      {"4_ciphertext", Viewable(image.cipher.bytes)},
      {"5_decrypted", Viewable(image.decrypted)},
      {"6_reconstructed", ToU8(image.received)}};
  std::vector<ImageU8> all;
  for (const auto& [stage, picture] : pictures) {
    const std::string file = fmt::format("{}_{}.png", image.name, stage);
    SaveImage(picture, context.cell.folder / file);
    context.files.push_back(file);
    all.push_back(picture);
  }
  const std::string file = image.name + "_stages.png";
  SaveImage(Strip(all), context.cell.folder / file);
  context.files.push_back(file);
}

}  // namespace chaosense
