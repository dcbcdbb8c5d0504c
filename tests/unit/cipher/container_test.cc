#include "core/cipher/container.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/random.h"

namespace chaosense {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::ThrowsMessage;

const Bytes kKey = RandomStream("container key").RandomBytes(32);

Container Small() {
  Container c;
  c.cipher = "paper";
  c.cipher_parameters = {{"rounds", 2}};
  c.method = "pca_lmmse";
  c.method_parameters = {{"rate", 0.01}};
  c.fit_datasets = {"bsds500_train"};
  c.model_checksum = std::string(64, 'a');
  c.chaos_abi = "test/1";
  c.rate = 0.0101;
  c.image = {1, 40, 60};
  c.grid = {2, 2};
  c.block = {1, 1, 3};
  c.nonce = Sha256Of("nonce");
  c.tag = {1, 2, 3};
  c.payload = RandomStream("payload").RandomBytes(12);
  return c;
}

// One line that begins with the name.
void ExpectRefused(std::span<const uint8_t> bytes, Authentication authentication) {
  try {
    ReadContainer(bytes, kKey, authentication, "photo.chs");
    FAIL() << "accepted " << bytes.size() << " bytes";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    EXPECT_THAT(error.what(), AllOf(testing::StartsWith("photo.chs: "), Not(HasSubstr("\n"))));
  }
}

// The tag made right again after a change, as someone who holds the key could.
Bytes WithHeader(const std::string& from, const std::string& to) {
  Bytes bytes = WriteContainer(Small(), kKey);
  std::string text(bytes.begin(), bytes.end());
  const size_t at = text.find(from);
  CHAOSENSE_CHECK(at != std::string::npos, "{} is not in the header", from);
  text.replace(at, from.size(), to);
  const size_t size = static_cast<uint8_t>(text[8]) +
                      256 * static_cast<size_t>(static_cast<uint8_t>(text[9])) + to.size() -
                      from.size();
  text[8] = static_cast<char>(size & 255);
  text[9] = static_cast<char>(size >> 8);
  return Bytes(text.begin(), text.end());
}

TEST(Container, RoundTrips) {
  const Container container = Small();
  const Bytes bytes = WriteContainer(container, kKey);
  EXPECT_EQ(ReadContainer(bytes, kKey, Authentication::kRequired, "x"), container);
  EXPECT_EQ(ReadContainer(bytes, kKey, Authentication::kSkipped, "x"), container);
  EXPECT_EQ(bytes, WriteContainer(container, kKey));
}

TEST(Container, LayoutIsAsDocumented) {
  const Bytes bytes = WriteContainer(Small(), kKey);
  EXPECT_EQ(std::string(bytes.begin(), bytes.begin() + 4), "CHSN");
  EXPECT_EQ(bytes[4], 1);
  const size_t header = bytes[8] + 256u * bytes[9];
  EXPECT_EQ(bytes[12], '{');
  EXPECT_EQ(bytes[12 + header - 1], '}');
  EXPECT_EQ(bytes[12 + header], 12);  // payload length
  EXPECT_EQ(bytes.size(), 12 + header + 8 + 12 + 32);
}

TEST(Container, WrongKeyIsRefused) {
  const Bytes bytes = WriteContainer(Small(), kKey);
  Bytes wrong = kKey;
  wrong[31] ^= 1;
  EXPECT_THAT([&] { ReadContainer(bytes, wrong, Authentication::kRequired, "photo.chs"); },
              ThrowsMessage<Error>("photo.chs: damaged or wrong key: authentication failed"));
  EXPECT_EQ(ReadContainer(bytes, wrong, Authentication::kSkipped, "photo.chs"), Small());
}

TEST(Container, EveryPrefixIsRefused) {
  const Bytes bytes = WriteContainer(Small(), kKey);
  for (size_t size = 0; size < bytes.size(); ++size) {
    const std::span prefix = std::span(bytes).first(size);
    ExpectRefused(prefix, Authentication::kRequired);
    ExpectRefused(prefix, Authentication::kSkipped);
  }
  Bytes longer = bytes;
  longer.push_back(0);
  ExpectRefused(longer, Authentication::kRequired);
  ExpectRefused(longer, Authentication::kSkipped);
}

TEST(Container, EveryFlippedBitIsRefused) {
  Bytes bytes = WriteContainer(Small(), kKey);
  for (size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      bytes[at] ^= static_cast<uint8_t>(1 << bit);
      ExpectRefused(bytes, Authentication::kRequired);
      bytes[at] ^= static_cast<uint8_t>(1 << bit);
    }
  }
}

