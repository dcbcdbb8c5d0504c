// "did you mean": the nearest name by edit distance.
#ifndef CHAOSENSE_CORE_BASE_SUGGEST_H_
#define CHAOSENSE_CORE_BASE_SUGGEST_H_

#include <string>
#include <string_view>
#include <vector>

namespace chaosense {

// The candidate nearest to `name` (Levenshtein), or "" if none is within a third of its length (at
// least 2).
std::string NearestName(std::string_view name, const std::vector<std::string>& candidates);

// "; did you mean \"rates\"?" or "".
std::string DidYouMean(std::string_view name, const std::vector<std::string>& candidates);

// "a, b, c".
std::string JoinNames(const std::vector<std::string>& names);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_SUGGEST_H_
