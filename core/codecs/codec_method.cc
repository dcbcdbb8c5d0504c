// "jpeg", "webp", "jpeg2000": picture codecs with exactly as many bytes as the 8-bit measurements
// of a compressed-sensing method at the same rate, so that they go through the same ciphers and
// tables.
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/codecs/codec.h"
#include "core/codecs/fit_to_budget.h"
#include "core/codecs/register.h"
#include "core/image/blocks.h"
#include "core/sensing/rate.h"

namespace chaosense {
namespace {

constexpr int kN = kBlockSize * kBlockSize;

// The code: 4 bytes, little-endian, (stream length * 8 + index in kShrinkFactors), then the stream,
// then zeros.
constexpr size_t kHeaderBytes = 4;

Bytes Pack(const FittedStream& fitted, size_t size) {
  Bytes code(size);
  const auto header = static_cast<uint32_t>(fitted.stream.size() * 8 + fitted.factor_index);
  for (size_t i = 0; i < kHeaderBytes; ++i) code[i] = static_cast<uint8_t>(header >> (8 * i));
  std::copy(fitted.stream.begin(), fitted.stream.end(), code.begin() + kHeaderBytes);
  return code;
}

// The picture in a code that may be damaged; nothing where it cannot be decoded.
std::optional<ImageU8> Unpack(CodecFormat format, const Bytes& code, Shape shape) {
  if (code.size() < kHeaderBytes) return std::nullopt;
  uint32_t header = 0;
  for (size_t i = 0; i < kHeaderBytes; ++i) header |= static_cast<uint32_t>(code[i]) << (8 * i);
  const size_t length = header / 8;
  const size_t factor = header % 8;
  if (factor >= kShrinkFactors.size() || length > code.size() - kHeaderBytes) return std::nullopt;
  const auto begin = code.begin() + kHeaderBytes;
  const Bytes stream(begin, begin + static_cast<ptrdiff_t>(length));
  const auto small = DecodePicture(format, stream, ShrunkShape(shape, kShrinkFactors[factor]));
  if (!small) return std::nullopt;
  return Enlarge(*small, shape);
}

// Passes 0..255 exactly.
Quantiser ByteQuantiser(int coefficients) {
  const auto n = static_cast<size_t>(coefficients);
  return Quantiser(std::vector<float>(n, 127.5f), std::vector<float>(n, 127.5f), 0);
}

class CodecMethod : public Reconstructor {
 public:
  CodecMethod(CodecFormat format, const Json& parameters)
      : format_(format),
        rate_(parameters["rate"].get<double>()),
        gray_bytes_(MeasurementCount(rate_, kN)),
        color_bytes_(MeasurementCount(rate_, 3 * kN)),
        gray_quantiser_(ByteQuantiser(gray_bytes_)),
        color_quantiser_(ByteQuantiser(color_bytes_)) {}

  Json Identity(const FitContext&) const override { return Json::object(); }
  void Fit(const FitContext&) override {}

  double ExactRate(int channels) const override {
    return static_cast<double>(BytesPerBlock(channels)) / (channels * kN);
  }

  Codes<float> Sense(const ImageF& image) const override {
    const BlockGrid grid = GridFor(image.shape.height, image.shape.width);
    const int bytes = BytesPerBlock(image.shape.channels);
    const size_t available = static_cast<size_t>(grid.count()) * static_cast<size_t>(bytes);
    // The header holds lengths below 2^29.
    const size_t budget = std::min(available, size_t{1} << 29) - std::min(available, kHeaderBytes);
    const FitResult fit = FitToBudget(format_, ToU8(image), budget);
    if (!fit.best) {
      throw RunError(
          "{} at rate {}: the picture of {} x {} has {} bytes available, its shortest stream needs "
          "{}; expected a higher rate or a larger picture",
          CodecName(format_),
          rate_,
          image.shape.width,
          image.shape.height,
          available,
          fit.smallest == 0 ? std::string("a larger picture")
                            : fmt::format("{}", fit.smallest + kHeaderBytes));
    }
    const Bytes code = Pack(*fit.best, available);
    return {grid, Shape{1, 1, bytes}, std::vector<float>(code.begin(), code.end())};
  }

  ImageF Reconstruct(const Codes<float>& codes, Shape shape) const override {
    CHAOSENSE_CHECK(codes.coefficients() == static_cast<size_t>(BytesPerBlock(shape.channels)));
    Bytes code(codes.values.size());
    std::transform(codes.values.begin(), codes.values.end(), code.begin(), [](float v) {
      return static_cast<uint8_t>(std::lround(std::clamp(v, 0.0f, 255.0f)));
    });
    if (const auto picture = Unpack(format_, code, shape)) return ToFloat(*picture);
    ImageF gray(shape);
    std::fill(gray.data.begin(), gray.data.end(), 0.5f);
    return gray;
  }

  const Quantiser& QuantiserFor(int channels) const override {
    return channels == 1 ? gray_quantiser_ : color_quantiser_;
  }

  Cost cost(int) const override { return {0, std::nullopt}; }

 private:
  int BytesPerBlock(int channels) const { return channels == 1 ? gray_bytes_ : color_bytes_; }

  CodecFormat format_;
  double rate_;
  int gray_bytes_;
  int color_bytes_;
  Quantiser gray_quantiser_;
  Quantiser color_quantiser_;
};

void RegisterCodec(CodecFormat format,
                   const std::string& summary,
                   const std::string& choices,
                   const std::string& source,
                   ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = CodecName(format);
  info.summary = summary;
  info.description =
      "No compressed sensing: the yardstick of what a picture codec does with the same number of "
      "ciphertext bytes. It has as many bytes as the 8-bit measurements of 33x33 blocks at this "
      "rate, round(rate x 1089) for each block of a gray picture and round(rate x 3267) of a "
      "colour one, header and padding included; an authenticated cipher's tag and the nonce come "
      "on top for every method alike. The picture is coded at full size or shrunk by 2, 3, 4, 6 or "
      "8, each at the highest quality that fits; the best of these on the picture itself is kept. "
      "A damaged code shows what the decoder still makes of it, or mid-gray: codecs do not degrade "
      "gracefully. Times and results depend on the installed encoder. " +
      choices;
  info.source = source;
  info.parameters = {
      {"rate", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}, {"default", 0.25}}}};
  methods.Register(std::move(info), [format](const Json& parameters) {
    return std::make_unique<CodecMethod>(format, parameters);
  });
}

}  // namespace

void RegisterCodecs(ReconstructorRegistry& methods) {
  RegisterCodec(CodecFormat::kJpeg,
                "JPEG within the bytes of the measurements; not compressed sensing",
                "Optimised Huffman tables, baseline or progressive, whichever is shorter; chroma "
                "halved; no JFIF segment (libjpeg through OpenCV).",
                "ITU-T T.81 (1992)",
                methods);
  RegisterCodec(CodecFormat::kWebp,
                "WebP within the bytes of the measurements; not compressed sensing",
                "Lossy WebP at libwebp's default effort, the lossless format where it fits "
                "(libwebp through OpenCV).",
                "RFC 6386 (2011), RFC 9649 (2024)",
                methods);
  RegisterCodec(CodecFormat::kJpeg2000,
                "JPEG 2000 within the bytes of the measurements; not compressed sensing",
                "The bare code stream without .jp2 boxes and comment; reversible 5/3 wavelet and "
                "rates in steps of a thousandth of the raw size, which is all OpenCV offers: the "
                "9/7 wavelet would be some tenths of a dB better (OpenJPEG through OpenCV).",
                "ISO/IEC 15444-1",
                methods);
}

}  // namespace chaosense
