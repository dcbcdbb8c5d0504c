#include "core/cipher/container.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/hkdf.h"
#include "core/cipher/chaotic_cipher.h"

namespace chaosense {
namespace {

constexpr std::string_view kMagic = "CHSN";
constexpr uint64_t kVersion = 1;
constexpr size_t kPrefix = 12;  // magic, version, zero, header length
constexpr size_t kTagSize = 32;
constexpr size_t kMaxHeader = 65536;

void AppendLittleEndian(Bytes& bytes, uint64_t value, size_t size) {
  for (size_t i = 0; i < size; ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

uint64_t LittleEndian(std::span<const uint8_t> bytes) {
  uint64_t value = 0;
  for (size_t i = bytes.size(); i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

Digest Hmac(std::span<const uint8_t> key, std::span<const uint8_t> message) {
  RequireKeySize(key, 32);
  const Bytes mac_key = HkdfSha256(key, {}, "chaosense container 1 mac", 32);
  Digest tag{};
  unsigned size = 0;
  CHAOSENSE_CHECK(HMAC(EVP_sha256(),
                       mac_key.data(),
                       static_cast<int>(mac_key.size()),
                       message.data(),
                       message.size(),
                       tag.data(),
                       &size) != nullptr);
  CHAOSENSE_CHECK(size == tag.size());
  return tag;
}

Json ShapeToJson(Shape shape) { return {shape.channels, shape.height, shape.width}; }

Json HeaderOf(const Container& c) {
  return {
      {"cipher",
       {{"name", c.cipher}, {"parameters", c.cipher_parameters}, {"revision", c.cipher_revision}}},
      {"method",
       {{"name", c.method},
        {"parameters", c.method_parameters},
        {"fit_datasets", Json(c.fit_datasets)},
        {"model", c.model_checksum}}},
      {"chaos", c.chaos_abi},
      {"rate", c.rate},
      {"image", ShapeToJson(c.image)},
      {"grid", {c.grid.rows, c.grid.columns}},
      {"block", ShapeToJson(c.block)},
      {"nonce", ToHex(c.nonce)},
      {"tag", ToHex(c.tag)}};
}

// Typed, checked access to an untrusted header; every failure names the field.
class HeaderReader {
 public:
  HeaderReader(const Json& json, const std::string& name) : json_(json), name_(name) {}

  [[noreturn]] void Fail(const char* pointer) const {
    throw ConfigError("{}: damaged header: {} is missing or cannot be", name_, pointer);
  }

  const Json& At(const char* pointer) const {
    const Json::json_pointer at(pointer);
    if (!json_.contains(at)) Fail(pointer);
    return json_.at(at);
  }
  std::string Text(const char* pointer) const {
    const Json& value = At(pointer);
    if (!value.is_string()) Fail(pointer);
    return value.get<std::string>();
  }
  std::vector<std::string> Texts(const char* pointer) const {
    const Json& value = At(pointer);
    if (!value.is_array()) Fail(pointer);
    std::vector<std::string> texts;
    for (const Json& one : value) {
      if (!one.is_string()) Fail(pointer);
      texts.push_back(one.get<std::string>());
    }
    return texts;
  }
  Json Object(const char* pointer) const {
    const Json& value = At(pointer);
    if (!value.is_object()) Fail(pointer);
    return value;
  }
  // Positive integers up to 2^24.
  int Size(const Json& value, const char* pointer) const {
    constexpr int64_t kMost = int64_t{1} << 24;
    if (!value.is_number_integer() || value < 1 || value > kMost) Fail(pointer);
    return value.get<int>();
  }
  std::vector<int> Sizes(const char* pointer, size_t count) const {
    const Json& value = At(pointer);
    if (!value.is_array() || value.size() != count) Fail(pointer);
    std::vector<int> sizes;
    for (const Json& one : value) sizes.push_back(Size(one, pointer));
    return sizes;
  }
  // At most `limit` values, computed without overflow.
  Shape ShapeAt(const char* pointer, size_t limit) const {
    const std::vector<int> sizes = Sizes(pointer, 3);
    size_t product = 1;
    for (const int size : sizes) {
      if (static_cast<size_t>(size) > limit / product) Fail(pointer);
      product *= static_cast<size_t>(size);
    }
    return {sizes[0], sizes[1], sizes[2]};
  }
  Bytes HexBytes(const char* pointer, size_t at_most) const {
    const std::string text = Text(pointer);
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
    if (!digits || text.size() % 2 != 0 || text.size() > 2 * at_most) Fail(pointer);
    return FromHex(text);
  }

 private:
  const Json& json_;
  const std::string& name_;
};

Container ParseHeader(std::span<const uint8_t> text, size_t payload_size, const std::string& name) {
  const Json json = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) throw ConfigError("{}: damaged header: not a JSON object", name);
  const HeaderReader header(json, name);
  Container c;
  c.cipher = header.Text("/cipher/name");
  c.cipher_parameters = header.Object("/cipher/parameters");
  c.cipher_revision = header.Size(header.At("/cipher/revision"), "/cipher/revision");
  c.method = header.Text("/method/name");
  c.method_parameters = header.Object("/method/parameters");
  c.fit_datasets = header.Texts("/method/fit_datasets");
  c.model_checksum = header.Text("/method/model");
  c.chaos_abi = header.Text("/chaos");
  const Json& rate = header.At("/rate");
  if (!rate.is_number() || !(rate.get<double>() > 0) || !(rate.get<double>() <= 1e6))
    header.Fail("/rate");
  c.rate = rate.get<double>();
  c.image = header.ShapeAt("/image", kMaxContainerImage);
  if (c.image.channels != 1 && c.image.channels != 3) header.Fail("/image");
  const std::vector<int> grid = header.Sizes("/grid", 2);
  c.grid = {grid[0], grid[1]};
  // The picture's size is bound to the number of blocks, so a small payload cannot ask for a huge
  // picture.
  if (c.grid != GridFor(c.image.height, c.image.width)) header.Fail("/grid");
  c.block = header.ShapeAt("/block", payload_size);
  if (static_cast<size_t>(c.grid.count()) > payload_size / c.block.size() ||
      static_cast<size_t>(c.grid.count()) * c.block.size() != payload_size) {
    throw ConfigError("{}: damaged header: {} blocks of {} bytes, but {} bytes of payload",
                      name,
                      c.grid.count(),
                      c.block.size(),
                      payload_size);
  }
  const Bytes nonce = header.HexBytes("/nonce", c.nonce.size());
  if (nonce.size() != c.nonce.size()) header.Fail("/nonce");
  std::copy(nonce.begin(), nonce.end(), c.nonce.begin());
  c.tag = header.HexBytes("/tag", 64);
  return c;
}

}  // namespace

Bytes ContainerCipherKey(std::span<const uint8_t> key) {
  RequireKeySize(key, 32);
  return HkdfSha256(key, {}, "chaosense container 1 cipher", 32);
}

Bytes WriteContainer(const Container& container, std::span<const uint8_t> key) {
  CHAOSENSE_CHECK(container.payload.size() == container.payload_shape().size());
  CHAOSENSE_CHECK(container.image.size() <= kMaxContainerImage);
  const std::string header = CanonicalJson(HeaderOf(container));
  CHAOSENSE_CHECK(header.size() <= kMaxHeader);
  Bytes bytes(kMagic.begin(), kMagic.end());
  bytes.reserve(kPrefix + header.size() + 8 + container.payload.size() + kTagSize);
  AppendLittleEndian(bytes, kVersion, 2);
  AppendLittleEndian(bytes, 0, 2);
  AppendLittleEndian(bytes, header.size(), 4);
  bytes.insert(bytes.end(), header.begin(), header.end());
  AppendLittleEndian(bytes, container.payload.size(), 8);
  bytes.insert(bytes.end(), container.payload.begin(), container.payload.end());
  const Digest tag = Hmac(key, bytes);
  bytes.insert(bytes.end(), tag.begin(), tag.end());
  return bytes;
}

Container ReadContainer(std::span<const uint8_t> bytes,
                        std::span<const uint8_t> key,
                        Authentication authentication,
                        const std::string& name) {
  if (bytes.size() < kMagic.size() || !std::equal(kMagic.begin(), kMagic.end(), bytes.begin())) {
    throw ConfigError("{}: not a Chaosense container (it does not begin with {})", name, kMagic);
  }
  const auto truncated = [&] {
    return ConfigError("{}: damaged: truncated, or a length in it is wrong", name);
  };
  if (bytes.size() < kPrefix) throw truncated();
  const uint64_t version = LittleEndian(bytes.subspan(4, 2));
  if (version != kVersion || LittleEndian(bytes.subspan(6, 2)) != 0) {
    throw ConfigError("{}: container version {}.{}; this build reads {}.0",
                      name,
                      version,
                      LittleEndian(bytes.subspan(6, 2)),
                      kVersion);
  }
  const uint64_t header_size = LittleEndian(bytes.subspan(8, 4));
  if (header_size > kMaxHeader || bytes.size() < kPrefix + header_size + 8 + kTagSize)
    throw truncated();
  const size_t payload_at = kPrefix + header_size + 8;
  const size_t payload_size = bytes.size() - payload_at - kTagSize;
  if (LittleEndian(bytes.subspan(payload_at - 8, 8)) != payload_size) throw truncated();
  if (authentication == Authentication::kRequired) {
    const Digest expected = Hmac(key, bytes.first(bytes.size() - kTagSize));
    if (CRYPTO_memcmp(expected.data(), bytes.last(kTagSize).data(), kTagSize) != 0) {
      throw ConfigError("{}: damaged or wrong key: authentication failed", name);
    }
  }
  Container container = ParseHeader(bytes.subspan(kPrefix, header_size), payload_size, name);
  const auto payload = bytes.subspan(payload_at, payload_size);
  container.payload.assign(payload.begin(), payload.end());
  return container;
}

}  // namespace chaosense
