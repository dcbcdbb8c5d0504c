// Shannon entropy of bytes, and what it is for ideal (uniform, independent) bytes: a finite
// ciphertext cannot reach 8 bit, so its entropy is judged against the exact mean and standard
// deviation for its own length.
#ifndef CHAOSENSE_CORE_METRICS_ENTROPY_H_
#define CHAOSENSE_CORE_METRICS_ENTROPY_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/image/image.h"

namespace chaosense {

// -sum p log2 p over the 256 byte values, in bit; in [0, 8]. NaN for no bytes.
double ShannonEntropy(std::span<const uint8_t> bytes);

struct EntropyModel {
  double mean = 0;
  double sd = 0;
};

// Of the entropy of `count` uniform independent bytes: exact multinomial sums up to 2^20 bytes,
// beyond that the asymptotic mean 8 - 255 / (2 N ln 2) - 65535 / (12 N^2 ln 2) and sd sqrt(510) /
// (2 N ln 2). count >= 1.
EntropyModel IdealEntropy(int64_t count);

// (entropy - mean) / sd for `count` bytes.
double EntropyZ(double entropy, int64_t count);

// Local Shannon entropy (Wu et al., Inf. Sci. 222 (2013) 323): the mean entropy of `blocks`
// randomly placed blocks.
enum class BlockPlacement {
  kRuns,            // disjoint runs of side^2 consecutive bytes; needs no shape
  kSquares,         // disjoint side x side squares of the channels, on a grid with a random offset
  kOverlapping,     // side x side squares anywhere, independently drawn: they may overlap
  kOverlappingRuns  // runs of side^2 consecutive bytes anywhere
};

struct LocalEntropyOptions {
  int blocks = 30;
  int side = 44;  // 44 x 44 = 1936 bytes, the literature's choice
  BlockPlacement placement = BlockPlacement::kRuns;
};

// How many blocks fit: floor(bytes / side^2) runs, or floor(height / side) floor(width / side)
// squares a channel. Overlapping placements: no limit (INT_MAX) if at least one fits, else 0.
int LocalEntropyCapacity(Shape shape, int side, BlockPlacement placement);

struct LocalEntropy {
  double mean = 0;             // bit
  std::vector<double> values;  // one for each block
};

// Throws Error(kConfig) if the blocks do not fit, naming how many do.
LocalEntropy MeasureLocalEntropy(const ImageU8& bytes,
                                 const LocalEntropyOptions& options,
                                 RandomStream& random);

struct Interval {
  double low = 0;
  double high = 0;
  bool Contains(double value) const { return low <= value && value <= high; }
};

// Two-sided bounds of level `alpha` for the mean of `blocks` disjoint blocks of `block_bytes`: the
// block mean -+ z sd / sqrt(blocks).
Interval LocalEntropyBounds(int blocks, int block_bytes, double alpha);

// As printed in Wu et al. and in the papers after it: -+ z sd / blocks. Too narrow by sqrt(blocks);
// of truly random data only 29 % fall inside the 0.05 bounds of 30 blocks. For comparison with
// published tables only.
Interval PublishedLocalEntropyBounds(int blocks, int block_bytes, double alpha);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_ENTROPY_H_
