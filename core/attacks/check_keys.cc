// A6, A7: related and weak keys. These look at the cipher under many keys; they are no attacks with
// an oracle, and their queries are not counted.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "core/attacks/evidence.h"
#include "core/base/signals.h"
#include "core/metrics/histogram.h"

namespace chaosense {
namespace {

constexpr double kAlpha = 0.001;

// The key as a row of bits, either bit first within a byte.
enum class Order { kLowFirst, kHighFirst };

int Bit(const Bytes& key, size_t i, Order order) {
  return key[i / 8] >> (order == Order::kLowFirst ? i % 8 : 7 - i % 8) & 1;
}
void SetBit(Bytes& key, size_t i, Order order, int value) {
  const auto mask = static_cast<uint8_t>(1u << (order == Order::kLowFirst ? i % 8 : 7 - i % 8));
  key[i / 8] = static_cast<uint8_t>(value != 0 ? key[i / 8] | mask : key[i / 8] & ~mask);
}

// A field read as a number (the order of bytes follows that of bits) and negated: x -> 1 - x where
// it is a binary fraction.
Bytes NegateField(Bytes key, size_t begin, size_t width, Order order) {
  int carry = 1;
  for (size_t k = 0; k < width; ++k) {
    const size_t i = order == Order::kLowFirst ? begin + k : begin + width - 1 - k;
    const int sum = (1 - Bit(key, i, order)) + carry;
    SetBit(key, i, order, sum & 1);
    carry = sum >> 1;
  }
  return key;
}

Bytes SwapFields(Bytes key, size_t a, size_t b, size_t width, Order order) {
  for (size_t i = 0; i < width; ++i) {
    const int bit = Bit(key, a + i, order);
    SetBit(key, a + i, order, Bit(key, b + i, order));
    SetBit(key, b + i, order, bit);
  }
  return key;
}

Bytes FillField(Bytes key, size_t begin, size_t width, Order order, int value) {
  for (size_t i = begin; i < begin + width; ++i) SetBit(key, i, order, value);
  return key;
}

// Calls back with every aligned field of the widths in which chaotic key schedules cut keys.
void ForEachField(size_t bits,
                  const std::function<void(size_t begin, size_t width, Order order)>& visit) {
  for (const Order order : {Order::kLowFirst, Order::kHighFirst}) {
    for (const size_t width : {32, 48, 52, 53, 64}) {
      for (size_t begin = 0; begin + width <= bits; begin += width) visit(begin, width, order);
    }
  }
}

struct NamedKey {
  std::string name;
  Bytes key;
};

std::vector<NamedKey> RelatedKeys(const Bytes& key) {
  std::vector<NamedKey> related;
  Bytes complement = key;
  for (uint8_t& byte : complement) byte = static_cast<uint8_t>(~byte);
  related.push_back({"complemented", complement});
  related.push_back({"reversed", Bytes(key.rbegin(), key.rend())});
  const size_t bits = 8 * key.size();
  ForEachField(bits, [&](size_t begin, size_t width, Order order) {
    related.push_back({fmt::format("{}-bit field at bit {} negated", width, begin),
                       NegateField(key, begin, width, order)});
    if (begin + 2 * width <= bits) {
      related.push_back(
          {fmt::format("{}-bit fields at bits {} and {} swapped", width, begin, begin + width),
           SwapFields(key, begin, begin + width, width, order)});
    }
  });
  std::erase_if(related, [&](const NamedKey& other) { return other.key == key; });
  return related;
}

std::vector<NamedKey> SuspectKeys(const Bytes& key) {
  std::vector<NamedKey> keys;
  for (const int value : {0x00, 0xff, 0x55, 0xaa}) {
    keys.push_back(
        {fmt::format("all bytes {:02x}", value), Bytes(key.size(), static_cast<uint8_t>(value))});
  }
  Bytes one(key.size());
  one.back() = 1;
  keys.push_back({"all zero but the last bit", one});
  ForEachField(8 * key.size(), [&](size_t begin, size_t width, Order order) {
    for (const int value : {0, 1}) {
      keys.push_back({fmt::format("{}-bit field at bit {} all {}", width, begin, value),
                      FillField(key, begin, width, order, value)});
    }
  });
  return keys;
}

// Constant, of a short period, or with a histogram that no uniform bytes have.
bool LooksWeak(const ImageU8& keystream, double alpha) {
  if (HistogramChi2PValue(HistogramChi2(CountBytes(keystream.data))) < alpha) return true;
  const size_t size = keystream.data.size();
  for (size_t period = 1; period <= 256; ++period) {
    size_t same = 0;
    for (size_t i = period; i < size; ++i)
      same += keystream.data[i] == keystream.data[i - period] ? 1 : 0;
    if (2 * same > size - period) return true;
  }
  return false;
}

}  // namespace

CheckResult CheckEquivalentKeys(const AuditTarget& target, const AuditBudget&) {
  CheckResult result;
  RandomStream random = target.Stream("a6");
  const ImageU8 plain = RandomPicture({1, 16, 16}, random);
  int tried = 0, equal = 0;
  std::string example;
  constexpr int kKeys = 4;
  for (int k = 0; k < kKeys; ++k) {
    const Bytes key = random.RandomBytes(target.cipher->key_size());
    const Ciphertext reference = target.cipher->Encrypt(plain, key, KeyCheckNonce(target));
    for (const NamedKey& other : RelatedKeys(key)) {
      ThrowIfInterrupted();
      ++tried;
      if (!Opens(*target.cipher, reference, other.key, KeyCheckNonce(target), plain)) continue;
      if (equal++ == 0) example = other.name;
    }
  }
  result.numbers = {{"related_keys", static_cast<double>(tried)},
                    {"equivalent_keys", static_cast<double>(equal)}};
  result.verdict = equal > 0 ? Verdict::kWeak : Verdict::kPassed;
  result.evidence = fmt::format(
      "{} of {} related keys (complemented, reversed, fields negated or "
      "swapped) decrypt what the key encrypted{}.",
      equal,
      tried,
      equal > 0 ? fmt::format(", e.g. {}", example) : "");
  return result;
}

CheckResult CheckWeakKeys(const AuditTarget& target, const AuditBudget& budget) {
  CheckResult result;
  RandomStream random = target.Stream("a7");
  const ImageU8 zero(Shape{1, 64, 64});
  if (IsConstant(EncryptUnder(target, target.key, zero).data))
    return Say(Verdict::kNotApplicable,
               "A constant picture stays constant: there is no keystream.");
  const std::vector<NamedKey> suspects = SuspectKeys(target.key);
  const double alpha =
      kAlpha / static_cast<double>(suspects.size() + static_cast<size_t>(budget.weak_keys));
  int weak_suspects = 0, weak_random = 0;
  std::string example;
  for (const NamedKey& suspect : suspects) {
    if (!LooksWeak(EncryptUnder(target, suspect.key, zero), alpha)) continue;
    if (weak_suspects++ == 0) example = suspect.name;
  }
  for (int i = 0; i < budget.weak_keys; ++i) {
    const Bytes key = random.RandomBytes(target.cipher->key_size());
    weak_random += LooksWeak(EncryptUnder(target, key, zero), alpha) ? 1 : 0;
  }
  result.numbers = {{"suspect_keys", static_cast<double>(suspects.size())},
                    {"weak_suspect_keys", static_cast<double>(weak_suspects)},
                    {"random_keys", static_cast<double>(budget.weak_keys)},
                    {"weak_random_keys", static_cast<double>(weak_random)}};
  result.verdict = weak_suspects + weak_random > 0 ? Verdict::kWeak : Verdict::kPassed;
  result.evidence = fmt::format(
      "{} of {} suspect keys{} and {} of {} random keys give an all-zero picture a periodic or "
      "uneven ciphertext.",
      weak_suspects,
      suspects.size(),
      weak_suspects > 0 ? fmt::format(" (e.g. {})", example) : "",
      weak_random,
      budget.weak_keys);
  return result;
}

}  // namespace chaosense
