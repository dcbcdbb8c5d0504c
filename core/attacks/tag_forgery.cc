#include "core/attacks/tag_forgery.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <boost/crc.hpp>
#include <utility>

#include "core/attacks/evidence.h"
#include "core/attacks/nonce_reuse.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

Bytes Joined(std::span<const uint8_t> a, std::span<const uint8_t> b) {
  Bytes both(a.begin(), a.end());
  both.insert(both.end(), b.begin(), b.end());
  return both;
}

// Most significant byte first.
Bytes Crc32(std::span<const uint8_t> bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  const auto sum = static_cast<uint32_t>(crc.checksum());
  return {static_cast<uint8_t>(sum >> 24),
          static_cast<uint8_t>(sum >> 16),
          static_cast<uint8_t>(sum >> 8),
          static_cast<uint8_t>(sum)};
}

// Empty where OpenSSL does not offer it (MD5 in FIPS mode).
Bytes OpenSslDigest(const char* name, std::span<const uint8_t> bytes) {
  const EVP_MD* algorithm = EVP_get_digestbyname(name);
  if (algorithm == nullptr) return {};
  Bytes digest(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm, nullptr) != 1)
    return {};
  digest.resize(size);
  return digest;
}

TagForgery Constant(std::string how, Bytes tag) {
  return {std::move(how),
          [tag = std::move(tag)](const ImageU8&) { return std::vector<Bytes>{tag}; }};
}

// The beginning of a digest, its end, and both in the other order of bytes.
std::vector<Bytes> Cut(const Bytes& digest, size_t size) {
  if (digest.size() < size) return {};
  const auto length = static_cast<std::ptrdiff_t>(size);
  return {Bytes(digest.begin(), digest.begin() + length),
          Bytes(digest.end() - length, digest.end()),
          Bytes(digest.rbegin(), digest.rbegin() + length),
          Bytes(digest.rend() - length, digest.rend())};
}

std::vector<TagForgery> WithoutAKey(const Oracle::Answer& secret) {
  const size_t size = secret.cipher.tag.size();
  std::vector<TagForgery> ways;
  const auto add = [&](const std::string& name, const std::function<Bytes(const Bytes&)>& digest) {
    ways.push_back(
        {name + " of the ciphertext", [=](const ImageU8& c) { return Cut(digest(c.data), size); }});
    ways.push_back({name + " of nonce and ciphertext", [=, nonce = secret.nonce](const ImageU8& c) {
                      std::vector<Bytes> tags = Cut(digest(Joined(nonce, c.data)), size);
                      for (Bytes& tag : Cut(digest(Joined(c.data, nonce)), size))
                        tags.push_back(std::move(tag));
                      return tags;
                    }});
  };
  add("CRC-32", Crc32);
  for (const char* name : {"MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "SHA3-256"})
    add(name, [name](const Bytes& bytes) { return OpenSslDigest(name, bytes); });
  // As in WEP: CRC-32 is affine, so what is added to the plaintext says what to add to the tag.
  if (size == 4) {
    ways.push_back({"CRC-32 of the plaintext", [secret](const ImageU8& c) {
                      Bytes change = c.data;
                      for (size_t i = 0; i < change.size(); ++i)
                        change[i] ^= secret.cipher.bytes.data[i];
                      const Bytes sum = Crc32(change);
                      const Bytes zero = Crc32(Bytes(change.size()));
                      Bytes tag = secret.cipher.tag, reversed = tag;
                      for (size_t i = 0; i < 4; ++i) {
                        tag[i] ^= sum[i] ^ zero[i];
                        reversed[i] ^= sum[3 - i] ^ zero[3 - i];
                      }
                      return std::vector<Bytes>{tag, reversed};
                    }});
  }
  return ways;
}

constexpr const char* kOwnTag = "the target's own tag";

TaggedBytes Tagged(const Oracle::Answer& answer) {
  return {answer.cipher.bytes.data, answer.cipher.tag};
}

// `first` was encrypted from `plain`. One more encryption, of a picture with another last byte.
std::vector<TagForgery> UnderARepeatedNonce(Oracle& oracle,
                                            const Oracle::Answer& secret,
                                            const Oracle::Answer& first,
                                            ImageU8 plain) {
  if (first.nonce != secret.nonce) return {};
  plain.data.back() ^= 0x80;
  const Oracle::Answer second = oracle.Encrypt(plain);
  if (second.nonce != secret.nonce) return {};
  std::vector<TagForgery> ways;
  for (const auto& [how, attack] : {std::pair{"GCM under a repeated nonce", &ForgeGcm},
                                    std::pair{"Poly1305 under a repeated nonce", &ForgePoly1305}}) {
    const std::optional<TagMaker> maker = attack(Tagged(first), Tagged(second), Tagged(secret));
    if (!maker) continue;
    ways.push_back({fmt::format("the tag's secret point, solved for in {}", how),
                    [maker = *maker](const ImageU8& c) { return maker(c.data); },
                    2});
  }
  return ways;
}

}  // namespace

std::string ForgeryWords(const TagForgery& forgery) {
  return forgery.how == kOwnTag ? "" : fmt::format(" The tags: {}.", forgery.how);
}

std::optional<ImageU8> DecryptWithTag(Oracle& oracle,
                                      const Oracle::Answer& secret,
                                      const ImageU8& bytes,
                                      const Bytes& tag) {
  try {
    return oracle.Decrypt({bytes, tag}, secret.nonce);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kRun || tag.size() == secret.cipher.tag.size()) throw;
    return std::nullopt;
  }
}

ImageMap DecryptionMap(Oracle& oracle, const Oracle::Answer& secret, const TagForgery& forgery) {
  return [&oracle, secret, forgery](const ImageU8& bytes) -> std::optional<ImageU8> {
    for (const Bytes& tag : forgery.tags(bytes)) {
      std::optional<ImageU8> answer = DecryptWithTag(oracle, secret, bytes, tag);
      if (answer) return answer;
    }
    return std::nullopt;
  };
}

std::optional<TagForgery> FindTagForgery(Oracle& oracle,
                                         const Oracle::Answer& secret,
                                         RandomStream& random) {
  const Shape shape = secret.cipher.bytes.shape;
  const auto works = [&](const TagForgery& forgery) {
    const ImageMap map = DecryptionMap(oracle, secret, forgery);
    return map(RandomPicture(shape, random)) && map(RandomPicture(shape, random));
  };
  TagForgery own = Constant(kOwnTag, secret.cipher.tag);
  if (works(own)) return own;
  if (secret.cipher.tag.empty()) return std::nullopt;
  const ImageU8 plain = RandomPicture(shape, random);
  const Oracle::Answer other = oracle.Encrypt(plain);
  std::vector<TagForgery> ways = {
      Constant("no tag", {}),
      Constant("a tag of zeros", Bytes(secret.cipher.tag.size())),
  };
  for (TagForgery& way : WithoutAKey(secret)) ways.push_back(std::move(way));
  for (TagForgery& way : UnderARepeatedNonce(oracle, secret, other, plain))
    ways.push_back(std::move(way));
  for (TagForgery& way : ways) {
    if (works(way)) return std::move(way);
  }
  return std::nullopt;
}

}  // namespace chaosense
