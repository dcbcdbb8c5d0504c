// Networks that sense and reconstruct every 33 x 33 block by itself. Internal to core/nets and
// core/training (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_BLOCK_NET_H_
#define CHAOSENSE_CORE_NETS_BLOCK_NET_H_

#include "core/nets/picture_net.h"

namespace chaosense {

class BlockNet : public PictureNet {
 public:
  // blocks [N, channels(), 33, 33] in [0, 1] -> measurements [N, measurement_shape().size()].
  virtual at::Tensor Encode(const at::Tensor& blocks) = 0;
  // The inverse direction; the result is not clipped.
  virtual at::Tensor Decode(const at::Tensor& measurements) = 0;

  // The linear layer of the encoder, rows over channel-major blocks; null if the measurement is
  // fixed.
  virtual torch::nn::Linear* sampling() = 0;
  // The fully connected layer of the decoder that closed-form regression initialises, and what the
  // rest of the decoder adds to its output: x = fc(y) + Residual(y). Residual is an undefined
  // tensor if the layer is not additive.
  virtual torch::nn::Linear& fully_connected() = 0;
  virtual at::Tensor Residual(const at::Tensor& measurements) = 0;

  at::Tensor Sense(const at::Tensor& pictures) final;
  at::Tensor Reconstruct(const at::Tensor& measurements) final;
  std::vector<at::Tensor> closed_form_parameters() override;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_BLOCK_NET_H_
