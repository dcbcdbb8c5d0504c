// Aperiodic templates: bit patterns that cannot overlap themselves.
#ifndef CHAOSENSE_CORE_RANDOMNESS_TEMPLATES_H_
#define CHAOSENSE_CORE_RANDOMNESS_TEMPLATES_H_

#include <cstdint>
#include <string>
#include <vector>

namespace chaosense {

// Whether no proper prefix of the m bits of `pattern` (first bit highest) equals the suffix of the
// same length.
bool IsAperiodic(uint32_t pattern, int m);

// All of m bits, ascending, first bit highest: 148 of them for m = 9. m in 2 .. 16.
std::vector<uint32_t> AperiodicTemplates(int m);

// "000000001": m digits, first bit first.
std::string TemplateText(uint32_t pattern, int m);

// The m bits the other way round.
uint32_t ReverseBits(uint32_t pattern, int m);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_TEMPLATES_H_
