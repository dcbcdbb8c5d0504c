// A15: the game of indistinguishability under chosen plaintexts. The attacker names two pictures,
// gets the encryption of one of them, and says which. An ideal cipher leaves him to guess.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>

#include "core/attacks/evidence.h"
#include "core/metrics/histogram.h"
#include "core/metrics/statistics.h"

namespace chaosense {
namespace {

constexpr double kAlpha = 0.001;
const Shape kShape{1, 32, 32};

enum class Strategy { kAskAgain, kPublicNonce, kFlatOrBusy };

struct StrategyInfo {
  Strategy strategy;
  const char* words;
  int64_t queries;
};

constexpr std::array kStrategies = {
    StrategyInfo{Strategy::kPublicNonce, "comparing the public nonce with the pictures' hashes", 0},
    StrategyInfo{Strategy::kFlatOrBusy,
                 "looking whether a flat picture's ciphertext is uneven or repeats 16-byte blocks",
                 0},
    StrategyInfo{Strategy::kAskAgain, "asking for one picture's encryption again", 1}};

bool RepeatsBlocks(const Bytes& bytes) {
  std::set<std::array<uint8_t, 16>> seen;
  for (size_t at = 0; at + 16 <= bytes.size(); at += 16) {
    std::array<uint8_t, 16> block;
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), 16, block.begin());
    if (!seen.insert(block).second) return true;
  }
  return false;
}

bool Uneven(const Bytes& bytes) {
  return HistogramChi2PValue(HistogramChi2(CountBytes(bytes))) < kAlpha;
}

// One round with a key of its own; true if the attacker is right.
bool Play(const AuditTarget& target, Strategy strategy, int round, RandomStream& random) {
  Oracle oracle(*target.cipher,
                random.RandomBytes(target.cipher->key_size()),
                target.mode,
                fmt::format("{}|a15 round {}", target.name, round));
  const std::array<ImageU8, 2> pictures = {strategy == Strategy::kFlatOrBusy
                                               ? ConstantPicture(kShape, 128)
                                               : RandomPicture(kShape, random),
                                           RandomPicture(kShape, random)};
  const auto secret = static_cast<size_t>(random.UniformInt(2));
  const Oracle::Answer challenge = oracle.Encrypt(pictures[secret]);
  size_t guess = 1;
  switch (strategy) {
    case Strategy::kAskAgain:
      if (oracle.Encrypt(pictures[0]).cipher.bytes == challenge.cipher.bytes) guess = 0;
      break;
    case Strategy::kPublicNonce:
      if (PlaintextHash(pictures[0]) == challenge.nonce) guess = 0;
      break;
    case Strategy::kFlatOrBusy: {
      const Bytes& bytes = challenge.cipher.bytes.data;
      if (RepeatsBlocks(bytes) || Uneven(bytes)) guess = 0;
      break;
    }
  }
  return guess == secret;
}

// Wilson's interval of level 0.95 for the share of wins.
std::array<double, 2> Wilson(double wins, double n) {
  constexpr double z = 1.959963984540054;
  const double p = wins / n;
  const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {centre - half, centre + half};
}

}  // namespace

CheckResult CheckIndCpa(const AuditTarget& target, const AuditBudget& budget) {
  CheckResult result;
  RandomStream random = target.Stream("a15");
  int best_wins = -1;
  const StrategyInfo* best = nullptr;
  for (const StrategyInfo& info : kStrategies) {
    int wins = 0;
    for (int round = 0; round < budget.trials; ++round)
      wins += Play(target, info.strategy, round, random) ? 1 : 0;
    if (wins <= best_wins) continue;
    best_wins = wins;
    best = &info;
  }
  const double p = BinomialUpperTail(budget.trials, 0.5, best_wins);
  result.p_value = std::min(1.0, p * static_cast<double>(kStrategies.size()));
  const std::array<double, 2> interval = Wilson(best_wins, budget.trials);
  const double advantage = 2.0 * best_wins / budget.trials - 1;
  const bool broken = *result.p_value < kAlpha;
  result.verdict = broken ? Verdict::kBroken : Verdict::kPassed;
  result.queries = broken ? best->queries : 0;
  result.numbers = {{"rounds", static_cast<double>(budget.trials)},
                    {"wins", static_cast<double>(best_wins)},
                    {"advantage", advantage},
                    {"advantage_low_95", 2 * interval[0] - 1},
                    {"advantage_high_95", 2 * interval[1] - 1}};
  result.evidence = fmt::format(
      "{} the attacker is right in {} of {} rounds: advantage {:.2f} (95 % interval {:.2f} to "
      "{:.2f}), best of {} strategies.",
      broken ? fmt::format("By {}", best->words) : "By guessing in effect",
      best_wins,
      budget.trials,
      advantage,
      2 * interval[0] - 1,
      2 * interval[1] - 1,
      kStrategies.size());
  return result;
}

}  // namespace chaosense
