#include "core/attacks/tag_probe.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "core/attacks/evidence.h"

namespace chaosense {
namespace {

constexpr size_t kMostTriedBits = 8;

// All values of the bits at `positions` of `tag`.
std::vector<Bytes> AllValues(const Bytes& tag, const std::vector<size_t>& positions) {
  std::vector<Bytes> all;
  for (size_t value = 0; value < size_t{1} << positions.size(); ++value) {
    Bytes tried = tag;
    for (size_t i = 0; i < positions.size(); ++i) {
      const auto bit = static_cast<uint8_t>(1u << (positions[i] % 8));
      uint8_t& byte = tried[positions[i] / 8];
      byte = static_cast<uint8_t>((value >> i & 1) != 0 ? byte | bit : byte & ~bit);
    }
    all.push_back(std::move(tried));
  }
  return all;
}

}  // namespace

TagProbe ProbeTag(Oracle& oracle, const Oracle::Answer& secret, RandomStream& random) {
  const Bytes& tag = secret.cipher.tag;
  const auto accepted = [&](const Bytes& tried) {
    return DecryptWithTag(oracle, secret, secret.cipher.bytes, tried).has_value();
  };
  TagProbe probe;
  probe.bits = static_cast<int64_t>(8 * tag.size());
  std::vector<size_t> checked;
  for (size_t bit = 0; bit < 8 * tag.size(); ++bit) {
    Bytes flipped = tag;
    flipped[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
    if (!accepted(flipped)) checked.push_back(bit);
  }
  probe.bits_checked = static_cast<int64_t>(checked.size());
  probe.shortest = tag.size();
  for (size_t size = 0; size < tag.size(); ++size) {
    const Bytes beginning(tag.begin(), tag.begin() + static_cast<std::ptrdiff_t>(size));
    if (!accepted(beginning)) continue;
    probe.shortest = size;
    break;
  }

  std::vector<TagForgery> ways;
  if (checked.size() <= kMostTriedBits) {
    ways.push_back({fmt::format("all values of the {} tag bits that are looked at", checked.size()),
                    [=](const ImageU8&) { return AllValues(tag, checked); }});
  }
  if (probe.shortest <= 1) {
    std::vector<size_t> bits;
    for (size_t bit = 0; bit < 8 * probe.shortest; ++bit) bits.push_back(bit);
    ways.push_back(
        {fmt::format("all tags of {}", Count(static_cast<int64_t>(probe.shortest), "byte")),
         [=, size = probe.shortest](const ImageU8&) { return AllValues(Bytes(size), bits); }});
  }
  for (TagForgery& way : ways) {
    if (!DecryptionMap(oracle, secret, way)(RandomPicture(secret.cipher.bytes.shape, random)))
      continue;
    probe.by_trying = std::move(way);
    break;
  }
  return probe;
}

}  // namespace chaosense
