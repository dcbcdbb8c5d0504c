#include "experiments/cli/randomness_source.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/chaos/external_generator.h"
#include "core/chaos/extractor.h"
#include "experiments/cli/command.h"
#include "experiments/map_choice_family.h"

namespace chaosense {
namespace {

// Enciphers one picture after the other and hands out its bytes.
class CipherStream {
 public:
  CipherStream(const GeneratorOptions& options, const Registries& registries)
      : cipher_(registries.ciphers.Create(options.name, options.parameters, "--generator")),
        zeros_(Shape{1, options.picture, options.picture}),
        seed_("chaosense randomness|" + options.name + "|" + options.seed),
        key_(RandomStream(seed_ + "|key").RandomBytes(cipher_->key_size())) {}

  void Fill(std::span<uint8_t> bytes) {
    while (!bytes.empty()) {
      if (next_ == buffer_.size()) {
        const Digest nonce = Sha256Of(seed_ + "|nonce " + std::to_string(pictures_++));
        buffer_ = cipher_->Encrypt(zeros_, key_, nonce).bytes.data;
        next_ = 0;
      }
      const size_t count = std::min(bytes.size(), buffer_.size() - next_);
      std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(next_), count, bytes.begin());
      next_ += count;
      bytes = bytes.subspan(count);
    }
  }

 private:
  std::unique_ptr<Cipher> cipher_;
  ImageU8 zeros_;
  std::string seed_;
  Bytes key_;
  std::vector<uint8_t> buffer_;
  size_t next_ = 0;
  int64_t pictures_ = 0;
};

std::unique_ptr<ByteSource> OpenMap(const std::string& name,
                                    const GeneratorOptions& options,
                                    const Registries& registries) {
  std::error_code error;
  const bool is_file = name.ends_with(".json") ||
                       std::filesystem::is_regular_file(std::filesystem::path(name), error);
  std::shared_ptr<const ChaoticMap> map;
  if (is_file) {
    const Json entry = {{"file", name}, {"parameters", options.parameters}};
    map = FamilyOf(ReadMapChoice(entry, registries.maps, ProjectFolder(), "--generator"),
                   registries.maps)
              .Make();
  } else {
    map = registries.maps.Create(name, options.parameters, "--generator");
  }
  Json extractor = options.extractor;
  if (extractor.empty()) {
    const std::string& own = map->info().extractor;
    extractor = own.empty() ? Json{{"kind", "binary_mod"}} : Json::parse(own);
  }
  if (!options.start.empty() && options.start.size() != map->dimension()) {
    throw ConfigError(
        "--start: {} values, {} has {} variables", options.start.size(), name, map->dimension());
  }
  const auto stream = std::make_shared<OrbitByteStream>(
      map, ParseExtractor(extractor, map->info(), "--extractor"), options.start);
  return MakeGeneratorSource("map:" + name,
                             [stream](std::span<uint8_t> bytes) { stream->Fill(bytes); });
}

// The bytes of another program, as many as will be read.
class ExternalSource final : public ByteSource {
 public:
  ExternalSource(const std::string& command, const GeneratorOptions& options)
      : name_("external:" + command),
        generator_(Json(command), options.timeout_s, "--generator"),
        count_(options.bytes) {
    const char* const end = options.seed.data() + options.seed.size();
    const auto [at, error] = std::from_chars(options.seed.data(), end, seed_);
    if (error != std::errc() || at != end) {
      throw ConfigError("--seed: \"{}\", expected a whole number for an external generator",
                        options.seed);
    }
    constexpr uint64_t kMost = uint64_t{1} << 32;
    if (count_ > kMost) {
      throw ConfigError(
          "--generator: {} from an external generator are too many, at most {}; write "
          "them to a file or pipe them into -",
          SizeName(count_),
          SizeName(kMost));
    }
  }
  const std::string& name() const override { return name_; }
  size_t Read(std::span<uint8_t> bytes) override {
    if (!bytes_) bytes_ = generator_.Generate(static_cast<size_t>(count_), seed_);
    const size_t got = std::min(bytes.size(), bytes_->size() - next_);
    std::copy_n(bytes_->begin() + static_cast<std::ptrdiff_t>(next_), got, bytes.begin());
    next_ += got;
    return got;
  }

 private:
  std::string name_;
  ExternalGenerator generator_;
  uint64_t count_;
  uint64_t seed_ = 0;
  std::optional<Bytes> bytes_;
  size_t next_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> OpenGenerator(const GeneratorOptions& options,
                                          const Registries& registries) {
  constexpr std::string_view kMap = "map:";
  if (options.name.starts_with(kMap))
    return OpenMap(options.name.substr(kMap.size()), options, registries);
  constexpr std::string_view kExternal = "external:";
  if (options.name.starts_with(kExternal) && !options.parameters.empty())
    throw ConfigError("--parameters belong to ciphers and maps, not to an external generator");
  if (!options.extractor.empty() || !options.start.empty()) {
    throw ConfigError("--extractor and --start belong to maps, e.g. --generator map:logistic");
  }
  if (options.name.starts_with(kExternal))
    return std::make_unique<ExternalSource>(options.name.substr(kExternal.size()), options);
  if (!registries.ciphers.Contains(options.name) && registries.maps.Contains(options.name)) {
    throw ConfigError(
        "--generator: \"{}\" is a map; did you mean \"map:{}\"?", options.name, options.name);
  }
  const auto stream = std::make_shared<CipherStream>(options, registries);
  return MakeGeneratorSource(options.name,
                             [stream](std::span<uint8_t> bytes) { stream->Fill(bytes); });
}

uint64_t ParseSize(const std::string& text, const std::string& option) {
  static const std::map<std::string, uint64_t> units = {{"", 1},
                                                        {"B", 1},
                                                        {"KiB", uint64_t{1} << 10},
                                                        {"MiB", uint64_t{1} << 20},
                                                        {"GiB", uint64_t{1} << 30},
                                                        {"KB", 1000},
                                                        {"MB", 1000000},
                                                        {"GB", 1000000000}};
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto unit = units.find(std::string(end, text.data() + text.size()));
  constexpr uint64_t kMost = uint64_t{1} << 40;
  if (error != std::errc() || unit == units.end() || number > kMost / unit->second) {
    throw ConfigError(
        "{}: \"{}\" is no size, expected e.g. 4096, 64KiB, 16MiB, 1GiB, at most 1024GiB",
        option,
        text);
  }
  return number * unit->second;
}

std::string SizeName(uint64_t bytes) {
  const char* names[] = {"bytes", "KiB", "MiB", "GiB"};
  size_t unit = 0;
  while (unit < 3 && bytes >= 1024 && bytes % 1024 == 0) {
    bytes /= 1024;
    ++unit;
  }
  return fmt::format("{} {}", bytes, names[unit]);
}

}  // namespace chaosense
