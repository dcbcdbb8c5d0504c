#include "core/sensing/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <tuple>
#include <utility>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/suggest.h"

namespace chaosense {
namespace {

static_assert(std::endian::native == std::endian::little,
              "tensors are copied as they lie in memory");

// The reference implementation refuses longer headers too.
constexpr uint64_t kMaxHeaderBytes = 100'000'000;
constexpr size_t kLengthBytes = 8;

constexpr std::array<std::pair<TensorType, const char*>, 6> kTypeNames = {
    {{TensorType::kF16, "F16"},
     {TensorType::kBF16, "BF16"},
     {TensorType::kF32, "F32"},
     {TensorType::kF64, "F64"},
     {TensorType::kI64, "I64"},
     {TensorType::kU8, "U8"}}};

TensorType TypeFromName(const std::string& text,
                        const std::string& tensor,
                        const std::string& file) {
  for (const auto& [type, name] : kTypeNames) {
    if (text == name) return type;
  }
  throw ConfigError(
      "{}: tensor \"{}\": dtype \"{}\" is not supported; known: F16, BF16, F32, F64, I64, U8",
      file,
      tensor,
      text);
}

// Product of the shape, or -1 if it is negative somewhere or does not fit.
int64_t CheckedCount(const std::vector<int64_t>& shape) {
  int64_t count = 1;
  for (const int64_t side : shape) {
    if (side < 0 || __builtin_mul_overflow(count, side, &count)) return -1;
  }
  return count;
}

struct Entry {
  std::string name;
  TensorType type;
  std::vector<int64_t> shape;
  uint64_t begin;
  uint64_t end;
};

Entry ParseEntry(const std::string& name,
                 const Json& item,
                 uint64_t data_size,
                 const std::string& file) {
  const auto is_count_list = [](const Json& list) {
    return list.is_array() && std::all_of(list.begin(), list.end(), [](const Json& v) {
             return v.is_number_unsigned();
           });
  };
  if (!item.is_object() || !item.contains("dtype") || !item["dtype"].is_string() ||
      !item.contains("shape") || !is_count_list(item["shape"]) || !item.contains("data_offsets") ||
      !is_count_list(item["data_offsets"]) || item["data_offsets"].size() != 2) {
    throw ConfigError("{}: tensor \"{}\": expected dtype, shape and two data_offsets", file, name);
  }
  Entry entry{name,
              TypeFromName(item["dtype"].get<std::string>(), name, file),
              item["shape"].get<std::vector<int64_t>>(),
              item["data_offsets"][0].get<uint64_t>(),
              item["data_offsets"][1].get<uint64_t>()};
  if (entry.begin > entry.end || entry.end > data_size) {
    throw ConfigError(
        "{}: tensor \"{}\": bytes {}..{} lie outside the file's {} data bytes; the file is "
        "truncated or damaged",
        file,
        name,
        entry.begin,
        entry.end,
        data_size);
  }
  const int64_t count = CheckedCount(entry.shape);
  const uint64_t length = entry.end - entry.begin;
  if (count < 0 || static_cast<uint64_t>(count) > data_size ||
      static_cast<uint64_t>(count) * SizeOf(entry.type) != length) {
    throw ConfigError("{}: tensor \"{}\": {} bytes do not hold its shape of {} {} values",
                      file,
                      name,
                      length,
                      count,
                      TypeName(entry.type));
  }
  return entry;
}

template <typename T>
T LoadAs(const uint8_t* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof(T));
  return value;
}

template <typename To>
std::vector<To> Convert(const TensorData& tensor) {
  const size_t size = SizeOf(tensor.type);
  const size_t count = static_cast<size_t>(ElementCount(tensor));
  CHAOSENSE_CHECK(tensor.bytes.size() == count * size, "a tensor's bytes do not match its shape");
  std::vector<To> values(count);
  for (size_t i = 0; i < count; ++i) {
    const uint8_t* at = tensor.bytes.data() + i * size;
    switch (tensor.type) {
      case TensorType::kF16:
        values[i] = static_cast<To>(FloatFromHalf(LoadAs<uint16_t>(at)));
        break;
      case TensorType::kBF16:
        values[i] = static_cast<To>(
            std::bit_cast<float>(static_cast<uint32_t>(LoadAs<uint16_t>(at)) << 16));
        break;
      case TensorType::kF32:
        values[i] = static_cast<To>(LoadAs<float>(at));
        break;
      case TensorType::kF64:
        values[i] = static_cast<To>(LoadAs<double>(at));
        break;
      case TensorType::kI64:
        values[i] = static_cast<To>(LoadAs<int64_t>(at));
        break;
      case TensorType::kU8:
        values[i] = static_cast<To>(*at);
        break;
    }
  }
  return values;
}

uint16_t BFloatFromFloat(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u)
    return static_cast<uint16_t>((bits >> 16) | 0x40u);  // NaN stays NaN
  return static_cast<uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

template <typename From>
TensorData Make(std::span<const From> values, std::vector<int64_t> shape, TensorType type) {
  TensorData tensor{type, std::move(shape), {}};
  CHAOSENSE_CHECK(CheckedCount(tensor.shape) == static_cast<int64_t>(values.size()),
                  "shape and values differ");
  const size_t size = SizeOf(type);
  tensor.bytes.resize(values.size() * size);
  for (size_t i = 0; i < values.size(); ++i) {
    uint8_t* at = tensor.bytes.data() + i * size;
    const auto store = [at](auto value) { std::memcpy(at, &value, sizeof(value)); };
    switch (type) {
      case TensorType::kF16:
        store(HalfFromFloat(static_cast<float>(values[i])));
        break;
      case TensorType::kBF16:
        store(BFloatFromFloat(static_cast<float>(values[i])));
        break;
      case TensorType::kF32:
        store(static_cast<float>(values[i]));
        break;
      case TensorType::kF64:
        store(static_cast<double>(values[i]));
        break;
      default:
        CHAOSENSE_CHECK(false, "MakeTensor takes floating-point types");
    }
  }
  return tensor;
}

}  // namespace

