// The networks of other papers, each in a file of its own with its method: see `chaosense describe
// NAME`. The description's keys are those of the weight file's metadata; parameters are drawn from
// `seed`. Throw Error(kConfig) beginning with `where`. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_PEER_NETS_H_
#define CHAOSENSE_CORE_NETS_PEER_NETS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "core/nets/picture_net.h"

namespace chaosense {

// Fixed random matrix, independent blocks (GaussianNet).
std::shared_ptr<PictureNet> MakeReconnet(const Json& description,
                                         uint64_t seed,
                                         const std::string& where);
std::shared_ptr<PictureNet> MakeDr2Net(const Json& description,
                                       uint64_t seed,
                                       const std::string& where);
std::shared_ptr<PictureNet> MakeMsrNet(const Json& description,
                                       uint64_t seed,
                                       const std::string& where);
std::shared_ptr<PictureNet> MakeIstaNetPlus(const Json& description,
                                            uint64_t seed,
                                            const std::string& where);

// Learned matrix, whole pictures.
std::shared_ptr<PictureNet> MakeOpineNetPlus(const Json& description,
                                             uint64_t seed,
                                             const std::string& where);
std::shared_ptr<PictureNet> MakeAmpNet(const Json& description,
                                       uint64_t seed,
                                       const std::string& where);
std::shared_ptr<PictureNet> MakeCsNetPlus(const Json& description,
                                          uint64_t seed,
                                          const std::string& where);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_PEER_NETS_H_
