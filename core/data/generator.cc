#include "core/data/generator.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/suggest.h"
#include "core/data/patterns.h"

namespace chaosense {
namespace {

constexpr int kScale = 2;   // leaves are drawn on a grid twice as fine, then smoothed and halved
constexpr int kTile = 256;  // side of the texture, which repeats
constexpr int kTapCount = 4;
constexpr std::array<double, kTapCount> kTaps = {
    0.125, 0.375, 0.375, 0.125};  // [1 1] * [1 2 1], normalised

using Color = std::array<double, 3>;  // red, green, blue, 1 = white

// A periodic texture with mean 0 and about the same variance in every octave, which is a 1/f^2
// power spectrum: bilinear interpolation of random lattices of spacing 128, 64, ..., 2.
std::vector<double> MakeTexture(RandomStream& random) {
  std::vector<double> tile(size_t{kTile} * kTile, 0.0);
  for (int spacing = kTile / 2; spacing >= 2; spacing /= 2) {
    const int nodes = kTile / spacing;
    std::vector<double> lattice(static_cast<size_t>(nodes) * static_cast<size_t>(nodes));
    for (double& value : lattice) value = random.Uniform() - 0.5;
    const auto node = [&](int row, int column) {
      return lattice[static_cast<size_t>(row % nodes) * static_cast<size_t>(nodes) +
                     static_cast<size_t>(column % nodes)];
    };
    for (int y = 0; y < kTile; ++y) {
      const int row = y / spacing;
      const double v = static_cast<double>(y % spacing) / spacing;
      for (int x = 0; x < kTile; ++x) {
        const int column = x / spacing;
        const double u = static_cast<double>(x % spacing) / spacing;
        const double top = node(row, column) * (1 - u) + node(row, column + 1) * u;
        const double bottom = node(row + 1, column) * (1 - u) + node(row + 1, column + 1) * u;
        tile[static_cast<size_t>(y) * kTile + static_cast<size_t>(x)] += top * (1 - v) + bottom * v;
      }
    }
  }
  return tile;
}

// A unit vector of uniform direction, by rejection: no sine, whose last bit differs between
// libraries.
std::array<double, 2> RandomDirection(RandomStream& random) {
  while (true) {
    const double x = 2 * random.Uniform() - 1;
    const double y = 2 * random.Uniform() - 1;
    const double square = x * x + y * y;
    if (square > 0.01 && square <= 1) {
      const double length = std::sqrt(square);
      return {x / length, y / length};
    }
  }
}

double Triangular(RandomStream& random) {
  return random.Uniform() + random.Uniform() - 1;
}  // -1..1, mean 0

// What the leaves of one picture have in common: its exposure, contrast and tint.
struct Palette {
  double brightness, contrast, saturation, blue, red;

  explicit Palette(RandomStream& random)
      : brightness(0.32 + 0.26 * random.Uniform()),
        contrast(0.35 + 0.30 * random.Uniform()),
        saturation(0.02 + 0.10 * random.Uniform()),
        blue(0.05 * Triangular(random)),
        red(0.05 * Triangular(random)) {}

  Color Draw(RandomStream& random) const {
    const double luma = brightness + contrast * Triangular(random);
    const double cb = blue + saturation * Triangular(random);
    const double cr = red + saturation * Triangular(random);
    return {luma + 1.402 * cr, luma - 0.344 * cb - 0.714 * cr, luma + 1.772 * cb};
  }
};

struct Leaf {
  enum class Kind { kDisc, kEllipse, kRectangle };
  Kind kind;
  double x, y, radius;
  double aspect;               // of ellipses and rectangles: the short half axis is aspect * radius
  std::array<double, 2> axis;  // direction of the long axis
  std::array<double, 2> shade_axis;  // brightness changes linearly along it,
  double shade;                      // by this much from the middle to the rim
  double texture;
  int texture_x, texture_y;
  Color color;

  bool Covers(double dx, double dy) const {
    if (kind == Kind::kDisc) return dx * dx + dy * dy <= radius * radius;
    const double along = dx * axis[0] + dy * axis[1];
    const double across = (dy * axis[0] - dx * axis[1]) / aspect;
    if (kind == Kind::kEllipse) return along * along + across * across <= radius * radius;
    // A rectangle within the disc of its radius: half sides radius / sqrt(2).
    return 2 * along * along <= radius * radius && 2 * across * across <= radius * radius;
  }
};

// The grid on which leaves are laid front to back until every point is covered.
class Canvas {
 public:
  Canvas(int height, int width, const GeneratorSettings& settings, RandomStream& random)
      : height_(height),
        width_(width),
        settings_(settings),
        random_(random),
        palette_(random),
        texture_(MakeTexture(random)),
        covered_(static_cast<size_t>(height) * static_cast<size_t>(width), 0),
        colors_(covered_.size()),
        open_(covered_.size()) {}

