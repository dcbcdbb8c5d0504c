#include "core/harness/ledger.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/file_error.h"
#include "core/base/log.h"
#include "core/harness/plan.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kSyncEvery{250};

const char* StatusName(CellStatus status) {
  switch (status) {
    case CellStatus::kOk:
      return "ok";
    case CellStatus::kFailed:
      return "failed";
    case CellStatus::kInterrupted:
      return "interrupted";
  }
  CHAOSENSE_CHECK(false, "unknown status");
}

CellStatus StatusFromName(const std::string& name) {
  for (const CellStatus status : {CellStatus::kOk, CellStatus::kFailed, CellStatus::kInterrupted}) {
    if (name == StatusName(status)) return status;
  }
  throw ConfigError("unknown status \"{}\"", name);
}

// A cell's file names stay inside its folder, whatever the ledger says.
bool IsInside(const fs::path& file) {
  return !file.empty() && file.is_relative() &&
         std::none_of(file.begin(), file.end(), [](const fs::path& part) { return part == ".."; });
}

bool HasItsFiles(const fs::path& run_folder, const LedgerRow& row) {
  const fs::path folder = CellFolder(run_folder, row.cell);
  const std::vector<std::string>& files = row.result.files;
  return std::all_of(files.begin(), files.end(), [&](const std::string& file) {
    return fs::exists(folder / file);
  });
}

// In the order of their names.
std::vector<fs::path> WorkerLedgers(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder / kLedgersFolder, none)) {
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Json ToJson(const LedgerRow& row) {
  Json values = Json::array();
  for (const Measurement& value : row.result.values) {
    values.push_back({value.image, value.metric, NumberToJson(value.value)});
  }
  Json json = {{"schema", kLedgerSchema},
               {"cell", row.cell},
               {"name", row.name},
               {"axes", AxesToJson(row.axes)},
               {"status", StatusName(row.status)},
               {"values", std::move(values)},
               {"files", row.result.files},
               {"notes", row.result.notes},
               {"started", row.started},
               {"finished", row.finished},
               {"code", row.code}};
  if (!row.error.empty()) json["error"] = row.error;
  return json;
}

LedgerRow LedgerRowFromJson(const Json& json) {
  try {
    if (const int schema = json.at("schema").get<int>(); schema != kLedgerSchema) {
      throw ConfigError("schema {}, expected {}", schema, kLedgerSchema);
    }
    LedgerRow row;
    row.cell = json.at("cell").get<std::string>();
    row.name = json.at("name").get<std::string>();
    row.axes = AxesFromJson(json.at("axes"));
    row.status = StatusFromName(json.at("status").get<std::string>());
    for (const Json& value : json.at("values")) {
      row.result.values.push_back({value.at(0).get<std::string>(),
                                   value.at(1).get<std::string>(),
                                   NumberFromJson(value.at(2))});
    }
    row.result.files = json.at("files").get<std::vector<std::string>>();
    for (const std::string& file : row.result.files) {
      if (!IsInside(file)) throw ConfigError("file \"{}\" is outside the cell's folder", file);
    }
    row.result.notes = json.at("notes");
    row.error = json.value("error", "");
    row.started = json.at("started").get<std::string>();
    row.finished = json.at("finished").get<std::string>();
    row.code = json.at("code").get<std::string>();
    return row;
  } catch (const Json::exception& error) {
    throw ConfigError("{}", error.what());
  }
}

std::vector<LedgerRow> ReadLedgerRows(const fs::path& file, bool growing) {
  std::vector<LedgerRow> rows;
  if (!fs::exists(file)) return rows;
  const std::string text = ReadTextFile(file);
  int64_t number = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (growing && end == text.size()) break;
    const std::string_view line(text.data() + begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.empty()) continue;
    const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded()) {
      LogWarning(
          "{}:{}: torn or damaged line ignored; its cell will be run again", file.string(), number);
      continue;
    }
    try {
      rows.push_back(LedgerRowFromJson(json));
    } catch (const Error& error) {
      LogWarning("{}:{}: line ignored ({}); its cell will be run again",
                 file.string(),
                 number,
                 error.what());
    }
  }
  return rows;
}

Ledger::Ledger(const fs::path& folder)
    : folder_(folder), file_(folder / "ledger.jsonl"), appender_(file_) {
  Read(file_);
}

