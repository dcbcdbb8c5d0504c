// What training and inference need of a network that senses and reconstructs 33 x 33 blocks.
// Internal to core/nets and core/training (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_BLOCK_NET_H_
#define CHAOSENSE_CORE_NETS_BLOCK_NET_H_

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/json.h"
#include "core/image/image.h"
#include "core/nets/torch.h"

namespace chaosense {

class BlockNet : public torch::nn::Module {
 public:
  // blocks [N, channels(), 33, 33] in [0, 1] -> measurements [N, measurement_shape().size()].
  virtual at::Tensor Encode(const at::Tensor& blocks) = 0;
  // The inverse direction; the result is not clipped.
  virtual at::Tensor Decode(const at::Tensor& measurements) = 0;

  virtual int channels() const = 0;
  virtual Shape measurement_shape() const = 0;
  virtual Json Description() const = 0;  // enough for MakeBlockNet to build it again
  virtual int64_t MacsPerBlock() const = 0;

  // The linear layer of the encoder, rows over channel-major blocks; null if the measurement is
  // fixed.
  virtual torch::nn::Linear* sampling() = 0;
  // The fully connected layer of the decoder that closed-form regression initialises, and what the
  // rest of the decoder adds to its output: x = fc(y) + Residual(y). Residual is an undefined
  // tensor if the layer is not additive.
  virtual torch::nn::Linear& fully_connected() = 0;
  virtual at::Tensor Residual(const at::Tensor& measurements) = 0;

  // Convolutions run in this type (kFloat, or kBFloat16 in training); parameters stay float.
  void set_convolution_type(at::ScalarType type) { convolution_type_ = type; }

 protected:
  at::Tensor Convolve(const torch::nn::Conv2d& layer, const at::Tensor& x) const;
  at::ScalarType convolution_type_ = at::kFloat;
};

// Builds the network a description names ({"name": "fclbcnn" | "reconnet", ...}) with parameters
// drawn from `seed`. Throws Error(kConfig) beginning with `where`.
std::shared_ptr<BlockNet> MakeBlockNet(const Json& description,
                                       uint64_t seed,
                                       const std::string& where);

// Multiply-accumulates of a convolution whose output has `positions` pixels.
int64_t ConvolutionMacs(const torch::nn::Conv2d& layer, int64_t positions);
int64_t ParameterCount(const torch::nn::Module& module);

// Fan-in scaled Gaussian weights (He et al. 2015) times `gain`, zero biases, from a stream of the
// project.
void InitialiseGaussian(torch::nn::Module& module, uint64_t seed, double gain);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_BLOCK_NET_H_
