// Matrices in MATLAB files (matio): the measurement matrices that the peers published.
#ifndef CHAOSENSE_CORE_SENSING_MAT_FILE_H_
#define CHAOSENSE_CORE_SENSING_MAT_FILE_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace chaosense {

struct MatMatrix {
  int64_t rows = 0;
  int64_t columns = 0;
  std::vector<double> values;  // row-major (the file's order is column-major)
};

// The real two-dimensional variable `name` of single or double precision. Throws Error(kData) if
// the file is missing, Error(kConfig) if it is no MATLAB file, has no such variable, or the
// variable is of another kind.
MatMatrix LoadMatMatrix(const std::filesystem::path& path, const std::string& name);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SENSING_MAT_FILE_H_
