// CumulativeSums (section 2.13): the walk of +1 and -1, taken eight steps at a time.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/randomness/sp800_22.h"

namespace chaosense {
namespace {

struct ByteWalk {
  int8_t end = 0;
  int8_t low = 0;  // of the eight partial sums
  int8_t high = 0;
};

std::array<ByteWalk, 256> MakeByteWalks() {
  std::array<ByteWalk, 256> walks;
  for (int byte = 0; byte < 256; ++byte) {
    ByteWalk walk{0, 8, -8};
    for (int bit = 0; bit < 8; ++bit) {
      walk.end = static_cast<int8_t>(walk.end + ((byte >> bit & 1) != 0 ? 1 : -1));
      walk.low = std::min(walk.low, walk.end);
      walk.high = std::max(walk.high, walk.end);
    }
    walks[static_cast<size_t>(byte)] = walk;
  }
  return walks;
}

double Phi(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

// P(max |S_k| >= z), the sums of section 3.13 with the limits of k as the document writes them.
double PValue(int64_t z, int64_t n) {
  const double root = std::sqrt(static_cast<double>(n));
  const auto term = [&](int64_t factor) { return Phi(static_cast<double>(factor * z) / root); };
  double first = 0;
  for (int64_t k = (-n / z + 1) / 4; k <= (n / z - 1) / 4; ++k)
    first += term(4 * k + 1) - term(4 * k - 1);
  double second = 0;
  for (int64_t k = (-n / z - 3) / 4; k <= (n / z - 1) / 4; ++k)
    second += term(4 * k + 3) - term(4 * k + 1);
  return std::clamp(1.0 - first + second, 0.0, 1.0);
}

}  // namespace

TestOutcomes CumulativeSumsTest(const BitSequence& bits, const Sp80022Options& options) {
  static const std::array<ByteWalk, 256> walks = MakeByteWalks();
  const size_t n = bits.size();
  const size_t minimum = options.check_conditions ? 100 : 1;
  if (n < minimum) {
    const std::string reason = fmt::format("n = {} < {}", n, minimum);
    return {NotApplicable("CumulativeSums", reason, "forward"),
            NotApplicable("CumulativeSums", reason, "reverse")};
  }
  int64_t sum = 0;
  int64_t low = 0;  // of S_0 = 0, S_1, ..., S_n
  int64_t high = 0;
  int64_t low_inside = 0;  // of S_0, ..., S_(n-1), which the reverse walk sees
  int64_t high_inside = 0;
  size_t i = 0;
  for (; i + 8 < n; i += 8) {
    const ByteWalk& walk = walks[bits.words()[i / 64] >> (i % 64) & 255];
    low = std::min(low, sum + walk.low);
    high = std::max(high, sum + walk.high);
    sum += walk.end;
  }
  for (; i < n; ++i) {
    low_inside = low;
    high_inside = high;
    sum += bits[i] ? 1 : -1;
    low = std::min(low, sum);
    high = std::max(high, sum);
  }
  const int64_t forward = std::max(high, -low);
  const int64_t reverse = std::max(sum - low_inside, high_inside - sum);
  const auto length = static_cast<int64_t>(n);
  return {{"CumulativeSums", "forward", static_cast<double>(forward), PValue(forward, length), ""},
          {"CumulativeSums", "reverse", static_cast<double>(reverse), PValue(reverse, length), ""}};
}

}  // namespace chaosense
