#include "plotting/footnotes.h"

namespace chaosense {

std::string FootnoteLetter(size_t i) {
  const std::string last(1, static_cast<char>('a' + i % 26));
  return i < 26 ? last : FootnoteLetter(i / 26 - 1) + last;
}

std::string Footnotes::MarkFor(const std::string& text) {
  const auto [found, fresh] = marks_.emplace(text, "");
  if (fresh) {
    found->second = FootnoteLetter(texts_.size());
    texts_.push_back(text);
  }
  return found->second;
}

}  // namespace chaosense
