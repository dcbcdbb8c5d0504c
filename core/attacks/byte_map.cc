#include "core/attacks/byte_map.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/base/error.h"

namespace chaosense {
namespace {

using Table = std::array<uint8_t, 256>;

constexpr std::array kOperations = {
    ByteOperation::kAdd, ByteOperation::kXor, ByteOperation::kSubtract};

const char* NameOf(ByteOperation operation) {
  switch (operation) {
    case ByteOperation::kXor:
      return "exclusive or";
    case ByteOperation::kAdd:
      return "addition mod 256";
    case ByteOperation::kSubtract:
      return "subtraction mod 256";
  }
  CHAOSENSE_CHECK(false, "bad operation");
}

Table TableOf(ByteOperation operation, uint8_t t) {
  Table table;
  for (int x = 0; x < 256; ++x) {
    const int y = operation == ByteOperation::kXor   ? x ^ t
                  : operation == ByteOperation::kAdd ? x + t
                                                     : t - x;
    table[static_cast<size_t>(x)] = static_cast<uint8_t>(y);
  }
  return table;
}

std::optional<Table> InverseOf(const Table& table) {
  Table inverse{};
  std::array<bool, 256> seen{};
  for (size_t x = 0; x < 256; ++x) {
    if (seen[table[x]]) return std::nullopt;
    seen[table[x]] = true;
    inverse[table[x]] = static_cast<uint8_t>(x);
  }
  return inverse;
}

std::vector<uint32_t> Identity(size_t size) {
  std::vector<uint32_t> source(size);
  std::iota(source.begin(), source.end(), 0u);
  return source;
}

ImageU8 Constant(Shape shape, uint8_t value) {
  ImageU8 image(shape);
  std::fill(image.data.begin(), image.data.end(), value);
  return image;
}

// What the oracle says to pictures that the model has not seen.
class Verifier {
 public:
  Verifier(const ImageMap& map, Shape shape, RandomStream& random) {
    for (int i = 0; i < 2; ++i) {
      ImageU8 picture(shape, random.RandomBytes(shape.size()));
      std::optional<ImageU8> answer = map(picture);
      if (!answer) return;
      pairs_.emplace_back(std::move(picture), std::move(*answer));
    }
  }
  bool Agrees(const ByteMap& model) const {
    return pairs_.size() == 2 && std::all_of(pairs_.begin(), pairs_.end(), [&](const auto& pair) {
             return model.Apply(pair.first) == pair.second;
           });
  }

