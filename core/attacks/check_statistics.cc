// A17: the statistics that papers print, each with critical values for the ciphertext's real size
// and over several keys. A cipher that passes them all may still be broken by every other check:
// that is what this row stands there to show.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/attacks/evidence.h"
#include "core/base/error.h"
#include "core/metrics/correlation.h"
#include "core/metrics/differential.h"
#include "core/metrics/entropy.h"
#include "core/metrics/statistics.h"

namespace chaosense {
namespace {

constexpr double kAlpha = 0.01;       // of one test under one key
constexpr double kFailAlpha = 0.001;  // of all statistics together
constexpr double kStatistics = 8;

// One value under one key, against what an ideal cipher gives.
struct Judged {
  double value = 0;
  double z = 0;  // standard deviations off; NaN where the value has none (a constant ciphertext)
  double p = 0;
};

enum class Side { kBoth, kLow };

// z as a p-value.
double Tail(double z, Side side) {
  return std::isnan(z) ? 0 : side == Side::kLow ? NormalCdf(z) : 2 * NormalCdf(-std::abs(z));
}

class Statistic {
 public:
  Statistic(std::string name, Side side) : name_(std::move(name)), side_(side) {}
  void Add(const Judged& judged) {
    sum_ += judged.value;
    z_sum_ += judged.z;
    ++keys_;
    fails_ += judged.p < kAlpha ? 1 : 0;
    least_p_ = std::min(least_p_, judged.p);
  }
  const std::string& name() const { return name_; }
  double mean() const { return sum_ / static_cast<double>(keys_); }
  int64_t fails() const { return fails_; }
  // Of the number of keys that fail, of the worst key, and of the mean over the keys: the smallest
  // of the three, corrected for their number.
  double p_value() const {
    const auto keys = static_cast<double>(keys_);
    const double mean_p = Tail(z_sum_ / std::sqrt(keys), side_);
    const double fail_p = BinomialUpperTail(keys_, kAlpha, fails_);
    return std::min(1.0, 3 * std::min({fail_p, mean_p, keys * least_p_}));
  }
  bool passed() const { return kStatistics * p_value() >= kFailAlpha; }