const TensorData& Safetensors::At(const std::string& name, const std::string& file) const {
  const auto found = tensors.find(name);
  if (found == tensors.end()) {
    std::vector<std::string> names;
    for (const auto& [key, tensor] : tensors) names.push_back(key);
    throw ConfigError("{}: no tensor \"{}\"{}; it holds: {}",
                      file,
                      name,
                      DidYouMean(name, names),
                      JoinNames(names));
  }
  return found->second;
}

size_t SizeOf(TensorType type) {
  switch (type) {
    case TensorType::kF16:
    case TensorType::kBF16:
      return 2;
    case TensorType::kF32:
      return 4;
    case TensorType::kF64:
    case TensorType::kI64:
      return 8;
    case TensorType::kU8:
      return 1;
  }
  CHAOSENSE_CHECK(false, "unknown tensor type");
}

std::string TypeName(TensorType type) {
  for (const auto& [known, name] : kTypeNames) {
    if (known == type) return name;
  }
  CHAOSENSE_CHECK(false, "unknown tensor type");
}

int64_t ElementCount(const TensorData& tensor) { return CheckedCount(tensor.shape); }

uint16_t HalfFromFloat(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const uint32_t sign = (bits >> 16) & 0x8000u;
  const uint32_t magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) return static_cast<uint16_t>(sign | 0x7e00u);  // NaN
  if (magnitude >= 0x477ff000u)
    return static_cast<uint16_t>(sign | 0x7c00u);  // rounds to 65536 or more
  if (magnitude < 0x38800000u) {
    // Subnormal half: adding 2^-1 * 2^-23-aligned magic makes the FPU round at 2^-24, ties to even.
    const float rounded = std::bit_cast<float>(magnitude) + 0.5f;
    return static_cast<uint16_t>(sign | (std::bit_cast<uint32_t>(rounded) - 0x3f000000u));
  }
  const uint32_t odd = (magnitude >> 13) & 1u;
  return static_cast<uint16_t>(sign | ((magnitude - 0x38000000u + 0xfffu + odd) >> 13));
}

float FloatFromHalf(uint16_t bits) {
  const uint32_t sign = static_cast<uint32_t>(bits & 0x8000u) << 16;
  const uint32_t exponent = (bits >> 10) & 0x1fu;
  const uint32_t fraction = bits & 0x3ffu;
  if (exponent == 0) {
    const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
    return sign != 0 ? -magnitude : magnitude;
  }
  const uint32_t wide = exponent == 31 ? 0x7f800000u : (exponent + 112u) << 23;
  return std::bit_cast<float>(sign | wide | (fraction << 13));
}

