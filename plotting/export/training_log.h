// The log of a training, log.jsonl: one object a line with "iteration", "seconds" and numbers
// (loss, validation_gray, learning_rate, best).
#ifndef CHAOSENSE_PLOTTING_EXPORT_TRAINING_LOG_H_
#define CHAOSENSE_PLOTTING_EXPORT_TRAINING_LOG_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace chaosense {

struct TrainingPoint {
  int64_t iteration = 0;
  double seconds = 0;                    // since the training began
  std::map<std::string, double> values;  // all other numbers
};

struct TrainingLog {
  std::string name;
  std::vector<TrainingPoint> points;  // by iteration, each once: of several the last line counts
};

// A torn last line, as a killed training leaves it, is ignored. Throws Error(kData) if there is no
// such file, Error(kConfig) naming file and line on anything else that is no log.
TrainingLog ReadTrainingLog(const std::filesystem::path& file, const std::string& name);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_EXPORT_TRAINING_LOG_H_
