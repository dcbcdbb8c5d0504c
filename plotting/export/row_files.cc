#include "plotting/export/row_files.h"

#include "plotting/csv.h"

namespace chaosense {

namespace {

// Behind the record that begins at `at`: a quoted field, such as a swept value, may hold line ends.
size_t RecordEnd(const std::string& csv, size_t at) {
  bool quoted = false;
  for (; quoted || csv[at] != '\n'; ++at) {
    if (csv[at] == '"') quoted = !quoted;
  }
  return at + 1;
}

}  // namespace

std::string RowsCsv(const std::vector<ExportedRun>& runs) {
  // Written together: runs that sweep different settings have the columns of all.
  std::vector<ResultRow> rows;
  std::vector<std::string> first = {"run"};  // field of each line
  for (const ExportedRun& run : runs) {
    rows.insert(rows.end(), run.rows.begin(), run.rows.end());
    first.insert(first.end(), run.rows.size(), CsvField(run.name));
  }
  const std::string cells = WriteCells(rows);
  std::string text;
  size_t at = 0;
  for (const std::string& field : first) {
    const size_t end = RecordEnd(cells, at);
    text += field + "," + cells.substr(at, end - at);
    at = end;
  }
  return text;
}

std::string RowsJsonLines(const std::vector<ExportedRun>& runs) {
  std::string text;
  const auto word = [](const std::string& value) { return value.empty() ? Json() : Json(value); };
  const std::vector<std::string> sweep = SweepAxesOf(runs);
  for (const ExportedRun& run : runs) {
    for (const ResultRow& row : run.rows) {
      Json line = {{"run", run.name},
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
      for (const std::string& axis : sweep) line[axis] = word(AxisText(row, axis));
      text += line.dump() + '\n';
    }
  }
  return text;
}

}  // namespace chaosense
