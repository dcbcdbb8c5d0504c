#include "core/training/closed_form.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>

#include "core/base/error.h"
#include "core/training/principal_components.h"

namespace chaosense {

at::Tensor LoadBatch(const BlockDataset& dataset, const std::vector<BatchOrder::Item>& items) {
  at::Tensor batch = at::empty(
      {static_cast<int64_t>(items.size()), dataset.channels(), dataset.side(), dataset.side()});
  float* out = batch.data_ptr<float>();
  for (const BatchOrder::Item& item : items) {
    dataset.Extract(item.block, item.dihedral, {out, dataset.block_values()});
    out += dataset.block_values();
  }
  return batch;
}

namespace {

// The blocks of batch i: [blocks, channels, 33, 33].
at::Tensor LoadBlocks(const BlockDataset& dataset, BatchOrder& order, int64_t i) {
  constexpr int64_t kSide = kBlockSize;
  const at::Tensor crops = LoadBatch(dataset, order.Batch(i));
  const int64_t k = dataset.side() / kSide;
  return crops.view({-1, dataset.channels(), k, kSide, k, kSide})
      .permute({0, 2, 4, 1, 3, 5})
      .reshape({-1, dataset.channels(), kSide, kSide});
}

// How many batches of `batch` crops hold at least `blocks` blocks, or all there are.
int64_t BatchesFor(const BlockDataset& dataset, size_t blocks, size_t batch) {
  const size_t side = static_cast<size_t>(dataset.side() / kBlockSize);
  const size_t crops = std::min((blocks + side * side - 1) / (side * side), dataset.size());
  return static_cast<int64_t>(std::max<size_t>(1, (crops + batch - 1) / batch));
}

// `count` orthonormal rows, by descending variance, of blocks less 0.5.
MatrixRowF PrincipalComponents(const BlockDataset& dataset,
                               size_t blocks,
                               int count,
                               uint64_t seed) {
  constexpr size_t kBatch = 2048;
  const int64_t n = int64_t{dataset.channels()} * kBlockSize * kBlockSize;
  BatchOrder order(seed, dataset.size(), kBatch);
  const int64_t batches = BatchesFor(dataset, blocks, kBatch);
  at::Tensor gram = at::zeros({n, n});
  at::Tensor sum = at::zeros({n}, at::kDouble);
  double total = 0;
  for (int64_t i = 0; i < batches; ++i) {
    const at::Tensor x = LoadBlocks(dataset, order, i).reshape({-1, n}) - 0.5;
    gram.addmm_(x.t(), x);
    sum.add_(x.sum(0, /*keepdim=*/false, at::kDouble));
    total += static_cast<double>(x.size(0));
  }
  const at::Tensor mean = (sum / total).to(at::kFloat);
  gram = gram / total - at::outer(mean, mean);
  const Eigen::Map<const MatrixRowF> covariance(gram.data_ptr<float>(), n, n);
  return LeadingEigenvectors(covariance, count, seed);
}

}  // namespace

void StartInClosedForm(PictureNet& net,
                       const BlockDataset& dataset,
                       size_t blocks,
                       double ridge,
                       uint64_t seed,
                       const at::Device& device) {
  const torch::NoGradGuard no_grad;
  if (auto* block_net = dynamic_cast<BlockNet*>(&net)) {
    if (block_net->sampling() != nullptr) FitSampling(*block_net, dataset, blocks, seed);
    FitFullyConnected(*block_net, dataset, blocks, ridge, seed, device);
  }
  if (auto* principal = dynamic_cast<PrincipalStart*>(&net)) {
    const MatrixRowF rows =
        PrincipalComponents(dataset, blocks, static_cast<int>(principal->component_count()), seed);
    principal->SetComponents(
        at::from_blob(const_cast<float*>(rows.data()), {rows.rows(), rows.cols()}));
  }
}

void FitSampling(BlockNet& net, const BlockDataset& dataset, size_t blocks, uint64_t seed) {
  const torch::NoGradGuard no_grad;
  torch::nn::Linear* layer = net.sampling();
  CHAOSENSE_CHECK(layer != nullptr, "this network's measurement is not learned");
  const Shape code = net.measurement_shape();
  const MatrixRowF components =
      PrincipalComponents(dataset, blocks, static_cast<int>(code.size()), seed);
  const MatrixRowF rows =
      RotateTowards(components, ThumbnailOperator(code, dataset.channels(), kBlockSize));
  const Eigen::VectorXf bias = -0.5f * rows.rowwise().sum();
  (*layer)->weight.copy_(
      at::from_blob(const_cast<float*>(rows.data()), {rows.rows(), rows.cols()}));
  (*layer)->bias.copy_(at::from_blob(const_cast<float*>(bias.data()), {bias.size()}));
}

void FitFullyConnected(BlockNet& net,
                       const BlockDataset& dataset,
                       size_t blocks,
                       double ridge,
                       uint64_t seed,
                       const at::Device& device) {
  const torch::NoGradGuard no_grad;
  constexpr size_t kBatch = 512;
  const int64_t n = static_cast<int64_t>(net.measurement_shape().size());
  const int64_t outputs = int64_t{dataset.channels()} * kBlockSize * kBlockSize;
  const auto options = at::TensorOptions().dtype(at::kDouble).device(device);
  // Moments of (y, 1) with itself and with the targets.
  at::Tensor gram = at::zeros({n + 1, n + 1}, options);
  at::Tensor cross = at::zeros({n + 1, outputs}, options);
  BatchOrder order(seed, dataset.size(), kBatch);
  const int64_t batches = BatchesFor(dataset, blocks, kBatch);
  double count = 0;
  for (int64_t i = 0; i < batches; ++i) {
    const at::Tensor x = LoadBlocks(dataset, order, i).to(device);
    count += static_cast<double>(x.size(0));
    const at::Tensor y = net.Encode(x);
    at::Tensor target = x;
    if (const at::Tensor residual = net.Residual(y); residual.defined()) target = x - residual;
    const at::Tensor ones = at::ones({y.size(0), 1}, options);
    const at::Tensor y1 = at::cat({y.to(at::kDouble), ones}, 1);
    gram.add_(at::mm(y1.t(), y1));
    cross.add_(at::mm(y1.t(), target.reshape({-1, outputs}).to(at::kDouble)));
  }
  gram = (gram / count).cpu().contiguous();
  cross = (cross / count).cpu().contiguous();

  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Map<const Matrix> moments(gram.data_ptr<double>(), n + 1, n + 1);
  const Eigen::Map<const Matrix> targets(cross.data_ptr<double>(), n + 1, outputs);
  const Eigen::VectorXd mean = moments.col(n).head(n);
  const Eigen::RowVectorXd mean_target = targets.row(n);
  Matrix covariance = moments.topLeftCorner(n, n) - mean * mean.transpose();
  covariance.diagonal().array() += ridge * covariance.trace() / static_cast<double>(n) + 1e-12;
  const Matrix cross_covariance = targets.topRows(n) - mean * mean_target;
  const Eigen::LLT<Eigen::MatrixXd> factor{Eigen::MatrixXd(covariance)};
  if (factor.info() != Eigen::Success) {
    throw RunError(
        "closed-form start: the covariance of the measurements is singular; raise /ridge ({})",
        ridge);
  }
  const Matrix weights =
      factor.solve(Eigen::MatrixXd(cross_covariance)).transpose();  // outputs x n
  const Eigen::VectorXd bias = mean_target.transpose() - weights * mean;
  torch::nn::Linear& layer = net.fully_connected();
  layer->weight.copy_(
      at::from_blob(const_cast<double*>(weights.data()), {outputs, n}, at::kDouble));
  layer->bias.copy_(at::from_blob(const_cast<double*>(bias.data()), {outputs}, at::kDouble));
}

}  // namespace chaosense
