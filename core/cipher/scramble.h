// Sliding scrambling, S1 (OUR INTERPRETATION of the paper's Fig. 1, of which only the title is
// known): every row slides right by its own keyed step, then every column slides down by its own, R
// rounds. It moves bytes and changes none.
//
// Channels are stacked: the image is one matrix of channels * height rows and width columns, so
// columns carry bytes from channel to channel. The sliding is periodic, so steps are 1 .. width - 1
// (rows) and 1 .. channels * height - 1 (columns); a row of one byte or a column of one byte stays
// as it is.
#ifndef CHAOSENSE_CORE_CIPHER_SCRAMBLE_H_
#define CHAOSENSE_CORE_CIPHER_SCRAMBLE_H_

#include <cstdint>
#include <vector>

#include "core/chaos/keystream.h"
#include "core/image/image.h"

namespace chaosense {

struct SlideSteps {
  std::vector<std::vector<uint32_t>> rows;     // [round][row]
  std::vector<std::vector<uint32_t>> columns;  // [round][column]
};

// Draws, round by round, one real a row and then one a column: step = 1 + floor(s 10^14) mod (width
// - 1). Nothing is drawn for a direction that cannot move.
SlideSteps DrawSlideSteps(Keystream& keystream, Shape shape, int rounds);

void Scramble(ImageU8& image, const SlideSteps& steps);
void Unscramble(ImageU8& image, const SlideSteps& steps);  // the inverse

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_SCRAMBLE_H_
