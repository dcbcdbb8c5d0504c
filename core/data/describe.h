// Manifests made from what is there: for one's own image sets, and for generated ones.
#ifndef CHAOSENSE_CORE_DATA_DESCRIBE_H_
#define CHAOSENSE_CORE_DATA_DESCRIBE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "core/data/manifest.h"

namespace chaosense {

// One entry for every picture right in `folder` (PNG, JPEG, TIFF, BMP, WebP by extension), named by
// its stem and known by its bytes, in natural order (t2 before t10). Throws Error(kData) if the
// folder is missing or has none, Error(kConfig) for a file that is no picture or two files of one
// stem.
std::vector<ManifestFile> DescribeFolder(const std::filesystem::path& folder);

// One entry for every picture the generator makes, "leaves00", "leaves01", ...
std::vector<ManifestFile> DescribeGenerated(const GeneratorSettings& settings);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_DATA_DESCRIBE_H_
