// docs/metrics.md, made of the metric registry.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_METRICS_PAGE_H_
#define CHAOSENSE_EXPERIMENTS_CLI_METRICS_PAGE_H_

#include <string>

namespace chaosense {

// What every column of cells.csv holds, and every metric with unit, direction, definition and
// source, as Markdown.
std::string MetricsPage();

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_METRICS_PAGE_H_
