#include "plotting/export/sqlite_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/scratch_folder.h"
#include "core/metrics/metric.h"
#include "tests/unit/export/test_runs.h"

namespace chaosense {
namespace {

using testing::ElementsAre;

// Every line of a query, its fields joined by "|", NULL as "-".
std::vector<std::string> Query(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* database = nullptr;
  EXPECT_EQ(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
  std::vector<std::string> lines;
  const auto add = [](void* to, int count, char** fields, char**) {
    std::string line;
    for (int i = 0; i < count; ++i)
      line += (i > 0 ? "|" : "") + std::string(fields[i] != nullptr ? fields[i] : "-");
    static_cast<std::vector<std::string>*>(to)->push_back(line);
    return 0;
  };
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), add, &lines, &message), SQLITE_OK) << message;
  sqlite3_free(message);
  sqlite3_close(database);
  return lines;
}

TEST(WriteSqlite, HoldsEveryValueOnce) {
  const ScratchFolder folder;
  const std::filesystem::path file = folder.path() / "sub" / "r.sqlite";
  WriteSqlite({SmallRun(), SmallRun("b")}, file);
  EXPECT_THAT(Query(file, "PRAGMA integrity_check"), ElementsAre("ok"));
  EXPECT_TRUE(Query(file, "PRAGMA foreign_key_check").empty());
  EXPECT_THAT(
      Query(file, "SELECT name, code, started FROM runs"),
      ElementsAre("small, run|abc|2020-12-05T10:20:30.123Z", "b|abc|2020-12-05T10:20:30.123Z"));
  EXPECT_THAT(Query(file, "SELECT count(*) FROM metrics"),
              ElementsAre(std::to_string(MetricNames().size())));
  // One cell for each method and rate, not for each image: two of fclbcnn, pca_lmmse once ok and
  // once failed, identity; tval3 published at two rates.
  EXPECT_THAT(Query(file, "SELECT count(*) FROM cells WHERE run = 1"), ElementsAre("7"));
  EXPECT_THAT(
      Query(file,
            "SELECT image, value, published, status FROM results WHERE run = 'b' AND method "
            "= 'fclbcnn' AND rate = 0.25 ORDER BY image"),
      ElementsAre("*mean|29.6951|29.71|ok", "lena256|31.2049|31.09|ok"));
  EXPECT_THAT(Query(file,
                    "SELECT image, value, special FROM results WHERE run = 'b' AND method = "
                    "'identity' ORDER BY image"),
              ElementsAre("Monarch|-|nan", "lena256|Inf|inf"));
  EXPECT_THAT(Query(file, "SELECT status, rate FROM cells WHERE run = 1 AND status LIKE 'failed%'"),
              ElementsAre("failed: out of memory|0.1"));
  EXPECT_THAT(Query(file,
                    "SELECT value, published, seed FROM results WHERE run = 'b' AND status = "
                    "'published' AND rate = 0.01"),
              ElementsAre("-|11.31|-"));
}

TEST(WriteSqlite, SweptSettingsAreColumns) {
  const ScratchFolder folder;
  const std::filesystem::path file = folder.path() / "r.sqlite";
  WriteSqlite({SmallRun(), SweptRun()}, file);
  EXPECT_THAT(Query(file, "SELECT count(*) FROM cells WHERE run = 2"), ElementsAre("2"));
  // In the order of numbers.
  EXPECT_THAT(Query(file,
                    "SELECT \"sweep.ciphers.a/b.rounds\", value FROM results WHERE run = 'swept' "
                    "ORDER BY \"sweep.ciphers.a/b.rounds\""),
              ElementsAre("2|30.0", "10|31.0"));
  EXPECT_THAT(Query(file,
                    "SELECT count(*) FROM results WHERE run = 'small, run' AND "
                    "\"sweep.ciphers.a/b.rounds\" IS NOT NULL"),
              ElementsAre("0"));
}

TEST(WriteSqlite, ReplacesAndLeavesNoOtherFile) {
  const ScratchFolder folder;
  const std::filesystem::path file = folder.path() / "r.sqlite";
  WriteFileAtomically(file, std::string_view("something else"));
  WriteSqlite({SmallRun()}, file);
  const Bytes first = ReadFile(file);
  WriteSqlite({SmallRun()}, file);
  EXPECT_EQ(ReadFile(file), first);
  size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
    ++files;
  EXPECT_EQ(files, 1U);
  EXPECT_THROW(WriteSqlite({SmallRun()}, "/proc/none/r.sqlite"), std::exception);
}

}  // namespace
}  // namespace chaosense
