// Sample and approximate entropy: how surely a series goes on alike where it was alike.
#ifndef CHAOSENSE_CORE_ANALYSIS_SAMPLE_ENTROPY_H_
#define CHAOSENSE_CORE_ANALYSIS_SAMPLE_ENTROPY_H_

#include <span>

namespace chaosense {

// -ln(A / B): B pairs of windows of m values, A of m + 1 values, that differ by at most r (largest
// difference; without pairs of a window with itself), r = tolerance times the standard deviation.
// inf if no window of m + 1 matches, NaN if none of m does. Takes N^2 / 2 comparisons. Richman,
// Moorman, Am. J. Physiol. 278 (2000) H2039.
double SampleEntropy(std::span<const double> series, int m = 2, double tolerance = 0.2);

// Phi^m - Phi^(m + 1), windows matching themselves counted. Pincus, PNAS 88 (1991) 2297.
double ApproximateEntropy(std::span<const double> series, int m = 2, double tolerance = 0.2);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_SAMPLE_ENTROPY_H_
