#include "core/base/command_line.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace chaosense {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// "|", ">", "2>", "&&", ...: made of nothing but operators, or a redirection's number before one.
bool OnlyAShellKnows(std::string_view word) {
  if (word.size() > 1 && (word[0] == '1' || word[0] == '2')) word.remove_prefix(1);
  return !word.empty() && word.find_first_not_of("|<>&;") == std::string_view::npos;
}

class Splitter {
 public:
  Splitter(std::string_view text, const std::string& where) : text_(text), where_(where) {}

  std::vector<std::string> Split() {
    while (at_ < text_.size()) {
      if (IsSpace(text_[at_])) {
        EndWord();
        ++at_;
      } else {
        TakeCharacter();
      }
    }
    EndWord();
    if (words_.empty()) throw ConfigError("{}: the command is empty", where_);
    return words_;
  }

 private:
  void TakeCharacter() {
    const char c = text_[at_++];
    open_ = true;
    if (c == '\'' || c == '"') {
      quoted_ = true;
      TakeQuoted(c);
    } else if (c == '\\') {
      if (at_ == text_.size()) throw ConfigError("{}: the command ends in a backslash", where_);
      quoted_ = true;
      word_ += text_[at_++];
    } else {
      word_ += c;
    }
  }

  void TakeQuoted(char quote) {
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == quote) {
        ++at_;
        return;
      }
      const bool escapes = quote == '"' && c == '\\' && at_ + 1 < text_.size() &&
                           (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\');
      if (escapes) c = text_[++at_];
      word_ += c;
    }
    throw ConfigError("{}: a {} is never closed in: {}", where_, quote, text_);
  }

  void EndWord() {
    if (!open_) return;
    if (!quoted_ && OnlyAShellKnows(word_)) {
      throw ConfigError(
          "{}: \"{}\" needs a shell, and there is none here; put the command into a script, or "
          "quote the word if it is an argument",
          where_,
          word_);
    }
    words_.push_back(std::move(word_));
    word_.clear();
    open_ = quoted_ = false;
  }

  std::string_view text_;
  const std::string& where_;
  size_t at_ = 0;
  std::vector<std::string> words_;
  std::string word_;
  bool open_ = false;
  bool quoted_ = false;
};

// The placeholder's name if `text` begins with {name}.
std::optional<std::string> NameAt(std::string_view text) {
  if (!text.starts_with('{')) return std::nullopt;
  const size_t end = text.find('}');
  if (end == std::string_view::npos || end == 1) return std::nullopt;
  const std::string_view name = text.substr(1, end - 1);
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!plain) return std::nullopt;
  return std::string(name);
}

// Calls text(piece) and name(placeholder) in turn over one argument.
template <typename OnText, typename OnName>
void Walk(std::string_view argument, OnText on_text, OnName on_name) {
  for (size_t at = 0; at < argument.size();) {
    const std::string_view left = argument.substr(at);
    const auto literal = left.starts_with("{{") ? NameAt(left.substr(1)) : std::nullopt;
    if (literal && left.substr(literal->size() + 3).starts_with('}')) {
      on_text("{" + *literal + "}");
      at += literal->size() + 4;
    } else if (const auto name = NameAt(left)) {
      on_name(*name);
      at += name->size() + 2;
    } else {
      on_text(std::string(1, argument[at]));
      ++at;
    }
  }
}

}  // namespace

std::vector<std::string> SplitCommandLine(std::string_view text, const std::string& where) {
  return Splitter(text, where).Split();
}

std::vector<std::string> FillPlaceholders(const std::vector<std::string>& arguments,
                                          const std::map<std::string, std::string>& values,
                                          const std::string& where) {
  std::vector<std::string> filled;
  for (const std::string& argument : arguments) {
    std::string& text = filled.emplace_back();
    Walk(
        argument,
        [&](const std::string& piece) { text += piece; },
        [&](const std::string& name) {
          const auto found = values.find(name);
          if (found == values.end()) {
            std::vector<std::string> known;
            for (const auto& [key, ignored] : values) known.push_back(key);
            throw ConfigError(
                "{}: unknown placeholder {{{}}}{}", where, name, NearestAndAll(name, known));
          }
          text += found->second;
        });
  }
  return filled;
}

std::vector<std::string> PlaceholdersIn(const std::vector<std::string>& arguments) {
  std::vector<std::string> names;
  for (const std::string& argument : arguments) {
    Walk(
        argument,
        [](const std::string&) {},
        [&](const std::string& name) {
          if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        });
  }
  return names;
}

}  // namespace chaosense
