#include "core/image/image_io.h"

#include <algorithm>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/image/mat.h"

namespace chaosense {
namespace {

// A paletted gray file decodes to three equal channels; it is a gray picture.
bool ChannelsEqual(const ImageU8& image) {
  const size_t n = image.data.size() / 3;
  return std::equal(image.data.begin(),
                    image.data.begin() + static_cast<ptrdiff_t>(n),
                    image.data.begin() + static_cast<ptrdiff_t>(n)) &&
         std::equal(image.data.begin(),
                    image.data.begin() + static_cast<ptrdiff_t>(n),
                    image.data.begin() + static_cast<ptrdiff_t>(2 * n));
}

Bytes Encode(const ImageU8& image, const std::string& extension, const std::string& name) {
  std::vector<uint8_t> encoded;
  try {
    std::vector<int> options;
    if (extension == ".jpg" || extension == ".jpeg") options = {cv::IMWRITE_JPEG_QUALITY, 95};
    if (extension == ".webp") options = {cv::IMWRITE_WEBP_QUALITY, 95};
    if (!cv::imencode(extension, ToMat(image), encoded, options)) {
      throw ConfigError("{}: the picture could not be encoded as {}", name, extension);
    }
  } catch (const cv::Exception&) {
    throw ConfigError("{}: unknown picture format \"{}\"; expected .png, .bmp, .tif, .jpg or .webp",
                      name,
                      extension);
  }
  return encoded;
}

}  // namespace

ImageU8 DecodeImage(const Bytes& encoded, ColorMode mode, const std::string& name) {
  cv::Mat mat;
  if (!encoded.empty()) {
    try {
      mat = cv::imdecode(encoded, cv::IMREAD_UNCHANGED);
      if (!mat.empty() && mat.depth() != CV_8U) {
        throw ConfigError("{}: has more than 8 bits a sample; expected an 8-bit picture", name);
      }
      // Decoding again drops alpha and palettes the same way for every format, and applies no
      // rotation.
      if (!mat.empty())
        mat = cv::imdecode(encoded, cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION);
    } catch (const cv::Exception&) {
      mat = cv::Mat();
    }
  }
  if (mat.empty()) {
    throw ConfigError("{}: not a picture that can be read; expected PNG, JPEG, TIFF, BMP or WebP",
                      name);
  }
  ImageU8 image = FromMat(mat);
  if (ChannelsEqual(image)) {
    image.data.resize(image.data.size() / 3);
    image.shape.channels = 1;
  }
  if (mode == ColorMode::kGray) return ToGray(image);
  if (mode == ColorMode::kColor && image.shape.channels == 1) {
    ImageU8 color(Shape{3, image.shape.height, image.shape.width});
    for (int c = 0; c < 3; ++c) std::copy(image.data.begin(), image.data.end(), &color.at(c, 0, 0));
    return color;
  }
  return image;
}

ImageU8 LoadImage(const std::filesystem::path& path, ColorMode mode) {
  return DecodeImage(ReadFile(path), mode, path.string());
}

Bytes EncodeImage(const ImageU8& image, const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) {
    return std::tolower(c);
  });
  return Encode(image, extension.empty() ? "." : extension, path.string());
}

void SaveImage(const ImageU8& image, const std::filesystem::path& path) {
  WriteFileAtomically(path, EncodeImage(image, path));
}

Bytes EncodePng(const ImageU8& image) { return Encode(image, ".png", "picture"); }

}  // namespace chaosense
