// Lines for people, on stderr. Results go to stdout, never through here.
#ifndef CHAOSENSE_CORE_BASE_LOG_H_
#define CHAOSENSE_CORE_BASE_LOG_H_

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace chaosense {

void WriteLogLine(
    std::string_view line);  // one write(2), so that lines of several threads do not mix

template <typename... Args>
void LogInfo(fmt::format_string<Args...> format, Args&&... args) {
  WriteLogLine(fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void LogWarning(fmt::format_string<Args...> format, Args&&... args) {
  WriteLogLine("warning: " + fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_LOG_H_
