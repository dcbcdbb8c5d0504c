// Speed of the 15 tests of SP 800-22 on 10^6 bits, and what the packed words bring: the same two
// statistics computed bit by bit. Measures; asserts nothing.
#include <benchmark/benchmark.h>

#include <vector>

#include "core/base/random.h"
#include "core/randomness/linear_complexity.h"
#include "core/randomness/sp800_22.h"

namespace chaosense {
namespace {

constexpr size_t kBits = 1000000;

const BitSequence& Bits() {
  static const BitSequence bits =
      BitSequence::FromBytes(RandomStream("bench bits").RandomBytes(kBits / 8));
  return bits;
}

void AllTests(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(RunSp80022(Bits(), {}));
  state.SetItemsProcessed(static_cast<int64_t>(kBits) * state.iterations());
}
BENCHMARK(AllTests)->Unit(benchmark::kMillisecond);

// Berlekamp-Massey as in textbooks, one coefficient at a time.
int BitwiseComplexity(const std::vector<uint8_t>& s, size_t begin, size_t n) {
  std::vector<uint8_t> c(n), b(n), t;
  c[0] = b[0] = 1;
  size_t l = 0;
  size_t since = 1;
  for (size_t i = 0; i < n; ++i) {
    unsigned d = 0;
    for (size_t j = 0; j <= l; ++j) d ^= c[j] & s[begin + i - j];
    if (d == 0) {
      ++since;
      continue;
    }
    t = c;
    for (size_t j = 0; j + since < n; ++j) c[j + since] ^= b[j];
    if (2 * l <= i) {
      l = i + 1 - l;
      b = t;
      since = 1;
    } else {
      ++since;
    }
  }
  return static_cast<int>(l);
}

void ComplexityOfBlocksBitwise(benchmark::State& state) {
  std::vector<uint8_t> s(kBits);
  for (size_t i = 0; i < kBits; ++i) s[i] = Bits()[i];
  for (auto _ : state) {
    for (size_t i = 0; i + 500 <= kBits; i += 500)
      benchmark::DoNotOptimize(BitwiseComplexity(s, i, 500));
  }
}
BENCHMARK(ComplexityOfBlocksBitwise)->Unit(benchmark::kMillisecond);

void ComplexityOfBlocksInWords(benchmark::State& state) {
  for (auto _ : state) {
    for (size_t i = 0; i + 500 <= kBits; i += 500)
      benchmark::DoNotOptimize(LinearComplexity(Bits(), i, 500));
  }
}
BENCHMARK(ComplexityOfBlocksInWords)->Unit(benchmark::kMillisecond);

[[maybe_unused]] const bool kRegistered = [] {
  for (const Sp80022Test& test : Sp80022Tests()) {
    benchmark::RegisterBenchmark((std::string("Sp80022/") + test.name).c_str(),
                                 [run = test.run](benchmark::State& state) {
                                   for (auto _ : state) benchmark::DoNotOptimize(run(Bits(), {}));
                                 })
        ->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
}  // namespace chaosense
