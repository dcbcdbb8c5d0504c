#include "core/metrics/metric.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "core/base/error.h"

namespace chaosense {
namespace {

TEST(Metric, EveryMetricIsDefined) {
  std::set<std::string> names;
  for (const MetricInfo& metric : AllMetrics()) {
    SCOPED_TRACE(metric.name);
    EXPECT_TRUE(names.insert(metric.name).second);
    EXPECT_TRUE(std::regex_match(metric.name, std::regex("[a-z][a-z0-9_]*")));
    ASSERT_FALSE(metric.definition.empty());
    EXPECT_EQ(metric.definition.back(), '.');
    EXPECT_GE(metric.precision, 0);
    EXPECT_LE(metric.precision, 6);
    if (metric.format == MetricFormat::kVerdict || metric.format == MetricFormat::kCount) {
      EXPECT_EQ(metric.precision, 0);
    }
    EXPECT_EQ(&MetricByName(metric.name), &metric);
  }
  for (const char* name : {"psnr",           "psnr_8bit",
                           "ssim",           "psnr_pipeline",
                           "ssim_pipeline",  "entropy",
                           "entropy_z",      "local_entropy",
                           "correlation_h",  "correlation_v",
                           "correlation_d",  "correlation_d_sampled",
                           "histogram_chi2", "histogram_variance",
                           "npcr",           "uaci",
                           "npcr_p",         "uaci_p",
                           "parameters",     "macs"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
}

TEST(Metric, UnknownNameSuggestsTheNearest) {
  try {
    MetricByName("psnr_8bits", "a.json: /metrics/0");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_THAT(error.what(),
                testing::StartsWith("a.json: /metrics/0: unknown metric \"psnr_8bits\""));
    EXPECT_THAT(error.what(), testing::HasSubstr("did you mean \"psnr_8bit\"?"));
  }
  EXPECT_EQ(FindMetric("nonsense"), nullptr);
}

TEST(Metric, QualityIsBetterWhenHigher) {
  EXPECT_EQ(MetricByName("psnr").direction, Direction::kHigher);
  EXPECT_EQ(MetricByName("seconds_total").direction, Direction::kLower);
  EXPECT_EQ(MetricByName("npcr").direction, Direction::kInterval);
  EXPECT_EQ(DirectionName(Direction::kInterval), "interval");
}

}  // namespace
}  // namespace chaosense
