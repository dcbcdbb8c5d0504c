// Config files: JSON with comments, inheritance through "extends", and overrides from the command
// line. Nothing here knows what the keys mean; config_schema.h does.
#ifndef CHAOSENSE_CORE_HARNESS_CONFIG_H_
#define CHAOSENSE_CORE_HARNESS_CONFIG_H_

#include <filesystem>
#include <map>
#include <string>

#include "core/base/json.h"

namespace chaosense {

class Error;

struct Config {
  std::filesystem::path file;
  Json value = Json::object();  // everything merged, without "extends" and "$schema"
  // JSON pointer -> the file (or "--set") that gave the value there, so that errors name the right
  // file.
  std::map<std::string, std::string> origins;

  // "configs/base.json: /rates/1", or only the file for pointer "".
  std::string Where(const std::string& pointer) const;
  // The same of a value that others may have changed within: "base.json, --set: /maps/0".
  std::string WhereWithin(const std::string& pointer) const;
  // What gave the value at the pointer, a file or "--set".
  std::string OriginOf(const std::string& pointer) const;
};

// Experiments and trainers know no file names: a message of theirs that begins with a JSON pointer
// ("/variants/0: ...") gets the file in front.
Error WithFile(const Error& error, const Config& config);

// Reads `file` and what it extends. "extends" is a file name or a list of them, relative to the
// file; they are merged left to right and the file itself last, by RFC 7386 (objects merge, null
// deletes, arrays and scalars replace). "name" is not inherited: it names the run folder; it
// defaults to the file's stem. Throws Error(kConfig): file missing or unreadable, not JSON, not an
// object, a key written twice, "extends" of another type, a file that extends itself (naming the
// chain), more than 16 levels or 64 files.
Config ReadConfig(const std::filesystem::path& file);

// Sets the value at a path "a.b"; null deletes. In an array, a part of the path is an index or the
// name, label or id of an entry, which may hold dots (the longest that fits counts); an entry that
// is only a name ("paper") becomes an object when a key of it is set. Every other part must exist
// in the config or in the schema's properties, unless the schema allows any key there; otherwise
// throws Error(kConfig), beginning with `what`, with the nearest key. `origin` goes into
// config.origins.
void SetByPath(const std::string& path,
               const Json& value,
               const std::string& origin,
               const std::string& what,
               const Json& schema,
               Config& config);

// JSON, or the text itself if it is not JSON.
Json ParseBareValue(const std::string& text);

// `assignment` is "a.b=value", a path and a bare value: SetByPath.
void ApplyOverride(const std::string& assignment, const Json& schema, Config& config);

// Throws Error(kConfig) "FILE: POINTER: what is wrong" for the first thing in which the config does
// not fit.
void CheckConfig(const Json& schema, const Config& config);

// Puts in the "default" of each of the schema's properties that the config does not have.
void FillDefaults(const Json& schema, Config& config);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_CONFIG_H_
