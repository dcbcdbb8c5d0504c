// Values of the literature, copied from configs/published/<name>.json, and how they come to stand
// beside ours.
#ifndef CHAOSENSE_PLOTTING_PUBLISHED_H_
#define CHAOSENSE_PLOTTING_PUBLISHED_H_

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "plotting/rows.h"

namespace chaosense {

// One value. An axis that is empty (rate 0) was not given and matches anything.
struct PublishedValue {
  std::string metric;
  std::string dataset;
  std::string image;
  double rate = 0;
  std::string method;
  std::string cipher;
  std::string map;
  std::string variant;
  double value = 0;    // in the metric's unit (a column's "scale" is applied)
  std::string source;  // with the note, if the value has one: "... Table 1 (not the mean of its own
                       // entries)"
  std::string trust;   // "printed": read in the source; "recalled": not read there; "computed": run
                       // from released code
  std::optional<double> tolerance;  // absolute, in the metric's unit: agreement to be expected
  // Of what is measured itself, such as a map's exponent, not somebody's result: ours can hit or
  // miss it, never beat it.
  bool constant = false;
};

// The file's format, as JSON Schema (draft-7):
//   {"id", "title", "source", "trust", "tolerance": {"absolute", "why"}, "constant": true, "notes":
//    [...],
//    "grids": [{"fixed": {axis: value}, "rows": [axis, ...], "columns": [{axis or "metric": value,
//    "scale": 0.01}, ...],
//               "values": [[row axis values ..., value or null, ...], ...], "source", "trust",
//               "tolerance", "constant"}],
//    "remarks": [{"where": {axis: value}, "text"}]}
// A grid is a table as printed, so that it can be read against its source. null is a blank in the
// source.
std::vector<PublishedValue> ReadPublished(const std::filesystem::path& file);
// `name` begins the error messages. Throws Error(kConfig) on unknown keys, axes and metrics, ragged
// rows, a value given twice, a remark that fits nothing.
std::vector<PublishedValue> ParsePublished(const Json& json, const std::string& name);

// <folder>/<name>.json of each name, in order: where two files give the same value, the first one
// counts. Throws Error(kConfig) for an unknown name ("did you mean"), `where` naming the place in
// the config.
std::vector<PublishedValue> ReadPublishedFiles(const std::filesystem::path& folder,
                                               const std::vector<std::string>& names,
                                               const std::string& where);

// Of each row the value that JoinPublished would join, or nullptr: into `values`.
std::vector<const PublishedValue*> MatchPublished(const std::vector<PublishedValue>& values,
                                                  const std::map<std::string, std::string>& aliases,
                                                  const std::vector<ResultRow>& rows);

// Sets `published` and `source` of every measured row that a value matches, by (metric, dataset,
// image, rate, method, cipher, map, variant). `aliases`: {our label: published name} for method and
// cipher labels of a config that differ from the published names. Of several values that match, the
// one that names most axes counts.
void JoinPublished(const std::vector<PublishedValue>& values,
                   const std::map<std::string, std::string>& aliases,
                   std::vector<ResultRow>& rows);

// The values that match no measured row, as rows of status "published".
std::vector<ResultRow> PublishedOnlyRows(const std::vector<PublishedValue>& values,
                                         const std::map<std::string, std::string>& aliases,
                                         const std::vector<ResultRow>& rows);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_PUBLISHED_H_
