// What the methods of other papers' networks share: where weights lie, the range of their
// measurements. Internal to core/nets.
#ifndef CHAOSENSE_CORE_NETS_PEER_WEIGHTS_H_
#define CHAOSENSE_CORE_NETS_PEER_WEIGHTS_H_

#include <filesystem>
#include <string>

#include "core/sensing/measurement_matrix.h"
#include "core/sensing/quantiser.h"
#include "core/sensing/reconstructor.h"
#include "core/sensing/safetensors.h"

namespace chaosense {

// What is particular to a network's published weights.
struct PublishedWeights {
  const char* tensor = nullptr;  // only published files have it; null: there are none
  bool column_major = false;     // the order of pixels in a block that their matrix measures
  bool initialisation = false;   // the first estimate is a matrix Qinit in a file of its own
  // The published tensors under our names; `file` is for messages.
  Safetensors (*rename)(const Safetensors& published, const std::string& file) = nullptr;

  bool In(const Safetensors& content) const {
    return tensor != nullptr && content.tensors.contains(tensor);
  }
};

// JSON Schema of the parameters "rate" and "weights".
Json RateAndWeightsSchema(const std::string& name);

// "auto" is <name>_<measurements>.safetensors among the models. Throws Error(kData) with advice.
std::filesystem::path PeerWeightsPath(const std::string& weights,
                                      const std::string& name,
                                      int measurements,
                                      const PublishedWeights& published,
                                      const FitContext& context);

// Ranges that no block with pixels in [0, 1] can leave: y = Phi x lies within Phi 1/2 +- |Phi| 1/2.
Quantiser BoundingQuantiser(const MatrixRowF& phi);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_PEER_WEIGHTS_H_
