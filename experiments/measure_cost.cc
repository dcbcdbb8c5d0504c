// What a method costs: parameters, operations, times, memory. Measured on every picture of the
// cell, so that means over a set exist; a config that wants less names one picture in "images".
#include <algorithm>

#include "core/base/signals.h"
#include "experiments/pipeline.h"
#include "experiments/stage_cost.h"

namespace chaosense {
namespace {

// A stage whose first run took longer is not run again: warm caches no longer matter.
constexpr double kSlowSeconds = 2;

// The median of `repetitions` runs; `first`, the seconds of the run that has been, warmed up.
template <typename Stage>
double MedianSeconds(double first, int repetitions, Stage stage) {
  if (first > kSlowSeconds) return first;
  std::vector<double> seconds;
  for (int i = 0; i < repetitions; ++i) {
    ThrowIfInterrupted();
    seconds.push_back(SecondsOf(stage));
  }
  std::sort(seconds.begin(), seconds.end());
  const size_t middle = seconds.size() / 2;
  return seconds.size() % 2 == 1 ? seconds[middle] : 0.5 * (seconds[middle - 1] + seconds[middle]);
}

}  // namespace

void MeasureCost(const PipelineImage& image,
                 const MeasureContext& context,
                 std::vector<Measurement>& values) {
  const auto add = [&](const char* metric, double value) {
    values.push_back({image.name, metric, value});
  };
  const Reconstructor& method = context.stages.method();
  const Cost cost = method.cost(image.original.shape.channels);
  const auto repetitions = context.settings.at("cost_repetitions").get<int>();
  const ImageF pixels = ToFloat(image.original);
  add("parameters", Parameters(cost));
  add("gflops", 2e-9 * Macs(cost, image));
  add("seconds_sense",
      MedianSeconds(image.cost.seconds_sense, repetitions, [&] { method.Sense(pixels); }));
  add("seconds_reconstruct", MedianSeconds(image.cost.seconds_reconstruct, repetitions, [&] {
        method.Reconstruct(image.measurements, image.original.shape);
      }));
  add("peak_memory_mb", image.cost.peak_memory / 1e6);
}

void MeasureTime(const PipelineImage& image,
                 const MeasureContext& context,
                 std::vector<Measurement>& values) {
  const PipelineStages& stages = context.stages;
  const auto repetitions = context.settings.at("cost_repetitions").get<int>();
  const auto median = [&](auto stage) {
    return MedianSeconds(SecondsOf(stage), repetitions, stage);
  };
  const Digest nonce = PipelineStages::HashOf(image.original);
  const auto there_and_back = [&](const ImageU8& plain) {
    return [&] {
      const Ciphertext cipher = stages.cipher().Encrypt(plain, stages.key(), nonce);
      stages.cipher().Decrypt(cipher, stages.key(), nonce);
    };
  };
  const double compress = median(
      [&] { stages.Expand(stages.Compress(image.original), image.codes, image.original.shape); });
  const double encrypt = median(there_and_back(image.plain));
  values.push_back({image.name, "seconds_compress_reconstruct", compress});
  values.push_back({image.name, "seconds_encrypt_decrypt", encrypt});
  values.push_back({image.name, "seconds_total", compress + encrypt});
  values.push_back({image.name, "seconds_cipher_only", median(there_and_back(image.original))});
}

}  // namespace chaosense
