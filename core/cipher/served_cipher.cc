#include "core/cipher/served_cipher.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr size_t kLongestMessage = 1024;

void Append(Bytes& to, std::span<const uint8_t> bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

void AppendNumber(Bytes& to, int number) {
  const auto value = static_cast<uint32_t>(number);
  for (int shift = 0; shift < 32; shift += 8) to.push_back(static_cast<uint8_t>(value >> shift));
}

// One line, whatever the program wrote.
std::string MessageIn(std::span<const uint8_t> bytes) {
  std::string text(bytes.begin(), bytes.end());
  if (text.size() > 300) text = text.substr(0, 300) + "...";
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

}  // namespace

ServedCipher::Answer ServedCipher::Ask(Operation operation,
                                       const ImageU8& image,
                                       std::span<const uint8_t> extra,
                                       std::span<const uint8_t> key,
                                       const Digest& nonce,
                                       size_t most) {
  Bytes question = {static_cast<uint8_t>(operation)};
  Append(question, key);
  Append(question, nonce);
  for (const int side : {image.shape.channels, image.shape.height, image.shape.width})
    AppendNumber(question, side);
  Append(question, image.data);
  Append(question, extra);
  const Bytes answer = program_.Ask(question, 1 + std::max(most, kLongestMessage));
  if (answer.empty()) throw RunError("an answer without a status");
  const std::span<const uint8_t> rest = std::span(answer).subspan(1);
  if (answer[0] > 1) throw RunError("status {}: {}", answer[0], MessageIn(rest));
  if (answer[0] == 1) {
    const std::string message = MessageIn(rest);
    return {true, Bytes(message.begin(), message.end())};
  }
  return {false, Bytes(rest.begin(), rest.end())};
}

}  // namespace chaosense
