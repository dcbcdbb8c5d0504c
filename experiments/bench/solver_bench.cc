// Speed of the inner steps of the iterative solvers, one thread: shrinking the groups of NLR-CS
// with and without new singular vectors, matching patches, BM3D, one block of the published
// protocol. Measures; asserts nothing.
#include <benchmark/benchmark.h>

#include <cmath>

#include "core/base/random.h"
#include "core/solvers/block_operator.h"
#include "core/solvers/bm3d.h"
#include "core/solvers/low_rank.h"
#include "core/solvers/nlr.h"
#include "core/solvers/patch_groups.h"

namespace chaosense {
namespace {

// A picture-like plane, 0..255: waves, a disc, noise of standard deviation `sigma`.
std::vector<float> Plane(int side, double sigma) {
  RandomStream random("solver bench");
  std::vector<float> plane(static_cast<size_t>(side * side));
  for (int r = 0; r < side; ++r) {
    for (int c = 0; c < side; ++c) {
      const bool disc = std::hypot(r - side / 2, c - side / 2) < side / 4;
      plane[static_cast<size_t>(r * side + c)] = static_cast<float>(
          (disc ? 180 : 90 + 60 * std::sin(0.3 * r) * std::cos(0.2 * c)) + sigma * random.Normal());
    }
  }
  return plane;
}

std::vector<float> Groups(int count) {
  RandomStream random("solver bench groups");
  std::vector<float> groups(static_cast<size_t>(count * kGroupFloats), 0.0f);
  for (int k = 0; k < count * kGroupRows; ++k) {
    if (k % kGroupRows >= kGroup) continue;
    for (int i = 0; i < kEigenSize; ++i) {
      groups[static_cast<size_t>(k * kEigenStride + i)] =
          static_cast<float>(100 + 20 * std::sin(0.2 * i + k % 4) + 4 * random.Normal());
    }
  }
  return groups;
}

void BasesOfGroups(benchmark::State& state) {
  const std::vector<float> groups = Groups(kEigenBatch);
  std::vector<float> bases(kEigenBatch * kBasisFloats);
  for (auto _ : state) {
    std::vector<float> destroyed = groups;
    GroupBases(destroyed.data(), kEigenBatch, bases.data());
    benchmark::DoNotOptimize(bases.data());
  }
  state.SetItemsProcessed(kEigenBatch * state.iterations());
}
BENCHMARK(BasesOfGroups);

void ShrinkOneGroup(benchmark::State& state) {
  const std::vector<float> group = Groups(1);
  std::vector<float> centred = group;
  std::vector<float> basis(kBasisFloats);
  GroupBases(centred.data(), 1, basis.data());
  for (auto _ : state) {
    std::vector<float> patches = group;
    benchmark::DoNotOptimize(ShrinkGroup(patches.data(), {0, 200}, basis.data()));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ShrinkOneGroup);

void MatchOneRow(benchmark::State& state) {
  constexpr int kSide = 264;
  const std::vector<float> plane = Plane(kSide, 10);
  const std::vector<int> xs = ReferencePositions(kSide);
  std::vector<int32_t> groups(xs.size() * kGroup);
  for (auto _ : state) {
    MatchPatches(plane, kSide, kSide, 100, xs, groups);
    benchmark::DoNotOptimize(groups.data());
  }
  state.SetItemsProcessed(static_cast<int64_t>(xs.size()) * state.iterations());
}
BENCHMARK(MatchOneRow);

// One of the 64 blocks of a 256 x 256 picture: an outer iteration of 15 inner ones.
void NlrBlock(benchmark::State& state) {
  auto phi = std::make_shared<const MatrixRowF>(OrthonormalGaussian(272, 1089, 0));
  const BlockOperator op(phi, {1, 1});
  const std::vector<float> truth = Plane(kBlockSize, 0);
  std::vector<float> y(272);
  op.Apply(truth, y);
  NlrOptions options = NlrOptionsForTableRate(0.05);
  options.outer = 1;
  for (auto _ : state) {
    Trace trace;
    benchmark::DoNotOptimize(SolveNlr(op, y, Plane(kBlockSize, 20), options, 1, trace));
  }
}
BENCHMARK(NlrBlock)->Unit(benchmark::kMillisecond);

void Bm3dPlane(benchmark::State& state) {
  const int side = static_cast<int>(state.range(0));
  const auto sigma = static_cast<float>(state.range(1));
  const std::vector<float> noisy = Plane(side, sigma);
  std::vector<float> denoised(noisy.size());
  const Bm3d bm3d(Bm3dProfile::kNormal);
  for (auto _ : state) {
    bm3d.Denoise(noisy, side, side, sigma, 1, denoised);
    benchmark::DoNotOptimize(denoised.data());
  }
  state.SetItemsProcessed(static_cast<int64_t>(noisy.size()) * state.iterations());
}
BENCHMARK(Bm3dPlane)
    ->ArgNames({"side", "sigma"})
    ->Args({33, 25})
    ->Args({33, 60})
    ->Args({256, 25})
    ->Args({256, 60})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chaosense
