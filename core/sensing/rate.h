// Rate arithmetic: how many measurements a sampling rate gives.
#ifndef CHAOSENSE_CORE_SENSING_RATE_H_
#define CHAOSENSE_CORE_SENSING_RATE_H_

namespace chaosense {

// Measurements for a block of n values at sampling rate MR in (0, 1]: round(rate n), at least 1.
// For n = 1089 the counts of the published matrices are kept, which round down at 0.01 (10) and
// 0.04 (43).
int MeasurementCount(double rate, int n);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SENSING_RATE_H_
