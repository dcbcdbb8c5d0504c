// KLT-Net, the network of this project: learned linear sensing that starts from the Karhunen-Loeve
// transform (PCA) of 33 x 33 blocks, and a whole-picture unrolled reconstruction. Internal
// (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_KLT_NET_H_
#define CHAOSENSE_CORE_NETS_KLT_NET_H_

#include <memory>
#include <string>
#include <vector>

#include "core/nets/picture_net.h"

namespace chaosense {

// Sensing: y = Phi_m (block - 0.5), the first m rows of one learned matrix, so that with several
// rates a lower one is the beginning of a higher one. Reconstruction of the whole picture, in cells
// of 3 x 3 pixels:
//   z_0 = Psi_m' y (the closed-form estimate);   h_0 = conv(z_0);   s_m: its error, about
//   phase k: h += conv(Psi_m' (y - Phi_m z_k))   what the measurements still miss (from phase 2 on)
//            h += conv(relu(conv(h)))            `blocks` times, gated by the rate
//            z_k+1 = z_k + s_m conv(relu(h))
// All convolutions 3x3; sense and Psi act on blocks, convolutions run across their borders.
struct KltLayout {
  std::string size = "small";       // names the weight file
  std::vector<int> counts = {272};  // measurements a block it is trained for, descending
  int features = 64;
  int phases = 3;
  int blocks = 2;                    // residual pairs a phase
  bool measurement_residual = true;  // ablation: false feeds z_k again instead of the residual
  bool whole_picture = true;         // ablation: false keeps convolutions inside blocks
};

class KltNet : public PictureNet, public PrincipalStart {
 public:
  KltNet(const KltLayout& layout, uint64_t seed);

  at::Tensor Sense(const at::Tensor& pictures) override;
  at::Tensor Reconstruct(const at::Tensor& measurements) override;
  int channels() const override { return 1; }
  Shape measurement_shape() const override { return Shape{1, 1, static_cast<int>(count_)}; }
  Json Description() const override;
  int64_t MacsPerBlock() const override;
  std::string FileStem() const override { return "klt_net_" + layout_.size; }
  std::vector<int> measurement_counts() const override { return layout_.counts; }
  void set_measurement_count(int count) override;
  std::vector<at::Tensor> closed_form_parameters() override { return {phi_, psi_}; }

  int64_t component_count() const override { return phi_.size(0); }
  void SetComponents(const at::Tensor& rows) override;

 private:
  at::Tensor Estimate(const at::Tensor& measurements) const;  // Psi' y as pictures
  // Interpolated in log count between the trained ones: [phases * blocks, 2, 1, features, 1, 1].
  at::Tensor GatesFor(int64_t count) const;
  at::Tensor Trunk(const at::Tensor& measurements, at::Tensor picture);

  KltLayout layout_;
  int64_t count_ = 0;
  at::Tensor phi_;  // [largest count, 1089]
  at::Tensor psi_;
  torch::nn::Conv2d head_{nullptr};
  std::vector<torch::nn::Conv2d> inject_, first_, second_, out_;
  // Factor less 1 and summand of every feature, for each trained number of measurements.
  at::Tensor gates_;  // [counts, phases * blocks, 2, features]
};

// Throws Error(kConfig) beginning with `where`.
std::shared_ptr<PictureNet> MakeKltNet(const Json& description,
                                       uint64_t seed,
                                       const std::string& where);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_KLT_NET_H_
