#include "core/base/random.h"

#include <array>
#include <boost/random/normal_distribution.hpp>

#include "core/base/error.h"
#include "core/base/hash.h"

namespace chaosense {

RandomStream::RandomStream(std::string_view name) {
  const Digest digest = Sha256Of(name);
  std::array<uint32_t, 8> words{};
  for (size_t i = 0; i < words.size(); ++i) {
    for (size_t b = 0; b < 4; ++b) words[i] = words[i] << 8 | digest[4 * i + b];
  }
  std::seed_seq seed(words.begin(), words.end());
  engine_.seed(seed);
}

double RandomStream::Uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

int64_t RandomStream::UniformInt(int64_t below) {
  CHAOSENSE_CHECK(below >= 1);
  const uint64_t n = static_cast<uint64_t>(below);
  const uint64_t limit = max() - max() % n;  // a multiple of n, so that the remainder has no bias
  uint64_t value = engine_();
  while (value >= limit) value = engine_();
  return static_cast<int64_t>(value % n);
}

double RandomStream::Normal() {
  // A fresh distribution each time keeps the stream's state the engine's alone.
  return boost::random::normal_distribution<double>()(engine_);
}

Bytes RandomStream::RandomBytes(size_t count) {
  Bytes bytes(count);
  uint64_t word = 0;
  for (size_t i = 0; i < count; ++i) {
    if (i % 8 == 0) word = engine_();
    bytes[i] = static_cast<uint8_t>(word >> (8 * (i % 8)));
  }
  return bytes;
}

}  // namespace chaosense
