#include "experiments/map_study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/metrics/metric.h"

namespace chaosense {
namespace {

class MapStudy : public ::testing::Test {
 protected:
  MapStudy() : data_("", CHAOSENSE_SOURCE_DIR "/datasets") {
    RegisterBuiltinMaps(maps_);
    RegisterBuiltinCiphers(ciphers_);
    context_.data = &data_;
    context_.maps = &maps_;
    context_.ciphers = &ciphers_;
    PluginInfo info;
    info.parameters = MapSettings();
    settings_ = ResolveParameters(info,
                                  {{"lyapunov_steps", 20000},
                                   {"series_length", 1000},
                                   {"cycle_starts", 20},
                                   {"cycle_limit", 20000},
                                   {"double_cycle_limit", 10000},
                                   {"box_points", 21},
                                   {"box_starts", 1},
                                   {"key_count", 40},
                                   {"key_bit_count", 8},
                                   {"key_tries", 300},
                                   {"dimension_points", 5000},
                                   {"quantiser_samples", 50000},
                                   {"stream_bits", 20000},
                                   {"failure_limit", 65536},
                                   {"pixel_changes", 2}},
                                  "test");
  }

  std::map<std::string, double> Measure(const MapSubject& subject,
                                        const std::vector<std::string>& groups) {
    std::map<std::string, double> values;
    std::vector<std::string> told;
    const auto results =
        MeasureMap(subject, groups, {settings_, context_, seed_, 2}, [&](const auto& result) {
          told.push_back(result.group);
        });
    EXPECT_EQ(told.size(), results.size());
    for (size_t i = 0; i < results.size(); ++i) {
      EXPECT_EQ(told.at(i), results[i].group);
      EXPECT_EQ(results[i].problem, "") << results[i].group;
      for (const Measurement& value : results[i].values) {
        EXPECT_NE(FindMetric(value.metric), nullptr) << value.metric << " is in no registry";
        EXPECT_TRUE(values.emplace(value.metric, value.value).second) << value.metric << " twice";
      }
    }
    return values;
  }
  MapSubject Map(const std::string& name, const MapValues& values = {}) const {
    return {name, MapFamily(maps_, name, values), std::nullopt};
  }
  std::vector<std::string> AllGroups() const {
    std::vector<std::string> names;
    for (const MapGroup& group : MapGroups()) names.push_back(group.name);
    return names;
  }

