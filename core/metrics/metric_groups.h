// The entries of the metric registry (metric.h), one function a group.
#ifndef CHAOSENSE_CORE_METRICS_METRIC_GROUPS_H_
#define CHAOSENSE_CORE_METRICS_METRIC_GROUPS_H_

#include <vector>

#include "core/metrics/metric.h"

namespace chaosense {

void AddQualityMetrics(std::vector<MetricInfo>& all);
void AddSizeMetrics(std::vector<MetricInfo>& all);
void AddEntropyMetrics(std::vector<MetricInfo>& all);
void AddCorrelationMetrics(std::vector<MetricInfo>& all);
void AddHistogramMetrics(std::vector<MetricInfo>& all);
void AddDifferentialMetrics(std::vector<MetricInfo>& all);
void AddRobustnessMetrics(std::vector<MetricInfo>& all);
void AddAuditMetrics(std::vector<MetricInfo>& all);
void AddTextureMetrics(std::vector<MetricInfo>& all);
void AddChaosMetrics(std::vector<MetricInfo>& all);
void AddTimeMetrics(std::vector<MetricInfo>& all);
void AddMemoryMetrics(std::vector<MetricInfo>& all);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_METRIC_GROUPS_H_
