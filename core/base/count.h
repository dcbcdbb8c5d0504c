// Numbers of things in messages.
#ifndef CHAOSENSE_CORE_BASE_COUNT_H_
#define CHAOSENSE_CORE_BASE_COUNT_H_

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace chaosense {

// "1 cell", "12 cells".
inline std::string Count(int64_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_COUNT_H_
