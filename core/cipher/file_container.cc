#include "core/cipher/file_container.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/hkdf.h"
#include "core/base/json.h"
#include "core/base/signals.h"
#include "core/cipher/key_file.h"
#include "core/cipher/yardstick.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "CHSF";
constexpr size_t kPrefix = 12;
constexpr size_t kMostHeader = 4096;
constexpr size_t kMacSize = 32;
constexpr uint64_t kMostChunk = uint64_t{1} << 24;

class InputFile {
 public:
  explicit InputFile(const fs::path& path)
      // Not to wait for the writer of a named pipe, which is refused below.
      : path_(path), fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (fd_ < 0 && errno == ENOENT) throw DataError("{}: no such file", path.string());
    if (fd_ < 0) Fail();
    struct stat status = {};
    if (::fstat(fd_, &status) != 0) Fail();
    if (!S_ISREG(status.st_mode))
      throw ConfigError("{}: is no regular file, expected one", path.string());
  }
  ~InputFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  // Up to `count` bytes; fewer only at the end.
  Bytes Read(size_t count) {
    Bytes bytes(count);
    size_t at = 0;
    while (at < count) {
      const ssize_t n = ::read(fd_, bytes.data() + at, count - at);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) Fail();
      if (n == 0) break;
      at += static_cast<size_t>(n);
    }
    bytes.resize(at);
    return bytes;
  }

 private:
  [[noreturn]] void Fail() const {
    throw ConfigError("{}: cannot read: {}", path_.string(), std::strerror(errno));
  }
  fs::path path_;
  int fd_;
};

// Reads chunk by chunk, one ahead, so that the last is known as such.
class ChunkReader {
 public:
  ChunkReader(InputFile& file, size_t size) : file_(file), size_(size), ahead_(file.Read(size)) {}
  // The next chunk; `last` tells whether it is the last. The last may be empty only if it is the
  // first.
  Bytes Next(bool& last) {
    Bytes chunk = std::exchange(ahead_, Bytes());
    if (chunk.size() == size_) ahead_ = file_.Read(size_);
    last = ahead_.empty();
    return chunk;
  }

 private:
  InputFile& file_;
  size_t size_;
  Bytes ahead_;
};

struct Header {
  std::string cipher;
  uint64_t chunk = 0;
  Bytes salt;
  std::optional<ScryptParameters> scrypt;  // nothing: a key file
};

