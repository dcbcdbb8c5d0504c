// The best picture a codec can put into a number of bytes.
#ifndef CHAOSENSE_CORE_CODECS_FIT_TO_BUDGET_H_
#define CHAOSENSE_CORE_CODECS_FIT_TO_BUDGET_H_

#include <array>
#include <optional>

#include "core/codecs/codec.h"

namespace chaosense {

// The picture may be coded smaller, by these factors: at low rates that is better than the lowest
// quality, or the only thing that fits.
inline constexpr std::array<int, 6> kShrinkFactors = {1, 2, 3, 4, 6, 8};

// Sides divided by the factor, rounded up.
Shape ShrunkShape(Shape shape, int factor);
// Area averages, and bicubic interpolation back; both the identity where the shape stays.
ImageU8 Shrink(const ImageU8& picture, int factor);
ImageU8 Enlarge(const ImageU8& picture, Shape shape);

struct FittedStream {
  size_t factor_index = 0;  // in kShrinkFactors
  int setting = 0;
  Bytes stream;
  double psnr = 0;  // of the picture that comes back, dB, inf if it is the same
};

struct FitResult {
  std::optional<FittedStream> best;
  size_t smallest = 0;  // bytes of the shortest stream tried: what would be needed
};

// Of the streams of at most `budget` bytes, for each factor the one of highest setting (found by
// bisection: lengths grow with the setting but for a few bytes), among those the one of highest
// PSNR on the picture itself; of equals the largest picture. A factor whose picture, shrunk and
// enlarged but not coded, is worse already than a coded one before is passed over.
FitResult FitToBudget(CodecFormat format, const ImageU8& picture, size_t budget);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CODECS_FIT_TO_BUDGET_H_
