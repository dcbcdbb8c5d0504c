#include "core/nets/amx_weight_gradient.h"

#include "core/base/error.h"

#if defined(__x86_64__) && defined(__linux__)
#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <vector>
#endif

namespace chaosense {

#if defined(__x86_64__) && defined(__linux__)
namespace {

// A tile holds 16 rows of 64 bytes. One instruction multiplies 16 rows of 32 bfloat16 values with
// 16 rows of 16 pairs, adding to 16 x 16 floats.
constexpr int64_t kRows = 16;
constexpr int64_t kDepth = 32;
constexpr int64_t kChunk =
    16 * kDepth;  // positions whose operands stay in the nearest cache for all taps

int64_t RoundUp(int64_t value, int64_t step) { return (value + step - 1) / step * step; }

// All eight tiles: 16 rows of 64 bytes.
struct alignas(64) TileConfig {
  uint8_t palette = 1;
  uint8_t start_row = 0;
  uint8_t reserved[14] = {};
  uint16_t bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
  uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};
// In memory for good: GCC's _tile_loadconfig does not tell the compiler that it reads all of it.
constexpr TileConfig kTileConfig;

// The sum over positions runs along the rows of a padded picture, `stride` positions a row; both
// operands are laid out so once per picture, and a shift of the kernel is a shift of the first.
struct Layout {
  int64_t stride;     // padded width, even
  int64_t positions;  // height * stride, rounded up to kDepth
  int64_t in;         // channels, rounded up to 2 tiles of rows
  int64_t out;
  int64_t row;  // values of a row of the transposed input, with room for the largest shift
};

uint32_t Pair(const uint16_t* first, const uint16_t* second) {
  return static_cast<uint32_t>(*first) | static_cast<uint32_t>(*second) << 16;
}

// input of one picture -> [in][row]: channel by channel, positions in a row, zeros as padding. Two
// positions at a time, a store each.
void Transpose(const WeightGradientShape& s,
               const Layout& layout,
               const uint16_t* input,
               uint16_t* transposed) {
  const int64_t pad = s.dilation * (s.kernel / 2);
  const int64_t channels = s.in_channels;
  for (int64_t y = 0; y < s.height; ++y) {
    const uint16_t* source = input + y * s.width * channels;
    uint16_t* target = transposed + (y + pad) * layout.stride + pad;
    for (int64_t x = 0; x + 1 < s.width; x += 2) {
      const uint16_t* at = source + x * channels;
      for (int64_t c = 0; c < channels; ++c) {
        const uint32_t pair = Pair(at + c, at + channels + c);
        std::memcpy(target + c * layout.row + x, &pair, sizeof(pair));
      }
    }
    if (s.width % 2 != 0) {
      const int64_t x = s.width - 1;
      for (int64_t c = 0; c < channels; ++c) target[c * layout.row + x] = source[x * channels + c];
    }
  }
}

// output gradient of one picture -> [positions / 2][out]: neighbours in pairs.
void Interleave(const WeightGradientShape& s,
                const Layout& layout,
                const uint16_t* gradient,
                uint32_t* pairs) {
  const int64_t channels = s.out_channels;
  for (int64_t y = 0; y < s.height; ++y) {
    const uint16_t* source = gradient + y * s.width * channels;
    uint32_t* target = pairs + y * layout.stride / 2 * layout.out;
    for (int64_t x = 0; x + 1 < s.width; x += 2) {
      const uint16_t* at = source + x * channels;
      uint32_t* to = target + x / 2 * layout.out;
      for (int64_t c = 0; c < channels; ++c) to[c] = Pair(at + c, at + channels + c);
    }
    if (s.width % 2 != 0) {
      const int64_t x = s.width - 1;
      for (int64_t c = 0; c < channels; ++c)
        target[x / 2 * layout.out + c] = source[x * channels + c];
    }
  }
}

// sum[32][ld] (two by two tiles) += transposed rows x pairs.
__attribute__((target("amx-tile,amx-bf16"))) void MultiplyAdd(const uint16_t* transposed,
                                                              int64_t row,
                                                              const uint32_t* pairs,
                                                              int64_t out,
                                                              int64_t positions,
                                                              float* sum,
                                                              int64_t ld) {
  const auto row_bytes = static_cast<size_t>(row * 2);
  const auto pair_bytes = static_cast<size_t>(out * 4);
  const auto sum_bytes = static_cast<size_t>(ld * 4);
  _tile_loadd(0, sum, sum_bytes);
  _tile_loadd(1, sum + kRows, sum_bytes);
  _tile_loadd(2, sum + kRows * ld, sum_bytes);
  _tile_loadd(3, sum + kRows * ld + kRows, sum_bytes);
  for (int64_t p = 0; p < positions; p += kDepth) {
    const uint32_t* b = pairs + p / 2 * out;
    _tile_loadd(4, transposed + p, row_bytes);
    _tile_loadd(6, b, pair_bytes);
    _tile_loadd(7, b + kRows, pair_bytes);
    _tile_loadd(5, transposed + kRows * row + p, row_bytes);
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(1, 4, 7);
    _tile_dpbf16ps(2, 5, 6);
    _tile_dpbf16ps(3, 5, 7);
  }
  _tile_stored(0, sum, sum_bytes);
  _tile_stored(1, sum + kRows, sum_bytes);
  _tile_stored(2, sum + kRows * ld, sum_bytes);
  _tile_stored(3, sum + kRows * ld + kRows, sum_bytes);
}

__attribute__((target("amx-tile"))) void LoadTileConfig() { _tile_loadconfig(&kTileConfig); }
__attribute__((target("amx-tile"))) void ReleaseTiles() { _tile_release(); }

bool AskForAmx() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return false;
  constexpr unsigned kAmxBf16 = 1u << 22;
  constexpr unsigned kAmxTile = 1u << 24;
  if ((d & kAmxBf16) == 0 || (d & kAmxTile) == 0) return false;
  constexpr int kRequestPermission = 0x1023;  // ARCH_REQ_XCOMP_PERM
  constexpr int kTileData = 18;               // XFEATURE_XTILEDATA
  return syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
}

}  // namespace

