#include "core/codecs/codec.h"

#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/codecs/metadata.h"
#include "core/image/mat.h"

namespace chaosense {
namespace {

// OpenCV reports on stderr what its functions then throw or return.
class QuietOpenCv {
 public:
  QuietOpenCv() : level_(cv::utils::logging::getLogLevel()) {
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  }
  ~QuietOpenCv() { cv::utils::logging::setLogLevel(level_); }
  QuietOpenCv(const QuietOpenCv&) = delete;
  QuietOpenCv& operator=(const QuietOpenCv&) = delete;

 private:
  cv::utils::logging::LogLevel level_;
};

std::optional<Bytes> Encode(const char* extension, const cv::Mat& mat, std::vector<int> options) {
  const QuietOpenCv quiet;
  Bytes encoded;
  try {
    if (!cv::imencode(extension, mat, encoded, options)) return std::nullopt;
  } catch (const cv::Exception&) {
    return std::nullopt;
  }
  return encoded;
}

std::optional<Bytes> EncodeJpeg(const cv::Mat& mat, int quality) {
  std::optional<Bytes> best;
  for (const int progressive : {0, 1}) {
    const auto file = Encode(".jpg",
                             mat,
                             {cv::IMWRITE_JPEG_QUALITY,
                              quality,
                              cv::IMWRITE_JPEG_OPTIMIZE,
                              1,
                              cv::IMWRITE_JPEG_PROGRESSIVE,
                              progressive});
    if (file && (!best || file->size() < best->size())) best = file;
  }
  if (best) best = StripJpeg(*best);
  return best;
}

std::optional<StreamSize> SizeOf(CodecFormat format, const Bytes& stream) {
  switch (format) {
    case CodecFormat::kJpeg:
      return JpegSize(stream);
    case CodecFormat::kWebp:
      return WebpSize(stream);
    case CodecFormat::kJpeg2000:
      return Jpeg2000Size(stream);
  }
  CHAOSENSE_CHECK(false, "bad format");
}

}  // namespace

std::string CodecName(CodecFormat format) {
  switch (format) {
    case CodecFormat::kJpeg:
      return "jpeg";
    case CodecFormat::kWebp:
      return "webp";
    case CodecFormat::kJpeg2000:
      return "jpeg2000";
  }
  CHAOSENSE_CHECK(false, "bad format");
}

SettingRange SettingsOf(CodecFormat format) {
  switch (format) {
    case CodecFormat::kJpeg:
      return {0, 100};
    case CodecFormat::kWebp:
      return {1, 100};  // OpenCV takes 0 for 1
    case CodecFormat::kJpeg2000:
      return {1, 1000};
  }
  CHAOSENSE_CHECK(false, "bad format");
}

std::optional<int> LosslessSetting(CodecFormat format) {
  if (format == CodecFormat::kWebp) return 101;
  return std::nullopt;
}

std::optional<Bytes> EncodePicture(CodecFormat format, const ImageU8& picture, int setting) {
  const cv::Mat mat = ToMat(picture);
  switch (format) {
    case CodecFormat::kJpeg:
      return EncodeJpeg(mat, setting);
    case CodecFormat::kWebp:
      return Encode(".webp", mat, {cv::IMWRITE_WEBP_QUALITY, setting});
    case CodecFormat::kJpeg2000: {
      const auto file = Encode(".jp2", mat, {cv::IMWRITE_JPEG2000_COMPRESSION_X1000, setting});
      return file ? std::optional<Bytes>(StripJpeg2000(*file)) : std::nullopt;
    }
  }
  CHAOSENSE_CHECK(false, "bad format");
}

std::optional<ImageU8> DecodePicture(CodecFormat format, const Bytes& stream, Shape shape) {
  // Before decoding: a damaged size must not make the decoder ask for gigabytes.
  if (SizeOf(format, stream) != StreamSize{shape.height, shape.width}) return std::nullopt;
  const QuietOpenCv quiet;
  try {
    const int mode = shape.channels == 1 ? cv::IMREAD_GRAYSCALE : cv::IMREAD_COLOR;
    const cv::Mat mat = cv::imdecode(stream, mode | cv::IMREAD_IGNORE_ORIENTATION);
    if (mat.empty() || mat.depth() != CV_8U) return std::nullopt;
    ImageU8 picture = FromMat(mat);
    if (picture.shape != shape) return std::nullopt;
    return picture;
  } catch (const std::exception&) {  // cv::Exception, and what the libraries below run out of
    return std::nullopt;
  }
}

}  // namespace chaosense
