// Block matching: the blocks of an image most similar to a reference block.
#ifndef CHAOSENSE_CORE_SOLVERS_BM3D_MATCHING_H_
#define CHAOSENSE_CORE_SOLVERS_BM3D_MATCHING_H_

#include <array>

#include "core/solvers/bm3d.h"
#include "core/solvers/bm3d_transform.h"

namespace chaosense {

inline constexpr int kMaxSimilar = 32;
inline constexpr int kMaxWindow = 47;

struct BlockMatch {
  int row;  // of the upper left corner
  int column;
  float distance;  // sum of squared differences
};

struct BlockGroup {
  std::array<BlockMatch, kMaxSimilar> matches;  // by increasing distance; [0] is the reference
  int count;                                    // a power of two
};

// Searches the window around (row, column), as far as blocks lie inside the plane, exhaustively.
// Equal distances: the first in row order wins.
BlockGroup FindSimilar(const PaddedPlane& plane, const Bm3dStage& stage, int row, int column);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_BM3D_MATCHING_H_
