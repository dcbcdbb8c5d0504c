// "did you mean": the nearest name by edit distance.
#ifndef CHAOSENSE_CORE_BASE_SUGGEST_H_
#define CHAOSENSE_CORE_BASE_SUGGEST_H_

#include <string>
#include <string_view>
#include <vector>

namespace chaosense {

// `; did you mean "rates"?` with the candidate nearest to `name` (Levenshtein), or "" if none is
// within a third of its length (at least 2).
std::string DidYouMean(std::string_view name, const std::vector<std::string>& candidates);

// `; did you mean "rates"?`, or, where no name is near, `; known: a, b` with `word` for "known";
// "none" for an empty list.
std::string NearestOrAll(std::string_view name,
                         const std::vector<std::string>& candidates,
                         std::string_view word = "known");

// `; did you mean "rates"? known: a, b`, or `; known: a, b`.
std::string NearestAndAll(std::string_view name,
                          const std::vector<std::string>& candidates,
                          std::string_view word = "known");

// "a, b, c".
std::string JoinNames(const std::vector<std::string>& names);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_SUGGEST_H_
