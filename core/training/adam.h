// Adam (Kingma and Ba 2015) with bias correction; own state, so that checkpoints hold plain tensors
// whatever the LibTorch version. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_TRAINING_ADAM_H_
#define CHAOSENSE_CORE_TRAINING_ADAM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/nets/picture_net.h"

namespace chaosense {

class Adam {
 public:
  struct Slot {
    std::string name;
    at::Tensor parameter;
    at::Tensor mean;    // of gradients
    at::Tensor square;  // of squared gradients
    double rate_scale;  // multiplies the learning rate
  };

  // The network's closed_form_parameters() learn at `linear_scale` times the rate: they begin at
  // their optimum.
  Adam(PictureNet& net, double linear_scale);

  void ZeroGradients();
  std::vector<at::Tensor> Gradients() const;  // those that are there, in the order of parameters
  void Step(double learning_rate);

  std::vector<Slot>& slots() { return slots_; }
  int64_t steps() const { return steps_; }
  void set_steps(int64_t steps) { steps_ = steps; }

 private:
  std::vector<Slot> slots_;
  int64_t steps_ = 0;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_ADAM_H_
