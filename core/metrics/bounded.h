// Metrics whose values have an end: an interval by Student's t would reach beyond it.
#ifndef CHAOSENSE_CORE_METRICS_BOUNDED_H_
#define CHAOSENSE_CORE_METRICS_BOUNDED_H_

#include "core/metrics/metric.h"

namespace chaosense {

// Counts, p-values, and numbers that lie between two fixed ends, as shares, NPCR and UACI do. Of
// a few of them, often all at one end, the smallest and largest say more than mean and deviation.
bool IsBounded(const MetricInfo& metric);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_BOUNDED_H_
