#include "core/sensing/mat_file.h"

#include <matio.h>

#include <cstring>
#include <memory>

#include "core/base/error.h"
#include "core/base/file.h"

namespace chaosense {
namespace {

constexpr uint64_t kMaxElements = 100'000'000;

struct CloseMat {
  void operator()(mat_t* mat) const { Mat_Close(mat); }
};
struct FreeVariable {
  void operator()(matvar_t* variable) const { Mat_VarFree(variable); }
};

// matio reads what is left of a truncated version 5 file (MATLAB 5 to 7.2) without an error, so its
// elements are walked first: after 128 bytes of header, each is a type and a length of 4 bytes,
// then as many bytes. Older and newer (HDF5) files have other headers and are left to matio.
void CheckElements(const std::filesystem::path& path) {
  constexpr size_t kHeader = 128;
  constexpr size_t kTag = 8;
  const Bytes content = ReadFile(path);
  if (content.size() < kHeader || content[126] != 'I' || content[127] != 'M' || content[125] != 1)
    return;
  size_t position = kHeader;
  while (position < content.size()) {
    const size_t left = content.size() - position;
    uint32_t length = 0;
    if (left >= kTag) std::memcpy(&length, content.data() + position + 4, sizeof(length));
    if (left < kTag || length > left - kTag) {
      throw ConfigError("{}: ends in the middle of a variable; the file is truncated",
                        path.string());
    }
    position += kTag + length;
  }
}

}  // namespace

MatMatrix LoadMatMatrix(const std::filesystem::path& path, const std::string& name) {
  if (!std::filesystem::exists(path))
    throw DataError("{}: no such file; expected a MATLAB file", path.string());
  CheckElements(path);
  const std::unique_ptr<mat_t, CloseMat> mat(Mat_Open(path.c_str(), MAT_ACC_RDONLY));
  if (mat == nullptr) throw ConfigError("{}: not a MATLAB .mat file", path.string());
  const std::unique_ptr<matvar_t, FreeVariable> info(Mat_VarReadInfo(mat.get(), name.c_str()));
  if (info == nullptr) throw ConfigError("{}: no variable \"{}\"", path.string(), name);
  const bool is_double = info->class_type == MAT_C_DOUBLE;
  if (info->rank != 2 || info->isComplex != 0 || (!is_double && info->class_type != MAT_C_SINGLE)) {
    throw ConfigError("{}: variable \"{}\" is not a real matrix of single or double precision",
                      path.string(),
                      name);
  }
  const uint64_t rows = info->dims[0];
  const uint64_t columns = info->dims[1];
  uint64_t count = 0;
  if (rows == 0 || columns == 0 || __builtin_mul_overflow(rows, columns, &count) ||
      count > kMaxElements) {
    throw ConfigError("{}: variable \"{}\" is {} x {}; expected 1 to {} numbers",
                      path.string(),
                      name,
                      rows,
                      columns,
                      kMaxElements);
  }
  const std::unique_ptr<matvar_t, FreeVariable> variable(Mat_VarRead(mat.get(), name.c_str()));
  if (variable == nullptr || variable->data == nullptr ||
      variable->nbytes < count * (is_double ? sizeof(double) : sizeof(float))) {
    throw ConfigError("{}: variable \"{}\" cannot be read; the file is truncated or damaged",
                      path.string(),
                      name);
  }
  MatMatrix result{
      static_cast<int64_t>(rows), static_cast<int64_t>(columns), std::vector<double>(count)};
  for (uint64_t r = 0; r < rows; ++r) {
    for (uint64_t c = 0; c < columns; ++c) {
      const uint64_t at = c * rows + r;
      result.values[r * columns + c] =
          is_double ? static_cast<const double*>(variable->data)[at]
                    : static_cast<double>(static_cast<const float*>(variable->data)[at]);
    }
  }
  return result;
}

}  // namespace chaosense
