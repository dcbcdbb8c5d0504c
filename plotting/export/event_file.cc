#include "plotting/export/event_file.h"

#include <bit>

#include "plotting/export/crc32c.h"

namespace chaosense {
namespace {

template <typename T>
std::string LittleEndian(T value) {
  std::string bytes;
  for (size_t i = 0; i < sizeof(T); ++i)
    bytes += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
  return bytes;
}

// ---- protocol buffers: a key of field number and wire type, then the value

std::string Varint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>((value & 0x7F) | 0x80);
  return bytes + static_cast<char>(value);
}

std::string Key(uint32_t field, uint32_t wire_type) { return Varint(field << 3 | wire_type); }

std::string DoubleField(uint32_t field, double value) {
  return Key(field, 1) + LittleEndian(std::bit_cast<uint64_t>(value));
}

std::string FloatField(uint32_t field, float value) {
  return Key(field, 5) + LittleEndian(std::bit_cast<uint32_t>(value));
}

std::string IntegerField(uint32_t field, int64_t value) {
  return Key(field, 0) + Varint(static_cast<uint64_t>(value));
}

std::string BytesField(uint32_t field, std::string_view bytes) {
  return Key(field, 2) + Varint(bytes.size()) + std::string(bytes);
}

std::string MaskedCrc(std::string_view bytes) {
  const uint32_t crc = Crc32c(bytes);
  return LittleEndian(((crc >> 15) | (crc << 17)) + 0xA282EAD8U);
}

}  // namespace

std::string VersionEvent(double wall_time) {
  return DoubleField(1, wall_time) + BytesField(3, "brain.Event:2");
}

std::string ScalarEvent(double wall_time, int64_t step, const std::string& tag, float value) {
  const std::string summary = BytesField(1, BytesField(1, tag) + FloatField(2, value));
  return DoubleField(1, wall_time) + IntegerField(2, step) + BytesField(5, summary);
}

std::string TfRecord(std::string_view bytes) {
  const std::string length = LittleEndian(static_cast<uint64_t>(bytes.size()));
  return length + MaskedCrc(length) + std::string(bytes) + MaskedCrc(bytes);
}

std::string EventFile(const TrainingLog& log) {
  std::string file = TfRecord(VersionEvent(0));
  for (const TrainingPoint& point : log.points) {
    for (const auto& [tag, value] : point.values)
      file += TfRecord(ScalarEvent(point.seconds, point.iteration, tag, static_cast<float>(value)));
  }
  return file;
}

}  // namespace chaosense
