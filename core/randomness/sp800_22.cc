#include "core/randomness/sp800_22.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace chaosense {

const std::array<Sp80022Test, 15>& Sp80022Tests() {
  static constexpr std::array<Sp80022Test, 15> tests = {{
      {"Frequency", "as many ones as zeros", FrequencyTest},
      {"BlockFrequency", "the same within blocks of M bits", BlockFrequencyTest},
      {"CumulativeSums", "largest excursion of the random walk", CumulativeSumsTest},
      {"Runs", "number of runs of equal bits", RunsTest},
      {"LongestRun", "longest run of ones in a block", LongestRunTest},
      {"Rank", "rank of 32 x 32 binary matrices", RankTest},
      {"DFT", "peaks of the discrete Fourier transform", DftTest},
      {"NonOverlappingTemplate",
       "occurrences of each aperiodic template of m bits",
       NonOverlappingTemplateTest},
      {"OverlappingTemplate", "occurrences of m ones, overlaps counted", OverlappingTemplateTest},
      {"Universal", "Maurer's universal statistical test", UniversalTest},
      {"ApproximateEntropy", "frequencies of m- and (m+1)-bit patterns", ApproximateEntropyTest},
      {"RandomExcursions", "visits of states within cycles of the walk", RandomExcursionsTest},
      {"RandomExcursionsVariant",
       "visits of states in the whole walk",
       RandomExcursionsVariantTest},
      {"Serial", "frequencies of overlapping m-bit patterns", SerialTest},
      {"LinearComplexity", "length of the shortest shift register of blocks", LinearComplexityTest},
  }};
  return tests;
}

TestOutcomes RunSp80022(const BitSequence& bits,
                        const Sp80022Options& options,
                        const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const Sp80022Test& test : Sp80022Tests()) known.push_back(test.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw ConfigError("unknown test \"{}\"{}", name, NearestOrAll(name, known));
  }
  TestOutcomes outcomes;
  for (const Sp80022Test& test : Sp80022Tests()) {
    if (!names.empty() && std::find(names.begin(), names.end(), test.name) == names.end()) continue;
    TestOutcomes some = test.run(bits, options);
    std::move(some.begin(), some.end(), std::back_inserter(outcomes));
  }
  return outcomes;
}

}  // namespace chaosense
