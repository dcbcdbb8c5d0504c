// The networks of other papers, each in a file of its own with its method: see `chaosense describe
// NAME`. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_PEER_NETS_H_
#define CHAOSENSE_CORE_NETS_PEER_NETS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "core/nets/picture_net.h"
#include "core/sensing/reconstructor.h"

// A new network is one line here: the name of its functions, and its name in JSON.
#define CHAOSENSE_PEER_NETS(NET)      \
  NET(AmpNet, "amp_net")              \
  NET(CsNetPlus, "csnet_plus")        \
  NET(Dr2Net, "dr2net")               \
  NET(IstaNetPlus, "ista_net_plus")   \
  NET(MsrNet, "msrnet")               \
  NET(OpineNetPlus, "opine_net_plus") \
  NET(Reconnet, "reconnet")

namespace chaosense {

// Make...: the description's keys are those of the weight file's metadata; parameters are drawn
// from `seed`. Throws Error(kConfig) beginning with `where`. Register...: its method.
#define CHAOSENSE_DECLARE_NET(Name, json_name)                           \
  std::shared_ptr<PictureNet> Make##Name(                                \
      const Json& description, uint64_t seed, const std::string& where); \
  void Register##Name(ReconstructorRegistry& methods);
CHAOSENSE_PEER_NETS(CHAOSENSE_DECLARE_NET)
#undef CHAOSENSE_DECLARE_NET

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_PEER_NETS_H_
