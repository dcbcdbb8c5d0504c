#include "core/training/rank_group.h"

#include <algorithm>
#include <chrono>

#include "core/base/error.h"

#ifdef CHAOSENSE_DISTRIBUTED
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#ifdef CHAOSENSE_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif
#endif

namespace chaosense {

#ifdef CHAOSENSE_DISTRIBUTED

namespace {

using std::chrono::minutes;
constexpr minutes kMeeting(5);     // for all ranks to come
constexpr minutes kOperation(60);  // rank 0 measures the validation set while the others wait

// CHAOSENSE_INTERFACE names the network interface; otherwise the one of the host's name.
std::shared_ptr<gloo::transport::Device> NetworkDevice() {
  const char* interface = std::getenv("CHAOSENSE_INTERFACE");
  return interface != nullptr ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                              : c10d::ProcessGroupGloo::createDefaultDevice();
}

}  // namespace

class RankGroup::Backend {
 public:
  Backend(const RankLayout& layout, const at::Device& device) {
    c10d::TCPStoreOptions meeting;
    meeting.port = static_cast<uint16_t>(layout.port);
    meeting.isServer = layout.rank == 0;
    meeting.numWorkers = layout.size;
    meeting.timeout = kMeeting;
    store_ = c10::make_intrusive<c10d::TCPStore>(layout.host, meeting);
    const auto options = c10d::ProcessGroupGloo::Options::create(kOperation);
    options->devices.push_back(NetworkDevice());
    gloo_ = c10::make_intrusive<c10d::ProcessGroupGloo>(store_, layout.rank, layout.size, options);
#ifdef CHAOSENSE_NCCL
    if (device.is_cuda()) {
      nccl_ = c10::make_intrusive<c10d::ProcessGroupNCCL>(store_, layout.rank, layout.size);
    }
#else
    (void)device;
#endif
  }

  void Sum(at::Tensor tensor) {
#ifdef CHAOSENSE_NCCL
    if (nccl_ && tensor.is_cuda()) return SumBy(*nccl_, tensor);
#endif
    at::Tensor on_cpu = tensor.to(at::kCPU);  // itself where it is there already
    SumBy(*gloo_, on_cpu);
    if (!tensor.is_cpu()) tensor.copy_(on_cpu);
  }

 private:
  template <typename Group>
  static void SumBy(Group& group, const at::Tensor& tensor) {
    std::vector<at::Tensor> tensors = {tensor};
    group.allreduce(tensors)->wait();
  }

  c10::intrusive_ptr<c10d::TCPStore> store_;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo_;
#ifdef CHAOSENSE_NCCL
  c10::intrusive_ptr<c10d::ProcessGroupNCCL> nccl_;
#endif
};

#else

class RankGroup::Backend {
 public:
  Backend(const RankLayout&, const at::Device&) {
    throw ConfigError(
        "--ranks: this build trains in one process only; install libgloo-dev (or a LibTorch with "
        "Gloo's headers) and configure again");
  }
  void Sum(const at::Tensor&) {}
};

#endif

RankGroup::RankGroup() = default;
RankGroup::~RankGroup() = default;
RankGroup::RankGroup(RankGroup&&) noexcept = default;

RankGroup::RankGroup(const RankLayout& layout, const at::Device& device) : layout_(layout) {
  if (layout.size == 1) return;
  try {
    backend_ = std::make_unique<Backend>(layout, device);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    throw RunError("rank {} of {}: cannot meet the others at {}:{}: {}",
                   layout.rank,
                   layout.size,
                   layout.host,
                   layout.port,
                   error.what());
  }
}

void RankGroup::Average(const std::vector<at::Tensor>& tensors) const {
  if (size() == 1) return;
  std::vector<at::Tensor> parts;
  for (const at::Tensor& tensor : tensors) parts.push_back(tensor.reshape({-1}));
  at::Tensor flat = at::cat(parts);  // one message instead of many
  try {
    backend_->Sum(flat);
  } catch (const std::exception& error) {
    throw RunError("rank {} of {}: another rank is gone: {}", rank(), size(), error.what());
  }
  flat.div_(size());
  int64_t begin = 0;
  for (at::Tensor tensor : tensors) {
    tensor.copy_(flat.slice(0, begin, begin + tensor.numel()).view_as(tensor));
    begin += tensor.numel();
  }
}

bool RankGroup::Any(bool mine) const {
  if (size() == 1) return mine;
  const at::Tensor flag = at::full({1}, mine ? 1.0 : 0.0);
  Average({flag});
  return flag.item<float>() > 0;
}

}  // namespace chaosense
