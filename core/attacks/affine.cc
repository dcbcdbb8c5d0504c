#include "core/attacks/affine.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/mod256.h"

namespace chaosense {
namespace {

// In either ring; in GF(2) sum and difference are one.
uint8_t Add(Ring ring, uint8_t a, uint8_t b) {
  return ring == Ring::kBits ? static_cast<uint8_t>(a ^ b) : static_cast<uint8_t>(a + b);
}
uint8_t Subtract(Ring ring, uint8_t a, uint8_t b) {
  return ring == Ring::kBits ? static_cast<uint8_t>(a ^ b) : static_cast<uint8_t>(a - b);
}

// row += factor * other
void AddMultiple(std::vector<uint8_t>& row, const std::vector<uint8_t>& other, uint8_t factor) {
  const size_t size = row.size();
  uint8_t* to = row.data();
  const uint8_t* from = other.data();
  for (size_t i = 0; i < size; ++i) to[i] = static_cast<uint8_t>(to[i] + factor * from[i]);
}

}  // namespace

std::string RingName(Ring ring) { return ring == Ring::kZ256 ? "Z_256" : "GF(2)"; }

AffinityTest TestAffinity(
    const ImageMap& map, Shape shape, Ring ring, int trials, RandomStream& random) {
  AffinityTest test;
  const size_t size = shape.size();
  const std::optional<ImageU8> zero = map(ImageU8(shape));
  if (!zero) {
    test.rejected = true;
    return test;
  }
  std::vector<bool> affine(size, true);
  for (; test.trials < trials; ++test.trials) {
    const ImageU8 x(shape, random.RandomBytes(size));
    const ImageU8 y(shape, random.RandomBytes(size));
    ImageU8 sum(shape);
    for (size_t i = 0; i < size; ++i) sum.data[i] = Add(ring, x.data[i], y.data[i]);
    const std::optional<ImageU8> fx = map(x);
    const std::optional<ImageU8> fy = map(y);
    const std::optional<ImageU8> fs = map(sum);
    if (!fx || !fy || !fs) {
      test.rejected = true;
      return test;
    }
    for (size_t i = 0; i < size; ++i) {
      const uint8_t left = Add(ring, fs->data[i], zero->data[i]);
      if (left != Add(ring, fx->data[i], fy->data[i])) affine[i] = false;
    }
  }
  test.affine_share = static_cast<double>(std::count(affine.begin(), affine.end(), true)) /
                      static_cast<double>(size);
  return test;
}

std::optional<AffineModel> AffineModel::Build(const ImageMap& map,
                                              Shape shape,
                                              Ring ring,
                                              int64_t& queries) {
  AffineModel model(shape, ring);
  const size_t units = shape.size() * (ring == Ring::kBits ? 8 : 1);
  ++queries;
  std::optional<ImageU8> zero = map(ImageU8(shape));
  if (!zero) return std::nullopt;
  model.constant_ = std::move(zero->data);
  for (size_t u = 0; u < units; ++u) {
    ImageU8 unit(shape);
    if (ring == Ring::kBits) {
      unit.data[u / 8] = static_cast<uint8_t>(1u << (u % 8));
    } else {
      unit.data[u] = 1;
    }
    ++queries;
    std::optional<ImageU8> answer = map(unit);
    if (!answer) return std::nullopt;
    Bytes column = std::move(answer->data);
    for (size_t i = 0; i < column.size(); ++i)
      column[i] = Subtract(ring, column[i], model.constant_[i]);
    model.column_.push_back(std::move(column));
  }
  return model;
}

ImageU8 AffineModel::Apply(const ImageU8& x) const {
  CHAOSENSE_CHECK(x.shape == shape_);
  ImageU8 y(shape_, constant_);
  if (ring_ == Ring::kZ256) {
    for (size_t u = 0; u < column_.size(); ++u) {
      if (x.data[u] != 0) AddMultiple(y.data, column_[u], x.data[u]);
    }
    return y;
  }
  for (size_t u = 0; u < column_.size(); ++u) {
    if ((x.data[u / 8] >> (u % 8) & 1) == 0) continue;
    for (size_t i = 0; i < y.data.size(); ++i) y.data[i] ^= column_[u][i];
  }
  return y;
}

std::optional<ImageU8> AffineModel::Solve(const ImageU8& y) const {
  CHAOSENSE_CHECK(y.shape == shape_);
  return ring_ == Ring::kZ256 ? SolveZ256(y) : SolveBits(y);
}

// Gauss-Jordan on [A | y - b]. Z_256 is a local ring: A has an inverse exactly if every step finds
// an odd pivot.
std::optional<ImageU8> AffineModel::SolveZ256(const ImageU8& y) const {
  const size_t n = shape_.size();
  std::vector<std::vector<uint8_t>> rows(n, std::vector<uint8_t>(n + 1));
  for (size_t r = 0; r < n; ++r) {
    for (size_t u = 0; u < n; ++u) rows[r][u] = column_[u][r];
    rows[r][n] = static_cast<uint8_t>(y.data[r] - constant_[r]);
  }
  for (size_t p = 0; p < n; ++p) {
    size_t pivot = p;
    while (pivot < n && rows[pivot][p] % 2 == 0) ++pivot;
    if (pivot == n) return std::nullopt;
    std::swap(rows[p], rows[pivot]);
    const uint8_t scale = InverseMod256(rows[p][p]);
    for (uint8_t& value : rows[p]) value = static_cast<uint8_t>(value * scale);
    for (size_t r = 0; r < n; ++r) {
      if (r != p && rows[r][p] != 0)
        AddMultiple(rows[r], rows[p], static_cast<uint8_t>(-rows[r][p]));
    }
  }
  ImageU8 x(shape_);
  for (size_t p = 0; p < n; ++p) x.data[p] = rows[p][n];
  return x;
}

std::optional<ImageU8> AffineModel::SolveBits(const ImageU8& y) const {
  const size_t n = 8 * shape_.size();
  const size_t words = (n + 1 + 63) / 64;
  std::vector<std::vector<uint64_t>> rows(n, std::vector<uint64_t>(words));
  const auto bit = [](const Bytes& bytes, size_t i) {
    return static_cast<uint64_t>(bytes[i / 8] >> (i % 8) & 1);
  };
  for (size_t r = 0; r < n; ++r) {
    for (size_t u = 0; u < n; ++u) rows[r][u / 64] |= bit(column_[u], r) << (u % 64);
    rows[r][n / 64] |= (bit(y.data, r) ^ bit(constant_, r)) << (n % 64);
  }
  const auto entry = [&](size_t r, size_t c) { return rows[r][c / 64] >> (c % 64) & 1; };
  for (size_t p = 0; p < n; ++p) {
    size_t pivot = p;
    while (pivot < n && entry(pivot, p) == 0) ++pivot;
    if (pivot == n) return std::nullopt;
    std::swap(rows[p], rows[pivot]);
    for (size_t r = 0; r < n; ++r) {
      if (r == p || entry(r, p) == 0) continue;
      for (size_t w = 0; w < words; ++w) rows[r][w] ^= rows[p][w];
    }
  }
  ImageU8 x(shape_);
  for (size_t p = 0; p < n; ++p)
    x.data[p / 8] = static_cast<uint8_t>(x.data[p / 8] | entry(p, n) << (p % 8));
  return x;
}

}  // namespace chaosense
