// Checks a JSON value against the subset of JSON Schema draft-7 that our schemas use, and says what
// is wrong in one line. valijson (the tests compare against it) reports every branch of an anyOf
// and paths of the form
// "<root>[rates][1]", knows neither the nearest key nor the allowed range in its text, so the
// messages are made here.
#ifndef CHAOSENSE_CORE_HARNESS_SCHEMA_CHECK_H_
#define CHAOSENSE_CORE_HARNESS_SCHEMA_CHECK_H_

#include <optional>
#include <string>

#include "core/base/json.h"

namespace chaosense {

struct SchemaIssue {
  std::string pointer;  // JSON pointer of the offending value, "" for the whole document
  std::string
      message;  // "1.5 is out of range, expected at most 1", "unknown key; did you mean \"rates\"?"
};

// The first thing wrong, unknown keys first; nullopt if `value` fits.
//
// Keywords: type (a name or a list), enum, const, minimum, maximum, exclusiveMinimum,
// exclusiveMaximum, minLength, maxLength, pattern, items, minItems, maxItems, uniqueItems,
// properties, required, additionalProperties, and anyOf whose branches differ in their "type" (the
// branch of the value's type is checked). title, description, default and examples say nothing
// about values. Any other keyword is a bug of the schema's author (InternalError), so that no rule
// is silently ignored.
std::optional<SchemaIssue> FirstIssue(const Json& schema, const Json& value);

// One segment of a JSON pointer: "~" and "/" escaped (RFC 6901).
std::string PointerSegment(const std::string& key);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_SCHEMA_CHECK_H_
