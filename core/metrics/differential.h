// NPCR and UACI of two ciphertexts whose plaintexts differ in one pixel, with critical values for
// the ciphertext's own number of elements L and largest value F (Wu, Noonan, Agaian, JSAT April
// 2011). Values are fractions, not %.
#ifndef CHAOSENSE_CORE_METRICS_DIFFERENTIAL_H_
#define CHAOSENSE_CORE_METRICS_DIFFERENTIAL_H_

#include <cstdint>
#include <span>
#include <vector>

#include "core/metrics/entropy.h"  // Interval

namespace chaosense {

// Share of positions that differ. Both throw Error(kConfig) if the sizes differ or are zero.
double Npcr(std::span<const uint8_t> a, std::span<const uint8_t> b);
// Mean of |a - b| / largest.
double Uaci(std::span<const uint8_t> a, std::span<const uint8_t> b, double largest = 255);

// Under independent uniform ciphertexts of `elements` values 0..largest.
double IdealNpcr(double largest = 255);
double IdealUaci(double largest = 255);
double NpcrSd(int64_t elements, double largest = 255);
double UaciSd(int64_t elements, double largest = 255);

// N*_alpha: a pair passes if its NPCR is above it (one-sided).
double NpcrCritical(int64_t elements, double alpha, double largest = 255);
// (u*-, u*+): a pair passes if its UACI lies inside (two-sided).
Interval UaciCritical(int64_t elements, double alpha, double largest = 255);

double NpcrPValue(double npcr, int64_t elements, double largest = 255);  // lower tail
double UaciPValue(double uaci, int64_t elements, double largest = 255);  // two-sided

struct DifferentialPair {
  double npcr = 0;
  double uaci = 0;
};

// Of one of the two measures over many pairs. A single value says little (a p-value is itself
// random).
struct DifferentialSummary {
  int64_t pairs = 0;
  double mean = 0, min = 0, max = 0;  // NaN without pairs
  double mean_p = 0;  // p-value of the mean (its sd is that of one pair / sqrt(pairs))
  double ks_p = 0;    // Kolmogorov-Smirnov of the pairs' p-values against uniform
  struct Level {
    double alpha = 0;
    int64_t fails = 0;
    double fail_p = 1;  // P(Binomial(pairs, alpha) >= fails)
  };
  std::vector<Level> levels;  // alpha = 0.05, 0.01, 0.001

  // Whether the fails of `level` are as few as chance allows: fail_p >= 0.001.
  static bool Passes(const Level& level) { return level.fail_p >= 0.001; }
};

DifferentialSummary SummariseNpcr(std::span<const DifferentialPair> pairs, int64_t elements);
DifferentialSummary SummariseUaci(std::span<const DifferentialPair> pairs, int64_t elements);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_DIFFERENTIAL_H_
