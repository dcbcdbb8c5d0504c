// What training and inference need of a network that senses and reconstructs pictures.
// Internal to core/nets and core/training (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_PICTURE_NET_H_
#define CHAOSENSE_CORE_NETS_PICTURE_NET_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/image.h"
#include "core/nets/torch.h"

namespace chaosense {

class PictureNet : public torch::nn::Module {
 public:
  // pictures [N, channels(), 33 a, 33 b] in [0, 1] -> measurements [N, a, b, m],
  // m = measurement_shape().size().
  virtual at::Tensor Sense(const at::Tensor& pictures) = 0;
  // The inverse direction; the result is not clipped.
  virtual at::Tensor Reconstruct(const at::Tensor& measurements) = 0;

  virtual int channels() const = 0;
  // Of one 33 x 33 block.
  virtual Shape measurement_shape() const = 0;
  virtual Json Description() const = 0;      // enough for MakeNet to build it again
  virtual int64_t MacsPerBlock() const = 0;  // sensing and reconstruction of one block
  virtual std::string FileStem() const;      // of its weights: "reconnet_272"

  // Networks of several sampling rates with one set of weights: the numbers of measurements a block
  // they are trained for, descending. Empty: one rate only.
  virtual std::vector<int> measurement_counts() const { return {}; }
  // Chooses how many measurements a block Sense gives; 1 .. the largest of measurement_counts().
  virtual void set_measurement_count(int count);

  // Parameters that begin at a closed-form optimum: they learn at a lower rate.
  virtual std::vector<at::Tensor> closed_form_parameters() { return {}; }

  // Convolutions run in this type (kFloat, or kBFloat16); parameters stay float.
  void set_convolution_type(at::ScalarType type) { convolution_type_ = type; }
  at::ScalarType convolution_type() const { return convolution_type_; }

 protected:
  // Stride 1, same size: padding is dilation * (kernel / 2).
  at::Tensor Convolve(const torch::nn::Conv2d& layer, const at::Tensor& x) const;
  // In the convolutions' type; channels last, which is what the low-precision ones are fast in.
  at::Tensor Format(const at::Tensor& x) const;
  at::ScalarType convolution_type_ = at::kFloat;
};

// A network whose linear sensing of gray blocks starts from principal components.
class PrincipalStart {
 public:
  virtual ~PrincipalStart() = default;
  virtual int64_t component_count() const = 0;
  // rows [component_count(), 1089]: orthonormal, by descending variance, of blocks less 0.5.
  virtual void SetComponents(const at::Tensor& rows) = 0;
};

// Builds the network a description names ({"name": "fclbcnn", ...}) with parameters drawn from
// `seed`. Throws Error(kConfig) beginning with `where`.
std::shared_ptr<PictureNet> MakeNet(const Json& description,
                                    uint64_t seed,
                                    const std::string& where);

// Multiply-accumulates of a convolution whose output has `positions` pixels.
int64_t ConvolutionMacs(const torch::nn::Conv2d& layer, int64_t positions);
int64_t ParameterCount(const torch::nn::Module& module);

// Fan-in scaled Gaussian weights (He et al. 2015) times `gain`, zero biases, from a stream of the
// project.
void InitialiseGaussian(torch::nn::Module& module, uint64_t seed, double gain);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_PICTURE_NET_H_
