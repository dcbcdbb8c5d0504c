// The bit sequences that NIST's tables are about.
#ifndef CHAOSENSE_TESTS_UNIT_RANDOMNESS_REFERENCE_BITS_H_
#define CHAOSENSE_TESTS_UNIT_RANDOMNESS_REFERENCE_BITS_H_

#include <filesystem>
#include <string>

#include "core/randomness/bits.h"

namespace chaosense {

// The first `count` binary digits of sqrt(k), k = 2 or 3, the integer part included (1, since both
// lie in [1, 2)). Computed by integer arithmetic: no data needed.
BitSequence SquareRootBits(int k, size_t count);

// $CHAOSENSE_DATA/nist_sts; empty if the variable is not set.
std::filesystem::path NistFolder();

// The first `count` digits of a file of NIST's suite in ASCII, e.g. "data.pi".
BitSequence NistBits(const std::string& name, size_t count);

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_RANDOMNESS_REFERENCE_BITS_H_
