// A16: gray copied to three channels, as the paper does, gives the cipher the same bytes three
// times. Where channels share keystream or order, the ciphertext says so.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/attacks/evidence.h"
#include "core/metrics/histogram.h"
#include "core/metrics/statistics.h"

namespace chaosense {
namespace {

constexpr double kAlpha = 0.001;
constexpr int kSide = 64;

double CorrelationP(const uint8_t* a, const uint8_t* b, size_t n, double& r) {
  double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (size_t i = 0; i < n; ++i) {
    sa += a[i];
    sb += b[i];
    saa += double{1} * a[i] * a[i];
    sbb += double{1} * b[i] * b[i];
    sab += double{1} * a[i] * b[i];
  }
  const auto count = static_cast<double>(n);
  const double variance = (saa - sa * sa / count) * (sbb - sb * sb / count);
  r = variance > 0 ? (sab - sa * sb / count) / std::sqrt(variance) : 1;
  const double z = std::atanh(std::clamp(r, -0.999999, 0.999999)) * std::sqrt(count - 3);
  return 2 * NormalCdf(-std::abs(z));
}

double EqualP(const uint8_t* a, const uint8_t* b, size_t n, double& share) {
  int64_t equal = 0;
  for (size_t i = 0; i < n; ++i) equal += a[i] == b[i] ? 1 : 0;
  share = static_cast<double>(equal) / static_cast<double>(n);
  return BinomialUpperTail(static_cast<int64_t>(n), 1.0 / 256, equal);
}

double DifferenceP(const uint8_t* a, const uint8_t* b, size_t n) {
  Bytes difference(n);
  for (size_t i = 0; i < n; ++i) difference[i] = static_cast<uint8_t>(a[i] - b[i]);
  return HistogramChi2PValue(HistogramChi2(CountBytes(difference)));
}

}  // namespace

CheckResult CheckChannels(const AuditTarget& target, const AuditBudget&) {
  Oracle oracle = target.NewOracle("a16");
  const ImageU8 gray = PictureOfSide(target.picture, kSide);
  ImageU8 plain(Shape{3, kSide, kSide});
  const size_t n = gray.data.size();
  for (size_t channel = 0; channel < 3; ++channel)
    std::copy(gray.data.begin(),
              gray.data.end(),
              plain.data.begin() + static_cast<std::ptrdiff_t>(channel * n));
  const ImageU8 answer = oracle.Encrypt(plain).cipher.bytes;
  CheckResult result;
  double p = 1, most_equal = 0, most_r = 0;
  int tests = 0;
  for (size_t first = 0; first < 3; ++first) {
    for (size_t second = first + 1; second < 3; ++second) {
      const uint8_t* a = answer.data.data() + first * n;
      const uint8_t* b = answer.data.data() + second * n;
      double r = 0, share = 0;
      p = std::min({p, CorrelationP(a, b, n, r), EqualP(a, b, n, share), DifferenceP(a, b, n)});
      tests += 3;
      most_equal = std::max(most_equal, share);
      if (std::abs(r) > std::abs(most_r)) most_r = r;
    }
  }
  result.p_value = std::min(1.0, tests * p);
  result.numbers = {{"equal_share", most_equal}, {"correlation", most_r}};
  result.verdict = *result.p_value < kAlpha ? Verdict::kWeak : Verdict::kPassed;
  result.evidence = fmt::format(
      "Of two ciphertext channels of a picture with three equal channels at most {:.2f} % of the "
      "bytes are equal (0.39 % by chance), |correlation| at most {:.3f}; smallest p of {} tests, "
      "corrected: {:.2g}.",
      100 * most_equal,
      std::abs(most_r),
      tests,
      *result.p_value);
  return result;
}

}  // namespace chaosense
