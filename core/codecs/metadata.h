// What can be known of, and left out of, a JPEG, WebP or JPEG 2000 stream without decoding it.
#ifndef CHAOSENSE_CORE_CODECS_METADATA_H_
#define CHAOSENSE_CORE_CODECS_METADATA_H_

#include <optional>
#include <span>

#include "core/base/file.h"

namespace chaosense {

struct StreamSize {
  int64_t height;
  int64_t width;
  bool operator==(const StreamSize&) const = default;
};

// Without application segments (JFIF) and comments, which say nothing about the picture: 18 bytes
// of what OpenCV writes. ITU T.81, B.2.4. `stream` is a whole JPEG file.
Bytes StripJpeg(std::span<const uint8_t> stream);
// The code stream inside a .jp2 file, without comments: of what OpenCV writes, 85 bytes of boxes
// and 39 of comment less. ISO 15444-1, annexes A and I.
Bytes StripJpeg2000(std::span<const uint8_t> file);

// The size a stream names, or nothing if its headers are not those of the format. They trust no
// byte: any bytes may be given.
std::optional<StreamSize> JpegSize(std::span<const uint8_t> stream);
std::optional<StreamSize> WebpSize(std::span<const uint8_t> stream);      // VP8 and VP8L in RIFF
std::optional<StreamSize> Jpeg2000Size(std::span<const uint8_t> stream);  // a bare code stream

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CODECS_METADATA_H_
