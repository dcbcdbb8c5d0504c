#include "plotting/csv.h"

#include <algorithm>

#include "core/base/error.h"

namespace chaosense {

void AppendCsvField(std::string_view field, std::string& line) {
  if (std::none_of(field.begin(), field.end(), [](char c) {
        return c == ',' || c == '"' || c == '\r' || c == '\n';
      })) {
    line += field;
    return;
  }
  line += '"';
  for (const char c : field) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

std::string CsvField(std::string_view text) {
  std::string field;
  AppendCsvField(text, field);
  return field;
}

std::string CsvLine(const std::vector<std::string>& fields) {
  std::string line;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) line += ',';
    AppendCsvField(fields[i], line);
  }
  return line + '\n';
}

std::vector<CsvRecord> ParseCsv(std::string_view text, const std::string& name) {
  std::vector<CsvRecord> records;
  int line = 1;
  size_t at = 0;
  while (at < text.size()) {
    CsvRecord record;
    record.line = line;
    bool more = true;
    while (more) {
      std::string field;
      if (at < text.size() && text[at] == '"') {
        for (++at;; ++at) {
          if (at == text.size())
            throw ConfigError("{}:{}: a quoted field is not ended", name, record.line);
          if (text[at] == '\n') ++line;
          if (text[at] != '"') {
            field += text[at];
          } else if (at + 1 < text.size() && text[at + 1] == '"') {
            field += text[at++];
          } else {
            ++at;
            break;
          }
        }
      } else {
        size_t end = at;
        while (end < text.size() && text[end] != ',' && text[end] != '\r' && text[end] != '\n')
          ++end;
        field = text.substr(at, end - at);
        if (field.find('"') != std::string::npos) {
          throw ConfigError("{}:{}: a quote inside a field that is not quoted", name, line);
        }
        at = end;
      }
      record.fields.push_back(std::move(field));
      more = at < text.size() && text[at] == ',';
      if (more) ++at;
    }
    if (at < text.size() && text[at] == '\r') ++at;
    if (at < text.size() && text[at] != '\n') {
      throw ConfigError("{}:{}: expected a comma or the end of the line", name, line);
    }
    ++at;
    ++line;
    if (record.fields.size() > 1 || !record.fields[0].empty()) records.push_back(std::move(record));
  }
  return records;
}

}  // namespace chaosense
