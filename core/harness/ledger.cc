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
#include "core/base/log.h"
#include "core/harness/plan.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

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

Ledger::Ledger(const fs::path& folder) : folder_(folder), file_(folder / "ledger.jsonl") {
  if (!fs::exists(file_)) return;
  const std::string text = ReadTextFile(file_);
  int64_t number = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.empty()) continue;
    const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded()) {
      LogWarning("{}:{}: torn or damaged line ignored; its cell will be run again",
                 file_.string(),
                 number);
      continue;
    }
    try {
      Take(LedgerRowFromJson(json));
    } catch (const Error& error) {
      LogWarning("{}:{}: line ignored ({}); its cell will be run again",
                 file_.string(),
                 number,
                 error.what());
    }
  }
}

const LedgerRow* Ledger::Find(const std::string& cell) const {
  const auto found = rows_.find(cell);
  if (found == rows_.end()) return nullptr;
  const LedgerRow& row = found->second;
  const fs::path cell_folder = CellFolder(folder_, cell);
  for (const std::string& file : row.result.files) {
    if (!fs::exists(cell_folder / file)) return nullptr;
  }
  return &row;
}

void Ledger::Append(const LedgerRow& row) {
  // Through JSON and back, so that a run and its resumption hold the very same numbers.
  const Json json = ToJson(row);
  AppendLineDurably(file_, json.dump(-1, ' ', false, Json::error_handler_t::replace));
  Take(LedgerRowFromJson(json));
}

void Ledger::Take(LedgerRow row) {
  const auto found = rows_.find(row.cell);
  if (found != rows_.end() && found->second.status == CellStatus::kOk &&
      row.status != CellStatus::kOk)
    return;
  rows_[row.cell] = std::move(row);
}

RunLock::RunLock(const fs::path& folder) {
  const fs::path file = folder / "lock";
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0)
    throw ConfigError("{}: cannot open the lock file: {}", file.string(), std::strerror(errno));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int reason = errno;
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
