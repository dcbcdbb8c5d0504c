// Time that has passed.
#ifndef CHAOSENSE_CORE_BASE_CLOCK_H_
#define CHAOSENSE_CORE_BASE_CLOCK_H_

#include <chrono>

namespace chaosense {

inline double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_CLOCK_H_
