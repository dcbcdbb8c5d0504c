// Maps and flows from JSON, no compiling:
//
//   {"name": "my_map",
//    "state": ["x", "y"],
//    "parameters": {"a": 1.4, "b": {"default": 0.3, "minimum": 0, "maximum": 0.31, "note": "..."}},
//    "define": {"square": "a*x*x"},                    // optional: shared parts
//    "next": {"x": "1 - square + y", "y": "b*x"},      // old values; x' is the new one
//    "domain": {"x": [-1.5, 1.5], "y": [-0.4, 0.4]},
//    "initial": {"x": 0.1, "y": 0.1},
//    "summary": "...", "source": "...", "domain_note": "...",   // optional
//    "extractor": {...}}                               // optional: extractor.h
//
// A flow has, instead of "next", its right-hand sides and the Runge-Kutta step that its parameter h
// starts with: "flow": {"h": 0.005, "maximum_h": 0.02, "rate": {"x": "...", ...}}.
// The formulas' language is in expression.h.
#ifndef CHAOSENSE_CORE_CHAOS_EXPRESSION_MAP_H_
#define CHAOSENSE_CORE_CHAOS_EXPRESSION_MAP_H_

#include <filesystem>
#include <string>

#include "core/base/json.h"
#include "core/chaos/map.h"

namespace chaosense {

// Throws Error(kConfig) that begins with `where`, e.g.
// `my_map.json: /next/x: "1-a*x*x+yy": unknown name "yy" at character 9; did you mean "y"?`.
MapEntry LoadExpressionMap(const Json& definition, const std::string& where);
MapEntry LoadExpressionMap(const std::filesystem::path& file);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_EXPRESSION_MAP_H_
