#include "core/base/log.h"

#include <unistd.h>

#include <string>

namespace chaosense {

void WriteLogLine(std::string_view line) {
  const std::string text = std::string(line) + "\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace chaosense
