// The network ReconNet (Kulkarni et al., CVPR 2016, arXiv 1601.06892). Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_RECONNET_NET_H_
#define CHAOSENSE_CORE_NETS_RECONNET_NET_H_

#include <memory>
#include <string>
#include <vector>

#include "core/nets/block_net.h"

namespace chaosense {

// Gray blocks: y = Phi x; fc -> 1 x 33 x 33 -> twice {conv 11x11 to 64, ReLU, 1x1 to 32, ReLU, 7x7
// to 1}, with a ReLU between the two and none at the end (layers of ReconNet_arch.prototxt).
struct ReconnetLayout {
  int measurements = 272;
  // Phi is OrthonormalGaussian(measurements, 1089, matrix_seed); negative: zero until set_phi.
  int64_t matrix_seed = 0;
  // The published weights see blocks column by column: their network's picture is ours transposed.
  bool transposed = false;
};

// Phi [measurements, 1089], for row-major blocks, is a fixed buffer. The convolutions begin near
// the identity, so that training starts from what the fully connected layer gives.
class ReconnetNet : public BlockNet {
 public:
  ReconnetNet(const ReconnetLayout& layout, uint64_t seed);

  void set_phi(const at::Tensor& phi);  // float, row-major blocks

  at::Tensor Encode(const at::Tensor& blocks) override;
  at::Tensor Decode(const at::Tensor& measurements) override;
  int channels() const override { return 1; }
  Shape measurement_shape() const override { return Shape{1, 1, layout_.measurements}; }
  Json Description() const override;
  int64_t MacsPerBlock() const override;
  torch::nn::Linear* sampling() override { return nullptr; }
  torch::nn::Linear& fully_connected() override { return fully_connected_; }
  at::Tensor Residual(const at::Tensor&) override { return {}; }

  // Layers in order: fc, then (11x11, 1x1, 7x7) twice; the caffe names of the published files are
  // set against these.
  torch::nn::Conv2d& convolution(size_t index) { return convolutions_.at(index); }

 private:
  ReconnetLayout layout_;
  at::Tensor phi_;
  torch::nn::Linear fully_connected_{nullptr};
  std::vector<torch::nn::Conv2d> convolutions_;
};

// Throws Error(kConfig) beginning with `where`.
ReconnetLayout ReconnetLayoutFromJson(const Json& description, const std::string& where);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_RECONNET_NET_H_
