#include "plotting/export/row_files.h"

#include "plotting/csv.h"

namespace chaosense {

std::string RowsCsv(const std::vector<ExportedRun>& runs) {
  std::string text;
  for (const ExportedRun& run : runs) {
    const std::string cells = WriteCells(run.rows);
    bool header = true;
    for (size_t at = 0; at < cells.size();) {
      // Quoted fields of cells.csv never hold a line end: no name, source or status does.
      const size_t end = cells.find('\n', at) + 1;
      if (!header || text.empty())
        text += (header ? "run" : CsvField(run.name)) + "," + cells.substr(at, end - at);
      header = false;
      at = end;
    }
  }
  return text;
}

std::string RowsJsonLines(const std::vector<ExportedRun>& runs) {
  std::string text;
  const auto word = [](const std::string& value) { return value.empty() ? Json() : Json(value); };
  for (const ExportedRun& run : runs) {
    for (const ResultRow& row : run.rows) {
      const Json line = {{"run", run.name},
                         {"experiment", word(row.experiment)},
                         {"dataset", word(row.dataset)},
                         {"image", word(row.image)},
                         {"rate", row.rate == 0 ? Json() : Json(row.rate)},
                         {"method", word(row.method)},
                         {"cipher", word(row.cipher)},
                         {"map", word(row.map)},
                         {"variant", word(row.variant)},
                         {"seed", row.published_only() ? Json() : Json(row.seed)},
                         {"metric", word(row.metric)},
                         {"value", row.measured() ? NumberToJson(row.value) : Json()},
                         {"unit", word(row.unit)},
                         {"published", row.published ? NumberToJson(*row.published) : Json()},
                         {"source", word(row.source)},
                         {"status", row.status}};
      text += line.dump() + '\n';
    }
  }
  return text;
}

}  // namespace chaosense