  void Fill() {
    // The radii are distributed as r^-3 between the limits: 1 / r^2 is uniform.
    const double low = kScale * settings_.min_radius;
    const double high = kScale * settings_.max_radius;
    while (open_ > 0) {
      const double inverse =
          1 / (high * high) + random_.Uniform() * (1 / (low * low) - 1 / (high * high));
      const double radius = 1 / std::sqrt(inverse);
      // Centres are uniform over the canvas and a margin of the largest radius.
      const double x = random_.Uniform() * (width_ + 2 * high) - high;
      const double y = random_.Uniform() * (height_ + 2 * high) - high;
      if (x + radius < 0 || y + radius < 0 || x - radius > width_ || y - radius > height_) continue;
      Lay(DrawLeaf(x, y, radius));
    }
  }

  const Color& at(int row, int column) const { return colors_[Index(row, column)]; }

 private:
  size_t Index(int row, int column) const {
    return static_cast<size_t>(row) * static_cast<size_t>(width_) + static_cast<size_t>(column);
  }

  Leaf DrawLeaf(double x, double y, double radius) {
    Leaf leaf{};
    const int64_t kind = random_.UniformInt(4);
    leaf.kind = kind <= 1   ? Leaf::Kind::kDisc
                : kind == 2 ? Leaf::Kind::kEllipse
                            : Leaf::Kind::kRectangle;
    leaf.x = x;
    leaf.y = y;
    leaf.radius = radius;
    leaf.aspect = 0.4 + 0.6 * random_.Uniform();
    leaf.axis = RandomDirection(random_);
    leaf.shade_axis = RandomDirection(random_);
    leaf.shade = 0.15 * random_.Uniform();
    const double strength = random_.Uniform();
    leaf.texture = settings_.texture * strength * strength * 3;  // most leaves are nearly smooth
    leaf.texture_x = static_cast<int>(random_.UniformInt(kTile));
    leaf.texture_y = static_cast<int>(random_.UniformInt(kTile));
    leaf.color = palette_.Draw(random_);
    return leaf;
  }

  void Lay(const Leaf& leaf) {
    const int top = std::max(0, static_cast<int>(std::floor(leaf.y - leaf.radius)));
    const int left = std::max(0, static_cast<int>(std::floor(leaf.x - leaf.radius)));
    const int bottom = std::min(height_ - 1, static_cast<int>(std::ceil(leaf.y + leaf.radius)));
    const int right = std::min(width_ - 1, static_cast<int>(std::ceil(leaf.x + leaf.radius)));
    for (int row = top; row <= bottom; ++row) {
      for (int column = left; column <= right; ++column) {
        const size_t i = Index(row, column);
        const double dx = column - leaf.x;
        const double dy = row - leaf.y;
        if (covered_[i] != 0 || !leaf.Covers(dx, dy)) continue;
        covered_[i] = 1;
        --open_;
        const double shade =
            leaf.shade * (dx * leaf.shade_axis[0] + dy * leaf.shade_axis[1]) / leaf.radius;
        const double grain =
            leaf.texture * texture_[static_cast<size_t>((row + leaf.texture_y) % kTile) * kTile +
                                    static_cast<size_t>((column + leaf.texture_x) % kTile)];
        for (size_t c = 0; c < 3; ++c)
          colors_[i][c] = std::clamp(leaf.color[c] + shade + grain, 0.0, 1.0);
      }
    }
  }

