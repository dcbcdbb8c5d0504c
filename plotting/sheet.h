// Contact sheets: the pictures that cells wrote, side by side with captions, as one PNG (the
// paper's Table 3 and Figs. 6 to 8).
#ifndef CHAOSENSE_PLOTTING_SHEET_H_
#define CHAOSENSE_PLOTTING_SHEET_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/image.h"
#include "plotting/panels.h"

namespace chaosense {

struct SheetSpec {
  std::string where;
  std::string id;
  std::string title;
  std::vector<std::string> pictures;  // kinds: the cells' files <image>_<picture>.png
  std::vector<std::string> rows;      // axes; "metric" stands for the picture's kind
  std::vector<std::string> columns;
  std::map<std::string, std::vector<std::string>> filter;
  std::map<std::string, std::vector<std::string>> order;
  std::map<std::string, std::string> labels;  // axis value or picture -> what is printed
  std::string caption;                        // a metric printed below each picture, or ""
};

// The JSON Schema of an entry of "sheets". Keys, all optional but id, pictures, rows and columns:
// id, title, pictures, rows, columns (axes, or "picture"), filter, order, labels, caption.
Json SheetSpecSchema();
// Throws Error(kConfig) beginning with `where` and the key's pointer.
SheetSpec ParseSheetSpec(const Json& json, const std::string& where);

// `rows` give the captions. Places without a picture stay white. Throws Error(kConfig), naming the
// axes that differ, if several pictures would fall into one place; Error(kData) if a file is gone.
// An empty image if no picture passes the filter.
ImageU8 DrawSheet(const SheetSpec& spec,
                  const std::vector<CellFile>& files,
                  const std::vector<ResultRow>& rows);

// <id>.png of each sheet that has pictures. Returns the names written.
std::vector<std::string> WriteSheets(const std::vector<SheetSpec>& specs,
                                     const std::vector<CellFile>& files,
                                     const std::vector<ResultRow>& rows,
                                     const std::filesystem::path& folder);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_SHEET_H_
