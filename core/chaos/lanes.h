// W doubles that a formula steps at once, lane by lane the same bits as a double: only IEEE basic
// operations on whole vectors, everything else once per lane. The vectors are pairs, which every
// 64-bit processor has.
#ifndef CHAOSENSE_CORE_CHAOS_LANES_H_
#define CHAOSENSE_CORE_CHAOS_LANES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/chaos/detmath.h"

namespace chaosense {

typedef double DoublePair __attribute__((vector_size(16)));
typedef int64_t MaskPair __attribute__((vector_size(16)));  // all bits of a lane set or none

template <size_t W>
struct LaneMask {
  std::array<MaskPair, W / 2> pairs;
  friend LaneMask operator&(const LaneMask& a, const LaneMask& b) {
    LaneMask r;
    for (size_t i = 0; i < W / 2; ++i) r.pairs[i] = a.pairs[i] & b.pairs[i];
    return r;
  }
  friend LaneMask operator|(const LaneMask& a, const LaneMask& b) {
    LaneMask r;
    for (size_t i = 0; i < W / 2; ++i) r.pairs[i] = a.pairs[i] | b.pairs[i];
    return r;
  }
  friend LaneMask operator~(const LaneMask& a) {
    LaneMask r;
    for (size_t i = 0; i < W / 2; ++i) r.pairs[i] = ~a.pairs[i];
    return r;
  }
};

template <size_t W>
class Lanes {
  static_assert(W % 2 == 0);

 public:
  Lanes() = default;
  Lanes(double constant) {  // NOLINT(google-explicit-constructor): constants mix with variables
    Pairs([&](size_t i) { pairs_[i] = DoublePair{constant, constant}; });
  }

  double operator[](size_t lane) const { return pairs_[lane / 2][lane % 2]; }
  void Set(size_t lane, double value) { pairs_[lane / 2][lane % 2] = value; }

  void Load(const double* values) { __builtin_memcpy(pairs_.data(), values, sizeof(pairs_)); }
  void Store(double* values) const { __builtin_memcpy(values, pairs_.data(), sizeof(pairs_)); }

  // f of every lane.
  template <typename F>
  Lanes Each(F f) const {
    Lanes r;
    for (size_t i = 0; i < W / 2; ++i) r.pairs_[i] = DoublePair{f(pairs_[i][0]), f(pairs_[i][1])};
    return r;
  }

  friend Lanes operator+(const Lanes& a, const Lanes& b) {
    Lanes r;
    Pairs([&](size_t i) { r.pairs_[i] = a.pairs_[i] + b.pairs_[i]; });
    return r;
  }
  friend Lanes operator-(const Lanes& a, const Lanes& b) {
    Lanes r;
    Pairs([&](size_t i) { r.pairs_[i] = a.pairs_[i] - b.pairs_[i]; });
    return r;
  }
  friend Lanes operator*(const Lanes& a, const Lanes& b) {
    Lanes r;
    Pairs([&](size_t i) { r.pairs_[i] = a.pairs_[i] * b.pairs_[i]; });
    return r;
  }
  friend Lanes operator/(const Lanes& a, const Lanes& b) {
    Lanes r;
    Pairs([&](size_t i) { r.pairs_[i] = a.pairs_[i] / b.pairs_[i]; });
    return r;
  }
  friend Lanes operator-(const Lanes& a) {
    Lanes r;
    Pairs([&](size_t i) { r.pairs_[i] = -a.pairs_[i]; });
    return r;
  }
  friend LaneMask<W> operator<(const Lanes& a, const Lanes& b) {
    LaneMask<W> r;
    Pairs([&](size_t i) { r.pairs[i] = a.pairs_[i] < b.pairs_[i]; });
    return r;
  }
  friend LaneMask<W> operator<=(const Lanes& a, const Lanes& b) {
    LaneMask<W> r;
    Pairs([&](size_t i) { r.pairs[i] = a.pairs_[i] <= b.pairs_[i]; });
    return r;
  }
  friend LaneMask<W> operator>(const Lanes& a, const Lanes& b) { return b < a; }
  friend LaneMask<W> operator>=(const Lanes& a, const Lanes& b) { return b <= a; }

  // Where the mask is set a, elsewhere b. The bits of the values pass unchanged.
  static Lanes Choose(const LaneMask<W>& mask, const Lanes& a, const Lanes& b) {
    Lanes r;
    Pairs([&](size_t i) {
      const MaskPair m = mask.pairs[i];
      r.pairs_[i] = reinterpret_cast<DoublePair>((reinterpret_cast<MaskPair>(a.pairs_[i]) & m) |
                                                 (reinterpret_cast<MaskPair>(b.pairs_[i]) & ~m));
    });
    return r;
  }

 private:
  // f(0) ... f(W / 2 - 1), unrolled, so that the pairs stay in registers.
  template <typename F>
  static void Pairs(F f) {
    [&]<size_t... I>(std::index_sequence<I...>) { (f(I), ...); }
    (std::make_index_sequence<W / 2>{});
  }

  std::array<DoublePair, W / 2> pairs_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_LANES_H_
