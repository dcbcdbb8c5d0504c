// Progress with an ETA on stderr: one redrawn line on a terminal, plain lines (at most one per 5 %
// or per 10 s) otherwise, so that Slurm logs stay readable.
#ifndef CHAOSENSE_CORE_BASE_PROGRESS_H_
#define CHAOSENSE_CORE_BASE_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string>

namespace chaosense {

class Progress {
 public:
  Progress(std::string label, int64_t total);
  ~Progress();  // ends the redrawn line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `done` of total; `detail` is shown behind, e.g. "loss 0.0031".
  void Update(int64_t done, const std::string& detail = "");

 private:
  using Clock = std::chrono::steady_clock;
  std::string label_;
  int64_t total_;
  bool terminal_;
  bool drawn_ = false;
  Clock::time_point start_;
  Clock::time_point last_;
  int64_t last_done_ = -1;
};

// "1:02:03", "4:05" or "7.1 s".
std::string FormatDuration(double seconds);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_PROGRESS_H_
