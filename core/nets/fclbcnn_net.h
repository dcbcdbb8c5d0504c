// The network FCLBCNN (our interpretation; see the method's description in fclbcnn.cc). Internal
// (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_FCLBCNN_NET_H_
#define CHAOSENSE_CORE_NETS_FCLBCNN_NET_H_

#include <memory>
#include <string>

#include "core/nets/block_net.h"

namespace chaosense {

struct FclbcnnLayout {
  Shape latent;               // planes x h x w
  int encoder_channels = 16;  // of the bilinear path of the encoder
  int decoder_channels = 64;  // of branch B
  int decoder_blocks = 2;     // residual pairs of 3x3 convolutions in branch B
};

// Throws Error(kConfig) beginning with `where` on an unknown key or a value out of range.
FclbcnnLayout FclbcnnLayoutFromJson(const Json& description, const std::string& where);
Json ToJson(const FclbcnnLayout& layout);

std::shared_ptr<BlockNet> MakeFclbcnnNet(const FclbcnnLayout& layout, uint64_t seed);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_FCLBCNN_NET_H_
