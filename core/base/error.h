// Two families of failure: Error for what a user can cause (bad config, missing data, a damaged
// file) and CHAOSENSE_CHECK for bugs of ours. Only main() maps them to exit codes; nothing else
// ends the process.
#ifndef CHAOSENSE_CORE_BASE_ERROR_H_
#define CHAOSENSE_CORE_BASE_ERROR_H_

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace chaosense {

// The values are the process exit codes.
enum class ErrorKind {
  kRun = 1,           // a cell or an operation failed, or a disk is full
  kConfig = 2,        // bad configuration, arguments or input file
  kData = 3,          // data missing, or a wrong checksum
  kTolerance = 4,     // outside the published tolerance
  kInterrupted = 130  // stopped by a signal; can be resumed
};

// What a user can cause. `what()` is one line: "<where>: <what is wrong>; <what was expected>".
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }
  int exit_code() const { return static_cast<int>(kind_); }

 private:
  ErrorKind kind_;
};

template <typename... Args>
Error ConfigError(fmt::format_string<Args...> format, Args&&... args) {
  return Error(ErrorKind::kConfig, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Error DataError(fmt::format_string<Args...> format, Args&&... args) {
  return Error(ErrorKind::kData, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
Error RunError(fmt::format_string<Args...> format, Args&&... args) {
  return Error(ErrorKind::kRun, fmt::format(format, std::forward<Args>(args)...));
}

// A bug of ours; main() prints it with "please report" and exits 1.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void FailCheck(const char* file,
                            int line,
                            const char* condition,
                            const std::string& message);

}  // namespace chaosense

#define CHAOSENSE_CHECK(condition, ...)                                                      \
  do {                                                                                       \
    if (!(condition)) {                                                                      \
      ::chaosense::FailCheck(__FILE__, __LINE__, #condition, ::fmt::format("" __VA_ARGS__)); \
    }                                                                                        \
  } while (false)

#endif  // CHAOSENSE_CORE_BASE_ERROR_H_
