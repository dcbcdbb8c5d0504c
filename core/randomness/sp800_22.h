// The 15 tests of NIST SP 800-22 rev. 1a, "A Statistical Test Suite for Random and Pseudorandom
// Number Generators for Cryptographic Applications" (2010), with the corrections made in the
// program STS 2.1.2. Every function is pure and safe to call from many threads.
#ifndef CHAOSENSE_CORE_RANDOMNESS_SP800_22_H_
#define CHAOSENSE_CORE_RANDOMNESS_SP800_22_H_

#include <array>
#include <string>
#include <vector>

#include "core/randomness/bits.h"
#include "core/randomness/outcome.h"

namespace chaosense {

// Where class probabilities come from. kSts: as printed in the document and in STS 2.1.2's code,
// rounded or approximate. kExact: computed here from the definition. They differ in LongestRun
// (4 digits in STS), OverlappingTemplate (a compound Poisson approximation in STS; 1,032-bit blocks
// counted exactly here) and LinearComplexity (0.01047 and 0.020833 for 1/96 and 1/48 in STS, the
// distribution for the block's own length here). Everywhere else STS computes the exact values.
enum class Sp80022Constants { kSts, kExact };

struct Sp80022Options {
  Sp80022Constants constants = Sp80022Constants::kSts;
  int block_frequency_m = 128;
  int nonoverlapping_m = 9;  // 2 .. 16
  int overlapping_m = 9;     // 2 .. 16; the template of all ones
  int approximate_entropy_m = 10;
  int serial_m = 16;  // 3 .. 24
  int linear_complexity_m = 500;
  // Off: the document's own short examples can be computed, whatever the minimum length.
  bool check_conditions = true;
};

TestOutcomes FrequencyTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes BlockFrequencyTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes CumulativeSumsTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes RunsTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes LongestRunTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes RankTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes DftTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes NonOverlappingTemplateTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes OverlappingTemplateTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes UniversalTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes ApproximateEntropyTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes RandomExcursionsTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes RandomExcursionsVariantTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes SerialTest(const BitSequence& bits, const Sp80022Options& options);
TestOutcomes LinearComplexityTest(const BitSequence& bits, const Sp80022Options& options);

struct Sp80022Test {
  const char* name;
  const char* summary;
  TestOutcomes (*run)(const BitSequence&, const Sp80022Options&);
};
// In the document's order.
const std::array<Sp80022Test, 15>& Sp80022Tests();

// The tests named in `names` (all if empty), in the document's order. Throws Error(kConfig) on an
// unknown name. The outcomes of one test stand together, their number depends on the options alone.
TestOutcomes RunSp80022(const BitSequence& bits,
                        const Sp80022Options& options,
                        const std::vector<std::string>& names = {});

// The functions below are the class probabilities, exposed for tests.
// Of the longest run of ones in blocks of `length` bits: P(<= low), P(low + 1), ..., P(>= high).
std::vector<double> ExactLongestRunProbabilities(int length, int low, int high);
// Of 0, 1, ..., >= 5 overlapping occurrences of m ones in a block of `length` bits.
std::vector<double> ExactOverlappingProbabilities(int length, int m);
std::vector<double> StsOverlappingProbabilities(int length, int m);
// Of the seven classes of T in LinearComplexity for blocks of `length` bits.
std::vector<double> ExactLinearComplexityProbabilities(int length);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_SP800_22_H_
