#include "plotting/export/sqlite_file.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cmath>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/metrics/metric.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSchema = R"sql(
CREATE TABLE runs(id INTEGER PRIMARY KEY, name TEXT NOT NULL, command TEXT, code TEXT, started TEXT,
                  finished TEXT, manifest TEXT);
CREATE TABLE metrics(name TEXT PRIMARY KEY, unit TEXT, direction TEXT NOT NULL,
                     definition TEXT NOT NULL, source TEXT);
CREATE TABLE cells(id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), experiment TEXT,
                   dataset TEXT, rate REAL, method TEXT, cipher TEXT, map TEXT, variant TEXT,
                   seed INTEGER, status TEXT NOT NULL);
CREATE TABLE measurements(cell INTEGER NOT NULL REFERENCES cells(id), image TEXT,
                          metric TEXT NOT NULL REFERENCES metrics(name), value REAL, special TEXT,
                          published REAL, source TEXT);
CREATE INDEX measurements_of_cell ON measurements(cell);
CREATE INDEX measurements_of_metric ON measurements(metric);
)sql";

std::string Identifier(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

// A column of `cells` for each swept setting (numbers where they are numbers), and the view with
// them.
std::string SweepColumnsAndView(const std::vector<std::string>& sweep) {
  std::string columns, shown;
  for (const std::string& axis : sweep) {
    columns += fmt::format("ALTER TABLE cells ADD COLUMN {} NUMERIC;\n", Identifier(axis));
    shown += Identifier(axis) + ", ";
  }
  return columns + fmt::format(R"sql(
CREATE VIEW results AS
  SELECT runs.name AS run, experiment, dataset, image, rate, method, cipher, map, variant, seed, {}metric,
         value, special, metrics.unit AS unit, published, measurements.source AS source, status
  FROM measurements JOIN cells ON cell = cells.id JOIN runs ON run = runs.id
       JOIN metrics ON metric = metrics.name;
)sql",
                               shown);
}

class Database {
 public:
  explicit Database(const fs::path& file) : file_(file) {
    Check(sqlite3_open(file.c_str(), &handle_));
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void Execute(const char* sql) { Check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }
  void Check(int code) const {
    if (code != SQLITE_OK && code != SQLITE_DONE)
      throw ConfigError("{}: SQLite: {}", file_.string(), sqlite3_errmsg(handle_));
  }
  sqlite3* handle() const { return handle_; }
  int64_t LastRow() const { return sqlite3_last_insert_rowid(handle_); }

 private:
  fs::path file_;
  sqlite3* handle_ = nullptr;
};

// INSERT INTO <table> VALUES(...), again and again.
class Insert {
 public:
  Insert(Database& database, const std::string& table, int columns) : database_(database) {
    std::string sql = "INSERT INTO " + table + " VALUES(?";
    for (int i = 1; i < columns; ++i) sql += ",?";
    database_.Check(
        sqlite3_prepare_v2(database_.handle(), (sql + ")").c_str(), -1, &statement_, nullptr));
  }
  ~Insert() { sqlite3_finalize(statement_); }
  Insert(const Insert&) = delete;
  Insert& operator=(const Insert&) = delete;

  Insert& Null() {
    database_.Check(sqlite3_bind_null(statement_, ++at_));
    return *this;
  }
  Insert& Text(const std::string& text) {  // empty: NULL
    if (text.empty()) return Null();
    database_.Check(sqlite3_bind_text(
        statement_, ++at_, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT));
    return *this;
  }
  Insert& Integer(int64_t value) {
    database_.Check(sqlite3_bind_int64(statement_, ++at_, value));
    return *this;
  }
  Insert& Real(const std::optional<double>& value) {
    if (!value || std::isnan(*value)) return Null();
    database_.Check(sqlite3_bind_double(statement_, ++at_, *value));
    return *this;
  }
  void Done() {
    database_.Check(sqlite3_step(statement_));
    database_.Check(sqlite3_reset(statement_));
    at_ = 0;
  }

 private:
  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
  int at_ = 0;
};

void InsertMetrics(Database& database) {
  Insert insert(database, "metrics", 5);
  for (const MetricInfo& metric : AllMetrics()) {
    insert.Text(metric.name)
        .Text(metric.unit)
        .Text(DirectionName(metric.direction))
        .Text(metric.definition)
        .Text(metric.source)
        .Done();
  }
}

void InsertRun(Database& database, const ExportedRun& run, const std::vector<std::string>& sweep) {
  const Json build = run.manifest.value("build", Json::object());
  Insert(database, "runs", 7)
      .Null()
      .Text(run.name)
      .Text(run.command)
      .Text(build.value("commit", std::string()))
      .Text(run.manifest.value("started", std::string()))
      .Text(run.manifest.value("finished", std::string()))
      .Text(run.manifest.dump())
      .Done();
  const int64_t run_id = database.LastRow();
  Insert cell(database, "cells", 11 + static_cast<int>(sweep.size()));
  Insert measurement(database, "measurements", 7);
  std::vector<std::string> axes = {
      "experiment", "dataset", "rate", "method", "cipher", "map", "variant", "seed"};
  axes.insert(axes.end(), sweep.begin(), sweep.end());
  std::map<std::string, int64_t> cells;
  for (const ResultRow& row : run.rows) {
    std::string key = row.status;
    for (const std::string& axis : axes) key += '\n' + AxisText(row, axis);
    const auto [place, fresh] = cells.emplace(key, 0);
    if (fresh) {
      cell.Null()
          .Integer(run_id)
          .Text(row.experiment)
          .Text(row.dataset)
          .Real(row.rate == 0 ? std::nullopt : std::optional(row.rate))
          .Text(row.method)
          .Text(row.cipher)
          .Text(row.map)
          .Text(row.variant);
      // Seeds beyond SQLite's integers, from 2^63 on, are text.
      if (row.published_only()) {
        cell.Null();
      } else if (row.seed > INT64_MAX) {
        cell.Text(std::to_string(row.seed));
      } else {
        cell.Integer(static_cast<int64_t>(row.seed));
      }
      cell.Text(row.status);
      for (const std::string& axis : sweep) cell.Text(AxisText(row, axis));
      cell.Done();
      place->second = database.LastRow();
    }
    if (row.metric.empty()) continue;  // a failed cell
    const bool special = row.measured() && !std::isfinite(row.value);
    measurement.Integer(place->second)
        .Text(row.image)
        .Text(row.metric)
        .Real(row.measured() ? std::optional(row.value) : std::nullopt)
        .Text(special ? NumberText(row.value) : "")
        .Real(row.published)
        .Text(row.source)
        .Done();
  }
}

}  // namespace

void WriteSqlite(const std::vector<ExportedRun>& runs, const fs::path& file) {
  if (file.has_parent_path()) EnsureWritableFolder(file.parent_path());
  const fs::path temporary = file.string() + fmt::format(".{}.tmp", ::getpid());
  fs::remove(temporary);
  try {
    {
      Database database(temporary);
      const std::vector<std::string> sweep = SweepAxesOf(runs);
      database.Execute(kSchema);
      database.Execute(SweepColumnsAndView(sweep).c_str());
      database.Execute("BEGIN");
      InsertMetrics(database);
      for (const ExportedRun& run : runs) InsertRun(database, run, sweep);
      database.Execute("COMMIT");
    }
    fs::rename(temporary, file);
  } catch (...) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw;
  }
}

}  // namespace chaosense
