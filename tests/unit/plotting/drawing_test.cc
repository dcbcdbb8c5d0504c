#include "plotting/drawing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "plotting/heat_map.h"
#include "plotting/plot.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

HeatMap SmallMap() {
  HeatMap map(3, 2, 0, 3, 0, 2);
  map.id = "small";
  map.title = "it's small";
  return map;
}

TEST(HeatMap, CountsPointsAndScalesEachColumn) {
  HeatMap map = SmallMap();
  for (int i = 0; i < 4; ++i) map.Add(0.5, 0.5);
  map.Add(0.5, 1.5);
  map.Add(3, 2);  // the upper corner belongs to the last cell
  map.Add(3.1, 1);
  map.Add(std::nan(""), 1);
  EXPECT_EQ(map.total(), 6);
  EXPECT_EQ(map.At(0, 0), 4);
  EXPECT_EQ(map.At(2, 1), 1);
  const Drawing drawing = map.Draw();
  EXPECT_EQ(drawing.csv, "100,0,0\n50,0,100\n");
  EXPECT_THAT(drawing.script, HasSubstr("set title 'it''s small'"));
  EXPECT_FALSE(drawing.empty);
  EXPECT_TRUE(SmallMap().Draw().empty);
}

TEST(Plot, SeriesStandOneAfterTheOther) {
  PlotModel plot{"p", "t", "x", "y", false, {}};
  plot.series.push_back({"none", PlotStyle::kLine, {}});
  plot.series.push_back({"a", PlotStyle::kDots, {{1, 2}, {3, 4}}});
  plot.series.push_back({"b", PlotStyle::kSteps, {{5, 6}}});
  const Drawing drawing = DrawPlot(plot);
  EXPECT_EQ(drawing.csv, "series,x,y\na,1,2\na,3,4\nb,5,6\n");
  EXPECT_THAT(drawing.script, HasSubstr("every ::0::1 using 2:3 with points"));
  EXPECT_THAT(drawing.script, HasSubstr("every ::2::2 using 2:3 with steps"));
  plot.series.resize(1);
  EXPECT_TRUE(DrawPlot(plot).empty);
}

TEST(Drawing, FilesAppearAndAreKept) {
  std::string pattern = (std::filesystem::temp_directory_path() / "drawing_XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  HeatMap map = SmallMap();
  map.Add(1, 1);
  const auto names = WriteDrawings({map.Draw()}, folder);
  EXPECT_THAT(names, testing::IsSupersetOf({"small.csv", "small.gp"}));
  for (const std::string& name : names) EXPECT_TRUE(std::filesystem::exists(folder / name)) << name;
  EXPECT_EQ(WriteDrawings({map.Draw()}, folder), names);
  testing::internal::CaptureStderr();
  EXPECT_TRUE(WriteDrawings({SmallMap().Draw()}, folder).empty());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "figures without results, left out: small\n");
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace chaosense
