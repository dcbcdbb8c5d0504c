// A13: whether the time of an encryption depends on the key. Measured, not judged: timings on a
// shared machine carry no verdict, and they differ from run to run.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/attacks/evidence.h"
#include "core/base/signals.h"

namespace chaosense {
namespace {

struct Moments {
  double mean = 0;
  double variance_of_mean = 0;
  size_t count = 0;
};

// Without the slowest tenth: interruptions, not the cipher.
Moments TrimmedMoments(std::vector<double> seconds) {
  std::sort(seconds.begin(), seconds.end());
  seconds.resize(seconds.size() - seconds.size() / 10);
  Moments moments;
  moments.count = seconds.size();
  for (const double s : seconds) moments.mean += s / static_cast<double>(seconds.size());
  double sum = 0;
  for (const double s : seconds) sum += (s - moments.mean) * (s - moments.mean);
  const auto n = static_cast<double>(seconds.size());
  moments.variance_of_mean = sum / (n - 1) / n;
  return moments;
}

}  // namespace

// Fixed against random keys, in random order (the test of Reparaz, Balasch and Verbauwhede, "Dude,
// is my code constant time?", DATE 2017): |t| > 4.5 is its sign of a leak.
CheckResult CheckTiming(const AuditTarget& target, const AuditBudget& budget) {
  CheckResult result;
  RandomStream random = target.Stream("a13");
  const ImageU8 plain = PictureOfSide(target.picture, 64);
  const Digest nonce = Sha256Of(target.name + "|a13 nonce");
  std::vector<double> fixed, varied;
  const auto wanted = static_cast<size_t>(std::max(budget.timings, 20));
  while (std::min(fixed.size(), varied.size()) < wanted) {
    ThrowIfInterrupted();
    const bool is_fixed = random.UniformInt(2) == 0;
    const Bytes key = is_fixed ? target.key : random.RandomBytes(target.key.size());
    const auto start = std::chrono::steady_clock::now();
    target.cipher->Encrypt(plain, key, nonce);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    (is_fixed ? fixed : varied).push_back(seconds);
  }
  const Moments a = TrimmedMoments(std::move(fixed));
  const Moments b = TrimmedMoments(std::move(varied));
  const double t =
      (a.mean - b.mean) / std::sqrt(std::max(a.variance_of_mean + b.variance_of_mean, 1e-30));
  result.verdict = Verdict::kInformative;
  result.numbers = {{"seconds_fixed_key", a.mean}, {"seconds_random_keys", b.mean}, {"welch_t", t}};
  result.evidence = fmt::format(
      "A 64x64 picture takes {:.1f} us under one key and {:.1f} us under random keys; Welch's t = "
      "{:.1f} over {} encryptions ({}).",
      1e6 * a.mean,
      1e6 * b.mean,
      t,
      a.count + b.count,
      std::abs(t) > 4.5 ? "beyond 4.5: a leak, or a busy machine"
                        : "within 4.5: no sign of a leak");
  return result;
}

}  // namespace chaosense
