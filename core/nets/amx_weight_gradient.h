// The gradient of a 3x3 (or any odd, same-padded, stride-1) convolution by its weights in bfloat16,
// on processors with AMX. LibTorch's own takes 2/3 of a training step on such processors
// (oneDNN 2.6: 13 ms where the forward convolution takes 1.3 ms); this one takes about as long as
// the forward convolution. Elsewhere it is not available and LibTorch's is used.
#ifndef CHAOSENSE_CORE_NETS_AMX_WEIGHT_GRADIENT_H_
#define CHAOSENSE_CORE_NETS_AMX_WEIGHT_GRADIENT_H_

#include <cstdint>

namespace chaosense {

struct WeightGradientShape {
  int64_t pictures;
  int64_t height;
  int64_t width;
  int64_t in_channels;
  int64_t out_channels;
  int64_t kernel;    // odd
  int64_t dilation;  // 1: dense
};

// Whether this processor has AMX tiles for bfloat16 and the system lets this process use them.
bool HasAmxBf16();

// input [pictures, height, width, in_channels], output_gradient [..., out_channels]: bfloat16 bits,
// contiguous (channels last). Writes gradient [out_channels, kernel, kernel, in_channels], float.
// Needs HasAmxBf16(). Single-threaded; the same bytes every time.
void AmxWeightGradient(const WeightGradientShape& shape,
                       const uint16_t* input,
                       const uint16_t* output_gradient,
                       float* gradient);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_AMX_WEIGHT_GRADIENT_H_
