// Load and save pictures (OpenCV: PNG, JPEG, TIFF, BMP, WebP, ...).
#ifndef CHAOSENSE_CORE_IMAGE_IMAGE_IO_H_
#define CHAOSENSE_CORE_IMAGE_IMAGE_IO_H_

#include <filesystem>

#include "core/base/file.h"
#include "core/image/image.h"

namespace chaosense {

enum class ColorMode {
  kAsStored,  // one channel for a gray file, three for a colour file (alpha dropped)
  kGray,      // colour files are converted, BT.601
  kColor      // gray files are replicated to three channels
};

// Throw Error(kData) if the file is missing, Error(kConfig) if it is not an 8-bit picture.
ImageU8 LoadImage(const std::filesystem::path& path, ColorMode mode = ColorMode::kAsStored);
ImageU8 DecodeImage(const Bytes& encoded, ColorMode mode, const std::string& name_for_errors);

// Atomic; the format follows the extension (.png, .bmp, .tif, .jpg, .webp; JPEG and WebP at quality
// 95). Throws Error(kConfig) on an unknown extension or a folder that cannot be written.
void SaveImage(const ImageU8& image, const std::filesystem::path& path);
// The bytes that SaveImage writes.
Bytes EncodeImage(const ImageU8& image, const std::filesystem::path& path);
Bytes EncodePng(const ImageU8& image);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_IMAGE_IMAGE_IO_H_
