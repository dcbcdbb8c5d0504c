// Several processes (ranks) that train one network together: each takes its share of every batch,
// gradients are averaged over all of them. LibTorch's c10d: Gloo, or NCCL for CUDA where built with
// it. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_TRAINING_RANK_GROUP_H_
#define CHAOSENSE_CORE_TRAINING_RANK_GROUP_H_

#include <memory>
#include <vector>

#include "core/nets/torch.h"
#include "core/sensing/trainer.h"

namespace chaosense {

class RankGroup {
 public:
  RankGroup();  // a single rank: every operation does nothing
  // Waits until all ranks are there. Throws Error(kConfig) if this build has no distributed
  // training, Error(kRun) if the others do not come within five minutes.
  RankGroup(const RankLayout& layout, const at::Device& device);
  ~RankGroup();
  RankGroup(RankGroup&&) noexcept;

  int rank() const { return layout_.rank; }
  int size() const { return layout_.size; }
  bool first() const { return layout_.rank == 0; }

  // The mean over all ranks, in place; blocks until every rank has called it with tensors of the
  // same shapes. Throws Error(kRun) if another rank is gone.
  void Average(const std::vector<at::Tensor>& tensors) const;
  // Whether it is true for at least one rank; the same answer for all.
  bool Any(bool mine) const;
  void Wait() const { Any(false); }  // until all are here

 private:
  class Backend;
  RankLayout layout_;
  std::unique_ptr<Backend> backend_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_RANK_GROUP_H_
