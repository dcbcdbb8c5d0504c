// Figures of many small panels, drawn from the data files that cells write: scatter plots of
// neighbours, histograms.
#ifndef CHAOSENSE_PLOTTING_PANELS_H_
#define CHAOSENSE_PLOTTING_PANELS_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "plotting/figure.h"
#include "plotting/rows.h"

namespace chaosense {

struct PanelSpec {
  enum class Style { kPoints, kSteps };
  std::string where;  // place in the config, for error messages
  std::string id;
  std::string title;
  std::string data;  // the cells' files <image>_<data>.csv with the header "panel,series,x,y"
  Style style = Style::kPoints;
  int columns = 3;
  std::map<std::string, std::vector<std::string>> filter;
  std::map<std::string, std::vector<std::string>> order;
  std::map<std::string, std::string> labels;  // axis value, panel or series -> what is printed
  std::string x_title;
  std::string y_title;
};

// The JSON Schema of an entry of "panels". Keys, all optional but id and data: id, title, data,
// style ("points", "steps"), columns, filter, order, labels, x_title, y_title.
Json PanelSpecSchema();
// Throws Error(kConfig) beginning with `where` and the key's pointer.
PanelSpec ParsePanelSpec(const Json& json, const std::string& where);

// A file that a cell wrote for one image: the row's axes and image say which, its metric is the
// file's kind (what stands after the image's name).
struct CellFile {
  ResultRow axes;
  std::filesystem::path path;
};

struct Panel {
  std::string title;
  std::vector<FigureSeries> series;
};

struct PanelFigure {
  std::string id;
  std::string title;
  PanelSpec::Style style = PanelSpec::Style::kPoints;
  int columns = 1;
  std::string x_title;
  std::string y_title;
  std::vector<Panel> panels;
};

// The panels of every file that passes the filter, file after file. A panel is called by its own
// name and by the axes that tell its file from the others. Throws Error(kConfig) naming file and
// line where one is not such data.
PanelFigure BuildPanels(const PanelSpec& spec, const std::vector<CellFile>& files);

std::string PanelsCsv(const PanelFigure& figure);
std::string PanelsScript(const PanelFigure& figure);

// As WriteFigures.
std::vector<std::string> WritePanels(const std::vector<PanelFigure>& figures,
                                     const std::filesystem::path& folder);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_PANELS_H_
