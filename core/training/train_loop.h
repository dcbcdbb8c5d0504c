// Trains a network: closed-form start, Adam on the mean squared error, validation,
// checkpoints, best weights. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_TRAINING_TRAIN_LOOP_H_
#define CHAOSENSE_CORE_TRAINING_TRAIN_LOOP_H_

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/signals.h"
#include "core/sensing/quantiser.h"
#include "core/training/block_dataset.h"
#include "core/training/checkpoint.h"
#include "core/training/rank_group.h"
#include "core/training/schedule.h"
#include "core/training/validation.h"

namespace chaosense {

struct TrainSettings {
  uint64_t seed = 0;
  int64_t batch = 128;
  Schedule schedule;
  double linear_rate_scale = 1;    // of the layers that have a closed-form start
  bool bf16 = false;               // convolutions in bfloat16, channels last; parameters stay float
  int64_t closed_form_blocks = 0;  // 0: no closed-form start
  double ridge = 1e-6;
  Safetensors initial;           // parameters to begin with, where name and shape agree
  bool quantised = false;        // train and validate through the 8-bit quantiser of the codes
  double padded_share = 0;       // of crops with zeros from some row or column on
  double code_noise = 0;         // standard deviation of noise on the ciphertext (bytes in [0, 1])
  int64_t validate_every = 250;  // iterations
  int64_t patience = 0;          // validations without progress before it stops; 0: never
  double checkpoint_minutes = 2;
  double time_budget_minutes = 0;  // of this call; 0: none
  // The quantiser of a network's codes, where training goes through it.
  std::function<Quantiser(PictureNet& net)> fit_quantiser;
  // Asked before every step; true stops with a checkpoint and Error(kInterrupted).
  std::function<bool(int64_t iteration)> interrupted = [](int64_t) { return InterruptRequested(); };
};

enum class TrainEnd { kFinished, kStale, kOutOfTime };

// Works in `folder`: checkpoint.safetensors, log.jsonl. Resumes from the checkpoint there if it
// belongs to `config_hash`. On return `state.best` holds the best weights. Of several ranks each
// takes its share of every batch; rank 0 starts the network, validates and writes, `folder` is the
// same for all. Throws Error(kInterrupted) after writing a checkpoint, Error(kConfig) if ranks do
// not divide the batch.
TrainEnd TrainNet(PictureNet& net,
                  const BlockDataset& dataset,
                  const Validation& validation,
                  const TrainSettings& settings,
                  const at::Device& device,
                  const std::filesystem::path& folder,
                  const std::string& config_hash,
                  const RankGroup& ranks,
                  TrainingState& state);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_TRAIN_LOOP_H_
