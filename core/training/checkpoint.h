// Training state on disk: parameters, Adam's moments, iteration, best so far; one safetensors file,
// written atomically. The blocks of every step follow from seed and iteration (BatchOrder), so no
// generator state is needed. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_TRAINING_CHECKPOINT_H_
#define CHAOSENSE_CORE_TRAINING_CHECKPOINT_H_

#include <filesystem>
#include <string>

#include "core/nets/picture_net.h"
#include "core/sensing/quantiser.h"
#include "core/sensing/safetensors.h"
#include "core/training/adam.h"

namespace chaosense {

struct TrainingState {
  int64_t iteration = 0;    // steps done
  double seconds = 0;       // of training, all calls together
  double best_psnr = -1e9;  // dB, Validation's selection
  int64_t best_iteration = 0;
  int64_t stale = 0;    // validations since the best
  Safetensors best;     // PackNet of the best so far
  Quantiser quantiser;  // of the codes, if training goes through it
};

void SaveCheckpoint(const std::filesystem::path& path,
                    const TrainingState& state,
                    const PictureNet& net,
                    Adam& adam,
                    const std::string& config_hash);

// False if there is no such file. Throws Error(kConfig) if it is damaged or belongs to another
// configuration.
bool LoadCheckpoint(const std::filesystem::path& path,
                    const std::string& config_hash,
                    TrainingState& state,
                    PictureNet& net,
                    Adam& adam);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_CHECKPOINT_H_
