// A started program: its own process group, and our ends of its pipes. What RunProcess (process.h)
// and ServedProgram (served_program.h) share. The group is led by a guard, a shell that waits for
// our end: a program never outlives us, even where SIGKILL ends us.
#ifndef CHAOSENSE_CORE_BASE_CHILD_PROCESS_H_
#define CHAOSENSE_CORE_BASE_CHILD_PROCESS_H_

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/descriptor.h"
#include "core/base/process.h"

namespace chaosense {

class ChildProcess {
 public:
  enum class Input {
    kAsOptions,  // ProcessOptions::input
    kSocket      // what we write to `input`
  };

  // Throws as RunProcess does if the program cannot be started.
  explicit ChildProcess(const ProcessOptions& options, Input kind = Input::kAsOptions);
  // Only reached with the child alive if something threw: it is ended.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // To the whole group.
  void Signal(int signal) const;
  // Whether it has ended; it stays a zombie, so that the group's number stays ours.
  bool Ended() const;
  // Kills what is left of the group and returns the program's status as of waitpid.
  int Reap();
  // SIGTERM, and half a second to tidy up; what it says meanwhile is dropped. Reap comes after.
  void Terminate();
  double seconds() const;  // since its start

  Descriptor input;          // kSocket alone
  Descriptor output, error;  // do not block

 private:
  void SpawnGuard();
  void EndGuard();  // and all of the group
  void Spawn(const ProcessOptions& options, const std::filesystem::path& program, Input kind);

  Descriptor life_;  // the guard's input, which ends with us
  pid_t guard_ = -1;
  pid_t pid_ = -1;
  std::chrono::steady_clock::time_point start_;
};

// `texts` as exec and spawn want them, a null pointer last; good while `texts` stays as it is.
std::vector<char*> ArgumentPointers(std::vector<std::string>& texts);

// Fills exit_code or signal of `result` from a status as of waitpid.
void TakeStatus(int status, ProcessResult& result);

// Reads what there is; closes the descriptor at its end. Whether anything came.
template <typename Take>
bool ReadAvailable(Descriptor& from, Take take) {
  std::array<uint8_t, 65536> buffer;
  const ssize_t n = ::read(from.get(), buffer.data(), buffer.size());
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return false;
  if (n <= 0) {
    from.Close();
    return false;
  }
  take(std::span<const uint8_t>(buffer.data(), static_cast<size_t>(n)));
  return true;
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_CHILD_PROCESS_H_
