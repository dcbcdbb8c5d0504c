#include "core/codecs/metadata.h"

#include <algorithm>
#include <string_view>

#include "core/base/error.h"

namespace chaosense {
namespace {

using Span = std::span<const uint8_t>;

uint32_t BigEndian(Span bytes, size_t at, size_t count) {
  uint32_t value = 0;
  for (size_t i = 0; i < count; ++i) value = value << 8 | bytes[at + i];
  return value;
}

uint32_t LittleEndian(Span bytes, size_t at, size_t count) {
  uint32_t value = 0;
  for (size_t i = count; i-- > 0;) value = value << 8 | bytes[at + i];
  return value;
}

bool TextAt(Span bytes, size_t at, std::string_view text) {
  return at + text.size() <= bytes.size() &&
         std::equal(text.begin(),
                    text.end(),
                    bytes.begin() + static_cast<ptrdiff_t>(at),
                    [](char a, uint8_t b) { return static_cast<uint8_t>(a) == b; });
}

// A marker segment of JPEG or JPEG 2000: FF, code, then a big-endian length that counts itself.
struct Segment {
  uint8_t code;
  size_t begin;  // of the FF
  size_t end;
};

// The segments from `at` up to (not with) the first that carries coded data, `last`, or up to what
// is no segment.
std::vector<Segment> SegmentsUntil(uint8_t last, Span stream, size_t at) {
  std::vector<Segment> segments;
  while (at + 4 <= stream.size() && stream[at] == 0xFF && stream[at + 1] != last) {
    const size_t end = at + 2 + BigEndian(stream, at + 2, 2);
    if (end < at + 4 || end > stream.size()) break;
    segments.push_back({stream[at + 1], at, end});
    at = end;
  }
  return segments;
}

constexpr uint8_t kJpegScan = 0xDA;      // SOS
constexpr uint8_t kJpeg2000Tile = 0x90;  // SOT

std::vector<Segment> JpegSegments(Span stream) { return SegmentsUntil(kJpegScan, stream, 2); }
std::vector<Segment> Jpeg2000Segments(Span stream) {
  return SegmentsUntil(kJpeg2000Tile, stream, 2);
}

// The stream without the segments for which `drop` holds.
template <typename Drop>
Bytes Without(Span stream, const std::vector<Segment>& segments, Drop drop) {
  CHAOSENSE_CHECK(!segments.empty(), "the encoder wrote no segments");
  Bytes kept(stream.begin(), stream.begin() + 2);
  const auto append = [&](size_t begin, size_t end) {
    kept.insert(kept.end(),
                stream.begin() + static_cast<ptrdiff_t>(begin),
                stream.begin() + static_cast<ptrdiff_t>(end));
  };
  for (const Segment& segment : segments) {
    if (!drop(segment.code)) append(segment.begin, segment.end);
  }
  append(segments.back().end, stream.size());
  return kept;
}

// The contents of the first box of this type among those that follow one another.
Span BoxContents(Span file, std::string_view type) {
  size_t at = 0;
  while (at + 8 <= file.size()) {
    const size_t length = BigEndian(file, at, 4);
    const size_t end = length == 0 ? file.size() : at + length;  // 0: the box ends with the file
    if (end < at + 8 || end > file.size()) break;
    if (TextAt(file, at + 4, type)) return file.subspan(at + 8, end - at - 8);
    at = end;
  }
  CHAOSENSE_CHECK(false, "the JPEG 2000 encoder wrote no box {}", type);
}

}  // namespace

Bytes StripJpeg(Span stream) {
  return Without(stream, JpegSegments(stream), [](uint8_t code) {
    return (code >= 0xE0 && code <= 0xEF) || code == 0xFE;  // APPn, COM
  });
}

Bytes StripJpeg2000(Span file) {
  const Span stream = BoxContents(file, "jp2c");
  return Without(stream, Jpeg2000Segments(stream), [](uint8_t code) { return code == 0x64; });
}

std::optional<StreamSize> JpegSize(Span stream) {
  if (!TextAt(stream, 0, "\xFF\xD8")) return std::nullopt;
  for (const Segment& segment : JpegSegments(stream)) {
    // SOF0 to SOF15 but DHT (C4), JPG (C8) and DAC (CC).
    const uint8_t code = segment.code;
    if (code < 0xC0 || code > 0xCF || code == 0xC4 || code == 0xC8 || code == 0xCC) continue;
    if (segment.end - segment.begin < 9) return std::nullopt;
    return StreamSize{BigEndian(stream, segment.begin + 5, 2),
                      BigEndian(stream, segment.begin + 7, 2)};
  }
  return std::nullopt;
}

std::optional<StreamSize> WebpSize(Span stream) {
  if (stream.size() < 30 || !TextAt(stream, 0, "RIFF") || !TextAt(stream, 8, "WEBP"))
    return std::nullopt;
  if (TextAt(stream, 12, "VP8 ") && TextAt(stream, 23, "\x9D\x01\x2A")) {
    return StreamSize{LittleEndian(stream, 28, 2) & 0x3FFF, LittleEndian(stream, 26, 2) & 0x3FFF};
  }
  if (TextAt(stream, 12, "VP8L") && stream[20] == 0x2F) {
    const uint32_t bits = LittleEndian(stream, 21, 4);
    return StreamSize{(bits >> 14 & 0x3FFF) + 1, (bits & 0x3FFF) + 1};
  }
  return std::nullopt;
}

std::optional<StreamSize> Jpeg2000Size(Span stream) {
  if (!TextAt(stream, 0, "\xFF\x4F\xFF\x51") || stream.size() < 24) return std::nullopt;
  // SIZ: length, capabilities, then width and height of the grid and its offset, 4 bytes each.
  const int64_t width = BigEndian(stream, 8, 4);
  const int64_t height = BigEndian(stream, 12, 4);
  return StreamSize{height - BigEndian(stream, 20, 4), width - BigEndian(stream, 16, 4)};
}

}  // namespace chaosense
