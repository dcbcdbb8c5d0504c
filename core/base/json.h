// The JSON type of the project, and its canonical form (sorted keys, no spaces), which is what gets
// hashed.
#ifndef CHAOSENSE_CORE_BASE_JSON_H_
#define CHAOSENSE_CORE_BASE_JSON_H_

#include <nlohmann/json.hpp>
#include <filesystem>
#include <string>

namespace chaosense {

using Json = nlohmann::json;  // objects keep their keys sorted

// Sorted keys, no white space, UTF-8; the same value always gives the same text.
std::string CanonicalJson(const Json& value);

// Parses a file; comments (// and /* */) are allowed. Throws Error(kConfig) naming file, line and
// column.
Json ReadJsonFile(const std::filesystem::path& path);

// Doubles that JSON cannot hold: inf, -inf and nan travel as the strings "inf", "-inf", "nan".
Json NumberToJson(double value);
double NumberFromJson(const Json& value);  // throws Error(kConfig) on anything else

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_JSON_H_
