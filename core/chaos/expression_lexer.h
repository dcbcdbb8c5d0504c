// Words of formulas.
#ifndef CHAOSENSE_CORE_CHAOS_EXPRESSION_LEXER_H_
#define CHAOSENSE_CORE_CHAOS_EXPRESSION_LEXER_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace chaosense {

struct Token {
  enum class Kind { kEnd, kNumber, kName, kNewValue, kSymbol };
  Kind kind = Kind::kEnd;
  std::string_view text;  // of kNewValue without the '
  double number = 0;
  size_t position = 0;  // in the text, from 0
};

// `where` and `text` of a formula, for error messages.
class Lexer {
 public:
  Lexer(std::string_view text, std::string where) : text_(text), where_(std::move(where)) {}

  Token Next();  // throws Error(kConfig) for what is no word

  // Throws `where: "text": message at character n` and what `hint` adds.
  [[noreturn]] void Fail(size_t position,
                         const std::string& message,
                         const std::string& hint = "") const;

 private:
  std::string_view text_;
  std::string where_;
  size_t at_ = 0;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_EXPRESSION_LEXER_H_
