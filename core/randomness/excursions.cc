// RandomExcursions (section 2.14) and RandomExcursionsVariant (2.15).
#include <algorithm>
#include <array>
#include <cmath>

#include "core/randomness/sp800_22.h"

namespace chaosense {
namespace {

constexpr int kFarthest = 9;   // states -9 .. 9 of the variant
constexpr int kNear = 4;       // states -4 .. 4
constexpr size_t kVisits = 6;  // 0, 1, ..., 4, >= 5 visits in a cycle

struct Walk {
  int64_t cycles = 0;  // J
  std::array<int64_t, 2 * kFarthest + 1> visits{};
  std::array<std::array<int64_t, kVisits>, 2 * kNear + 1> cycles_by_visits{};
};

Walk MeasureWalk(const BitSequence& bits) {
  Walk walk;
  std::array<uint32_t, 2 * kNear + 1> in_cycle{};
  const auto end_cycle = [&] {
    ++walk.cycles;
    for (size_t x = 0; x < in_cycle.size(); ++x) {
      ++walk.cycles_by_visits[x][std::min<size_t>(in_cycle[x], kVisits - 1)];
    }
    in_cycle.fill(0);
  };
  int64_t sum = 0;
  const size_t n = bits.size();
  for (size_t i = 0; i < n;) {
    // Far out, 64 steps cannot reach a state that counts.
    if (i % 64 == 0 && i + 64 <= n && std::abs(sum) > kFarthest + 64) {
      sum += 2 * __builtin_popcountll(bits.words()[i / 64]) - 64;
      i += 64;
      continue;
    }
    sum += bits[i] ? 1 : -1;
    ++i;
    if (sum == 0) {
      end_cycle();
    } else if (std::abs(sum) <= kFarthest) {
      ++walk.visits[static_cast<size_t>(sum + kFarthest)];
      if (std::abs(sum) <= kNear) ++in_cycle[static_cast<size_t>(sum + kNear)];
    }
  }
  if (sum != 0) end_cycle();  // the walk is closed by a last 0
  return walk;
}

// Section 3.14: P(k visits of state x in a cycle), k = 0 .. 4, and >= 5.
double VisitProbability(int x, size_t k) {
  const double away = 1.0 / (2.0 * std::abs(x));
  const double stay = 1.0 - away;
  if (k == 0) return stay;
  if (k < kVisits - 1) return away * away * std::pow(stay, static_cast<double>(k) - 1);
  return away * std::pow(stay, 4);
}

std::string Unfit(const BitSequence& bits, const Walk& walk, const Sp80022Options& options) {
  if (!options.check_conditions) return walk.cycles == 0 ? "no bits" : "";
  if (bits.size() < 1000000) return fmt::format("n = {} < 1000000", bits.size());
  const double least = std::max(0.005 * std::sqrt(static_cast<double>(bits.size())), 500.0);
  if (static_cast<double>(walk.cycles) < least)
    return fmt::format("J = {} cycles, {:g} needed", walk.cycles, least);
  return "";
}

// Both tests take the same walk; it is walked through once for each, which costs little.
Walk WalkOf(const BitSequence& bits, const Sp80022Options& options) {
  return options.check_conditions && bits.size() < 1000000 ? Walk() : MeasureWalk(bits);
}

std::string StateName(int x) { return fmt::format("x={:+d}", x); }

}  // namespace

TestOutcomes RandomExcursionsTest(const BitSequence& bits, const Sp80022Options& options) {
  const Walk walk = WalkOf(bits, options);
  const std::string unfit = Unfit(bits, walk, options);
  const double cycles = static_cast<double>(walk.cycles);
  TestOutcomes outcomes;
  for (int x = -kNear; x <= kNear; ++x) {
    if (x == 0) continue;
    if (!unfit.empty()) {
      outcomes.push_back(NotApplicable("RandomExcursions", unfit, StateName(x)));
      continue;
    }
    double chi2 = 0;
    for (size_t k = 0; k < kVisits; ++k) {
      const double expected = cycles * VisitProbability(x, k);
      const double off =
          static_cast<double>(walk.cycles_by_visits[static_cast<size_t>(x + kNear)][k]) - expected;
      chi2 += off * off / expected;
    }
    outcomes.push_back(
        {"RandomExcursions", StateName(x), chi2, UpperChiSquare(chi2, kVisits - 1), ""});
  }
  return outcomes;
}

TestOutcomes RandomExcursionsVariantTest(const BitSequence& bits, const Sp80022Options& options) {
  const Walk walk = WalkOf(bits, options);
  const std::string unfit = Unfit(bits, walk, options);
  const double cycles = static_cast<double>(walk.cycles);
  TestOutcomes outcomes;
  for (int x = -kFarthest; x <= kFarthest; ++x) {
    if (x == 0) continue;
    if (!unfit.empty()) {
      outcomes.push_back(NotApplicable("RandomExcursionsVariant", unfit, StateName(x)));
      continue;
    }
    const double visits = static_cast<double>(walk.visits[static_cast<size_t>(x + kFarthest)]);
    const double p =
        std::erfc(std::fabs(visits - cycles) / std::sqrt(2.0 * cycles * (4.0 * std::abs(x) - 2.0)));
    outcomes.push_back({"RandomExcursionsVariant", StateName(x), visits, p, ""});
  }
  return outcomes;
}

}  // namespace chaosense
