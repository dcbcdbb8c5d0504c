#include "tests/unit/randomness/reference_bits.h"

#include <bit>
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdlib>
#include <iterator>
#include <map>

#include "core/base/error.h"
#include "core/base/file.h"

namespace chaosense {
namespace {

using boost::multiprecision::cpp_int;

// floor(sqrt(n)): each step doubles the digits, so that the last division costs most of the time
// (the method of Python's math.isqrt). Boost's own sqrt takes one step a bit.
cpp_int FloorSqrt(const cpp_int& n) {
  const unsigned c = msb(n) / 2;
  cpp_int a = 1;
  unsigned d = 0;
  for (int s = std::bit_width(c) - 1; s >= 0; --s) {
    const unsigned e = d;
    d = c >> s;
    a = (a << (d - e - 1)) + (n >> (2 * c - e - d + 1)) / a;
  }
  return a * a > n ? cpp_int(a - 1) : a;
}

}  // namespace

BitSequence SquareRootBits(int k, size_t count) {
  static std::map<std::pair<int, size_t>, BitSequence> computed;  // a million digits take a second
  if (const auto found = computed.find({k, count}); found != computed.end()) return found->second;
  const cpp_int root = FloorSqrt(cpp_int(k) << static_cast<unsigned>(2 * (count - 1)));
  Bytes bytes;
  // Most significant bits first; the number has exactly `count` bits, so that padding comes first.
  boost::multiprecision::export_bits(root, std::back_inserter(bytes), 8);
  const auto made = computed.emplace(
      std::pair(k, count), BitSequence::FromBytes(bytes, count, 8 * bytes.size() - count));
  return made.first->second;
}

std::filesystem::path NistFolder() {
  const char* data = std::getenv("CHAOSENSE_DATA");
  return data == nullptr ? std::filesystem::path() : std::filesystem::path(data) / "nist_sts";
}

BitSequence NistBits(const std::string& name, size_t count) {
  std::string digits;
  for (const char c : ReadTextFile(NistFolder() / "data" / name)) {
    if ((c == '0' || c == '1') && digits.size() < count) digits += c;
  }
  CHAOSENSE_CHECK(digits.size() == count, "{} holds {} digits", name, digits.size());
  return BitSequence::FromText(digits);
}

}  // namespace chaosense
