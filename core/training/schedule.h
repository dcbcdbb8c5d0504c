// Learning rate by iteration: linear warm-up, then constant, cosine or steps.
#ifndef CHAOSENSE_CORE_TRAINING_SCHEDULE_H_
#define CHAOSENSE_CORE_TRAINING_SCHEDULE_H_

#include <cstdint>
#include <string>

namespace chaosense {

struct Schedule {
  std::string kind = "cosine";  // constant, cosine, step
  int64_t iterations = 1;
  int64_t warm_up = 0;  // iterations
  double first = 1e-3;
  double last = 1e-5;  // at the end, for cosine and step
  int steps = 2;       // number of drops from first to last (by equal factors, at equal distances)

  double At(int64_t iteration) const;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_SCHEDULE_H_
