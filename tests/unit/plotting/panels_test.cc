// Figures of panels and contact sheets, made of the files that cells leave.
#include "plotting/panels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <numeric>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/image/image_io.h"
#include "plotting/sheet.h"
#include "tests/unit/plotting/test_rows.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class CellFiles : public ::testing::Test {
 protected:
  CellFiles()
      : folder_(fs::temp_directory_path() / ("chaosense_panels_" + std::to_string(::getpid()))) {}
  ~CellFiles() override { fs::remove_all(folder_); }

  CellFile Data(const std::string& image, const std::string& cipher, const std::string& text) {
    CellFile file{Measured(0.5, "net", image, 0, "histogram"),
                  folder_ / (image + cipher + "_histogram.csv")};
    file.axes.cipher = cipher;
    WriteFileAtomically(file.path, text);
    return file;
  }
  CellFile Picture(const std::string& image, const std::string& kind, uint8_t level, int channels) {
    CellFile file{Measured(0.5, "net", image, 0, kind), folder_ / (image + "_" + kind + ".png")};
    ImageU8 picture(Shape{channels, 40, 120});
    std::fill(picture.data.begin(), picture.data.end(), level);
    if (channels == 3) picture.at(0, 0, 0) = 255;  // a red corner: in colour indeed
    fs::create_directories(folder_);
    SaveImage(picture, file.path);
    return file;
  }

  fs::path folder_;
};

constexpr const char* kData =
    "panel,series,x,y\nplain,red,0,5\nplain,red,1,7\nplain,blue,0,1\nc,all,0,3\n";

TEST_F(CellFiles, PanelsAreCalledByWhatTellsTheirFilesApart) {
  const std::vector<CellFile> files = {
      Data("lena", "paper", kData), Data("lena", "other", kData), Data("peppers", "paper", kData)};
  Json json = {{"id", "f"},
               {"data", "histogram"},
               {"filter", {{"cipher", "paper"}}},
               {"labels", {{"lena", "Lena"}, {"c", "ciphertext"}}}};
  const PanelFigure figure = BuildPanels(ParsePanelSpec(json, "a"), files);
  std::vector<std::string> titles;
  for (const Panel& panel : figure.panels) titles.push_back(panel.title);
  EXPECT_THAT(
      titles,
      ElementsAre("Lena: plain", "Lena: ciphertext", "peppers: plain", "peppers: ciphertext"));
  ASSERT_EQ(figure.panels[0].series.size(), 2u);
  EXPECT_EQ(figure.panels[0].series[0].points[1].y, 7);
  EXPECT_THAT(PanelsCsv(figure), HasSubstr("Lena: plain,blue,0,1\n"));
  const std::string script = PanelsScript(figure);
  EXPECT_THAT(script, HasSubstr("set multiplot layout 2,3"));
  EXPECT_THAT(script, HasSubstr("every ::2::2 using 3:4"));  // the blue series' single line
}