// Without authentication any byte may be anything: a clean Error or a container that hangs
// together, never more.
TEST(Container, DamagedHeadersWithoutAuthenticationAreHandled) {
  const Bytes original = WriteContainer(Small(), kKey);
  int accepted = 0;
  for (size_t at = 0; at < original.size(); ++at) {
    for (int value = 0; value < 256; value += 5) {
      Bytes bytes = original;
      bytes[at] = static_cast<uint8_t>(value);
      try {
        const Container c = ReadContainer(bytes, kKey, Authentication::kSkipped, "x");
        EXPECT_EQ(c.payload.size(), c.payload_shape().size());
        ++accepted;
      } catch (const Error&) {
      }
    }
  }
  EXPECT_GT(accepted, 1000);
}

TEST(Container, HeaderFieldsThatCannotBeAreNamed) {
  const std::vector<std::tuple<const char*, const char*, const char*>> cases = {
      {"\"block\":[1,1,3]", "\"block\":[1,1,4]", "4 blocks of 4 bytes, but 12 bytes"},
      {"\"block\":[1,1,3]", "\"block\":[1,1,0]", "/block"},
      {"\"block\":[1,1,3]", "\"block\":[1,1,-3]", "/block"},
      {"\"block\":[1,1,3]", "\"block\":[16777216,16777216,16777216]", "/block"},
      {"\"block\":[1,1,3]", "\"block\":[1,3]", "/block"},
      {"\"grid\":[2,2]", "\"grid\":[2,3]", "/grid"},
      {"\"image\":[1,40,60]", "\"image\":[2,40,60]", "/image"},
      {"\"image\":[1,40,60]", "\"image\":[3,16000000,16000000]", "/image"},
      {"\"image\":[1,40,60]", "\"image\":[1,40,99999999999999999999]", "/image"},
      {"\"image\":[1,40,60]", "\"image\":[1,40,6.5]", "/image"},
      {"\"image\":[1,40,60]", "\"image\":{}", "/image"},
      {"\"rate\":0.0101", "\"rate\":-1", "/rate"},
      {"\"rate\":0.0101", "\"rate\":null", "/rate"},
      {"\"revision\":1", "\"revision\":\"1\"", "/cipher/revision"},
      {"\"tag\":\"010203\"", "\"tag\":\"01020\"", "/tag"},
      {"\"tag\":\"010203\"", "\"tag\":\"zz\"", "/tag"},
      {"\"tag\":\"010203\"", "\"teg\":\"010203\"", "/tag"},
      {"[\"bsds500_train\"]", "[1]", "/method/fit_datasets"},
      {"\"cipher\":{", "\"cypher\":{", "/cipher/name"},
      {"{\"rounds\":2}", "[2]", "/cipher/parameters"},
      {"{\"block\"", "[\"block\"", "not a JSON object"},
  };
  for (const auto& [from, to, message] : cases) {
    EXPECT_THAT(
        [&] { ReadContainer(WithHeader(from, to), kKey, Authentication::kSkipped, "photo.chs"); },
        ThrowsMessage<Error>(HasSubstr(message)))
        << to;
  }
}

TEST(Container, DeeplyNestedHeaderIsHandled) {
  Bytes bytes = {'C', 'H', 'S', 'N', 1, 0, 0, 0, 0, 0xff, 0, 0};
  bytes.insert(bytes.end(), 0xff00, '[');
  bytes.insert(bytes.end(), 8 + 32, 0);
  ExpectRefused(bytes, Authentication::kSkipped);
}

TEST(Container, OtherFilesAreNamed) {
  EXPECT_THAT(
      [&] {
        ReadContainer(Bytes{0x89, 'P', 'N', 'G'}, kKey, Authentication::kRequired, "a.png");
      },
      ThrowsMessage<Error>(HasSubstr("a.png: not a Chaosense container")));
  Bytes future = WriteContainer(Small(), kKey);
  future[4] = 9;
  EXPECT_THAT([&] { ReadContainer(future, kKey, Authentication::kRequired, "a.chs"); },
              ThrowsMessage<Error>(HasSubstr("version 9")));
}

TEST(Container, CipherKeyDiffersFromTheUsersKey) {
  EXPECT_EQ(ContainerCipherKey(kKey).size(), 32u);
  EXPECT_NE(ContainerCipherKey(kKey), kKey);
}

}  // namespace
}  // namespace chaosense
