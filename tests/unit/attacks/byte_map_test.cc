#include "core/attacks/byte_map.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/base/random.h"

namespace chaosense {
namespace {

constexpr Shape kShape{1, 20, 30};

std::vector<uint32_t> RandomPermutation(size_t size, RandomStream& random) {
  std::vector<uint32_t> permutation(size);
  std::iota(permutation.begin(), permutation.end(), 0u);
  Shuffle(permutation, random);
  return permutation;
}

// y[j] = x[source[j]] (operation) t[j], counting the questions.
struct Machine {
  std::vector<uint32_t> source;
  Bytes t;
  std::function<uint8_t(uint8_t, uint8_t)> operation;
  int64_t questions = 0;

  ImageMap map() {
    return [this](const ImageU8& x) -> std::optional<ImageU8> {
      ++questions;
      ImageU8 y(x.shape);
      for (size_t j = 0; j < y.data.size(); ++j) y.data[j] = operation(x.data[source[j]], t[j]);
      return y;
    };
  }
};

Machine RandomMachine(std::function<uint8_t(uint8_t, uint8_t)> operation) {
  RandomStream random("byte map machine");
  return {RandomPermutation(kShape.size(), random),
          random.RandomBytes(kShape.size()),
          std::move(operation)};
}

const std::vector<std::pair<std::string, std::function<uint8_t(uint8_t, uint8_t)>>> kOperations = {
    {"exclusive or", [](uint8_t x, uint8_t t) { return static_cast<uint8_t>(x ^ t); }},
    {"addition mod 256", [](uint8_t x, uint8_t t) { return static_cast<uint8_t>(x + t); }},
    {"subtraction mod 256", [](uint8_t x, uint8_t t) { return static_cast<uint8_t>(t - x); }}};

TEST(ByteMap, ScrambledKeystreamFallsToOnePlusDigitsWhateverTheOperation) {
  for (const auto& [name, operation] : kOperations) {
    Machine machine = RandomMachine(operation);
    RandomStream random("attacker");
    int64_t queries = 0;
    const auto model = FindScrambledKeystream(machine.map(), kShape, random, queries);
    ASSERT_TRUE(model.has_value()) << name;
    EXPECT_EQ(queries, 3) << name;
    EXPECT_EQ(machine.questions, queries + 2) << "and two to verify";
    EXPECT_EQ(model->form, name);
    EXPECT_EQ(model->source, machine.source);
    const ImageU8 x(kShape, random.RandomBytes(kShape.size()));
    EXPECT_EQ(model->Invert(*machine.map()(x)), x);
  }
}

TEST(ByteMap, KeystreamInPlaceFallsToOneQuestion) {
  for (const auto& [name, operation] : kOperations) {
    Machine machine = RandomMachine(operation);
    std::iota(machine.source.begin(), machine.source.end(), 0u);
    RandomStream random("attacker");
    int64_t queries = 0;
    const auto model = FindKeystream(machine.map(), kShape, random, queries);
    ASSERT_TRUE(model.has_value()) << name;
    EXPECT_EQ(queries, 1);
    EXPECT_EQ(model->form, name);
  }
}

TEST(ByteMap, PermutationFallsToTheDigits) {
  Machine machine = RandomMachine([](uint8_t x, uint8_t) { return x; });
  RandomStream random("attacker");
  int64_t queries = 0;
  const auto model = FindPermutation(machine.map(), kShape, random, queries);
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(queries, 2);
  EXPECT_EQ(model->source, machine.source);
}

TEST(ByteMap, AnyTablesFallToAllByteValuesAndTheDigits) {
  // A power map is neither an addition nor an exclusive or.
  Machine machine = RandomMachine([](uint8_t x, uint8_t t) {
    return static_cast<uint8_t>((2 * x + 1) * (2 * x + 1) / 8 * 16 + 3 * x + t);
  });
  RandomStream random("attacker");
  int64_t queries = 0;
  EXPECT_FALSE(FindScrambledKeystream(machine.map(), kShape, random, queries).has_value());
  queries = 0;
  const auto model = FindTables(machine.map(), kShape, random, queries);
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(queries, 258);
  EXPECT_EQ(model->source, machine.source);
}

TEST(ByteMap, NothingIsFoundWhereAByteDependsOnTwo) {
  const ImageMap chain = [](const ImageU8& x) -> std::optional<ImageU8> {
    ImageU8 y = x;
    for (size_t i = 1; i < y.data.size(); ++i)
      y.data[i] = static_cast<uint8_t>(y.data[i] + y.data[i - 1]);
    return y;
  };
  RandomStream random("attacker");
  int64_t queries = 0;
  EXPECT_FALSE(FindKeystream(chain, kShape, random, queries).has_value());
  EXPECT_FALSE(FindPermutation(chain, kShape, random, queries).has_value());
  EXPECT_FALSE(FindScrambledKeystream(chain, kShape, random, queries).has_value());
  EXPECT_FALSE(FindTables(chain, kShape, random, queries).has_value());
  EXPECT_FALSE(ChangesStayLocal(chain, ImageU8(kShape), 4, random));
}

TEST(ByteMap, RejectedQuestionsGiveNothing) {
  const ImageMap deaf = [](const ImageU8&) { return std::optional<ImageU8>(); };
  RandomStream random("attacker");
  int64_t queries = 0;
  EXPECT_FALSE(FindKeystream(deaf, kShape, random, queries).has_value());
  EXPECT_FALSE(FindTables(deaf, kShape, random, queries).has_value());
}

// Li and Lo: ceil(log256 MN) pictures for a permutation.
TEST(ByteMap, DigitsNumberEveryPosition) {
  EXPECT_EQ(DigitPictures(1), 1);
  EXPECT_EQ(DigitPictures(256), 1);
  EXPECT_EQ(DigitPictures(257), 2);
  EXPECT_EQ(DigitPictures(65536), 2);
  EXPECT_EQ(DigitPictures(65537), 3);
}

// log2(4!) = 4.585 bits of a permutation, 32 bits an answer: 1 + 1. For 37,632 bytes, the paper's
// ciphertext: (15.20 - 1.44) / 8 = 1.72 answers beside the first.
TEST(ByteMap, MinimumByCounting) {
  EXPECT_EQ(MinimumQueries(4), 2);
  EXPECT_EQ(MinimumQueries(4096), 3);
  EXPECT_EQ(MinimumQueries(37632), 3);
  EXPECT_EQ(MinimumQueries(65536), 3);
}

TEST(ByteMap, ThreeKnownRandomPicturesGiveThePermutation) {
  RandomStream random("known plaintext");
  const std::vector<uint32_t> source = RandomPermutation(kShape.size(), random);
  std::vector<ImageU8> known, permuted;
  for (int i = 0; i < 3; ++i) {
    known.emplace_back(kShape, random.RandomBytes(kShape.size()));
    permuted.emplace_back(kShape);
    for (size_t j = 0; j < source.size(); ++j)
      permuted.back().data[j] = known.back().data[source[j]];
  }
  EXPECT_EQ(GuessPermutation(known, permuted), source);
}

}  // namespace
}  // namespace chaosense
