// The interface of network training, free of LibTorch: the module of core/nets and core/training
// registers its trainer here when a command first needs it.
#ifndef CHAOSENSE_CORE_SENSING_TRAINER_H_
#define CHAOSENSE_CORE_SENSING_TRAINER_H_

#include <filesystem>
#include <string>

#include "core/base/json.h"
#include "core/base/registry.h"
#include "core/data/dataset.h"

namespace chaosense {

// Data-parallel training: this process's place among those that train one network. `batch` is that
// of all together; they share `folder`.
struct RankLayout {
  int rank = 0;
  int size = 1;
  std::string host = "127.0.0.1";  // where rank 0 waits for the others
  int port = 0;
};

struct TrainContext {
  const DataFolder* data = nullptr;
  std::filesystem::path
      folder;  // checkpoints, log.jsonl and the best weights; training resumes from what lies here
  std::filesystem::path model_dir;  // where a file to start from lies if named without folders
  std::string device = "auto";      // auto, cpu, cuda
  int threads = 1;
  bool restart = false;  // ignore checkpoints
  RankLayout ranks;
};

struct TrainReport {
  std::filesystem::path weights;  // safetensors, the best by validation PSNR; empty: not rank 0
  double validation_psnr = 0;     // dB, of those weights
  int64_t iterations = 0;
  double seconds = 0;  // of this call
};

class Trainer {
 public:
  virtual ~Trainer() = default;
  // What can be wrong with a config before a picture is read: unknown image sets, sets of test
  // pictures, networks that do not exist. Throws Error(kConfig) with a JSON pointer.
  virtual void Check(const Json& config, const DataFolder& data) const = 0;
  // `config`: resolved and checked. Throws Error(kConfig) with a JSON pointer,
  // Error(kData), Error(kInterrupted) after writing a checkpoint.
  virtual TrainReport Train(const Json& config, const TrainContext& context) const = 0;
};

using TrainerRegistry = Registry<Trainer>;

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SENSING_TRAINER_H_
