// BM3D, image denoising by sparse 3-D transform-domain collaborative filtering: Dabov, Foi,
// Katkovnik, Egiazarian, IEEE TIP 16 (2007) 2080; also Lebrun, IPOL 2 (2012) 175.
//
// Stage 1: around every reference block the most similar blocks of the noisy image form a group; a
// 3-D transform (biorthogonal spline wavelet 1.5 of the block, Haar across the group), hard
// threshold, inverse; the blocks are put back with weight 1 / (coefficients kept) under a Kaiser
// window. Stage 2: the same with groups found in the result of stage 1, DCT of the block, and the
// empirical Wiener filter B^2 / (B^2 + sigma^2), B the coefficients of stage 1's result.
#ifndef CHAOSENSE_CORE_SOLVERS_BM3D_H_
#define CHAOSENSE_CORE_SOLVERS_BM3D_H_

#include "core/solvers/denoiser.h"

namespace chaosense {

// How one stage finds its groups.
struct Bm3dStage {
  int block;           // side of a block: 8 or 11
  int step;            // from one reference block to the next, pixels
  int max_similar;     // blocks of a group at most, a power of two, <= 32
  int window;          // side of the search window, odd, <= 47
  float max_distance;  // mean squared difference above which a block is not similar, 0..255^2
};

struct Bm3dParameters {
  Bm3dStage hard;
  Bm3dStage wiener;
  float threshold;  // of stage 1, in units of sigma
};

enum class Bm3dProfile {
  kNormal,        // "np"; above sigma = 40 the parameters for strong noise, "vn"
  kLowComplexity  // "lc"
};

// The published parameters of a profile.
Bm3dParameters Bm3dParametersFor(Bm3dProfile profile, float sigma);

class Bm3d : public Denoiser {
 public:
  explicit Bm3d(Bm3dProfile profile) : profile_(profile) {}

  // Planes from 8 x 8 pixels; where "vn" asks for 11 x 11 blocks and a side is shorter, 8 x 8.
  // Profile by the root mean square of sigma; a group takes the mean variance at the centres of its
  // blocks. Rows of reference blocks are shared among the threads.
  void DenoiseVarying(std::span<const float> noisy,
                      int height,
                      int width,
                      std::span<const float> sigma,
                      int threads,
                      std::span<float> denoised) const override;
  int64_t macs(int height, int width) const override;

 private:
  Bm3dProfile profile_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_BM3D_H_