 private:
  std::string name_;
  Side side_;
  double sum_ = 0;
  double z_sum_ = 0;
  int64_t keys_ = 0;
  int64_t fails_ = 0;
  double least_p_ = 1;
};

// The entropy's distance from 8 bit is a chi-square of 255 degrees, whose tails are not normal.
Judged JudgeEntropy(std::span<const uint8_t> bytes) {
  const auto elements = static_cast<int64_t>(bytes.size());
  const double entropy = ShannonEntropy(bytes);
  const double chi2 = 2 * static_cast<double>(elements) * std::numbers::ln2 * (8 - entropy);
  const double above = ChiSquareUpperTail(std::max(0.0, chi2), 255);
  return {entropy, EntropyZ(entropy, elements), 2 * std::min(above, 1 - above)};
}

Judged JudgeLocalEntropy(const ImageU8& bytes, RandomStream& random) {
  LocalEntropyOptions options;
  options.blocks =
      std::min(30, LocalEntropyCapacity(bytes.shape, options.side, BlockPlacement::kRuns));
  const EntropyModel ideal = IdealEntropy(int64_t{options.side} * options.side);
  const double entropy = MeasureLocalEntropy(bytes, options, random).mean;
  const double z = (entropy - ideal.mean) / ideal.sd * std::sqrt(options.blocks);
  return {entropy, z, Tail(z, Side::kBoth)};
}

Judged JudgeCorrelation(const ImageU8& bytes, Neighbour neighbour) {
  const Correlation correlation = AdjacentCorrelation(bytes, neighbour);
  const double z =
      std::atanh(correlation.r) * std::sqrt(static_cast<double>(correlation.pairs - 3));
  return {correlation.r, z, Tail(z, Side::kBoth)};
}

// The number of equal bytes is binomial; the normal tail is too thin for a single key.
Judged JudgeNpcr(std::span<const uint8_t> a, std::span<const uint8_t> b) {
  const auto elements = static_cast<int64_t>(a.size());
  const double npcr = Npcr(a, b);
  const auto equal = std::llround((1 - npcr) * static_cast<double>(elements));
  return {
      npcr, (npcr - IdealNpcr()) / NpcrSd(elements), BinomialUpperTail(elements, 1.0 / 256, equal)};
}

Judged JudgeUaci(std::span<const uint8_t> a, std::span<const uint8_t> b) {
  const double uaci = Uaci(a, b);
  const double z = (uaci - IdealUaci()) / UaciSd(static_cast<int64_t>(a.size()));
  return {uaci, z, Tail(z, Side::kBoth)};
}

}  // namespace

CheckResult CheckStatistics(const AuditTarget& target, const AuditBudget& budget) {
  RandomStream random = target.Stream("a17");
  const ImageU8 plain = PictureOfSide(target.picture, kPictureSide);
  const auto elements = static_cast<int64_t>(plain.data.size());
  std::vector<Statistic> statistics = {{"entropy", Side::kBoth},
                                       {"local_entropy", Side::kBoth},
                                       {"correlation_h", Side::kBoth},
                                       {"correlation_v", Side::kBoth},
                                       {"correlation_d", Side::kBoth},
                                       {"npcr", Side::kLow},
                                       {"uaci", Side::kBoth},
                                       {"key_sensitivity", Side::kLow}};
  std::set<Digest> seen;
  for (int k = 0; k < budget.keys; ++k) {
    const Bytes key = random.RandomBytes(target.cipher->key_size());
    Oracle oracle(*target.cipher, key, target.mode, fmt::format("{}|a17 key {}", target.name, k));
    const Oracle::Answer answer = oracle.Encrypt(plain);
    const ImageU8& bytes = answer.cipher.bytes;
    // Without a key in use all ciphertexts are one, which counts once.
    if (seen.insert(Sha256Of(bytes.data)).second) {
      statistics[0].Add(JudgeEntropy(bytes.data));
      statistics[1].Add(JudgeLocalEntropy(bytes, random));
      statistics[2].Add(JudgeCorrelation(bytes, Neighbour::kHorizontal));
      statistics[3].Add(JudgeCorrelation(bytes, Neighbour::kVertical));
      statistics[4].Add(JudgeCorrelation(bytes, Neighbour::kDiagonal));
    }
    ImageU8 changed = plain;
    changed.data[static_cast<size_t>(random.UniformInt(elements))] ^=
        static_cast<uint8_t>(1u << random.UniformInt(8));
    const ImageU8 other = oracle.Encrypt(changed).cipher.bytes;
    statistics[5].Add(JudgeNpcr(bytes.data, other.data));
    statistics[6].Add(JudgeUaci(bytes.data, other.data));
    Bytes near_key = key;
    const auto bit = static_cast<size_t>(random.UniformInt(static_cast<int64_t>(8 * key.size())));
    near_key[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    statistics[7].Add(
        JudgeNpcr(bytes.data, target.cipher->Encrypt(plain, near_key, answer.nonce).bytes.data));
  }

  CheckResult result;
  std::vector<std::string> failed;
  double least_p = 1;
  for (const Statistic& statistic : statistics) {
    result.numbers.push_back({statistic.name(), statistic.mean()});
    result.numbers.push_back({statistic.name() + "_fails", static_cast<double>(statistic.fails())});
    least_p = std::min(least_p, statistic.p_value());
    if (!statistic.passed()) failed.push_back(statistic.name());
  }
  CHAOSENSE_CHECK(statistics.size() == kStatistics);
  const size_t passed = statistics.size() - failed.size();
  result.numbers.push_back({"statistics_passed", static_cast<double>(passed)});
  result.numbers.push_back({"statistics", static_cast<double>(statistics.size())});
  result.p_value = std::min(1.0, least_p * static_cast<double>(statistics.size()));
  result.verdict = failed.empty() ? Verdict::kPassed : Verdict::kWeak;
  result.evidence = fmt::format(
      "{} of {} statistics of a {}x{} picture hold at level {} over {} keys{}: entropy {:.4f} bit, "
      "NPCR {:.3f} %, UACI {:.2f} %.",
      passed,
      statistics.size(),
      kPictureSide,
      kPictureSide,
      kAlpha,
      budget.keys,
      failed.empty() ? "" : fmt::format("; not {}", fmt::join(failed, ", ")),
      statistics[0].mean(),
      100 * statistics[5].mean(),
      100 * statistics[6].mean());
  return result;
}

}  // namespace chaosense
