#include "core/codecs/fit_to_budget.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/image/mat.h"
#include "core/metrics/quality.h"

namespace chaosense {
namespace {

ImageU8 Resized(const ImageU8& picture, Shape shape, int interpolation) {
  if (picture.shape == shape) return picture;
  cv::Mat resized;
  cv::resize(ToMat(picture), resized, cv::Size(shape.width, shape.height), 0, 0, interpolation);
  return FromMat(resized);
}

// From what quality on the lossless format is worth a try: below, its stream is far too long.
constexpr int kNearlyLossless = 90;

// Encodes one picture at different settings, remembering the shortest stream.
class Search {
 public:
  Search(CodecFormat format, const ImageU8& picture, size_t budget)
      : format_(format), picture_(picture), budget_(budget) {}

  // Sets setting and stream of the highest setting found to fit.
  std::optional<FittedStream> Run() {
    auto [fits, too_long] = SettingsOf(format_);
    if (!Try(fits)) return std::nullopt;
    if (Try(too_long)) {
      fits = too_long;
    } else {
      while (too_long - fits > 1) {
        const int middle = (fits + too_long) / 2;
        (Try(middle) ? fits : too_long) = middle;
      }
    }
    const std::optional<int> lossless = LosslessSetting(format_);
    if (lossless && fits >= kNearlyLossless) Try(*lossless);
    return best_;
  }

  size_t shortest() const { return shortest_; }

 private:
  bool Try(int setting) {
    std::optional<Bytes> stream = EncodePicture(format_, picture_, setting);
    if (!stream) return false;
    shortest_ = shortest_ == 0 ? stream->size() : std::min(shortest_, stream->size());
    if (stream->size() > budget_) return false;
    best_ = FittedStream{0, setting, std::move(*stream), 0};
    return true;
  }

  CodecFormat format_;
  const ImageU8& picture_;
  size_t budget_;
  size_t shortest_ = 0;
  std::optional<FittedStream> best_;  // settings that fit are tried in rising order
};

}  // namespace

Shape ShrunkShape(Shape shape, int factor) {
  return {
      shape.channels, (shape.height + factor - 1) / factor, (shape.width + factor - 1) / factor};
}

ImageU8 Shrink(const ImageU8& picture, int factor) {
  return Resized(picture, ShrunkShape(picture.shape, factor), cv::INTER_AREA);
}

ImageU8 Enlarge(const ImageU8& picture, Shape shape) {
  return Resized(picture, shape, cv::INTER_CUBIC);
}

FitResult FitToBudget(CodecFormat format, const ImageU8& picture, size_t budget) {
  FitResult result;
  for (size_t i = 0; i < kShrinkFactors.size(); ++i) {
    const ImageU8 small = Shrink(picture, kShrinkFactors[i]);
    if (result.best && Psnr8Bit(picture, Enlarge(small, picture.shape)) <= result.best->psnr)
      continue;
    Search search(format, small, budget);
    std::optional<FittedStream> found = search.Run();
    const size_t shortest = search.shortest();
    if (shortest > 0 && (result.smallest == 0 || shortest < result.smallest))
      result.smallest = shortest;
    if (!found) continue;
    const std::optional<ImageU8> decoded = DecodePicture(format, found->stream, small.shape);
    CHAOSENSE_CHECK(decoded.has_value(), "{}: cannot read its own stream", CodecName(format));
    found->factor_index = i;
    found->psnr = Psnr8Bit(picture, Enlarge(*decoded, picture.shape));
    if (!result.best || found->psnr > result.best->psnr) result.best = std::move(found);
  }
  return result;
}

}  // namespace chaosense