bool HasAmxBf16() {
  static const bool has = AskForAmx();
  return has;
}

void AmxWeightGradient(const WeightGradientShape& s,
                       const uint16_t* input,
                       const uint16_t* output_gradient,
                       float* gradient) {
  CHAOSENSE_CHECK(HasAmxBf16() && s.kernel % 2 == 1 && s.dilation >= 1);
  const int64_t pad = s.dilation * (s.kernel / 2);
  Layout layout{};
  layout.stride = RoundUp(s.width + 2 * pad, 2);
  layout.positions = RoundUp(s.height * layout.stride, kDepth);
  layout.in = RoundUp(s.in_channels, 2 * kRows);
  layout.out = RoundUp(s.out_channels, 2 * kRows);
  layout.row = RoundUp(layout.positions + 2 * pad * (layout.stride + 1), kDepth);
  // Zeros stay where no picture value is ever written: padding, spare channels, spare positions.
  std::vector<uint16_t> transposed(static_cast<size_t>(layout.in * layout.row));
  std::vector<uint32_t> pairs(static_cast<size_t>(layout.positions / 2 * layout.out));
  const int64_t taps = s.kernel * s.kernel;
  std::vector<float> sums(static_cast<size_t>(taps * layout.in * layout.out));  // [tap][in][out]

  LoadTileConfig();
  for (int64_t n = 0; n < s.pictures; ++n) {
    const int64_t pixels = s.height * s.width;
    Transpose(s, layout, input + n * pixels * s.in_channels, transposed.data());
    Interleave(s, layout, output_gradient + n * pixels * s.out_channels, pairs.data());
    for (int64_t p = 0; p < layout.positions; p += kChunk) {
      const int64_t positions = std::min(kChunk, layout.positions - p);
      for (int64_t i = 0; i < layout.in; i += 2 * kRows) {
        for (int64_t o = 0; o < layout.out; o += 2 * kRows) {
          for (int64_t tap = 0; tap < taps; ++tap) {
            const int64_t shift = s.dilation * (tap / s.kernel * layout.stride + tap % s.kernel);
            MultiplyAdd(transposed.data() + i * layout.row + p + shift,
                        layout.row,
                        pairs.data() + p / 2 * layout.out + o,
                        layout.out,
                        positions,
                        sums.data() + (tap * layout.in + i) * layout.out + o,
                        layout.out);
          }
        }
      }
    }
  }
  ReleaseTiles();
  for (int64_t o = 0; o < s.out_channels; ++o) {
    for (int64_t tap = 0; tap < taps; ++tap) {
      for (int64_t i = 0; i < s.in_channels; ++i)
        gradient[(o * taps + tap) * s.in_channels + i] =
            sums[static_cast<size_t>((tap * layout.in + i) * layout.out + o)];
    }
  }
}

#else

bool HasAmxBf16() { return false; }

void AmxWeightGradient(const WeightGradientShape&, const uint16_t*, const uint16_t*, float*) {
  CHAOSENSE_CHECK(false, "no AMX on this system");
}

#endif

}  // namespace chaosense
