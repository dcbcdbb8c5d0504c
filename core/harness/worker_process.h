// One worker of the local executor, seen from the controller.
#ifndef CHAOSENSE_CORE_HARNESS_WORKER_PROCESS_H_
#define CHAOSENSE_CORE_HARNESS_WORKER_PROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/base/descriptor.h"
#include "core/harness/local_executor.h"

namespace chaosense {

class WorkerProcess {
 public:
  using Clock = std::chrono::steady_clock;

  // Starts the program. Throws Error(kRun) if that fails.
  explicit WorkerProcess(const LocalOptions& options);
  ~WorkerProcess();  // SIGKILL, and no zombie
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  int output() const { return output_.get(); }  // to poll; -1 once it is closed
  bool ready() const { return ready_; }         // it has taken in the plan
  const Cell* cell() const { return cell_; }    // in hand; nullptr: idle
  Clock::time_point since() const { return since_; }
  const std::string& started() const { return started_; }  // when cell() was given to it, UTC

  void Give(const Cell* cell, size_t number);
  // What it has written: takes in "ready", returns the row of the cell in hand, which then is no
  // longer in hand. Closes output() at its end. Throws Error(kRun) on anything else.
  std::optional<LedgerRow> Read();

  void EndInput() { input_.Close(); }
  void Signal(int signal) const;
  // Waits until `deadline`, then kills it. Returns the status as of waitpid.
  int Reap(Clock::time_point deadline);

 private:
  pid_t pid_ = -1;
  Descriptor input_, output_;
  std::string buffer_;
  bool ready_ = false;
  const Cell* cell_ = nullptr;
  Clock::time_point since_;
  std::string started_;
};

// "worker killed by signal 9 (Killed)", "worker ended with exit code 3"
std::string DescribeEnd(int status);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_WORKER_PROCESS_H_