Ledger::Ledger(const fs::path& folder, const std::string& name)
    : folder_(folder), file_(folder / kLedgersFolder / (name + ".jsonl")), appender_(file_) {
  Read(folder / "ledger.jsonl");
  for (const fs::path& file : WorkerLedgers(folder)) Read(file);
}

void Ledger::Read(const fs::path& file) {
  for (LedgerRow& row : ReadLedgerRows(file)) Take(std::move(row));
}

const LedgerRow* Ledger::Find(const std::string& cell) const {
  const auto found = rows_.find(cell);
  if (found == rows_.end()) return nullptr;
  const Entry& entry = found->second;
  entry.has_files = entry.has_files || HasItsFiles(folder_, entry.row);
  return entry.has_files ? &entry.row : nullptr;
}

void Ledger::Append(const std::vector<LedgerRow>& rows) {
  if (rows.empty()) return;
  // Through text and back, so that a run and its resumption hold the very same numbers.
  std::string lines;
  std::vector<LedgerRow> read_back;
  for (const LedgerRow& row : rows) {
    const Json json = ToJson(row);
    lines +=
        (lines.empty() ? "" : "\n") + json.dump(-1, ' ', false, Json::error_handler_t::replace);
    read_back.push_back(LedgerRowFromJson(json));
  }
  appender_.Append(lines);
  for (LedgerRow& row : read_back) Take(std::move(row));
  if (std::chrono::steady_clock::now() - synced_ >= kSyncEvery) Sync();
}

void Ledger::Sync() {
  appender_.Sync();
  synced_ = std::chrono::steady_clock::now();
}

void Ledger::Take(LedgerRow row) {
  // An ok row stands, but one whose files are gone hides nothing that came after it.
  if (row.status != CellStatus::kOk) {
    const LedgerRow* known = Find(row.cell);
    if (known != nullptr && known->status == CellStatus::kOk) return;
  }
  const std::string cell = row.cell;
  rows_[cell] = {std::move(row)};
}

std::vector<LedgerRow> Collect(const fs::path& folder, Ledger& ledger) {
  std::vector<LedgerRow> taken;
  for (const fs::path& file : WorkerLedgers(folder)) {
    std::vector<LedgerRow> fresh;
    for (LedgerRow& row : ReadLedgerRows(file, /*growing=*/true)) {
      if (row.status == CellStatus::kInterrupted) continue;
      const LedgerRow* known = ledger.Find(row.cell);
      const bool wanted =
          known == nullptr || (known->status != CellStatus::kOk &&
                               (row.status == CellStatus::kOk || row.finished > known->finished));
      if (wanted && HasItsFiles(folder, row)) fresh.push_back(std::move(row));
    }
    ledger.Append(fresh);
    taken.insert(taken.end(), fresh.begin(), fresh.end());
  }
  return taken;
}

RunLock::RunLock(const fs::path& folder, const std::string& name) {
  const fs::path file = folder / name;
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) throw FileError(file, "cannot open the lock file", errno);
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int reason = errno;
    // A file system without locks, as some clusters have.
    if (reason == ENOLCK || reason == EOPNOTSUPP || reason == ENOSYS) {
      LogWarning("{}: no locks here ({}); take care that nothing else runs in this folder",
                 file.string(),
                 std::strerror(reason));
      return;
    }
    char holder[32] = {};
    const ssize_t size = ::pread(descriptor_, holder, sizeof(holder) - 1, 0);
    ::close(descriptor_);
    if (reason != EWOULDBLOCK) {
      throw ConfigError("{}: cannot lock: {}", file.string(), std::strerror(reason));
    }
    throw ConfigError(
        "{}: another run (process {}) is writing here; wait for it or choose another --out",
        folder.string(),
        size > 0 ? holder : "unknown");
  }
  const std::string pid = std::to_string(::getpid());
  // Only for the message above; the lock holds without it.
  [[maybe_unused]] const bool noted =
      ::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, pid.data(), pid.size(), 0) >= 0;
}

RunLock::~RunLock() { ::close(descriptor_); }

std::string UtcNow() {
  const auto now = std::chrono::system_clock::now();
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts = {};
  ::gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
  return fmt::format("{}.{:03}Z", text, milliseconds);
}

fs::path CellFolder(const fs::path& run_folder, const std::string& cell) {
  return run_folder / "cells" / cell.substr(0, 16);
}

}  // namespace chaosense
