#include "plotting/figure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/unit/plotting/test_rows.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Json Minimal() { return {{"id", "f"}, {"y", "psnr"}, {"series", "method"}}; }

std::string MessageOf(const Json& json) {
  try {
    ParseFigureSpec(json, "a.json: /figures/0");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    return error.what();
  }
  return "accepted";
}

FigureModel FigureOf(Json changes, const std::vector<ResultRow>& rows) {
  Json json = Minimal();
  json["filter"] = {{"image", "*mean"}};
  json.update(changes);
  return BuildFigure(ParseFigureSpec(json, "a.json: /figures/0"), rows);
}

TEST(FigureSpec, ReadsEveryKey) {
  const FigureSpec spec = ParseFigureSpec({{"id", "f"},
                                           {"title", "A figure"},
                                           {"x", "bits_per_pixel"},
                                           {"y", "psnr"},
                                           {"series", "cipher"},
                                           {"filter", {{"rate", 0.25}}},
                                           {"order", {{"cipher", {"a", "b"}}}},
                                           {"labels", {{"a", "Cipher A"}}},
                                           {"x_scale", "log"}},
                                          "a");
  EXPECT_EQ(spec.title, "A figure");
  EXPECT_EQ(spec.x, "bits_per_pixel");
  EXPECT_EQ(spec.series, "cipher");
  EXPECT_THAT(spec.filter.at("rate"), ElementsAre("0.25"));
  EXPECT_THAT(spec.order.at("cipher"), ElementsAre("a", "b"));
  EXPECT_EQ(spec.labels.at("a"), "Cipher A");
  EXPECT_TRUE(spec.log_x);
  EXPECT_EQ(ParseFigureSpec(Minimal(), "a").x, "rate");
  EXPECT_FALSE(ParseFigureSpec(Minimal(), "a").log_x);
}

TEST(FigureSpec, ErrorsNameThePlace) {
  const auto with = [](const char* key, const Json& value) {
    Json json = Minimal();
    json[key] = value;
    return MessageOf(json);
  };
  EXPECT_EQ(MessageOf({{"id", "f"}, {"y", "psnr"}}), "a.json: /figures/0: missing key \"series\"");
  EXPECT_THAT(with("titel", "a"),
              StartsWith("a.json: /figures/0/titel: unknown key \"titel\"; did you mean "
                         "\"title\"?"));
  EXPECT_THAT(with("y", "psnrr"),
              StartsWith("a.json: /figures/0/y: unknown metric \"psnrr\"; did you mean \"psnr\"?"));
  EXPECT_THAT(with("x", "rats"), StartsWith("a.json: /figures/0/x: unknown axis or metric"));
  EXPECT_THAT(with("series", "rate"), StartsWith("a.json: /figures/0/series: unknown axis"));
  EXPECT_EQ(with("x", "psnr"), "a.json: /figures/0/y: \"psnr\" is x already");
  EXPECT_THAT(with("x_scale", "cubic"), StartsWith("a.json: /figures/0/x_scale: unknown scale"));
  EXPECT_THAT(with("id", "../f"), HasSubstr("/figures/0/id: \"../f\" names a file"));
  EXPECT_THAT(with("filter", {{"metric", "psnr"}}), HasSubstr("/figures/0/filter/metric"));
  EXPECT_EQ(MessageOf("f"), "a.json: /figures/0: \"f\" has the wrong type, expected object");
}

TEST(Figure, PointsAreSortedAndLeftOutWhereNothingWasMeasured) {
  const FigureModel figure =
      FigureOf({{"labels", {{"psnr", "PSNR"}, {"pca_lmmse", "PCA"}}}}, SmallTable());
  EXPECT_EQ(figure.title, "f");
  EXPECT_EQ(figure.x_title, "sampling rate (measurements per pixel)");
  EXPECT_EQ(figure.y_title, "PSNR (dB)");
  ASSERT_EQ(figure.series.size(), 2u);
  EXPECT_EQ(figure.series[0].name, "fclbcnn");
  EXPECT_EQ(figure.series[1].label, "PCA");
  // From SmallTable: descending rates there; pca_lmmse failed at 0.1; published values are not
  // ours.
  EXPECT_EQ(FigureCsv(figure),
            "series,x,y\nfclbcnn,0.1,25.5\nfclbcnn,0.25,29.6951\npca_lmmse,0.25,30.66\n");
}

