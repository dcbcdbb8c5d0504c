// LibTorch, for the .cc files and internal headers of core/nets and core/training only; precompiled
// there.
#ifndef CHAOSENSE_CORE_NETS_TORCH_H_
#define CHAOSENSE_CORE_NETS_TORCH_H_

#include <torch/torch.h>

#endif  // CHAOSENSE_CORE_NETS_TORCH_H_
