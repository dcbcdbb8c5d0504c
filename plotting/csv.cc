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

void CsvReader::ReadField(int record_line, std::string& field) {
  field.clear();
  if (at_ == text_.size() || text_[at_] != '"') {
    const size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    field = text_.substr(at_, end - at_);
    if (field.find('"') != std::string::npos)
      throw ConfigError("{}:{}: a quote inside a field that is not quoted", name_, line_);
    at_ = end;
    return;
  }
  for (++at_;; ++at_) {
    if (at_ == text_.size())
      throw ConfigError("{}:{}: a quoted field is not ended", name_, record_line);
    if (text_[at_] == '\n') ++line_;
    if (text_[at_] != '"') {
      field += text_[at_];
    } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
      field += text_[at_++];
    } else {
      ++at_;
      return;
    }
  }
}

bool CsvReader::Next(CsvRecord& record) {
  while (at_ < text_.size()) {
    record.line = line_;
    size_t fields = 0;
    for (bool more = true; more; ++fields) {
      if (fields == record.fields.size()) record.fields.emplace_back();
      ReadField(record.line, record.fields[fields]);
      more = at_ < text_.size() && text_[at_] == ',';
      if (more) ++at_;
    }
    record.fields.resize(fields);
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] != '\n')
      throw ConfigError("{}:{}: expected a comma or the end of the line", name_, line_);
    ++at_;
    ++line_;
    if (fields > 1 || !record.fields[0].empty()) return true;
  }
  return false;
}

std::vector<CsvRecord> ParseCsv(std::string_view text, const std::string& name) {
  std::vector<CsvRecord> records;
  CsvReader reader(text, name);
  for (CsvRecord record; reader.Next(record);) records.push_back(record);
  return records;
}

}  // namespace chaosense
