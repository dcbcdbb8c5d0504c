#include "core/nets/peer_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/nets/net_method.h"

namespace chaosense {
namespace {

constexpr double kQuantiserMu = 100;                  // as the linear methods
constexpr int kTrainedCounts[] = {10, 43, 109, 272};  // configs/train has these of every network

}  // namespace

Json RateAndWeightsSchema(const std::string& name) {
  return {
      {"rate", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}, {"default", 0.25}}},
      {"weights",
       {{"type", "string"},
        {"default", "auto"},
        {"description",
         fmt::format("safetensors file; \"auto\": results/models/{}_<measurements>.safetensors; "
                     "\"data:\" begins a path inside the data folder",
                     name)}}}};
}

std::filesystem::path PeerWeightsPath(const std::string& weights,
                                      const std::string& name,
                                      int measurements,
                                      const PublishedWeights& published,
                                      const FitContext& context) {
  const std::string stem = fmt::format("{}_{}", name, measurements);
  return WeightsPath(
      weights,
      stem + ".safetensors",
      fmt::format("train it: chaosense train configs/train/{}{}",
                  std::ranges::find(kTrainedCounts, measurements) != std::end(kTrainedCounts)
                      ? stem + ".json"
                      : fmt::format("{}_272.json --set net.measurements={}", name, measurements),
                  published.tensor != nullptr ? ", or give the published weights" : ""),
      context);
}

Quantiser BoundingQuantiser(const MatrixRowF& phi) {
  const Eigen::VectorXf centre = 0.5f * phi.rowwise().sum();
  const Eigen::VectorXf half = 0.5f * phi.cwiseAbs().rowwise().sum();
  return Quantiser({centre.begin(), centre.end()}, {half.begin(), half.end()}, kQuantiserMu);
}

}  // namespace chaosense
