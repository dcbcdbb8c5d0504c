#include "plotting/export/event_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cstring>

#include "core/base/process.h"
#include "plotting/export/crc32c.h"

namespace chaosense {
namespace {

using testing::HasSubstr;

// RFC 3720, appendix B.4 (the bytes there are the little-endian CRC).
TEST(Crc32c, ValuesOfRfc3720) {
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8a9136aaU);
  EXPECT_EQ(Crc32c(std::string(32, '\xff')), 0x62a8ab43U);
  std::string rising, falling;
  for (int i = 0; i < 32; ++i) {
    rising += static_cast<char>(i);
    falling += static_cast<char>(31 - i);
  }
  EXPECT_EQ(Crc32c(rising), 0x46dd794eU);
  EXPECT_EQ(Crc32c(falling), 0x113fdb5cU);
}

TrainingLog SmallLog() {
  return {"net", {{0, 1.5, {{"validation_gray", 24.25}}}, {300, 99.25, {{"loss", 0.0078125}}}}};
}

uint64_t Number(const std::string& bytes, size_t at, size_t size) {
  uint64_t value = 0;
  for (size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// The records of a TFRecord file, read as its description says: TensorFlow, "TFRecord and
// tf.train.Example", "TFRecords format details".
std::vector<std::string> Records(const std::string& file) {
  const auto masked = [](const std::string& bytes) {
    const uint32_t crc = Crc32c(bytes);
    return static_cast<uint32_t>(((crc >> 15) | (crc << 17)) + 0xa282ead8UL);
  };
  std::vector<std::string> records;
  for (size_t at = 0; at < file.size();) {
    const uint64_t length = Number(file, at, 8);
    EXPECT_EQ(Number(file, at + 8, 4), masked(file.substr(at, 8)));
    const std::string record = file.substr(at + 12, length);
    EXPECT_EQ(Number(file, at + 12 + length, 4), masked(record));
    records.push_back(record);
    at += 16 + length;
  }
  return records;
}

TEST(EventFile, RecordsAreFramed) {
  const std::vector<std::string> records = Records(EventFile(SmallLog()));
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0], VersionEvent(0));
  EXPECT_EQ(records[1], ScalarEvent(1.5, 0, "validation_gray", 24.25F));
  EXPECT_EQ(records[2], ScalarEvent(99.25, 300, "loss", 0.0078125F));
}

// The bytes by hand: protocol buffers' encoding guide; field numbers of tensorflow's event.proto
// and summary.proto.
TEST(EventFile, EventsAreProtocolBuffers) {
  const std::string event = ScalarEvent(2.0, 300, "loss", 0.5F);
  const unsigned char expected[] = {0x09, 0,    0,    0,   0,   0,   0, 0, 0x40,  // 1: double 2.0
                                    0x10, 0xac, 0x02,                             // 2: varint 300
                                    0x2a, 0x0d,                                   // 5: 13 bytes
                                    0x0a, 0x0b,                                   //   1: 11 bytes
                                    0x0a, 0x04, 'l',  'o', 's', 's',              //     1: "loss"
                                    0x15, 0,    0,    0,   0x3f};  //     2: float 0.5
  EXPECT_EQ(event, std::string(reinterpret_cast<const char*>(expected), sizeof(expected)));
}

TEST(EventFile, ProtocReadsTheEvents) {
  if (FindProgram("protoc").empty()) GTEST_SKIP() << "no protoc here (protobuf-compiler)";
  const auto decode = [](const std::string& event) {
    ProcessOptions options;
    options.arguments = {"protoc", "--decode_raw"};
    options.input = Bytes(event.begin(), event.end());
    const ProcessResult result = RunProcess(options);
    EXPECT_TRUE(result.ok()) << result.error;
    return std::string(result.output.begin(), result.output.end());
  };
  EXPECT_THAT(decode(VersionEvent(0)), HasSubstr("3: \"brain.Event:2\""));
  const std::string event = decode(ScalarEvent(2.0, 300, "loss", 0.5F));
  EXPECT_EQ(event,
            "1: 0x4000000000000000\n2: 300\n5 {\n  1 {\n    1: \"loss\"\n    2: 0x3f000000\n  "
            "}\n}\n");
}

}  // namespace
}  // namespace chaosense
