// A8, A9, A10: the keystream as a computer really makes it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/attacks/digests.h"
#include "core/attacks/evidence.h"
#include "core/base/signals.h"
#include "core/metrics/histogram.h"
#include "core/metrics/statistics.h"

namespace chaosense {
namespace {

constexpr double kAlpha = 0.001;

// The ciphertext of an all-zero picture: where a keystream is added, the keystream itself.
Bytes ZeroCiphertext(const AuditTarget& target, int64_t bytes) {
  const int width = 1024;
  const auto height = static_cast<int>(bytes / width);
  Oracle oracle = target.NewOracle("zero picture");
  return oracle.Encrypt(ImageU8(Shape{1, height, width})).cipher.bytes.data;
}

// The distance at which the last bytes repeat for at least 64 bytes; 0 if they do not.
size_t PeriodOfEnd(const Bytes& bytes) {
  constexpr size_t kWindow = 64;
  const auto end = bytes.end();
  for (size_t period = 1; period + kWindow <= bytes.size(); ++period) {
    if (std::equal(end - kWindow, end, end - kWindow - static_cast<std::ptrdiff_t>(period)))
      return period;
  }
  return 0;
}

struct Cycle {
  int64_t length = 0;  // 0: none within the steps
  int64_t seen_at = 0;
};

// Brent: one pass, the saved state moves on at powers of two.
Cycle FindCycle(const Orbit& next, int64_t steps) {
  std::vector<double> saved = next();
  int64_t power = 1;
  int64_t distance = 0;
  for (int64_t step = 1; step < steps; ++step) {
    if (step % 65536 == 0) ThrowIfInterrupted();
    std::vector<double> state = next();
    ++distance;
    if (state == saved) return {distance, step};
    if (distance == power) {
      saved = std::move(state);
      power *= 2;
      distance = 0;
    }
  }
  return {};
}

// Of a sequence of bits, by Berlekamp and Massey.
int LinearComplexity(const std::vector<uint8_t>& s) {
  const int n = static_cast<int>(s.size());
  std::vector<uint8_t> c(s.size() + 1), b(s.size() + 1), t;
  c[0] = b[0] = 1;
  int length = 0, last = -1;
  for (int i = 0; i < n; ++i) {
    int discrepancy = s[static_cast<size_t>(i)];
    for (int j = 1; j <= length; ++j)
      discrepancy ^= c[static_cast<size_t>(j)] & s[static_cast<size_t>(i - j)];
    if (discrepancy == 0) continue;
    t = c;
    const int shift = i - last;
    for (int j = 0; j + shift <= n; ++j)
      c[static_cast<size_t>(j + shift)] ^= b[static_cast<size_t>(j)];
    if (2 * length <= i) {
      length = i + 1 - length;
      last = i;
      b = t;
    }
  }
  return length;
}

// P(complexity of n random bits <= length): 2^(2 l - 1) sequences have complexity l <= n / 2, one
// has 0. An upper bound beyond n / 2.
double ComplexityPValue(int length, int n) {
  return std::min(1.0, std::ldexp(2.0 / 3.0, 2 * length - n) + std::ldexp(1.0, -n));
}

// Whether two encryptions of one picture both decrypt.
bool DecryptsTwice(const AuditTarget& target) {
  RandomStream random = target.Stream("a9");
  const ImageU8 plain = RandomPicture({1, 16, 16}, random);
  const Digest nonce = Sha256Of(target.name + "|a9 nonce");
  const auto opens = [&] {
    return Opens(
        *target.cipher, target.cipher->Encrypt(plain, target.key, nonce), target.key, nonce, plain);
  };
  return opens() && opens();
}

}  // namespace

CheckResult CheckPrecision(const AuditTarget& target, const AuditBudget& budget) {
  CheckResult result;
  const Bytes stream = ZeroCiphertext(target, budget.stream_bytes);
  const bool constant = IsConstant(stream);
  if (constant && !target.orbit)
    return Say(Verdict::kNotApplicable,
               "A constant picture stays constant: there is no keystream.");
  const size_t period = constant ? 0 : PeriodOfEnd(stream);
  if (!constant) {
    result.numbers = {{"keystream_bytes", static_cast<double>(stream.size())},
                      {"keystream_period", static_cast<double>(period)}};
    result.evidence =
        period > 0
            ? fmt::format("The ciphertext of an all-zero picture ends in a cycle of {}",
                          Count(static_cast<int64_t>(period), "byte"))
            : fmt::format("The ciphertext of an all-zero picture of {} bytes does not repeat",
                          stream.size());
  } else {
    result.evidence = "There is no keystream";
  }
  Cycle cycle;
  if (target.orbit) {
    cycle = FindCycle(target.orbit, budget.orbit_steps);
    result.numbers.push_back({"orbit_steps", static_cast<double>(budget.orbit_steps)});
    result.numbers.push_back({"orbit_cycle", static_cast<double>(cycle.length)});
    result.evidence +=
        cycle.length > 0
            ? fmt::format("; the orbit behind it is in a cycle of {} by step {}",
                          Count(cycle.length, "step"),
                          cycle.seen_at)
            : fmt::format("; the orbit behind it meets no cycle in {} steps", budget.orbit_steps);
  }
  result.evidence += ".";
  result.verdict = period > 0 || cycle.length > 0 ? Verdict::kWeak : Verdict::kPassed;
  return result;
}

CheckResult CheckDigest(const AuditTarget& target, const AuditBudget&) {
  const std::string first = CiphertextDigest(*target.cipher);
  if (CiphertextDigest(*target.cipher) != first) {
    if (DecryptsTwice(target)) {
      return Say(
          Verdict::kNotApplicable,
          "Two encryptions of one picture under one key and nonce differ and both decrypt: the "
          "cipher draws randomness of its own, and there is nothing to reproduce.");
    }
    return Say(Verdict::kBroken,
               "Two encryptions of one picture under one key and nonce differ: what was encrypted "
               "may never be decrypted.");
  }
  const std::string recorded =
      target.default_parameters ? RecordedDigest(target.cipher_name) : std::string();
  if (recorded.empty()) {
    return Say(Verdict::kNotApplicable,
               fmt::format("No digest on record for this cipher; its ciphertext is {}..., twice.",
                           first.substr(0, 16)));
  }
  if (recorded != first) {
    return Say(Verdict::kWeak,
               fmt::format("The ciphertext is {}..., on record is {}...: this build's arithmetic "
                           "makes another keystream.",
                           first.substr(0, 16),
                           recorded.substr(0, 16)));
  }
  return Say(Verdict::kPassed,
             fmt::format("The ciphertext has the digest on record, {}....", first.substr(0, 16)));
}

CheckResult CheckQuantiser(const AuditTarget& target, const AuditBudget& budget) {
  const Bytes stream = ZeroCiphertext(target, budget.stream_bytes);
  if (IsConstant(stream))
    return Say(Verdict::kNotApplicable,
               "A constant picture stays constant: there is no keystream.");
  CheckResult result;
  const double chi2 = HistogramChi2(CountBytes(stream));
  const double chi2_p = HistogramChi2PValue(chi2);
  const auto n = static_cast<double>(stream.size());
  double bit_p = 1;
  double worst_share = 0.5;
  for (int bit = 0; bit < 8; ++bit) {
    const auto ones = static_cast<double>(
        std::count_if(stream.begin(), stream.end(), [&](uint8_t v) { return v >> bit & 1; }));
    const double z = std::abs(2 * ones - n) / std::sqrt(n);
    bit_p = std::min(bit_p, 2 * NormalCdf(-z));
    if (std::abs(ones / n - 0.5) > std::abs(worst_share - 0.5)) worst_share = ones / n;
  }
  constexpr int kBits = 2048;
  constexpr int kBlocks = 8;
  int least = kBits;
  for (int block = 0; block < kBlocks; ++block) {
    std::vector<uint8_t> low;
    for (int i = 0; i < kBits; ++i)
      low.push_back(stream[static_cast<size_t>(block * kBits + i)] & 1);
    least = std::min(least, LinearComplexity(low));
  }
  const double complexity_p = ComplexityPValue(least, kBits);
  constexpr double kTests = 1 + 8 + kBlocks;
  result.p_value = std::min(1.0, kTests * std::min({chi2_p, bit_p, complexity_p}));
  result.verdict = *result.p_value < kAlpha ? Verdict::kWeak : Verdict::kPassed;
  result.numbers = {{"bytes", n},
                    {"chi2", chi2},
                    {"chi2_p", chi2_p},
                    {"least_bit_p", bit_p},
                    {"worst_bit_share", worst_share},
                    {"least_low_bit_complexity", static_cast<double>(least)}};
  result.evidence = fmt::format(
      "{} bytes of an all-zero picture's ciphertext: chi-square {:.1f} (p = {:.2g}, 255 degrees), "
      "ones in the worst bit {:.3f} %, linear complexity of {} low bits at least {} ({} ideally).",
      stream.size(),
      chi2,
      chi2_p,
      100 * worst_share,
      kBits,
      least,
      kBits / 2);
  return result;
}

}  // namespace chaosense
