#include "core/codecs/metadata.h"

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/codecs/codec.h"

namespace chaosense {
namespace {

Bytes Text(std::initializer_list<int> values) {
  Bytes bytes;
  for (const int value : values) bytes.push_back(static_cast<uint8_t>(value));
  return bytes;
}

// Written by hand from ITU T.81, B.2: SOI, APP0 (2 bytes of contents), SOF0 of 5 x 300, COM, SOS.
TEST(Metadata, JpegSegmentsByHand) {
  const Bytes whole = Text({0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 'J',  'F', 0xFF, 0xC0, 0, 11,   8,
                            0,    5,    1,    44,   1, 1, 0x11, 0,   0xFF, 0xFE, 0, 3,    '!',
                            0xFF, 0xDA, 0,    8,    1, 1, 0,    0,   63,   0,    1, 0xFF, 0xD9});
  const Bytes bare = Text({0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 5, 1,  44, 1, 1,    0x11,
                           0,    0xFF, 0xDA, 0,    8, 1,  1, 0, 0, 63, 0,  1, 0xFF, 0xD9});
  EXPECT_EQ(StripJpeg(whole), bare);
  EXPECT_EQ(JpegSize(whole), (StreamSize{5, 300}));
  EXPECT_EQ(JpegSize(bare), (StreamSize{5, 300}));
}

// ISO 15444-1: a box of another type, then jp2c to the end of the file (length 0); SOC, SIZ with an
// offset of (1, 2) on a grid of 41 x 32, COM, SOT.
TEST(Metadata, Jpeg2000BoxesByHand) {
  const Bytes stream =
      Text({0xFF, 0x4F, 0xFF, 0x51, 0, 22, 0, 0,    0,    0, 0, 41,  0,   0,    0,    32, 0, 0, 0,
            1,    0,    0,    0,    2, 0,  0, 0xFF, 0x64, 0, 4, 'h', 'i', 0xFF, 0x90, 0,  3, 9});
  Bytes file = Text({0, 0, 0, 9, 'f', 't', 'y', 'p', 'x', 0, 0, 0, 0, 'j', 'p', '2', 'c'});
  file.insert(file.end(), stream.begin(), stream.end());
  Bytes bare(stream.begin(), stream.begin() + 26);
  bare.insert(bare.end(), stream.begin() + 32, stream.end());
  EXPECT_EQ(StripJpeg2000(file), bare);
  EXPECT_EQ(Jpeg2000Size(bare), (StreamSize{30, 40}));
}

TEST(Metadata, SizesOfRealStreams) {
  const ImageU8 picture(Shape{3, 45, 70});
  const StreamSize size{45, 70};
  EXPECT_EQ(JpegSize(EncodePicture(CodecFormat::kJpeg, picture, 50).value()), size);
  EXPECT_EQ(WebpSize(EncodePicture(CodecFormat::kWebp, picture, 50).value()), size);
  EXPECT_EQ(WebpSize(EncodePicture(CodecFormat::kWebp, picture, 101).value()), size);
  EXPECT_EQ(Jpeg2000Size(EncodePicture(CodecFormat::kJpeg2000, picture, 50).value()), size);
  EXPECT_EQ(JpegSize(EncodePicture(CodecFormat::kWebp, picture, 50).value()), std::nullopt);
  EXPECT_EQ(WebpSize(EncodePicture(CodecFormat::kJpeg, picture, 50).value()), std::nullopt);
}

TEST(Metadata, AnyBytesMayBeGiven) {
  RandomStream random("metadata test");
  const ImageU8 picture(Shape{1, 40, 40});
  for (const CodecFormat format :
       {CodecFormat::kJpeg, CodecFormat::kWebp, CodecFormat::kJpeg2000}) {
    const Bytes whole = EncodePicture(format, picture, 50).value();
    for (int i = 0; i < 2000; ++i) {
      Bytes damaged(whole.begin(),
                    whole.begin() + random.UniformInt(static_cast<int64_t>(whole.size()) + 1));
      for (int k = 0; k < 5 && !damaged.empty(); ++k) {
        damaged[static_cast<size_t>(random.UniformInt(static_cast<int64_t>(damaged.size())))] =
            static_cast<uint8_t>(random.UniformInt(256));
      }
      // They end and stay inside the bytes, which the sanitizers' build checks.
      JpegSize(damaged);
      WebpSize(damaged);
      Jpeg2000Size(damaged);
    }
  }
}

}  // namespace
}  // namespace chaosense
