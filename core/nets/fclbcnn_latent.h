// The size of FCLBCNN's code for a sampling rate. Free of LibTorch.
#ifndef CHAOSENSE_CORE_NETS_FCLBCNN_LATENT_H_
#define CHAOSENSE_CORE_NETS_FCLBCNN_LATENT_H_

#include <string>

#include "core/image/image.h"

namespace chaosense {

// The paper gives rates as n / 1089 for a gray image (n / 3267 for the same net on a colour one),
// not the shape of the n values. Two families fit its numbers: three planes (3x14x14, 3x9x10,
// 3x6x6, 3x4x4, 3x2x2 for 0.53, 0.25, 0.10, 0.04, 0.01) and one plane (24x24, 16x17, 10x11, 6x7,
// 3x4). Either is: of all h x w with w = h or h + 1, the one whose planes * h * w is nearest to
// rate * 1089. rate in (0, 1], planes 1 or 3; at least 1 x 1.
Shape FclbcnnLatent(double rate, int planes);

// "3x9x10".
std::string LatentName(const Shape& latent);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_FCLBCNN_LATENT_H_