TEST(Figure, XMayBeAMetricAndSeedsAreAveraged) {
  std::vector<ResultRow> rows;
  for (const double rate : {0.5, 0.25}) {
    for (const int seed : {0, 1}) {
      for (const char* metric : {"psnr", "bits_per_pixel"}) {
        const bool bits = metric[0] == 'b';
        rows.push_back(Measured(rate, "jpeg", "*mean", bits ? 8 * rate : 40 * rate + seed, metric));
        rows.back().seed = static_cast<uint64_t>(seed);
      }
    }
  }
  const FigureModel figure = FigureOf({{"x", "bits_per_pixel"}}, rows);
  EXPECT_EQ(figure.x_title, "bits_per_pixel (bit)");
  EXPECT_EQ(FigureCsv(figure), "series,x,y\njpeg,2,10.5\njpeg,4,20.5\n");
}

// Four images at one rate, one image at the other.
std::vector<ResultRow> Images() {
  std::vector<ResultRow> rows;
  for (int i = 0; i < 4; ++i)
    rows.push_back(Measured(0.25, "jpeg", fmt::format("image{}", i), 30.0 + 2 * (i % 2)));
  rows.push_back(Measured(0.25, "jpeg", "*mean", 31));
  rows.push_back(Measured(0.5, "jpeg", "image0", 40));
  return rows;
}

TEST(Figure, BandsOverImages) {
  const FigureModel figure =
      FigureOf({{"over", {"image"}}, {"band", "interval"}, {"filter", Json::object()}}, Images());
  ASSERT_EQ(figure.series.size(), 1U);
  ASSERT_EQ(figure.series[0].points.size(), 2U);
  const FigurePoint& point = figure.series[0].points[0];
  EXPECT_EQ(point.n, 4);  // the row of the mean is no image
  EXPECT_DOUBLE_EQ(point.y, 31);
  // 30, 32, 30, 32: deviation 2 / sqrt(3); t(0.975, 3) = 3.182 (NIST/SEMATECH
  // e-Handbook 1.3.6.7.2).
  EXPECT_NEAR(*point.high - 31, 3.182 * 2 / std::sqrt(3) / 2, 5e-4);
  EXPECT_DOUBLE_EQ(31 - *point.low, *point.high - 31);
  EXPECT_FALSE(figure.series[0].points[1].low);  // one image has no band
  EXPECT_THAT(figure.title, HasSubstr("95 % interval of the mean over images"));
  EXPECT_THAT(FigureCsv(figure), StartsWith("series,x,y,low,high,n\njpeg,0.25,31,"));
  EXPECT_THAT(FigureCsv(figure), HasSubstr("\njpeg,0.5,40,nan,nan,1\n"));
  EXPECT_THAT(FigureScript(figure), HasSubstr("every ::0::1 using 2:4:5 with filledcurves"));
  const FigureModel deviation =
      FigureOf({{"over", {"image"}}, {"band", "sd"}, {"filter", Json::object()}}, Images());
  EXPECT_NEAR(*deviation.series[0].points[0].high, 31 + 2 / std::sqrt(3), 1e-12);
}

TEST(Figure, SeriesCannotBeAveragedOver) {
  EXPECT_THAT(MessageOf({{"id", "f"}, {"y", "psnr"}, {"series", "method"}, {"over", {"method"}}}),
              HasSubstr("/figures/0/over: \"method\" cannot be averaged over here"));
}

TEST(Figure, AmbiguousPointsAreAnError) {
  std::vector<ResultRow> rows = SmallTable();
  rows.push_back(Measured(0.25, "fclbcnn", "*mean", 1));
  rows.back().cipher = "hardened";
  try {
    FigureOf(Json::object(), rows);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(),
                StartsWith("a.json: /figures/0: figure \"f\": several results fall into one cell"));
    EXPECT_THAT(error.what(), HasSubstr("cipher (\"paper\", \"hardened\")"));
  }
}

TEST(Figure, ScriptQuotesWhatUsersWrite) {
  FigureModel figure =
      FigureOf({{"title", "Ours' \"best\"\n_{x}"}, {"x_scale", "log"}}, SmallTable());
  figure.series[0].label = "it's";
  const std::string script = FigureScript(figure);
  EXPECT_THAT(script, HasSubstr("set title 'Ours'' \"best\" _{x}' noenhanced\n"));
  EXPECT_THAT(
      script,
      HasSubstr("'f.csv' skip 1 every ::0::1 using 2:3 with linespoints linetype 1 title 'it''s'"));
  EXPECT_THAT(script, HasSubstr("set logscale x\n"));
  EXPECT_THAT(script, HasSubstr("#0072B2"));
  EXPECT_THAT(FigureScript(FigureModel{"f", "t", "x", "y", false, {}}), Not(HasSubstr("\nplot")));
}

class FigureFiles : public ::testing::Test {
 protected:
  FigureFiles()
      : folder_(fs::temp_directory_path() / fmt::format("chaosense_figure_{}", ::getpid())) {
    fs::remove_all(folder_);
  }
  ~FigureFiles() override { fs::remove_all(folder_); }
  bool Exists(const char* name) const { return fs::exists(folder_ / name); }
  fs::path folder_;
};