  DataFolder data_;
  MapRegistry maps_{"map"};
  CipherRegistry ciphers_{"cipher"};
  CellContext context_;
  Json settings_;
  uint64_t seed_ = 1;
};

TEST_F(MapStudy, EveryGroupMeasuresTheLogisticMap) {
  const auto values = Measure(Map("logistic", {{"r", 4.0}}), AllGroups());
  EXPECT_NEAR(values.at("lyapunov_1"), 0.6931, 0.02);
  EXPECT_EQ(values.at("lyapunov_positive"), 1);
  EXPECT_NEAR(values.at("zero_one_k"), 1, 0.05);
  EXPECT_NEAR(values.at("correlation_dimension"), 1, 0.15);
  EXPECT_GT(values.at("dead_zone"), 0.7);            // of r in [0, 4]
  EXPECT_EQ(values.at("equivalent_keys_share"), 1);  // x and 1 - x
  EXPECT_GE(values.at("key_bits_resolved"), 100);
  // Nine tenths of r are dead, and x is as good as 1 - x.
  EXPECT_NEAR(values.at("key_bits"), values.at("key_bits_resolved") - 4.3, 0.8);
  EXPECT_EQ(values.at("cycle_escaped_float32"), 0);
  EXPECT_EQ(values.at("cycle_found_float32"), 1);
  EXPECT_NEAR(values.at("npcr"), 0.996, 0.002);
  EXPECT_LT(values.at("npcr_frozen"), 1e-3);  // no diffusion of its own: the hash makes NPCR
  EXPECT_GT(values.at("keystream_speed"), 0.1);
  EXPECT_GT(values.at("slower_than_aes256_ctr"), 1);
}

TEST_F(MapStudy, YardsticksHaveStreamsAlone) {
  const auto aes = Measure(YardstickSubject("aes256_ctr", ""), AllGroups());
  EXPECT_FALSE(aes.contains("lyapunov_1"));
  EXPECT_EQ(aes.at("until_failure_pass"), 1);
  EXPECT_EQ(aes.at("bytes_until_failure"), 65536);
  EXPECT_GT(aes.at("until_failure_adjusted_p"), 1e-4);
  // Beside itself, however busy the machine.
  EXPECT_NEAR(aes.at("slower_than_aes256_ctr"), 1, 0.1);
  EXPECT_GT(aes.at("sp800_22_pass_share"), 0.9);
  EXPECT_THROW(YardstickSubject("des", "/yardsticks/0"), Error);
}

// A tent map with mu = 2 is at 0 after 54 steps: its keystream is constant, and must fail.
TEST_F(MapStudy, CollapsedMapFailsEveryTest) {
  const auto values = Measure(Map("tent", {{"mu", 2.0}}), {"until_failure", "sp800_22", "cycles"});
  EXPECT_EQ(values.at("until_failure_pass"), 0);
  EXPECT_EQ(values.at("bytes_until_failure"), 1024);
  EXPECT_EQ(values.at("sp800_22_pass"), 0);
  EXPECT_EQ(values.at("cycle_found_float64"), 1);
}

TEST_F(MapStudy, ValuesDependOnTheSeedAndNothingElse) {
  const std::vector<std::string> groups = {"lyapunov", "entropies", "cycles", "until_failure"};
  const auto first = Measure(Map("2d_slmm"), groups);
  const auto second = Measure(Map("2d_slmm"), groups);
  ASSERT_EQ(first.size(), second.size());
  for (const auto& [metric, value] : first) {
    const double again = second.at(metric);
    EXPECT_TRUE(value == again || (std::isnan(value) && std::isnan(again))) << metric;
  }
}

// Of the Lorenz system the exponents sum to 0.906 + 0, and K2 is at most that: whatever the seed.
TEST_F(MapStudy, EntropiesOfAFlowDoNotDependOnTheSeed) {
  settings_["dimension_points"] = 10000;
  std::vector<double> sample;
  for (seed_ = 0; seed_ < 3; ++seed_) {
    const auto values = Measure(Map("lorenz"), {"dimension", "entropies"});
    EXPECT_NEAR(values.at("correlation_entropy"), 0.906, 0.2) << seed_;
    sample.push_back(values.at("sample_entropy"));
  }
  const auto [least, most] = std::ranges::minmax(sample);
  EXPECT_LT(most - least, 0.3 * most);
}

TEST_F(MapStudy, BoxAndKeysAreTheSeedsOwn) {
  settings_["box_points"] = 5;
  const auto first = Measure(Map("2d_slmm"), {"box", "key_bits"});
  seed_ = 2;
  const auto second = Measure(Map("2d_slmm"), {"box", "key_bits"});
  EXPECT_NE(first, second);
}

// Unrelated orbits of a stable map meet: equivalent keys are not measured there.
TEST_F(MapStudy, EquivalentKeysNeedChaos) {
  const auto stable = Measure(Map("logistic", {{"r", 2.8}}), {"keys"});
  EXPECT_GT(stable.at("unrelated_keys_meet"), 0.2);
  EXPECT_FALSE(stable.contains("equivalent_keys"));
  EXPECT_FALSE(stable.contains("equivalent_keys_share"));
  const auto icmic = Measure(Map("icmic"), {"keys"});
  EXPECT_GE(icmic.at("equivalent_keys"), 1);
  EXPECT_EQ(icmic.at("equivalent_keys_share"), 1);
  // By the extractor that the other groups use.
  settings_["extractor"] = {{"kind", "threshold"}};
  EXPECT_EQ(Measure(Map("icmic"), {"keys"}).at("equivalent_keys_share"), 0);
}

// What escapes is a result; a setting that is wrong is not.
TEST_F(MapStudy, OnlyOrbitsMayFail) {
  settings_["extractor"] = {{"kind", "no_such"}};
  EXPECT_THROW(Measure(Map("henon"), {"lyapunov", "until_failure"}), Error);
}

TEST_F(MapStudy, KeystreamsOfSeedsDiffer) {
  Bytes a(64);
  Bytes b(64);
  Bytes again(64);
  for (const auto& subject : {Map("henon"), YardstickSubject("chacha20", "")}) {
    KeystreamOf(subject, 0)(a);
    KeystreamOf(subject, 1)(b);
    const FillBytes fill = KeystreamOf(subject, 0);
    fill(std::span(again).first(10));
    fill(std::span(again).subspan(10));
    EXPECT_NE(a, b);
    EXPECT_EQ(a, again);
  }
}

}  // namespace
}  // namespace chaosense
