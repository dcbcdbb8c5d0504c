// What networks share that measure gray blocks with a fixed random matrix: y = Phi x, then a fully
// connected layer to 33 x 33 and a refinement of its picture. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_GAUSSIAN_NET_H_
#define CHAOSENSE_CORE_NETS_GAUSSIAN_NET_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/nets/block_net.h"
#include "core/sensing/measurement_matrix.h"

namespace chaosense {

struct GaussianLayout {
  int measurements = 272;
  // Phi is OrthonormalGaussian(measurements, 1089, matrix_seed); negative: zero until set_phi.
  int64_t matrix_seed = kDefaultMatrixSeed;
  // Some published weights see blocks column by column: their network's picture is ours transposed.
  bool transposed = false;
};

// Reads "measurements", "matrix_seed", "transposed"; `options` are further keys that the network
// reads itself. Throws Error(kConfig) beginning with `where`.
GaussianLayout GaussianLayoutFromJson(const Json& description,
                                      const std::string& where,
                                      const std::vector<std::string>& options = {});

// Phi [measurements, 1089], for row-major blocks, is a fixed buffer and not part of weight files.
class GaussianNet : public BlockNet {
 public:
  void set_phi(const at::Tensor& phi);  // float, row-major blocks

  at::Tensor Encode(const at::Tensor& blocks) final;
  at::Tensor Decode(const at::Tensor& measurements) final;
  int channels() const final { return 1; }
  Shape measurement_shape() const final { return Shape{1, 1, layout_.measurements}; }
  Json Description() const override;
  int64_t MacsPerBlock() const final;
  torch::nn::Linear* sampling() final { return nullptr; }
  torch::nn::Linear& fully_connected() final { return fully_connected_; }
  at::Tensor Residual(const at::Tensor&) final { return {}; }

 protected:
  GaussianNet(std::string name, const GaussianLayout& layout);

  // estimate [N, 1, 33, 33] by the fully connected layer (module "fc") from measurements [N, m] ->
  // reconstruction of the same shape, float. Both as the network sees blocks: see `transposed`.
  virtual at::Tensor Refine(const at::Tensor& estimate, const at::Tensor& measurements) = 0;
  virtual int64_t RefinementMacs() const = 0;  // of one block

  // [m, 1089] for blocks as the network sees them.
  at::Tensor PhiAsSeen() const;

 private:
  std::string name_;
  GaussianLayout layout_;
  at::Tensor phi_;
  torch::nn::Linear fully_connected_{nullptr};
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_GAUSSIAN_NET_H_
