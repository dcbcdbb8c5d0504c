#include "core/nets/gaussian_net.h"

#include <utility>

#include "core/base/error.h"
#include "core/image/blocks.h"
#include "core/nets/description.h"
#include "core/sensing/measurement_matrix.h"

namespace chaosense {
namespace {

constexpr int64_t kSide = kBlockSize;
constexpr int64_t kPixels = kSide * kSide;

}  // namespace

GaussianLayout GaussianLayoutFromJson(const Json& description,
                                      const std::string& where,
                                      const std::vector<std::string>& options) {
  std::vector<std::string> known = {"name", "measurements", "matrix_seed", "transposed"};
  known.insert(known.end(), options.begin(), options.end());
  const DescriptionReader reader(description, where, known);
  GaussianLayout layout;
  layout.measurements =
      static_cast<int>(reader.Integer("measurements", layout.measurements, 1, kPixels));
  layout.matrix_seed = reader.Integer("matrix_seed", layout.matrix_seed, -1, INT64_MAX);
  layout.transposed = reader.Flag("transposed", layout.transposed);
  return layout;
}

GaussianNet::GaussianNet(std::string name, const GaussianLayout& layout)
    : name_(std::move(name)), layout_(layout) {
  phi_ = register_buffer("phi", at::zeros({layout.measurements, kPixels}));
  fully_connected_ = register_module("fc", torch::nn::Linear(layout.measurements, kPixels));
  if (layout.matrix_seed >= 0) {
    const MatrixRowF phi = OrthonormalGaussian(
        layout.measurements, static_cast<int>(kPixels), static_cast<uint64_t>(layout.matrix_seed));
    set_phi(at::from_blob(const_cast<float*>(phi.data()), {phi.rows(), phi.cols()}));
  }
}

void GaussianNet::set_phi(const at::Tensor& phi) {
  CHAOSENSE_CHECK(phi.sizes() == phi_.sizes());
  const torch::NoGradGuard no_grad;
  phi_.copy_(phi);
}

at::Tensor GaussianNet::PhiAsSeen() const {
  if (!layout_.transposed) return phi_;
  return phi_.view({-1, kSide, kSide}).transpose(1, 2).reshape({-1, kPixels});
}

at::Tensor GaussianNet::Encode(const at::Tensor& blocks) {
  return at::linear(blocks.reshape({-1, kPixels}), phi_);
}

at::Tensor GaussianNet::Decode(const at::Tensor& measurements) {
  const at::Tensor estimate = fully_connected_->forward(measurements).view({-1, 1, kSide, kSide});
  const at::Tensor x = Refine(estimate, measurements);
  return layout_.transposed ? x.transpose(2, 3) : x;
}

Json GaussianNet::Description() const {
  return {{"name", name_},
          {"measurements", layout_.measurements},
          {"matrix_seed", layout_.matrix_seed},
          {"transposed", layout_.transposed}};
}

int64_t GaussianNet::MacsPerBlock() const {
  return phi_.numel() + fully_connected_->weight.numel() + RefinementMacs();
}

}  // namespace chaosense
