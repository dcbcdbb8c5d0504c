// The ledger of a run folder: ledger.jsonl, one line per finished cell, appended and fsynced, never
// rewritten. It is the truth about a run; every table can be made again from it.
#ifndef CHAOSENSE_CORE_HARNESS_LEDGER_H_
#define CHAOSENSE_CORE_HARNESS_LEDGER_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/harness/experiment.h"

namespace chaosense {

inline constexpr int kLedgerSchema = 1;

enum class CellStatus { kOk, kFailed, kInterrupted };

struct LedgerRow {
  std::string cell;  // id
  std::string name;  // Cell::Name(), for people
  Axes axes;
  CellStatus status = CellStatus::kOk;
  CellResult result;    // empty unless ok
  std::string error;    // one line; empty if ok
  std::string started;  // UTC, ISO 8601
  std::string finished;
  std::string code;  // version of the code that computed it
};

Json ToJson(const LedgerRow& row);
LedgerRow LedgerRowFromJson(const Json& json);  // throws Error(kConfig) on anything unexpected

class Ledger {
 public:
  // Reads `folder`/ledger.jsonl if it exists. Lines that are torn, damaged or of another schema are
  // ignored with a warning: their cells are run again. Throws Error(kConfig) if the file cannot be
  // read.
  explicit Ledger(const std::filesystem::path& folder);

  const std::filesystem::path& file() const { return file_; }

  // The row that counts for a cell: its last ok row, else its last row; nullptr if it has none. An
  // ok row whose files are no longer there does not count.
  const LedgerRow* Find(const std::string& cell) const;

  void Append(const LedgerRow& row);  // durable on return

 private:
  void Take(LedgerRow row);

  std::filesystem::path folder_;
  std::filesystem::path file_;
  std::map<std::string, LedgerRow> rows_;
};

// Holds the folder's lock file; released by the destructor or the process's end, however it ends.
class RunLock {
 public:
  // Throws Error(kConfig) if another process runs in this folder.
  explicit RunLock(const std::filesystem::path& folder);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  int descriptor_;
};

std::string UtcNow();  // "2020-12-05T10:20:30.123Z"

// <run folder>/cells/<first 16 digits of the id>: where a cell's files lie.
std::filesystem::path CellFolder(const std::filesystem::path& run_folder, const std::string& cell);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_LEDGER_H_