TensorData MakeTensor(std::span<const float> values, std::vector<int64_t> shape, TensorType type) {
  return Make(values, std::move(shape), type);
}
TensorData MakeTensor(std::span<const double> values, std::vector<int64_t> shape, TensorType type) {
  return Make(values, std::move(shape), type);
}

std::vector<float> ToFloats(const TensorData& tensor) { return Convert<float>(tensor); }
std::vector<double> ToDoubles(const TensorData& tensor) { return Convert<double>(tensor); }

Safetensors ParseSafetensors(std::span<const uint8_t> content, const std::string& file) {
  if (content.size() < kLengthBytes) {
    throw ConfigError(
        "{}: {} bytes are no safetensors file; it begins with an 8-byte header length",
        file,
        content.size());
  }
  const uint64_t header_size = LoadAs<uint64_t>(content.data());
  if (header_size > kMaxHeaderBytes || header_size > content.size() - kLengthBytes) {
    throw ConfigError("{}: header of {} bytes in a file of {}; truncated, or no safetensors file",
                      file,
                      header_size,
                      content.size());
  }
  const auto header_bytes = content.subspan(kLengthBytes, header_size);
  const auto data = content.subspan(kLengthBytes + header_size);
  const Json header =
      Json::parse(header_bytes.begin(), header_bytes.end(), nullptr, /*allow_exceptions=*/false);
  if (!header.is_object())
    throw ConfigError("{}: the safetensors header is not a JSON object", file);

  Safetensors result;
  std::vector<Entry> entries;
  for (const auto& [name, item] : header.items()) {
    if (name != "__metadata__") {
      entries.push_back(ParseEntry(name, item, data.size(), file));
      continue;
    }
    if (!item.is_object()) throw ConfigError("{}: __metadata__ is not an object", file);
    for (const auto& [key, value] : item.items()) {
      if (!value.is_string()) throw ConfigError("{}: __metadata__/{}: expected text", file, key);
      result.metadata[key] = value.get<std::string>();
    }
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.begin, a.end) < std::tie(b.begin, b.end);
  });
  uint64_t position = 0;
  for (const Entry& entry : entries) {
    if (entry.begin != position) {
      throw ConfigError(
          "{}: tensor \"{}\" begins at byte {}, expected {}: tensors overlap or leave a hole",
          file,
          entry.name,
          entry.begin,
          position);
    }
    position = entry.end;
    const auto bytes = data.subspan(entry.begin, entry.end - entry.begin);
    result.tensors[entry.name] =
        TensorData{entry.type, entry.shape, Bytes(bytes.begin(), bytes.end())};
  }
  if (position != data.size()) {
    throw ConfigError("{}: {} bytes after the last tensor", file, data.size() - position);
  }
  return result;
}

Safetensors ReadSafetensors(const std::filesystem::path& path) {
  return ParseSafetensors(ReadFile(path), path.string());
}

Bytes SerialiseSafetensors(const Safetensors& content) {
  Json header = Json::object();
  if (!content.metadata.empty()) header["__metadata__"] = content.metadata;
  uint64_t position = 0;
  for (const auto& [name, tensor] : content.tensors) {
    CHAOSENSE_CHECK(name != "__metadata__", "a tensor cannot have this name");
    CHAOSENSE_CHECK(
        tensor.bytes.size() == static_cast<size_t>(ElementCount(tensor)) * SizeOf(tensor.type),
        "tensor \"{}\": bytes and shape differ",
        name);
    header[name] = {{"dtype", TypeName(tensor.type)},
                    {"shape", tensor.shape},
                    {"data_offsets", {position, position + tensor.bytes.size()}}};
    position += tensor.bytes.size();
  }
  std::string text = CanonicalJson(header);
  text.resize((text.size() + 7) / 8 * 8, ' ');  // tensors aligned to 8 bytes
  Bytes result(kLengthBytes);
  const uint64_t header_size = text.size();
  std::memcpy(result.data(), &header_size, kLengthBytes);
  result.insert(result.end(), text.begin(), text.end());
  result.reserve(result.size() + position);
  for (const auto& [name, tensor] : content.tensors) {
    result.insert(result.end(), tensor.bytes.begin(), tensor.bytes.end());
  }
  return result;
}

void WriteSafetensors(const std::filesystem::path& path, const Safetensors& content) {
  WriteFileAtomically(path, SerialiseSafetensors(content));
}

}  // namespace chaosense
