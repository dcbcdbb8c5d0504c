// How fast byte generators are beside each other, measured so that a busy machine does not decide.
#ifndef CHAOSENSE_EXPERIMENTS_SPEED_BESIDE_H_
#define CHAOSENSE_EXPERIMENTS_SPEED_BESIDE_H_

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace chaosense {

using FillBytes = std::function<void(std::span<uint8_t>)>;

struct SpeedsBeside {
  std::vector<double> bytes_per_second;  // of each generator: median over the rounds
  std::vector<double> ratio_to_first;    // speed over the first one's: median of the rounds' ratios
};

// The generators fill a buffer in turn, a slice of about `slice_s` each, for `rounds` rounds, in
// the opposite order every other round, on one thread held to one core. Time is the thread's own
// CPU time: what others run meanwhile does not count; that they share caches, memory and clock is
// felt by neighbouring slices alike and cancels in the ratio. A generator beside itself gives 1
// within a few per cent.
SpeedsBeside MeasureSpeedsBeside(const std::vector<FillBytes>& generators,
                                 int rounds = 41,
                                 double slice_s = 0.001);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_SPEED_BESIDE_H_
