#include "core/randomness/byte_battery.h"

#include <algorithm>
#include <bit>

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace chaosense {
namespace {

constexpr size_t kPiece = size_t{1} << 16;  // bytes counted at a time

// 0, 1, 2: at most 3, 4, at least 5 ones.
constexpr std::array<uint8_t, 256> kWeightClass = [] {
  std::array<uint8_t, 256> classes{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const int ones = std::popcount(byte);
    classes[byte] = ones <= 3 ? 0 : ones == 4 ? 1 : 2;
  }
  return classes;
}();

}  // namespace

const std::vector<std::string>& ByteBattery::Names() {
  static const std::vector<std::string> names = {"ByteChiSquare",
                                                 "Poker",
                                                 "ByteEntropy",
                                                 "BitPlane",
                                                 "BitAutocorrelation",
                                                 "ByteAutocorrelation",
                                                 "RunLengths",
                                                 "NibblePairs",
                                                 "Weights",
                                                 "RepeatedWords",
                                                 "Complexity"};
  return names;
}

ByteBattery::ByteBattery(const std::vector<std::string>& names)
    : names_(names), pairs_(size_t{1} << 16) {
  for (const std::string& name : names) {
    if (std::find(Names().begin(), Names().end(), name) != Names().end()) continue;
    throw ConfigError("unknown test \"{}\"{}", name, NearestOrAll(name, Names()));
  }
}

bool ByteBattery::Wanted(const char* name) const {
  return names_.empty() || std::find(names_.begin(), names_.end(), name) != names_.end();
}

void ByteBattery::Add(std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    const std::span<const uint8_t> piece = bytes.first(std::min(bytes.size(), kPiece));
    bytes = bytes.subspan(piece.size());
    if (beginning_.size() < kBeginning) {
      const auto more = piece.first(std::min(piece.size(), kBeginning - beginning_.size()));
      beginning_.insert(beginning_.end(), more.begin(), more.end());
      complexity_.clear();
    }
    const size_t begin = recent_.size();
    recent_.insert(recent_.end(), piece.begin(), piece.end());
    Count(recent_, begin);
    CountBits(recent_, begin);
    size_ += piece.size();
    if (recent_.size() > kHistory)
      recent_.erase(recent_.begin(), recent_.end() - static_cast<ptrdiff_t>(kHistory));
  }
}

void ByteBattery::Count(std::span<const uint8_t> bytes, size_t begin) {
  const bool nibbles = Wanted("NibblePairs");
  const bool products = Wanted("ByteAutocorrelation");
  const bool words = Wanted("RepeatedWords");
  for (size_t i = begin; i < bytes.size(); ++i) {
    const unsigned byte = bytes[i];
    ++bytes_[byte];
    for (size_t lag = 1; nibbles && lag <= std::min(i, kNibbleLags); ++lag) {
      const unsigned before = bytes[i - lag];
      ++nibbles_[0][lag - 1][(before & 15U) << 4 | (byte & 15U)];
      ++nibbles_[1][lag - 1][(before & 240U) | byte >> 4];
    }
    const uint64_t end = size_ + (i - begin) + 1;  // place in the stream
    if (end % 2 == 0) ++pairs_[bytes[i - 1] | byte << 8];
    if (end % 4 != 0) continue;
    size_t cell = 0;
    for (size_t k = i - 3; k <= i; ++k) cell = 3 * cell + kWeightClass[bytes[k]];
    ++weights_[cell];
    if (!words) continue;
    uint64_t word = 0;
    for (size_t k = i - 3; k <= i; ++k) word = word << 8 | bytes[k];
    words4_.Add(word);
    if (end % 8 != 0) continue;
    for (size_t k = i - 7; k <= i - 4; ++k) word |= uint64_t{bytes[k]} << (32 + 8 * (i - 4 - k));
    words8_.Add(word);
  }
  for (size_t l = 0; products && l < kByteLags.size(); ++l) {
    for (size_t i = std::max(begin, kByteLags[l]); i < bytes.size(); ++i)
      products_[l] += (2 * bytes[i] - 255) * (2 * bytes[i - kByteLags[l]] - 255);
  }
}

