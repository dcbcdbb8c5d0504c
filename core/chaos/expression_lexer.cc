#include "core/chaos/expression_lexer.h"

#include <charconv>

#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr size_t kLongestName = 100;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// What an error message can hold of a text that may be long or hold anything.
std::string Printable(std::string_view text) {
  constexpr size_t kLongest = 120;
  std::string shown;
  for (const char c : text.substr(0, kLongest)) shown += c >= ' ' && c <= '~' ? c : '?';
  return text.size() > kLongest ? shown + "..." : shown;
}

}  // namespace

void Lexer::Fail(size_t position, const std::string& message, const std::string& hint) const {
  throw ConfigError(
      "{}: \"{}\": {} at character {}{}", where_, Printable(text_), message, position + 1, hint);
}

Token Lexer::Next() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) {
    ++at_;
  }
  Token token;
  token.position = at_;
  if (at_ == text_.size()) return token;
  const char c = text_[at_];
  const char after = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (IsDigit(c) || (c == '.' && IsDigit(after))) {
    token.kind = Token::Kind::kNumber;
    const char* begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), token.number);
    const auto length = static_cast<size_t>(end - begin);
    if (error == std::errc::result_out_of_range) Fail(at_, "number out of range");
    if (length < text_.size() - at_ && (IsLetter(*end) || *end == '.')) {
      Fail(at_ + length, fmt::format("unexpected \"{}\" after a number", Printable({end, 1})));
    }
    token.text = text_.substr(at_, length);
    at_ += length;
    return token;
  }
  if (IsLetter(c)) {
    size_t end = at_;
    while (end < text_.size() && (IsLetter(text_[end]) || IsDigit(text_[end]))) ++end;
    token.text = text_.substr(at_, end - at_);
    if (token.text.size() > kLongestName) {
      Fail(at_, fmt::format("name longer than {} characters", kLongestName));
    }
    token.kind = Token::Kind::kName;
    at_ = end;
    if (at_ < text_.size() && text_[at_] == '\'') {
      token.kind = Token::Kind::kNewValue;
      ++at_;
    }
    return token;
  }
  token.kind = Token::Kind::kSymbol;
  const std::string_view two = text_.substr(at_, 2);
  for (const std::string_view symbol : {"<=", ">=", "==", "!=", "&&", "||"}) {
    if (two == symbol) {
      token.text = two;
      at_ += 2;
      return token;
    }
  }
  if (std::string_view("+-*/^()<>?:,!").find(c) == std::string_view::npos) {
    Fail(at_, fmt::format("unexpected \"{}\"", Printable({&c, 1})));
  }
  token.text = text_.substr(at_, 1);
  ++at_;
  return token;
}

}  // namespace chaosense
