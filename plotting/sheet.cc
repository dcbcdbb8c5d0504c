#include "plotting/sheet.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/image/image_io.h"
#include "core/image/mat.h"
#include "core/metrics/metric.h"
#include "plotting/table_grid.h"
#include "plotting/table_style.h"

namespace chaosense {
namespace {

constexpr int kGap = 10;
constexpr int kLine = 22;  // pixels a line of text takes
constexpr double kFont = 0.5;
constexpr int kFrame = 150;  // gray level
constexpr int kFace = cv::FONT_HERSHEY_SIMPLEX;

TableGrid GridOf(const SheetSpec& spec, const std::vector<ResultRow>& files) {
  TableSpec table;
  table.where = spec.where;
  table.kind = "sheet";
  table.id = spec.id;
  table.metrics = spec.pictures;
  table.rows = spec.rows;
  table.columns = spec.columns;
  table.filter = spec.filter;
  table.order = spec.order;
  table.published = false;
  return MakeGrid(table, files);
}

// The axes of a tuple that vary, joined; all of them if none varies.
std::string Heading(const SheetSpec& spec,
                    const TableGrid::Tuple& tuple,
                    const std::vector<TableGrid::Tuple>& all) {
  std::vector<std::string> words;
  for (size_t i = 0; i < tuple.size(); ++i) {
    const bool varies = std::any_of(
        all.begin(), all.end(), [&](const auto& other) { return other[i] != tuple[i]; });
    if ((!varies && all.size() > 1) || tuple[i].empty()) continue;
    const auto label = spec.labels.find(tuple[i]);
    words.push_back(label == spec.labels.end() ? tuple[i] : label->second);
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

bool SameCell(const ResultRow& a, const ResultRow& b) {
  return a.sweep == b.sweep &&
         std::all_of(AxisNames().begin(), AxisNames().end(), [&](const std::string& axis) {
           return axis == "metric" || AxisText(a, axis) == AxisText(b, axis);
         });
}

std::string CaptionOf(const SheetSpec& spec,
                      const ResultRow& picture,
                      const std::vector<ResultRow>& rows) {
  if (spec.caption.empty()) return "";
  const MetricInfo& metric = MetricByName(spec.caption);
  for (const ResultRow& row : rows) {
    if (row.metric != spec.caption || !row.measured() || !SameCell(row, picture)) continue;
    const std::string value = FormatValue(row.value, metric.format, metric.precision);
    return metric.unit.empty() ? value : value + " " + metric.unit;
  }
  return "";
}

// Black text that is shrunk to `width`; OpenCV's fonts are ASCII.
void Write(cv::Mat& sheet, std::string text, cv::Point left_bottom, int width) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  int baseline = 0;
  const int needed = cv::getTextSize(text, kFace, kFont, 1, &baseline).width;
  const double size = needed > width ? kFont * width / needed : kFont;
  cv::putText(sheet, text, left_bottom, kFace, size, cv::Scalar(0, 0, 0), 1, cv::LINE_AA);
}

// All of a sheet's pictures, and where they go.
struct Layout {
  std::vector<std::vector<std::optional<ImageU8>>> pictures;
  std::vector<std::vector<std::string>> captions;
  int cell_height = 0;
  int cell_width = 0;
  bool color = false;
};

Layout Load(const SheetSpec& spec,
            const TableGrid& grid,
            const std::vector<ResultRow>& placed,
            const std::vector<CellFile>& files,
            const std::vector<ResultRow>& rows) {
  Layout layout;
  for (const auto& line : grid.cells) {
    auto& pictures = layout.pictures.emplace_back();
    auto& captions = layout.captions.emplace_back();
    for (const GridEntry& entry : line) {
      pictures.emplace_back();
      captions.emplace_back();
      if (!entry.measured()) continue;
      const CellFile& file = files[static_cast<size_t>(entry.ours[0] - placed.data())];
      pictures.back() = LoadImage(file.path);
      captions.back() = CaptionOf(spec, file.axes, rows);
      const Shape shape = pictures.back()->shape;
      layout.cell_height = std::max(layout.cell_height, shape.height);
      layout.cell_width = std::max(layout.cell_width, shape.width);
      layout.color = layout.color || shape.channels == 3;
    }
  }
  return layout;
}

}  // namespace

ImageU8 DrawSheet(const SheetSpec& spec,
                  const std::vector<CellFile>& files,
                  const std::vector<ResultRow>& rows) {
  std::vector<ResultRow> placed;
  for (const CellFile& file : files) placed.push_back(file.axes);
  const TableGrid grid = GridOf(spec, placed);
  if (grid.rows.empty() || grid.columns.empty()) return {};
  const Layout layout = Load(spec, grid, placed, files, rows);
  const int cell_width = std::max(layout.cell_width, 96);
  const bool row_headings = grid.rows.size() > 1;
  const bool captions = !spec.caption.empty();
  const int row_height =
      layout.cell_height + (row_headings ? kLine : 0) + (captions ? kLine : 0) + kGap;
  const int top = kGap + 2 * kLine + kGap / 2;  // title and column headings
  const auto columns = static_cast<int>(grid.columns.size());
  const int width = kGap + columns * (cell_width + kGap);
  const int height = top + static_cast<int>(grid.rows.size()) * row_height;
  cv::Mat sheet(height, width, layout.color ? CV_8UC3 : CV_8UC1, cv::Scalar(255, 255, 255));
  Write(sheet, spec.title, {kGap, kGap + kLine - 8}, width - 2 * kGap);
  for (int c = 0; c < columns; ++c) {
    const std::string heading = Heading(spec, grid.columns[static_cast<size_t>(c)], grid.columns);
    Write(sheet, heading, {kGap + c * (cell_width + kGap), kGap + 2 * kLine - 8}, cell_width);
  }
  for (size_t r = 0; r < grid.rows.size(); ++r) {
    int y = top + static_cast<int>(r) * row_height;
    if (row_headings) {
      Write(sheet, Heading(spec, grid.rows[r], grid.rows), {kGap, y + kLine - 8}, width - 2 * kGap);
      y += kLine;
    }
    for (int c = 0; c < columns; ++c) {
      const int x = kGap + c * (cell_width + kGap);
      const auto& picture = layout.pictures[r][static_cast<size_t>(c)];
      if (!picture) continue;
      cv::Mat pixels = ToMat(*picture);
      if (layout.color && pixels.channels() == 1) cv::cvtColor(pixels, pixels, cv::COLOR_GRAY2BGR);
      pixels.copyTo(sheet(cv::Rect(x, y, pixels.cols, pixels.rows)));
      // A frame around, so that white pictures show.
      cv::rectangle(sheet,
                    cv::Rect(x - 1, y - 1, pixels.cols + 2, pixels.rows + 2),
                    cv::Scalar(kFrame, kFrame, kFrame));
      if (captions) {
        Write(sheet,
              layout.captions[r][static_cast<size_t>(c)],
              {x, y + layout.cell_height + kLine - 8},
              cell_width);
      }
    }
  }
  return FromMat(sheet);
}

std::vector<std::string> WriteSheets(const std::vector<SheetSpec>& specs,
                                     const std::vector<CellFile>& files,
                                     const std::vector<ResultRow>& rows,
                                     const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const SheetSpec& spec : specs) {
    const ImageU8 sheet = DrawSheet(spec, files, rows);
    if (sheet.data.empty()) {
      LogInfo("figures without results, left out: {}", spec.id);
      continue;
    }
    names.push_back(spec.id + ".png");
    std::filesystem::create_directories(folder);
    SaveImage(sheet, folder / names.back());
  }
  return names;
}

}  // namespace chaosense
