#include "core/sensing/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/error.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

Bytes FileOf(const std::string& header, size_t data_bytes) {
  Bytes bytes(8);
  const uint64_t length = header.size();
  std::memcpy(bytes.data(), &length, 8);
  bytes.insert(bytes.end(), header.begin(), header.end());
  bytes.resize(bytes.size() + data_bytes);
  return bytes;
}

std::string ErrorOf(const Bytes& bytes) {
  try {
    ParseSafetensors(bytes, "weights.safetensors");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_THAT(error.what(), HasSubstr("weights.safetensors"));
    return error.what();
  }
  return "";
}

Safetensors Example() {
  Safetensors content;
  const std::vector<float> values{1.5f, -2.0f, 0.25f, 1e-3f, 7.0f, 65504.0f};
  content.tensors["a"] = MakeTensor(std::span<const float>(values), {2, 3});
  content.tensors["b"] = MakeTensor(std::span<const float>(values), {6}, TensorType::kF16);
  content.tensors["scalar"] = MakeTensor(std::span<const float>(values.data(), 1), {});
  content.metadata["net"] = "{\"name\":\"x\"}";
  return content;
}

TEST(Safetensors, RoundTrip) {
  const Safetensors content = Example();
  const Safetensors back = ParseSafetensors(SerialiseSafetensors(content), "x");
  EXPECT_EQ(back.metadata, content.metadata);
  ASSERT_EQ(back.tensors.size(), 3u);
  EXPECT_EQ(back.tensors.at("a").shape, (std::vector<int64_t>{2, 3}));
  EXPECT_EQ(back.tensors.at("b").type, TensorType::kF16);
  EXPECT_EQ(ToFloats(back.tensors.at("a")), ToFloats(content.tensors.at("a")));
  EXPECT_EQ(ToFloats(back.tensors.at("scalar")), std::vector<float>{1.5f});
}

// The layout of the format's own description: length, header, data, byte for byte.
TEST(Safetensors, LayoutOnDisk) {
  const std::string header = R"({"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  Bytes bytes = FileOf(header, 4);
  const float value = 2.5f;
  std::memcpy(bytes.data() + bytes.size() - 4, &value, 4);
  EXPECT_EQ(ToFloats(ParseSafetensors(bytes, "x").tensors.at("t")), std::vector<float>{2.5f});
}

TEST(Safetensors, EveryTruncationIsRefused) {
  const Bytes bytes = SerialiseSafetensors(Example());
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_NE(ErrorOf(Bytes(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size))), "")
        << size;
  }
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_THAT(ErrorOf(longer), HasSubstr("after the last tensor"));
}

TEST(Safetensors, AbsurdHeadersAreRefused) {
  EXPECT_NE(ErrorOf(Bytes(8, 0xff)), "");  // a header of 2^64 - 1 bytes
  EXPECT_THAT(ErrorOf(FileOf("[1]", 0)), HasSubstr("not a JSON object"));
  EXPECT_THAT(ErrorOf(FileOf("{", 0)), HasSubstr("not a JSON object"));
  EXPECT_THAT(ErrorOf(FileOf(R"({"t":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}})", 4)),
              HasSubstr("F99"));
  EXPECT_THAT(ErrorOf(FileOf(R"({"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", 4)),
              HasSubstr("do not hold its shape"));
  // 2^62 * 4 elements of 4 bytes wrap to 0 in 64 bits.
  EXPECT_NE(
      ErrorOf(FileOf(
          R"({"t":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})", 0)),
      "");
  EXPECT_NE(ErrorOf(FileOf(R"({"t":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4)), "");
  EXPECT_NE(ErrorOf(FileOf(R"({"t":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", 4)), "");
  EXPECT_NE(ErrorOf(FileOf(R"({"t":{"dtype":"F32","shape":[1]}})", 4)), "");
  EXPECT_THAT(ErrorOf(FileOf(R"({"__metadata__":{"a":1}})", 0)), HasSubstr("__metadata__"));
}

TEST(Safetensors, OverlapsAndHolesAreRefused) {
  const std::string overlap = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                              R"("b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})";
  EXPECT_THAT(ErrorOf(FileOf(overlap, 8)), HasSubstr("overlap"));
  const std::string hole = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                           R"("b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})";
  EXPECT_THAT(ErrorOf(FileOf(hole, 12)), HasSubstr("hole"));
}

TEST(Safetensors, MissingTensorNamesTheNearest) {
  Safetensors content = Example();
  content.tensors["fc.weight"] = content.tensors["a"];
  try {
    content.At("fc.weigth", "w.safetensors");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("fc.weight"));
  }
}

// IEEE 754-2008 binary16: table of the standard's corner values.
TEST(Half, KnownValues) {
  EXPECT_EQ(HalfFromFloat(1.0f), 0x3c00);
  EXPECT_EQ(HalfFromFloat(-2.0f), 0xc000);
  EXPECT_EQ(HalfFromFloat(65504.0f), 0x7bff);             // largest
  EXPECT_EQ(HalfFromFloat(65520.0f), 0x7c00);             // rounds to infinity
  EXPECT_EQ(HalfFromFloat(0x1p-14f), 0x0400);             // smallest normal
  EXPECT_EQ(HalfFromFloat(0x1p-24f), 0x0001);             // smallest subnormal
  EXPECT_EQ(HalfFromFloat(0x1p-25f), 0x0000);             // tie, to even
  EXPECT_EQ(HalfFromFloat(0x1.8p-24f), 0x0002);           // tie, to even
  EXPECT_EQ(HalfFromFloat(1.0f + 0x1p-11f), 0x3c00);      // tie, to even
  EXPECT_EQ(HalfFromFloat(1.0f + 3 * 0x1p-11f), 0x3c02);  // tie, to even
  EXPECT_EQ(HalfFromFloat(-std::numeric_limits<float>::infinity()), 0xfc00);
  EXPECT_TRUE(std::isnan(FloatFromHalf(HalfFromFloat(std::nanf("")))));
}

TEST(Half, EveryValueRoundTrips) {
  for (uint32_t bits = 0; bits <= 0xffff; ++bits) {
    const float value = FloatFromHalf(static_cast<uint16_t>(bits));
    if (!std::isnan(value)) {
      ASSERT_EQ(HalfFromFloat(value), bits);
    }
  }
}

RC_GTEST_PROP(Safetensors, BFloat16RoundsToNearest, (int mantissa, int exponent)) {
  const float value = std::ldexp(static_cast<float>(mantissa), exponent % 60);
  const TensorData tensor = MakeTensor(std::span<const float>(&value, 1), {1}, TensorType::kBF16);
  const double error = std::abs(ToFloats(tensor)[0] - value);
  RC_ASSERT(error <= std::abs(value) * 0x1p-8);
}

RC_GTEST_PROP(Safetensors, FlippedBytesNeverCrash, (uint8_t value)) {
  Bytes bytes = SerialiseSafetensors(Example());
  const auto at = *rc::gen::inRange<size_t>(0, bytes.size());
  bytes[at] = value;
  try {
    ParseSafetensors(bytes, "x");
  } catch (const Error&) {
  }
}

}  // namespace
}  // namespace chaosense
