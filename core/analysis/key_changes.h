// Simple changes of a key under which symmetric maps may keep their keystream.
#ifndef CHAOSENSE_CORE_ANALYSIS_KEY_CHANGES_H_
#define CHAOSENSE_CORE_ANALYSIS_KEY_CHANGES_H_

#include <functional>
#include <string>
#include <vector>

#include "core/analysis/key_reals.h"

namespace chaosense {

struct KeyChange {
  std::string name;  // "x -> 1 - x"
  std::function<void(KeyValues&)> apply;
};

// Real i to an unrelated value of its range: "y -> any value".
KeyChange AnyValueOf(const std::vector<KeyReal>& reals, size_t i);

// Of the reals numbered in `which`: for each one the change of sign, reflections and shifts by a
// period; swaps of two; the signs of all variables, and of all; two changes of sign or reflections
// at once, of different variables, and with `pairs` any two changes of different reals (up to eight
// reals: beyond, they would be thousands).
std::vector<KeyChange> SymmetryChanges(const std::vector<KeyReal>& reals,
                                       const std::vector<size_t>& which,
                                       bool pairs);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_KEY_CHANGES_H_
