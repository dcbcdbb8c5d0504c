// The ledger of a run folder: ledger.jsonl, one line per finished cell, appended, never rewritten.
// It is the truth about a run; every table can be made again from it. Processes that may not write
// to it (tasks of a cluster) have ledgers of their own beside it, ledgers/<name>.jsonl, which
// Collect takes in.
#ifndef CHAOSENSE_CORE_HARNESS_LEDGER_H_
#define CHAOSENSE_CORE_HARNESS_LEDGER_H_

#include <chrono>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/line_appender.h"
#include "core/harness/experiment.h"

namespace chaosense {

inline constexpr int kLedgerSchema = 1;
inline constexpr char kLedgersFolder[] = "ledgers";

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
  // Reads `folder`/ledger.jsonl if it exists and appends to it. Lines that are torn, damaged or of
  // another schema are ignored with a warning: their cells are run again. Throws Error(kConfig) if
  // the file cannot be read.
  explicit Ledger(const std::filesystem::path& folder);
  // Reads all ledgers of the run folder, and appends to ledgers/<name>.jsonl.
  Ledger(const std::filesystem::path& folder, const std::string& name);

  const std::filesystem::path& file() const { return file_; }

  // The row that counts for a cell: its last ok row, else its last row; nullptr if it has none. An
  // ok row whose files are not there does not count; once found they are not looked for again.
  const LedgerRow* Find(const std::string& cell) const;

  // On return the rows survive this process. They are synced to the disk at most a few times a
  // second, and by Sync(): a machine that loses power may lose the last, whose cells are run again.
  void Append(const LedgerRow& row) { Append(std::vector{row}); }
  void Append(const std::vector<LedgerRow>& rows);
  void Sync();

 private:
  struct Entry {
    LedgerRow row;
    mutable bool has_files = false;  // they were there when they were looked for
  };

  void Read(const std::filesystem::path& file);
  void Take(LedgerRow row);

  std::filesystem::path folder_;
  std::filesystem::path file_;
  LineAppender appender_;
  std::chrono::steady_clock::time_point synced_;
  std::unordered_map<std::string, Entry> rows_;
};

// The rows of one file, torn and damaged lines left out with a warning; none if it does not exist.
// `growing`: a last line without its end is being written, and left out without a word.
std::vector<LedgerRow> ReadLedgerRows(const std::filesystem::path& file, bool growing = false);

// Appends to `ledger` (of the run folder itself) the rows of ledgers/*.jsonl that it does not have:
// ok rows of cells without one, and failed rows that are younger than what it has. Doing it again,
// or while a worker is writing, harms nothing. Returns the rows it appended.
std::vector<LedgerRow> Collect(const std::filesystem::path& folder, Ledger& ledger);

// Holds a lock file of the folder; released by the destructor or the process's end, however it
// ends.
class RunLock {
 public:
  // Throws Error(kConfig) if another process runs in this folder. Where the file system knows no
  // locks, a warning is all it does.
  explicit RunLock(const std::filesystem::path& folder, const std::string& name = "lock");
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
