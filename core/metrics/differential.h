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

// What the pairs have in common. NPCRs of pairs are independent either way. UACIs of pairs that
// share a ciphertext are not: its bytes decide a tenth of their variance, which no number of pairs
// averages out.
enum class PairsShare { kNothing, kOneCiphertext };

// The correlation of two such UACIs: Var E(|a - b| given a) / Var |a - b|, 0.1 for large F.
double SharedUaciCorrelation(double largest = 255);

// Of one of the two measures over many pairs. A single value says little (a p-value is itself
// random).
struct DifferentialSummary {
  int64_t pairs = 0;
  double mean = 0, min = 0, max = 0;  // NaN without pairs
  double mean_p = 0;                  // p-value of the mean
  double least_p = 0;  // smallest p-value of a pair times the number of pairs, at most 1
  // Kolmogorov-Smirnov of the pairs' p-values against uniform, as if they shared nothing.
  double ks_p = 0;
  struct Level {
    double alpha = 0;
    int64_t fails = 0;
    double fail_p = 1;  // probability of at least as many under the ideal cipher
  };
  std::vector<Level> levels;  // alpha = 0.05, 0.01, 0.001

  // Whether all of it may be chance: the number of fails at `level`, the mean, and the worst pair
  // (fail_p, mean_p and least_p >= 0.001). The count alone would pass what a few impossible pairs
  // give away. An ideal cipher fails with a probability below 0.003. False without pairs.
  bool Passes(const Level& level) const;
};

DifferentialSummary SummariseNpcr(std::span<const DifferentialPair> pairs, int64_t elements);
DifferentialSummary SummariseUaci(std::span<const DifferentialPair> pairs,
                                  int64_t elements,
                                  PairsShare share = PairsShare::kNothing);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_DIFFERENTIAL_H_
