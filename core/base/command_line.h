// Command lines that users write in a config, made into argument vectors. There is no shell: quotes
// group words and nothing is expanded.
#ifndef CHAOSENSE_CORE_BASE_COMMAND_LINE_H_
#define CHAOSENSE_CORE_BASE_COMMAND_LINE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chaosense {

// Splits at white space. '...' is taken literally; inside "..." and outside, a backslash takes the
// next character literally (inside "..." only before " and \). Throws Error(kConfig) beginning with
// `where`: empty, a quote left open, or an unquoted word that only a shell would understand
// (| > >> < && || ; & and the like), which would otherwise be passed on as an argument in silence.
std::vector<std::string> SplitCommandLine(std::string_view text, const std::string& where);

// Replaces every {name} (lower-case letters, digits and _) by its value, inside words too;
// {{name}} stands for a literal {name}. Values are never split or read again. Throws Error(kConfig)
// on a name without a value ("did you mean").
std::vector<std::string> FillPlaceholders(const std::vector<std::string>& arguments,
                                          const std::map<std::string, std::string>& values,
                                          const std::string& where);

// The names of the placeholders that occur.
std::vector<std::string> PlaceholdersIn(const std::vector<std::string>& arguments);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_COMMAND_LINE_H_