void AppendLittleEndian(Bytes& bytes, uint64_t value, size_t size) {
  for (size_t i = 0; i < size; ++i) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

uint64_t LittleEndian(std::span<const uint8_t> bytes) {
  uint64_t value = 0;
  for (size_t i = bytes.size(); i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

std::optional<Yardstick> AlgorithmOf(const std::string& name) {
  if (name == "aes256_gcm") return Yardstick::kAes256Gcm;
  if (name == "chacha20_poly1305") return Yardstick::kChaCha20Poly1305;
  return std::nullopt;
}

Bytes HeaderBytes(const Header& header) {
  Json kdf = {{"name", "key"}};
  if (header.scrypt) {
    kdf = {{"name", "scrypt"},
           {"n", header.scrypt->n},
           {"r", header.scrypt->r},
           {"p", header.scrypt->p},
           {"salt", ToHex(header.scrypt->salt)}};
  }
  const std::string json = CanonicalJson({{"cipher", header.cipher},
                                          {"chunk", header.chunk},
                                          {"salt", ToHex(header.salt)},
                                          {"kdf", kdf}});
  Bytes bytes(kMagic.begin(), kMagic.end());
  AppendLittleEndian(bytes, 1, 2);
  AppendLittleEndian(bytes, 0, 2);
  AppendLittleEndian(bytes, json.size(), 4);
  bytes.insert(bytes.end(), json.begin(), json.end());
  return bytes;
}

std::optional<uint64_t> Unsigned(const Json& object, const char* key) {
  if (!object.contains(key) || !object[key].is_number_unsigned()) return std::nullopt;
  return object[key].get<uint64_t>();
}

std::optional<Bytes> HexBytes(const Json& object, const char* key) {
  if (!object.contains(key) || !object[key].is_string()) return std::nullopt;
  const std::string text = object[key].get<std::string>();
  if (text.size() > 128 || text.size() % 2 != 0 ||
      text.find_first_not_of("0123456789abcdef") != std::string::npos)
    return std::nullopt;
  return FromHex(text);
}

// The header of an untrusted file; nothing if it cannot be one of ours.
std::optional<Header> ParseHeader(std::span<const uint8_t> text) {
  const Json json = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("cipher") || !json["cipher"].is_string() ||
      !json.contains("kdf") || !json["kdf"].is_object() || !json["kdf"].contains("name"))
    return std::nullopt;
  Header header;
  header.cipher = json["cipher"].get<std::string>();
  const auto chunk = Unsigned(json, "chunk");
  const auto salt = HexBytes(json, "salt");
  if (!AlgorithmOf(header.cipher) || !chunk || *chunk < 1 || *chunk > kMostChunk || !salt ||
      salt->size() != 32)
    return std::nullopt;
  header.chunk = *chunk;
  header.salt = *salt;
  const Json& kdf = json["kdf"];
  if (kdf["name"] == "key") return header;
  const auto n = Unsigned(kdf, "n"), r = Unsigned(kdf, "r"), p = Unsigned(kdf, "p");
  const auto scrypt_salt = HexBytes(kdf, "salt");
  if (kdf["name"] != "scrypt" || !n || !r || !p || !scrypt_salt) return std::nullopt;
  header.scrypt = ScryptParameters{*n, *r, *p, *scrypt_salt};
  if (!Affordable(*header.scrypt)) return std::nullopt;
  return header;
}

// Seals and unseals the chunks of one file.
class ChunkCipher {
 public:
  ChunkCipher(const Header& header, std::span<const uint8_t> header_bytes, const Bytes& key)
      : algorithm_(*AlgorithmOf(header.cipher)),
        keys_(HkdfSha256(key, header.salt, "chaosense file 1 " + header.cipher, 32 + 7)) {
    const Bytes mac_key = HkdfSha256(key, header.salt, "chaosense file 1 mac", 32);
    mac_.resize(kMacSize);
    unsigned size = 0;
    CHAOSENSE_CHECK(HMAC(EVP_sha256(),
                         mac_key.data(),
                         static_cast<int>(mac_key.size()),
                         header_bytes.data(),
                         header_bytes.size(),
                         mac_.data(),
                         &size) != nullptr &&
                    size == kMacSize);
  }

  const Bytes& mac() const { return mac_; }
  Bytes SealChunk(std::span<const uint8_t> plain, bool last) {
    Sealed sealed = Seal(algorithm_, Key(), NextNonce(last), mac_, plain);
    sealed.ciphertext.insert(sealed.ciphertext.end(), sealed.tag.begin(), sealed.tag.end());
    return std::move(sealed.ciphertext);
  }
  std::optional<Bytes> UnsealChunk(std::span<const uint8_t> sealed, bool last) {
    if (sealed.size() < kAeadTagSize) return std::nullopt;
    const size_t size = sealed.size() - kAeadTagSize;
    return Unseal(
        algorithm_, Key(), NextNonce(last), mac_, sealed.first(size), sealed.subspan(size));
  }
  uint64_t count() const { return count_; }

 private:
  std::span<const uint8_t> Key() const { return std::span(keys_).first(32); }
  Bytes NextNonce(bool last) {
    CHAOSENSE_CHECK(count_ <= 0xffffffffU);
    Bytes nonce(keys_.begin() + 32, keys_.end());
    for (int shift = 24; shift >= 0; shift -= 8)
      nonce.push_back(static_cast<uint8_t>(count_ >> shift));
    nonce.push_back(last ? 1 : 0);
    ++count_;
    return nonce;
  }

  Yardstick algorithm_;
  Bytes keys_;
  Bytes mac_;
  uint64_t count_ = 0;
};

constexpr uint64_t kMostChunks = uint64_t{1} << 32;

struct Opened {
  Header header;
  Bytes bytes;  // of prefix and header
};

Opened ReadHeader(InputFile& file, const std::string& name) {
  Opened opened;
  opened.bytes = file.Read(kPrefix);
  const std::span<const uint8_t> prefix(opened.bytes);
  if (prefix.size() < kMagic.size() || !std::equal(kMagic.begin(), kMagic.end(), prefix.begin()))
    throw ConfigError("{}: not an encrypted file (it does not begin with {})", name, kMagic);
  const auto truncated = [&] { return ConfigError("{}: damaged: truncated", name); };
  if (prefix.size() < kPrefix) throw truncated();
  const uint64_t version = LittleEndian(prefix.subspan(4, 4));
  if (version != 1)
    throw ConfigError("{}: file format version {}; this build reads 1", name, version);
  const uint64_t size = LittleEndian(prefix.subspan(8, 4));
  if (size > kMostHeader) throw ConfigError("{}: damaged header", name);
  const Bytes json = file.Read(size);
  if (json.size() < size) throw truncated();
  const auto header = ParseHeader(json);
  if (!header) throw ConfigError("{}: damaged header", name);
  opened.header = *header;
  opened.bytes.insert(opened.bytes.end(), json.begin(), json.end());
  return opened;
}

}  // namespace

FileSecret FileSecret::FromKey(Bytes key) {
  CHAOSENSE_CHECK(key.size() == kKeySize);
  FileSecret secret;
  secret.key_ = std::move(key);
  return secret;
}

FileSecret FileSecret::FromPassphrase(std::string passphrase) {
  FileSecret secret;
  secret.passphrase_ = std::move(passphrase);
  return secret;
}

const ScryptParameters& FileSecret::parameters() {
  if (!own_) own_ = RandomScryptParameters();
  return *own_;
}

Bytes FileSecret::KeyFor(const ScryptParameters& parameters) {
  CHAOSENSE_CHECK(passphrase_.has_value());
  if (cached_ != parameters) {
    key_ = Scrypt(*passphrase_, parameters, kKeySize);
    cached_ = parameters;
  }
  return key_;
}

bool IsFileContainer(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  char magic[4] = {};
  const bool same = ::read(fd, magic, sizeof magic) == 4 && std::string_view(magic, 4) == kMagic;
  ::close(fd);
  return same;
}

uint64_t EncryptFile(const fs::path& input,
                     const fs::path& output,
                     FileSecret& secret,
                     const FileCipherOptions& options) {
  CHAOSENSE_CHECK(options.chunk >= 1 && options.chunk <= kMostChunk);
  if (!AlgorithmOf(options.cipher)) {
    throw ConfigError("--cipher: {} cannot encrypt files; expected aes256_gcm or chacha20_poly1305",
                      options.cipher);
  }
  InputFile file(input);
  AtomicFile out(output, options.existing, PermissionsFrom(input));
  const Digest salt = RandomNonce();
  Header header{options.cipher, options.chunk, Bytes(salt.begin(), salt.end()), std::nullopt};
  if (secret.is_passphrase()) header.scrypt = secret.parameters();
  const Bytes bytes = HeaderBytes(header);
  ChunkCipher cipher(header, bytes, header.scrypt ? secret.KeyFor(*header.scrypt) : secret.key());
  out.Write(bytes);
  out.Write(cipher.mac());
  ChunkReader reader(file, options.chunk);
  uint64_t done = 0;
  for (bool last = false; !last;) {
    ThrowIfInterrupted();
    if (cipher.count() == kMostChunks)
      throw ConfigError("{}: too large, at most 2^32 chunks", input.string());
    const Bytes plain = reader.Next(last);
    out.Write(cipher.SealChunk(plain, last));
    done += plain.size();
    options.progress(done);
  }
  out.Commit();
  return done;
}

uint64_t DecryptFile(const fs::path& input,
                     const fs::path& output,
                     FileSecret& secret,
                     const FileCipherOptions& options) {
  const std::string name = input.string();
  InputFile file(input);
  const Opened opened = ReadHeader(file, name);
  const Header& header = opened.header;
  if (header.scrypt && !secret.is_passphrase())
    throw ConfigError("{}: was encrypted with a passphrase, not with a key file", name);
  if (!header.scrypt && secret.is_passphrase())
    throw ConfigError("{}: was encrypted with a key file, not with a passphrase", name);
  ChunkCipher cipher(
      header, opened.bytes, header.scrypt ? secret.KeyFor(*header.scrypt) : secret.key());
  const Bytes mac = file.Read(kMacSize);
  if (mac.size() < kMacSize) throw ConfigError("{}: damaged: truncated", name);
  if (CRYPTO_memcmp(mac.data(), cipher.mac().data(), kMacSize) != 0) {
    throw ConfigError("{}: wrong {} or damaged header", name, header.scrypt ? "passphrase" : "key");
  }
  AtomicFile out(output, options.existing, PermissionsFrom(input));
  ChunkReader reader(file, header.chunk + kAeadTagSize);
  uint64_t size = 0;
  uint64_t done = opened.bytes.size() + kMacSize;
  for (bool last = false; !last;) {
    ThrowIfInterrupted();
    const uint64_t index = cipher.count();
    const Bytes sealed = reader.Next(last);
    const std::optional<Bytes> plain =
        index < kMostChunks ? cipher.UnsealChunk(sealed, last) : std::nullopt;
    if (!plain || (plain->empty() && index > 0)) {
      throw ConfigError(
          "{}: damaged: chunk {} is changed, out of place, or the file is truncated", name, index);
    }
    out.Write(*plain);
    size += plain->size();
    done += sealed.size();
    options.progress(done);
  }
  out.Commit();
  return size;
}

}  // namespace chaosense