// With gnuplot, if this machine has it: what it makes of curves with every style, an infinite value
// and quotes.
TEST_F(FigureFiles, PicturesAreTheSameBytesAndFollowTheData) {
  std::vector<ResultRow> rows;
  for (int i = 0; i < 10; ++i) {
    for (const double rate : {0.1, 0.25, 0.5})
      rows.push_back(Measured(rate, fmt::format("it's {}, {}", i, i), "*mean", 20 + i + 10 * rate));
  }
  rows[3].value = INFINITY;
  const FigureModel figure = FigureOf({{"title", "A 'title'"}}, rows);
  const std::vector<std::string> names = WriteFigures({figure}, folder_);
  EXPECT_EQ(ReadTextFile(folder_ / "f.csv"), FigureCsv(figure));
  EXPECT_EQ(ReadTextFile(folder_ / "f.gp"), FigureScript(figure));
  if (names.size() == 2) GTEST_SKIP() << "no gnuplot here";
  EXPECT_THAT(names, ElementsAre("f.csv", "f.gp", "f.pdf", "f.png", "f.svg"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 5) << "scratch files left";
  const std::string svg = ReadTextFile(folder_ / "f.svg");
  EXPECT_THAT(svg, HasSubstr("it's 9, 9"));
  EXPECT_THAT(svg, HasSubstr("A 'title'"));
  const Bytes pdf = ReadFile(folder_ / "f.pdf");
  fs::remove_all(folder_);
  WriteFigures({figure}, folder_);
  EXPECT_EQ(ReadTextFile(folder_ / "f.svg"), svg);
  EXPECT_EQ(ReadFile(folder_ / "f.pdf"), pdf);
  rows[0].value = 60;
  WriteFigures({FigureOf(Json::object(), rows)}, folder_);
  EXPECT_NE(ReadTextFile(folder_ / "f.svg"), svg);
}

TEST_F(FigureFiles, WithoutGnuplotDataAndScriptStandAndOldPicturesGo) {
  const FigureModel figure = FigureOf(Json::object(), SmallTable());
  WriteFigures({figure}, folder_);
  WriteFileAtomically(folder_ / "f.svg", std::string_view("old"));
  WriteFileAtomically(folder_ / "f.csv", std::string_view("old"));
  const std::string path = ::getenv("PATH");
  ::setenv("PATH", "/nonexistent", 1);
  const auto names = WriteFigures({figure}, folder_);
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_THAT(names, ElementsAre("f.csv", "f.gp"));
  EXPECT_EQ(ReadTextFile(folder_ / "f.csv"), FigureCsv(figure));
  EXPECT_FALSE(Exists("f.svg"));
  EXPECT_FALSE(Exists("f.pdf"));
}

// One curve over the strengths of an attack, which are told apart by the variant.
TEST(Figure, PointsCanComeFromAnotherAxisAndAFilterFromABeginning) {
  std::vector<ResultRow> rows;
  for (const double strength : {0.1, 0.0, 0.3}) {
    for (const char* attack : {"gray gaussian", "gray crop"}) {
      for (const auto& [metric, value] :
           {std::pair{"psnr_attacked", 30 - 50 * strength}, {"attack_strength", strength}}) {
        rows.push_back(Measured(0.25, "net", "*mean", value, metric));
        rows.back().variant = fmt::format("{} {}", attack, strength);
      }
    }
  }
  const Json json = {{"x", "attack_strength"},
                     {"points", "variant"},
                     {"y", "psnr_attacked"},
                     {"filter", {{"image", "*mean"}, {"variant", "gray gaussian *"}}}};
  const FigureModel figure = FigureOf(json, rows);
  ASSERT_EQ(figure.series.size(), 1U);
  ASSERT_EQ(figure.series[0].points.size(), 3U);
  EXPECT_EQ(figure.series[0].points[1].x, 0.1);
  EXPECT_EQ(figure.series[0].points[2].y, 15);
  Json others = json;
  others["filter"]["variant"] = {"!gray gaussian *"};
  ASSERT_EQ(FigureOf(others, rows).series.size(), 1U);
  EXPECT_EQ(FigureOf(others, rows).series[0].points[2].x, 0.3) << "the crops";
  others["filter"]["variant"] = {"gray *", "!gray crop *", "!gray gaussian 0"};
  EXPECT_EQ(FigureOf(others, rows).series[0].points.size(), 2U);
  Json changed = Minimal();
  changed.update({{"points", "variant"}});
  EXPECT_THAT(MessageOf(changed),
              HasSubstr("/figures/0/points: with \"variant\", x must be a metric"));
  changed.update({{"x", "attack_strength"}, {"points", "method"}});
  EXPECT_THAT(MessageOf(changed), HasSubstr("\"method\" is the series already"));
}

}  // namespace
}  // namespace chaosense
