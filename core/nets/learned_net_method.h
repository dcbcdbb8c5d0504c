// The method of a network of another paper that learns its linear measurement of gray pictures.
// Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_LEARNED_NET_METHOD_H_
#define CHAOSENSE_CORE_NETS_LEARNED_NET_METHOD_H_

#include "core/nets/peer_weights.h"
#include "core/sensing/reconstructor.h"

namespace chaosense {

// Registers info.name, which is the name of the network too, with the parameters "rate" and
// "weights". The network's description has the keys "name" and "measurements".
void RegisterLearnedNetMethod(ReconstructorRegistry& methods,
                              PluginInfo info,
                              const PublishedWeights& published);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_LEARNED_NET_METHOD_H_