TEST_F(CellFiles, DamagedDataIsNamedWithItsLine) {
  const PanelSpec spec = ParsePanelSpec({{"id", "f"}, {"data", "histogram"}}, "a");
  const auto message = [&](const char* text) {
    try {
      BuildPanels(spec, {Data("lena", "paper", text)});
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_EQ(message(kData), "accepted");
  EXPECT_EQ(message("panel,x,y\n"),
            "lenapaper_histogram.csv: expected the header \"panel,series,x,y\"");
  EXPECT_EQ(message("panel,series,x,y\na,b,1,two\n"),
            "lenapaper_histogram.csv:2: expected panel, series and two numbers");
}

TEST_F(CellFiles, PanelsAreDrawnWhereGnuplotIs) {
  const PanelFigure figure =
      BuildPanels(ParsePanelSpec({{"id", "f"}, {"data", "histogram"}, {"style", "steps"}}, "a"),
                  {Data("lena", "paper", kData)});
  const std::vector<std::string> names = WritePanels({figure}, folder_ / "figures");
  EXPECT_THAT(names, testing::IsSupersetOf({std::string("f.csv"), std::string("f.gp")}));
  for (const std::string& name : names)
    EXPECT_GT(fs::file_size(folder_ / "figures" / name), 50u) << name;
}

TEST_F(CellFiles, SheetPutsPicturesInTheirPlacesWithCaptions) {
  const std::vector<CellFile> files = {Picture("lena", "1_original", 10, 1),
                                       Picture("lena", "4_ciphertext", 200, 3),
                                       Picture("peppers", "1_original", 60, 1)};
  Json json = {{"id", "s"},
               {"pictures", {"1_original", "4_ciphertext"}},
               {"rows", {"image"}},
               {"columns", {"picture"}},
               {"caption", "psnr"}};
  const SheetSpec spec = ParseSheetSpec(json, "a");
  const ImageU8 sheet = DrawSheet(spec, files, {Measured(0.5, "net", "lena", 31.25)});
  EXPECT_EQ(sheet.shape.channels, 3);
  EXPECT_EQ(sheet.shape.width, 10 + 2 * 130);
  const auto count = [&](uint8_t level) {
    const auto green = sheet.data.begin() + static_cast<std::ptrdiff_t>(sheet.data.size() / 3);
    return std::count(green, green + static_cast<std::ptrdiff_t>(sheet.data.size() / 3), level);
  };
  // The pictures are there whole; a few pixels of text may have a level too.
  EXPECT_NEAR(static_cast<double>(count(10)), 4800, 100);
  EXPECT_NEAR(static_cast<double>(count(60)), 4800, 100);
  EXPECT_NEAR(static_cast<double>(count(200)), 4800, 100);
  // Without values there is less ink.
  const auto ink = [](const ImageU8& image) {
    return std::count_if(image.data.begin(), image.data.end(), [](uint8_t v) { return v < 9; });
  };
  EXPECT_GT(ink(sheet), ink(DrawSheet(spec, files, {})));
  EXPECT_TRUE(DrawSheet(spec, {}, {}).data.empty());
  EXPECT_THAT(WriteSheets({spec}, files, {}, folder_ / "figures"), ElementsAre("s.png"));
}

TEST_F(CellFiles, SheetRefusesTwoPicturesInOnePlace) {
  const std::vector<CellFile> files = {Picture("lena", "1_original", 10, 1),
                                       Picture("peppers", "1_original", 60, 1)};
  const Json json = {
      {"id", "s"}, {"pictures", {"1_original"}}, {"rows", {"method"}}, {"columns", {"picture"}}};
  EXPECT_THROW(DrawSheet(ParseSheetSpec(json, "a"), files, {}), Error);
}

TEST(SheetSpec, ErrorsNameThePlace) {
  const auto message = [](Json changes) {
    Json json = {{"id", "s"}, {"pictures", {"a"}}, {"rows", {"image"}}, {"columns", {"picture"}}};
    json.update(changes);
    try {
      ParseSheetSpec(json, "a.json: /sheets/0");
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_EQ(message(Json::object()), "accepted");
  EXPECT_THAT(message({{"rows", {"pictures"}}}),
              HasSubstr("/sheets/0/rows/0: unknown axis \"pictures\"; did you mean \"picture\"?"));
  EXPECT_THAT(message({{"columns", {"image"}}}), HasSubstr("is among the rows already"));
  EXPECT_THAT(message({{"caption", "psnrr"}}), HasSubstr("/caption: unknown metric"));
  EXPECT_THAT(message({{"pictures", Json::array()}}), HasSubstr("/pictures: is empty"));
}

TEST(PanelSpec, ErrorsNameThePlace) {
  const auto message = [](Json changes) {
    Json json = {{"id", "s"}, {"data", "histogram"}};
    json.update(changes);
    try {
      ParsePanelSpec(json, "a.json: /panels/0");
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_EQ(message(Json::object()), "accepted");
  EXPECT_THAT(message({{"style", "bars"}}), HasSubstr("/panels/0/style: unknown style \"bars\""));
  EXPECT_THAT(message({{"columns", 0}}), HasSubstr("/columns: 0 is out of range"));
  EXPECT_THAT(message({{"dta", "x"}}), HasSubstr("did you mean \"data\"?"));
}

}  // namespace
}  // namespace chaosense
