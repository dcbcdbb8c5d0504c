// The few distributions that the tests need (Boost.Math), under the names used in this folder.
#ifndef CHAOSENSE_CORE_METRICS_STATISTICS_H_
#define CHAOSENSE_CORE_METRICS_STATISTICS_H_

#include <cstdint>
#include <vector>

namespace chaosense {

double NormalCdf(double z);
double NormalQuantile(double probability);               // 0 < probability < 1
double ChiSquareUpperTail(double chi2, double degrees);  // P(X >= chi2)
double ChiSquareCritical(double alpha, double degrees);  // P(X >= value) = alpha
double BinomialUpperTail(int64_t trials, double probability, int64_t at_least);  // P(X >= at_least)

// One-sample Kolmogorov-Smirnov p-value of `values` against the uniform distribution on [0, 1]
// (asymptotic with Stephens' small-sample correction: good to about 1 % from 10 values on). NaN if
// there are no values.
double KolmogorovSmirnovUniform(std::vector<double> values);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_STATISTICS_H_
