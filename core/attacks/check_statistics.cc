// A17: the statistics that papers print, each with critical values for the ciphertext's real size
// and over several keys. A cipher that passes them all may still be broken by every other check:
// that is what this row stands there to show.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
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
constexpr double kFailAlpha = 0.001;  // of the number of keys that fail, all statistics together
constexpr double kStatistics = 8;

class Statistic {
 public:
  explicit Statistic(std::string name) : name_(std::move(name)) {}
  void Add(double value, bool passed) {
    sum_ += value;
    ++keys_;
    fails_ += passed ? 0 : 1;
  }
  const std::string& name() const { return name_; }
  double mean() const { return sum_ / static_cast<double>(keys_); }
  int64_t fails() const { return fails_; }
  double fail_p() const { return BinomialUpperTail(keys_, kAlpha, fails_); }
  bool passed() const { return kStatistics * fail_p() >= kFailAlpha; }

 private:
  std::string name_;
  double sum_ = 0;
  int64_t keys_ = 0;
  int64_t fails_ = 0;
};

}  // namespace

CheckResult CheckStatistics(const AuditTarget& target, const AuditBudget& budget) {
  RandomStream random = target.Stream("a17");
  const ImageU8 plain = PictureOfSide(target.picture, kPictureSide);
  const auto elements = static_cast<int64_t>(plain.data.size());
  LocalEntropyOptions local;
  local.blocks = std::min(30, LocalEntropyCapacity(plain.shape, local.side, BlockPlacement::kRuns));
  const Interval local_bounds = LocalEntropyBounds(local.blocks, local.side * local.side, kAlpha);
  const Interval uaci_bounds = UaciCritical(elements, kAlpha);
  std::vector<Statistic> statistics;
  for (const char* name : {"entropy",
                           "local_entropy",
                           "correlation_h",
                           "correlation_v",
                           "correlation_d",
                           "npcr",
                           "uaci",
                           "key_sensitivity"}) {
    statistics.emplace_back(name);
  }
  for (int k = 0; k < budget.keys; ++k) {
    const Bytes key = random.RandomBytes(target.cipher->key_size());
    Oracle oracle(*target.cipher, key, target.mode, fmt::format("{}|a17 key {}", target.name, k));
    const Oracle::Answer answer = oracle.Encrypt(plain);
    const ImageU8& bytes = answer.cipher.bytes;
    const double entropy = ShannonEntropy(bytes.data);
    const double entropy_p = 2 * NormalCdf(-std::abs(EntropyZ(entropy, elements)));
    statistics[0].Add(entropy, entropy_p >= kAlpha);
    const double local_entropy = MeasureLocalEntropy(bytes, local, random).mean;
    statistics[1].Add(local_entropy, local_bounds.Contains(local_entropy));
    size_t at = 2;
    for (const Neighbour neighbour :
         {Neighbour::kHorizontal, Neighbour::kVertical, Neighbour::kDiagonal}) {
      const Correlation correlation = AdjacentCorrelation(bytes, neighbour);
      statistics[at++].Add(correlation.r, CorrelationPValue(correlation) >= kAlpha);
    }
    ImageU8 changed = plain;
    changed.data[static_cast<size_t>(random.UniformInt(elements))] ^=
        static_cast<uint8_t>(1u << random.UniformInt(8));
    const ImageU8 other = oracle.Encrypt(changed).cipher.bytes;
    const double npcr = Npcr(bytes.data, other.data);
    const double uaci = Uaci(bytes.data, other.data);
    statistics[5].Add(npcr, npcr > NpcrCritical(elements, kAlpha));
    statistics[6].Add(uaci, uaci_bounds.Contains(uaci));
    Bytes near_key = key;
    const auto bit = static_cast<size_t>(random.UniformInt(static_cast<int64_t>(8 * key.size())));
    near_key[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    const double sensitivity =
        Npcr(bytes.data, target.cipher->Encrypt(plain, near_key, answer.nonce).bytes.data);
    statistics[7].Add(sensitivity, sensitivity > NpcrCritical(elements, kAlpha));
  }

  CheckResult result;
  std::vector<std::string> failed;
  double least_p = 1;
  for (const Statistic& statistic : statistics) {
    result.numbers.push_back({statistic.name(), statistic.mean()});
    result.numbers.push_back({statistic.name() + "_fails", static_cast<double>(statistic.fails())});
    least_p = std::min(least_p, statistic.fail_p());
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
