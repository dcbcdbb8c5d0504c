// Comma-separated values as in RFC 4180: fields with a comma, quote or line end are quoted, quotes
// doubled.
#ifndef CHAOSENSE_PLOTTING_CSV_H_
#define CHAOSENSE_PLOTTING_CSV_H_

#include <string>
#include <string_view>
#include <vector>

namespace chaosense {

std::string CsvField(std::string_view text);
void AppendCsvField(std::string_view field, std::string& line);

// Fields joined by commas, ended by "\n".
std::string CsvLine(const std::vector<std::string>& fields);

struct CsvRecord {
  int line = 0;  // where it begins, from 1
  std::vector<std::string> fields;
};

// Reads record by record. Accepts "\n" and "\r\n", and a last line without an end; empty lines are
// skipped. `text` and `name` must outlive it.
class CsvReader {
 public:
  CsvReader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  // The next record into `record`, whose memory is used again; false at the end. Throws
  // Error(kConfig) naming `name` and the line on an unended or misplaced quote.
  bool Next(CsvRecord& record);

 private:
  void ReadField(int record_line, std::string& field);

  std::string_view text_;
  const std::string& name_;
  size_t at_ = 0;
  int line_ = 1;
};

// Every record of a short file.
std::vector<CsvRecord> ParseCsv(std::string_view text, const std::string& name);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_CSV_H_
