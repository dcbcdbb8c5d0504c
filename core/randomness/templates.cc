#include "core/randomness/templates.h"

#include "core/base/error.h"

namespace chaosense {

bool IsAperiodic(uint32_t pattern, int m) {
  for (int shift = 1; shift < m; ++shift) {
    const uint32_t mask = (uint32_t{1} << (m - shift)) - 1;
    if ((pattern & mask) == pattern >> shift) return false;
  }
  return true;
}

std::vector<uint32_t> AperiodicTemplates(int m) {
  CHAOSENSE_CHECK(m >= 2 && m <= 16, "templates of {} bits", m);
  std::vector<uint32_t> templates;
  for (uint32_t pattern = 0; pattern < uint32_t{1} << m; ++pattern) {
    if (IsAperiodic(pattern, m)) templates.push_back(pattern);
  }
  return templates;
}

std::string TemplateText(uint32_t pattern, int m) {
  std::string text;
  for (int bit = m - 1; bit >= 0; --bit) text += (pattern >> bit & 1) != 0 ? '1' : '0';
  return text;
}

uint32_t ReverseBits(uint32_t pattern, int m) {
  uint32_t reversed = 0;
  for (int bit = 0; bit < m; ++bit) reversed |= (pattern >> bit & 1) << (m - 1 - bit);
  return reversed;
}

}  // namespace chaosense