void ByteBattery::CountBits(std::span<const uint8_t> bytes, size_t begin) {
  const bool runs = Wanted("RunLengths");
  const bool lags = Wanted("BitAutocorrelation");
  if (!runs && !lags) return;
  const BitSequence bits = BitSequence::FromBytes(bytes);
  for (size_t l = 0; lags && l < kBitLags.size(); ++l)
    unlike_[l] += UnlikeBits(bits, kBitLags[l], 8 * begin);
  for (size_t i = 8 * begin; runs && i < bits.size();) {
    const size_t end = bits.RunEnd(i);
    if (bits[i] != open_run_ && open_length_ > 0) {
      runs_.Add(open_run_, open_length_);
      open_length_ = 0;
    }
    open_run_ = bits[i];
    open_length_ += end - i;
    i = end;
  }
}

void ByteBattery::AddComplexity(TestOutcomes& outcomes) const {
  if (complexity_.empty()) {
    for (int plane = 0; plane < 8; ++plane) {
      const BitSequence one = BitSequence::Plane(beginning_, plane);
      complexity_.push_back(ComplexityProfileTest(
          one, std::max<size_t>(one.size(), 1000), fmt::format("bits 2^{}", plane)));
    }
    const BitSequence bits = BitSequence::FromBytes(beginning_);
    complexity_.push_back(
        ComplexityProfileTest(bits, std::clamp<size_t>(bits.size(), 1000, 32768), "all bits"));
  }
  outcomes.insert(outcomes.end(), complexity_.begin(), complexity_.end());
}

TestOutcomes ByteBattery::Outcomes() const {
  TestOutcomes outcomes;
  constexpr double kExpected = 16;  // the tails are used down to 1e-10
  if (Wanted("ByteChiSquare")) outcomes.push_back(PokerTest(bytes_, kExpected));
  if (Wanted("Poker")) {
    std::array<int64_t, 16> nibbles{};
    for (size_t byte = 0; byte < 256; ++byte) {
      nibbles[byte >> 4] += bytes_[byte];
      nibbles[byte & 15] += bytes_[byte];
    }
    outcomes.push_back(PokerTest(nibbles, kExpected));
    outcomes.push_back(PokerTest(pairs_, kExpected));
  }
  if (Wanted("ByteEntropy")) outcomes.push_back(ByteEntropyTest(bytes_));
  for (int plane = 0; plane < 8 && Wanted("BitPlane"); ++plane)
    outcomes.push_back(BitPlaneTest(bytes_, plane));
  if (Wanted("Complexity")) AddComplexity(outcomes);
  const auto size = static_cast<int64_t>(size_);
  for (size_t l = 0; l < kBitLags.size() && Wanted("BitAutocorrelation"); ++l) {
    const auto lag = static_cast<int64_t>(kBitLags[l]);
    outcomes.push_back(BitAutocorrelationTest(unlike_[l], 8 * size - lag, kBitLags[l]));
  }
  for (size_t l = 0; l < kByteLags.size() && Wanted("ByteAutocorrelation"); ++l) {
    const auto lag = static_cast<int64_t>(kByteLags[l]);
    outcomes.push_back(ByteAutocorrelationTest(products_[l], size - lag, kByteLags[l]));
  }
  if (Wanted("RunLengths")) outcomes.push_back(RunLengthTest(runs_));
  for (const size_t high : {size_t{1}, size_t{0}}) {
    for (size_t lag = 1; lag <= kNibbleLags && Wanted("NibblePairs"); ++lag) {
      ByteHistogram ring = nibbles_[high][lag - 1];
      const int shift = high != 0 ? 4 : 0;
      for (size_t i = 0; i < lag && size_ > kNibbleLags; ++i) {
        const unsigned last = recent_[recent_.size() - lag + i] >> shift & 15U;
        ++ring[last << 4 | (beginning_[i] >> shift & 15U)];
      }
      outcomes.push_back(NibblePairTest(ring, lag, high != 0));
    }
  }
  if (Wanted("Weights")) outcomes.push_back(WeightTest(weights_));
  if (Wanted("RepeatedWords")) {
    outcomes.push_back(RepeatedWordTest(words4_.pairs(), words4_.expected(), 4, size_));
    outcomes.push_back(RepeatedWordTest(words8_.pairs(), words8_.expected(), 8, size_));
  }
  return outcomes;
}

TestOutcomes RunByteTests(std::span<const uint8_t> bytes, const std::vector<std::string>& names) {
  ByteBattery battery(names);
  battery.Add(bytes);
  return battery.Outcomes();
}

}  // namespace chaosense
