// Weight files in the safetensors layout: 8 bytes little-endian header length, a JSON header, then
// the tensors' bytes. Source: the format description of huggingface/safetensors (README, "Format").
// Free of LibTorch, so that linear models use it too.
#ifndef CHAOSENSE_CORE_SENSING_SAFETENSORS_H_
#define CHAOSENSE_CORE_SENSING_SAFETENSORS_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/file.h"

namespace chaosense {

enum class TensorType { kF16, kBF16, kF32, kF64, kI64, kU8 };

struct TensorData {
  TensorType type = TensorType::kF32;
  std::vector<int64_t> shape;  // empty: a scalar
  Bytes bytes;                 // little-endian, row-major; element count * size of the type
};

struct Safetensors {
  std::map<std::string, TensorData> tensors;
  std::map<std::string, std::string> metadata;  // the header's "__metadata__"

  // Throws Error(kConfig) naming `file` and the nearest tensor name.
  const TensorData& At(const std::string& name, const std::string& file) const;
};

// Every length is checked: a truncated file, a header that is no JSON object, a size that does not
// match the shape, overlapping tensors and holes throw Error(kConfig) naming the file. A missing
// file is Error(kData).
Safetensors ReadSafetensors(const std::filesystem::path& path);
Safetensors ParseSafetensors(std::span<const uint8_t> content, const std::string& name_for_errors);

// Tensors are written in the order of their names; the same content gives the same bytes. Atomic.
void WriteSafetensors(const std::filesystem::path& path, const Safetensors& content);
Bytes SerialiseSafetensors(const Safetensors& content);

// `values` in row-major order, rounded to nearest even when `type` is narrower. Type kF16, kBF16,
// kF32 or kF64.
TensorData MakeTensor(std::span<const float> values,
                      std::vector<int64_t> shape,
                      TensorType type = TensorType::kF32);
TensorData MakeTensor(std::span<const double> values,
                      std::vector<int64_t> shape,
                      TensorType type = TensorType::kF64);

// Any type, converted.
std::vector<float> ToFloats(const TensorData& tensor);
std::vector<double> ToDoubles(const TensorData& tensor);

int64_t ElementCount(const TensorData& tensor);
size_t SizeOf(TensorType type);
std::string TypeName(TensorType type);  // "F32", as in the header

// IEEE 754 binary16, round to nearest even; overflow gives infinity.
uint16_t HalfFromFloat(float value);
float FloatFromHalf(uint16_t bits);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SENSING_SAFETENSORS_H_