  int height_;
  int width_;
  const GeneratorSettings& settings_;
  RandomStream& random_;
  Palette palette_;
  std::vector<double> texture_;
  std::vector<uint8_t> covered_;
  std::vector<Color> colors_;
  size_t open_;  // points not covered yet
};

int64_t IntegerSetting(const Json& value, const std::string& where, int64_t low, int64_t high) {
  if (!value.is_number_integer() || value.get<int64_t>() < low || value.get<int64_t>() > high) {
    throw ConfigError(
        "{}: {} is not allowed; expected an integer from {} to {}", where, value.dump(), low, high);
  }
  return value.get<int64_t>();
}

double NumberSetting(const Json& value, const std::string& where, double low, double high) {
  if (!value.is_number() || !(value.get<double>() >= low && value.get<double>() <= high)) {
    throw ConfigError(
        "{}: {} is not allowed; expected a number from {} to {}", where, value.dump(), low, high);
  }
  return value.get<double>();
}

std::string KindSetting(const Json& json, const std::string& where) {
  const Json kind = json.value("kind", Json("leaves"));
  if (kind == "leaves" || kind == "patterns") return kind.get<std::string>();
  throw ConfigError("{}: {} is not allowed; allowed: leaves, patterns", where, kind.dump());
}

}  // namespace

GeneratorSettings ParseGeneratorSettings(const Json& json, const std::string& where) {
  if (!json.is_object()) throw ConfigError("{}: expected an object", where);
  static const std::vector<std::string> kLeaves = {
      "kind", "seed", "images", "height", "width", "min_radius", "max_radius", "texture"};
  static const std::vector<std::string> kPatterns = {"kind", "images", "height", "width"};
  GeneratorSettings settings;
  settings.kind = KindSetting(json, where + "/kind");
  const bool patterns = settings.kind == "patterns";
  const std::vector<std::string>& keys = patterns ? kPatterns : kLeaves;
  for (const auto& [key, value] : json.items()) {
    const std::string at = where + "/" + key;
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      throw ConfigError("{}: unknown key{}", at, DidYouMean(key, keys));
    }
    if (key == "seed") {
      settings.seed = IntegerSetting(value, at, 0, INT64_MAX);
    } else if (key == "images") {
      const auto most = patterns ? static_cast<int64_t>(PatternNames().size()) : 10000;
      settings.images = static_cast<int>(IntegerSetting(value, at, 1, most));
    } else if (key == "height") {
      settings.height = static_cast<int>(IntegerSetting(value, at, 16, 4096));
    } else if (key == "width") {
      settings.width = static_cast<int>(IntegerSetting(value, at, 16, 4096));
    } else if (key == "min_radius") {
      settings.min_radius = NumberSetting(value, at, 0.5, 64);
    } else if (key == "max_radius") {
      settings.max_radius = NumberSetting(value, at, 0.5, 4096);
    } else if (key == "texture") {
      settings.texture = NumberSetting(value, at, 0, 0.5);
    }
  }
  if (settings.max_radius < settings.min_radius) {
    throw ConfigError("{}/max_radius: {} is below min_radius {}",
                      where,
                      settings.max_radius,
                      settings.min_radius);
  }
  return settings;
}

Json GeneratorSettingsToJson(const GeneratorSettings& settings) {
  if (settings.kind == "patterns") {
    return {{"kind", settings.kind},
            {"images", settings.images},
            {"height", settings.height},
            {"width", settings.width}};
  }
  return {{"seed", settings.seed},
          {"images", settings.images},
          {"height", settings.height},
          {"width", settings.width},
          {"min_radius", settings.min_radius},
          {"max_radius", settings.max_radius},
          {"texture", settings.texture}};
}

ImageU8 GenerateImage(const GeneratorSettings& settings, int index) {
  CHAOSENSE_CHECK(index >= 0);
  if (settings.kind == "patterns") return Pattern(index, settings.height, settings.width);
  RandomStream random(
      fmt::format("generator={}|seed={}|image={}", kGeneratorRevision, settings.seed, index));
  // One point more at every side, for the smoothing.
  Canvas canvas(kScale * settings.height + 2, kScale * settings.width + 2, settings, random);
  canvas.Fill();
  ImageU8 image(Shape{3, settings.height, settings.width});
  for (int y = 0; y < settings.height; ++y) {
    for (int x = 0; x < settings.width; ++x) {
      Color sum = {0, 0, 0};
      for (int i = 0; i < kTapCount; ++i) {
        for (int j = 0; j < kTapCount; ++j) {
          const Color& color = canvas.at(kScale * y + i, kScale * x + j);
          const double weight = kTaps[static_cast<size_t>(i)] * kTaps[static_cast<size_t>(j)];
          for (size_t c = 0; c < 3; ++c) sum[c] += weight * color[c];
        }
      }
      for (int c = 0; c < 3; ++c) {
        image.at(c, y, x) =
            static_cast<uint8_t>(std::floor(sum[static_cast<size_t>(c)] * 255 + 0.5));
      }
    }
  }
  return image;
}

}  // namespace chaosense
