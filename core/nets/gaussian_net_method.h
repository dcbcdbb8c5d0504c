// The method of a network with a fixed random matrix (GaussianNet): weights trained here for a
// seeded matrix, or published weights with their own matrix. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_GAUSSIAN_NET_METHOD_H_
#define CHAOSENSE_CORE_NETS_GAUSSIAN_NET_METHOD_H_

#include "core/nets/peer_weights.h"
#include "core/sensing/reconstructor.h"

namespace chaosense {

// Registers info.name, which is the name of the network too, with the parameters "rate", "weights",
// "matrix_seed", with published weights "matrix" too, and "initialisation" if they need it.
void RegisterGaussianNetMethod(ReconstructorRegistry& methods,
                               PluginInfo info,
                               const PublishedWeights& published);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_GAUSSIAN_NET_METHOD_H_
