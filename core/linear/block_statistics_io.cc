// The model file of BlockStatistics.
#include <map>
#include <mutex>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/image/blocks.h"
#include "core/linear/block_statistics.h"
#include "core/sensing/safetensors.h"

namespace chaosense {
namespace {

constexpr int kN = kBlockSize * kBlockSize;

std::span<const float> Values(const auto& matrix) {
  return {matrix.data(), static_cast<size_t>(matrix.size())};
}

MatrixRowF ReadMatrix(const Safetensors& file,
                      const std::string& name,
                      int rows,
                      int columns,
                      const std::string& path) {
  const TensorData& tensor = file.At(name, path);
  if (tensor.shape != std::vector<int64_t>{rows, columns}) {
    throw ConfigError(
        "{}: tensor \"{}\" has the wrong shape, expected {} x {}", path, name, rows, columns);
  }
  const std::vector<float> values = ToFloats(tensor);
  return Eigen::Map<const MatrixRowF>(values.data(), rows, columns);
}

}  // namespace

void SaveBlockStatistics(const BlockStatistics& s, const std::filesystem::path& path) {
  Safetensors file;
  file.tensors["mean"] = MakeTensor(Values(s.mean), {1, kN});
  file.tensors["basis"] = MakeTensor(Values(s.basis), {kN, kN}, TensorType::kF16);
  file.tensors["variance"] = MakeTensor(Values(s.variance), {1, kN});
  const MatrixRowF color = s.color_basis;
  file.tensors["color_basis"] = MakeTensor(Values(color), {3, 3});
  file.tensors["color_mean"] = MakeTensor(Values(s.color_mean), {3, kN});
  file.tensors["color_variance"] = MakeTensor(Values(s.color_variance), {3, kN});
  file.metadata = {{"model", "block statistics"}, {"source", s.source}, {"checksum", s.checksum}};
  WriteSafetensors(path, file);
}

const BlockStatistics& LoadBlockStatistics(const std::filesystem::path& path) {
  static std::mutex mutex;
  static std::map<std::string, BlockStatistics> cache;
  const Bytes content = ReadFile(path);
  const std::string checksum = ToHex(Sha256Of(content));
  const std::lock_guard lock(mutex);
  if (const auto found = cache.find(checksum); found != cache.end()) return found->second;
  const std::string name = path.string();
  const Safetensors file = ParseSafetensors(content, name);
  BlockStatistics s;
  s.mean = ReadMatrix(file, "mean", 1, kN, name).transpose();
  s.basis = ReadMatrix(file, "basis", kN, kN, name);
  s.variance = ReadMatrix(file, "variance", 1, kN, name).transpose();
  s.color_basis = ReadMatrix(file, "color_basis", 3, 3, name);
  s.color_mean = ReadMatrix(file, "color_mean", 3, kN, name);
  s.color_variance = ReadMatrix(file, "color_variance", 3, kN, name);
  if (const auto source = file.metadata.find("source"); source != file.metadata.end())
    s.source = source->second;
  s.checksum = checksum;
  return cache.emplace(checksum, std::move(s)).first->second;
}

}  // namespace chaosense
