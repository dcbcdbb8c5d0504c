// Picture file formats as encoders with one setting: JPEG, WebP, JPEG 2000, through OpenCV.
#ifndef CHAOSENSE_CORE_CODECS_CODEC_H_
#define CHAOSENSE_CORE_CODECS_CODEC_H_

#include <optional>
#include <string>

#include "core/base/file.h"
#include "core/image/image.h"

namespace chaosense {

// JPEG 2000: the bare code stream of ISO 15444-1 with the reversible 5/3 wavelet, which is what
// OpenCV offers. WebP: always in colour, a gray picture has neutral chroma. JPEG: chroma halved in
// both directions, OpenCV's only choice.
enum class CodecFormat { kJpeg, kWebp, kJpeg2000 };

// The method's name: "jpeg", "webp", "jpeg2000".
std::string CodecName(CodecFormat format);

// Settings first to last give larger and better streams. JPEG and WebP: quality; JPEG 2000: bytes
// in a thousandth of the raw picture's, 1000 is lossless.
struct SettingRange {
  int first;
  int last;
};
SettingRange SettingsOf(CodecFormat format);
// WebP's setting of the lossless format, past `last`; JPEG has none, JPEG 2000 needs none.
std::optional<int> LosslessSetting(CodecFormat format);

// The picture (1 or 3 channels) as a stream without metadata (see metadata.h); JPEG with optimised
// Huffman tables, baseline or progressive, whichever is shorter. Nothing where the encoder refuses,
// as JPEG 2000 does for pictures of a few pixels.
std::optional<Bytes> EncodePicture(CodecFormat format, const ImageU8& picture, int setting);

// The picture of exactly this shape that the decoder makes of the stream, which may be damaged: a
// decoder often still shows something. Nothing if the stream names another size or cannot be
// decoded. Never throws what OpenCV throws.
std::optional<ImageU8> DecodePicture(CodecFormat format, const Bytes& stream, Shape shape);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CODECS_CODEC_H_
