// A program that is started once and asked many questions: frames in, frames out.
//
// A frame is a 32-bit unsigned number, least significant byte first, and as many bytes. We write
// one to the program's standard input and read one from its standard output, in turn. The program
// ends when its input does. What it prints on standard error goes into our error messages.
#ifndef CHAOSENSE_CORE_BASE_SERVED_PROGRAM_H_
#define CHAOSENSE_CORE_BASE_SERVED_PROGRAM_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>

#include "core/base/process.h"

namespace chaosense {

class ChildProcess;

// Thread-safe: questions wait for each other.
class ServedProgram {
 public:
  // The program is started by the first question. `options`: arguments, folder, environment,
  // error_limit, and timeout_s, here of one question; the rest is not used.
  explicit ServedProgram(ProcessOptions options);
  ~ServedProgram();  // ends its input; a program that does not end by itself is ended
  ServedProgram(const ServedProgram&) = delete;
  ServedProgram& operator=(const ServedProgram&) = delete;

  // The answer's bytes. A program that ends over a question, having answered others, is started
  // again and asked once more. Otherwise, and after a timeout or an answer of more than `most`
  // bytes, it is ended and started again by the next question. Throws Error(kRun) "python3: exit
  // code 1: last line of its standard error", Error(kConfig) if it cannot be started,
  // Error(kInterrupted).
  Bytes Ask(std::span<const uint8_t> question, size_t most);

  int64_t starts() const { return starts_; }

 private:
  Bytes AskRunning(std::span<const uint8_t> question, size_t most);
  // Ends the program and throws Error(kRun): `wrong`, or, if empty, how it ended.
  [[noreturn]] void Fail(const std::string& wrong);
  void Stop();

  ProcessOptions options_;
  std::mutex mutex_;
  std::unique_ptr<ChildProcess> child_;
  std::string said_;      // the end of its standard error
  int64_t answered_ = 0;  // by the running program
  int64_t starts_ = 0;
  bool ended_itself_ = false;  // why the last question failed
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_SERVED_PROGRAM_H_
