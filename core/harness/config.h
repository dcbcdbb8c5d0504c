// Config files: JSON with comments, inheritance through "extends", and overrides from the command
// line. Nothing here knows what the keys mean; config_schema.h does.
#ifndef CHAOSENSE_CORE_HARNESS_CONFIG_H_
#define CHAOSENSE_CORE_HARNESS_CONFIG_H_

#include <filesystem>
#include <map>
#include <string>

#include "core/base/json.h"

namespace chaosense {

struct Config {
  std::filesystem::path file;
  Json value = Json::object();  // everything merged, without "extends" and "$schema"
  // JSON pointer -> the file (or "--set") that gave the value there, so that errors name the right
  // file.
  std::map<std::string, std::string> origins;

  // "configs/base.json: /rates/1", or only the file for pointer "".
  std::string Where(const std::string& pointer) const;
};

// Reads `file` and what it extends. "extends" is a file name or a list of them, relative to the
// file; they are merged left to right and the file itself last, by RFC 7386 (objects merge, null
// deletes, arrays and scalars replace). "name" is not inherited: it names the run folder; it
// defaults to the file's stem. Throws Error(kConfig): file missing or unreadable, not JSON, not an
// object, a key written twice, "extends" of another type, a file that extends itself (naming the
// chain), more than 16 levels or 64 files.
Config ReadConfig(const std::filesystem::path& file);

// `assignment` is "a.b=value": the value is parsed as JSON, or taken as a string if it is not JSON;
// null deletes. Numbers in the path index arrays. Every part of the path must exist in the config
// or in the schema's properties; otherwise throws Error(kConfig) with the nearest key.
void ApplyOverride(const std::string& assignment, const Json& schema, Config& config);

// Throws Error(kConfig) "FILE: POINTER: what is wrong" for the first thing in which the config does
// not fit.
void CheckConfig(const Json& schema, const Config& config);

// Puts in the "default" of each of the schema's properties that the config does not have.
void FillDefaults(const Json& schema, Config& config);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_CONFIG_H_