 private:
  std::vector<std::pair<ImageU8, ImageU8>> pairs_;
};

// Where each output byte comes from, by the digits that the inverse tables bring to light; nothing
// if that is no permutation.
std::optional<std::vector<uint32_t>> SourcesFrom(const std::vector<ImageU8>& digits,
                                                 const std::vector<Table>& inverse) {
  const size_t size = inverse.size();
  std::vector<uint32_t> source(size);
  std::vector<bool> seen(size);
  for (size_t j = 0; j < size; ++j) {
    size_t from = 0;
    for (size_t d = digits.size(); d-- > 0;) from = from << 8 | inverse[j][digits[d].data[j]];
    if (from >= size || seen[from]) return std::nullopt;
    seen[from] = true;
    source[j] = static_cast<uint32_t>(from);
  }
  return source;
}

std::optional<std::vector<ImageU8>> AskDigits(const ImageMap& map, Shape shape, int64_t& queries) {
  std::vector<ImageU8> answers;
  for (int d = 0; d < DigitPictures(shape.size()); ++d) {
    ++queries;
    std::optional<ImageU8> answer = map(DigitPicture(shape, d));
    if (!answer) return std::nullopt;
    answers.push_back(std::move(*answer));
  }
  return answers;
}

std::optional<ByteMap> Permuted(const std::vector<ImageU8>& digits, std::vector<Table> table) {
  std::vector<Table> inverse;
  for (const Table& t : table) {
    const std::optional<Table> back = InverseOf(t);
    if (!back) return std::nullopt;
    inverse.push_back(*back);
  }
  std::optional<std::vector<uint32_t>> source = SourcesFrom(digits, inverse);
  if (!source) return std::nullopt;
  ByteMap model;
  model.permuted = *source != Identity(source->size());
  model.source = std::move(*source);
  model.table = std::move(table);
  return model;
}

std::vector<Table> TablesOf(ByteOperation operation, const ImageU8& zero) {
  std::vector<Table> tables;
  for (const uint8_t t : zero.data) tables.push_back(TableOf(operation, t));
  return tables;
}

}  // namespace

ImageU8 ByteMap::Apply(const ImageU8& x) const {
  CHAOSENSE_CHECK(x.data.size() == source.size());
  ImageU8 y(x.shape);
  for (size_t j = 0; j < source.size(); ++j) y.data[j] = table[j][x.data[source[j]]];
  return y;
}

ImageU8 ByteMap::Invert(const ImageU8& y) const {
  CHAOSENSE_CHECK(y.data.size() == source.size());
  ImageU8 x(y.shape);
  for (size_t j = 0; j < source.size(); ++j) {
    const std::optional<Table> inverse = InverseOf(table[j]);
    CHAOSENSE_CHECK(inverse.has_value(), "byte {} is not a permutation", j);
    x.data[source[j]] = (*inverse)[y.data[j]];
  }
  return x;
}

int DigitPictures(size_t positions) {
  int digits = 1;
  for (size_t reach = 256; reach < positions; reach <<= 8) ++digits;
  return digits;
}

ImageU8 DigitPicture(Shape shape, int digit) {
  ImageU8 image(shape);
  for (size_t i = 0; i < image.data.size(); ++i)
    image.data[i] = static_cast<uint8_t>(i >> (8 * digit));
  return image;
}

int MinimumQueries(size_t positions) {
  const auto n = static_cast<double>(positions);
  const double bits = std::lgamma(n + 1) / std::log(2.0);
  return 1 + static_cast<int>(std::ceil(bits / (8 * n)));
}

bool ChangesStayLocal(const ImageMap& map, const ImageU8& base, int trials, RandomStream& random) {
  const std::optional<ImageU8> reference = map(base);
  if (!reference) return false;
  for (int i = 0; i < trials; ++i) {
    ImageU8 changed = base;
    changed.data[static_cast<size_t>(random.UniformInt(static_cast<int64_t>(base.data.size())))] ^=
        static_cast<uint8_t>(1 + random.UniformInt(255));
    const std::optional<ImageU8> answer = map(changed);
    if (!answer) return false;
    int differences = 0;
    for (size_t j = 0; j < answer->data.size(); ++j)
      differences += answer->data[j] != reference->data[j] ? 1 : 0;
    if (differences > 1) return false;
  }
  return true;
}

std::optional<ByteMap> FindKeystream(const ImageMap& map,
                                     Shape shape,
                                     RandomStream& random,
                                     int64_t& queries) {
  ++queries;
  const std::optional<ImageU8> zero = map(Constant(shape, 0));
  if (!zero) return std::nullopt;
  const Verifier verifier(map, shape, random);
  for (const ByteOperation operation : kOperations) {
    ByteMap model;
    model.source = Identity(shape.size());
    model.table = TablesOf(operation, *zero);
    model.form = NameOf(operation);
    if (verifier.Agrees(model)) return model;
  }
  return std::nullopt;
}

std::optional<ByteMap> FindPermutation(const ImageMap& map,
                                       Shape shape,
                                       RandomStream& random,
                                       int64_t& queries) {
  const std::optional<std::vector<ImageU8>> digits = AskDigits(map, shape, queries);
  if (!digits) return std::nullopt;
  std::optional<ByteMap> model =
      Permuted(*digits, TablesOf(ByteOperation::kAdd, Constant(shape, 0)));
  if (!model || !Verifier(map, shape, random).Agrees(*model)) return std::nullopt;
  model->form = "permutation";
  return model;
}

std::optional<ByteMap> FindScrambledKeystream(const ImageMap& map,
                                              Shape shape,
                                              RandomStream& random,
                                              int64_t& queries) {
  ++queries;
  const std::optional<ImageU8> zero = map(Constant(shape, 0));
  if (!zero) return std::nullopt;
  const std::optional<std::vector<ImageU8>> digits = AskDigits(map, shape, queries);
  if (!digits) return std::nullopt;
  const Verifier verifier(map, shape, random);
  for (const ByteOperation operation : kOperations) {
    std::optional<ByteMap> model = Permuted(*digits, TablesOf(operation, *zero));
    if (!model || !verifier.Agrees(*model)) continue;
    model->form = NameOf(operation);
    return model;
  }
  return std::nullopt;
}

std::optional<ByteMap> FindTables(const ImageMap& map,
                                  Shape shape,
                                  RandomStream& random,
                                  int64_t& queries) {
  std::vector<Table> tables(shape.size());
  for (int value = 0; value < 256; ++value) {
    ++queries;
    const std::optional<ImageU8> answer = map(Constant(shape, static_cast<uint8_t>(value)));
    if (!answer) return std::nullopt;
    for (size_t j = 0; j < tables.size(); ++j)
      tables[j][static_cast<size_t>(value)] = answer->data[j];
  }
  const std::optional<std::vector<ImageU8>> digits = AskDigits(map, shape, queries);
  if (!digits) return std::nullopt;
  std::optional<ByteMap> model = Permuted(*digits, std::move(tables));
  if (!model || !Verifier(map, shape, random).Agrees(*model)) return std::nullopt;
  model->form = "256-entry tables";
  return model;
}

std::vector<uint32_t> GuessPermutation(const std::vector<ImageU8>& known,
                                       const std::vector<ImageU8>& permuted) {
  CHAOSENSE_CHECK(!known.empty() && known.size() == permuted.size());
  const size_t size = known[0].data.size();
  const auto values_at = [&](const std::vector<ImageU8>& images, size_t position) {
    std::vector<uint8_t> values;
    for (const ImageU8& image : images) values.push_back(image.data[position]);
    return values;
  };
  std::map<std::vector<uint8_t>, std::vector<uint32_t>> places;  // last first
  for (size_t i = size; i-- > 0;) places[values_at(known, i)].push_back(static_cast<uint32_t>(i));
  std::vector<uint32_t> source(size);
  for (size_t j = 0; j < size; ++j) {
    std::vector<uint32_t>& left = places[values_at(permuted, j)];
    if (left.empty()) continue;  // no permutation of the known pictures: stays 0
    source[j] = left.back();
    left.pop_back();
  }
  return source;
}

}  // namespace chaosense
