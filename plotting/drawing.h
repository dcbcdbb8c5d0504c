// A figure as files: data, a gnuplot script that reads them, and the pictures it draws.
#ifndef CHAOSENSE_PLOTTING_DRAWING_H_
#define CHAOSENSE_PLOTTING_DRAWING_H_

#include <filesystem>
#include <string>
#include <vector>

namespace chaosense {

struct Drawing {
  std::string id;      // names the files
  std::string csv;     // <id>.csv
  std::string script;  // <id>.gp: reads <id>.csv, writes <id>.svg, .pdf and .png in its own folder
  bool empty = false;  // nothing to draw: no files, and a message says so
};

// <id>.csv and <id>.gp of each, <id>.svg, .pdf and .png where gnuplot is installed; pictures of the
// same data and script are kept, older ones removed, as are those of a figure that is empty now.
// Each file appears whole or not at all. Returns the names written or kept, sorted.
std::vector<std::string> WriteDrawings(const std::vector<Drawing>& drawings,
                                       const std::filesystem::path& folder);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_DRAWING_H_
