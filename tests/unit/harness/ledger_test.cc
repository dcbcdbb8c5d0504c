#include "core/harness/ledger.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>

#include "core/base/error.h"
#include "tests/unit/harness/temporary_folder.h"

namespace chaosense {
namespace {

LedgerRow Row(const std::string& cell, CellStatus status = CellStatus::kOk, double value = 1.5) {
  LedgerRow row;
  row.cell = cell;
  row.name = "e/" + cell;
  row.axes.experiment = "e";
  row.status = status;
  if (status == CellStatus::kOk) {
    row.result.values = {{"lena", "psnr", value}};
  } else {
    row.error = "it broke";
  }
  row.started = row.finished = UtcNow();
  row.code = "0.1.0";
  return row;
}

TEST(Ledger, RowsSurviveJson) {
  LedgerRow row = Row("c");
  row.result.values = {{"a", "psnr", INFINITY},
                       {"b", "psnr", -INFINITY},
                       {"c", "psnr", NAN},
                       {"d", "x", 0.1},
                       {"e", "x", 5e-324},
                       {"f", "x", 1.0 / 3.0},
                       {"g", "x", -0.0}};
  row.result.files = {"p/q.png"};
  row.result.notes = {{"seconds", 1.5}};
  row.axes.rate = 0.04;
  const LedgerRow back = LedgerRowFromJson(Json::parse(ToJson(row).dump()));
  EXPECT_EQ(ToJson(back), ToJson(row));
  ASSERT_EQ(back.result.values.size(), row.result.values.size());
  for (size_t i = 0; i < row.result.values.size(); ++i) {
    const double expected = row.result.values[i].value;
    const double value = back.result.values[i].value;
    EXPECT_TRUE(std::isnan(expected)
                    ? std::isnan(value)
                    : value == expected && std::signbit(value) == std::signbit(expected));
  }
}

TEST(Ledger, IsEmptyAtFirstAndKeepsWhatIsAppended) {
  const TemporaryFolder folder;
  {
    Ledger ledger(folder.path());
    EXPECT_EQ(ledger.Find("a"), nullptr);
    ledger.Append(Row("a"));
    ledger.Append(Row("b", CellStatus::kFailed));
    ASSERT_NE(ledger.Find("a"), nullptr);
  }
  const Ledger again(folder.path());
  ASSERT_NE(again.Find("a"), nullptr);
  EXPECT_EQ(again.Find("a")->result.values.at(0).value, 1.5);
  ASSERT_NE(again.Find("b"), nullptr);
  EXPECT_EQ(again.Find("b")->status, CellStatus::kFailed);
  EXPECT_EQ(again.Find("b")->error, "it broke");
}

TEST(Ledger, TheLastOkRowWins) {
  const TemporaryFolder folder;
  {
    Ledger ledger(folder.path());
    for (const LedgerRow& row : {Row("a", CellStatus::kFailed),
                                 Row("a", CellStatus::kOk, 1),
                                 Row("a", CellStatus::kOk, 2),
                                 Row("a", CellStatus::kFailed),
                                 Row("b", CellStatus::kFailed),
                                 Row("b", CellStatus::kInterrupted)}) {
      ledger.Append(row);
    }
    EXPECT_EQ(ledger.Find("a")->result.values.at(0).value, 2);
  }
  const Ledger again(folder.path());
  EXPECT_EQ(again.Find("a")->result.values.at(0).value, 2);
  EXPECT_EQ(again.Find("b")->status, CellStatus::kInterrupted);
}

TEST(Ledger, TornTailIsIgnoredAndDoesNotSwallowTheNextRow) {
  const TemporaryFolder folder;
  {
    Ledger ledger(folder.path());
    ledger.Append(Row("a"));
    ledger.Append(Row("b"));
  }
  const std::string whole = folder.Read("ledger.jsonl");
  const size_t second = whole.find('\n') + 1;
  // Wherever the process was killed: a is kept, b is not, and c can be appended.
  for (size_t size = second; size + 1 < whole.size(); size += 7) {
    folder.Write("ledger.jsonl", whole.substr(0, size));
    ::testing::internal::CaptureStderr();
    Ledger ledger(folder.path());
    const std::string warned = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(warned.empty(), size == second) << warned;
    EXPECT_NE(ledger.Find("a"), nullptr);
    EXPECT_EQ(ledger.Find("b"), nullptr);
    ledger.Append(Row("c"));
    ::testing::internal::CaptureStderr();
    const Ledger again(folder.path());
    ::testing::internal::GetCapturedStderr();
    EXPECT_NE(again.Find("a"), nullptr);
    EXPECT_EQ(again.Find("b"), nullptr);
    EXPECT_NE(again.Find("c"), nullptr);
  }
}

TEST(Ledger, DamagedLinesAreIgnoredWithAWarning) {
  const TemporaryFolder folder;
  {
    Ledger ledger(folder.path());
    ledger.Append(Row("a"));
  }
  const Json good = Json::parse(folder.Read("ledger.jsonl"));
  const auto damaged = [&](const Json& patch) {
    Json row = good;
    row.merge_patch(patch);
    folder.Write("ledger.jsonl", row.dump() + "\n");
    ::testing::internal::CaptureStderr();
    const Ledger ledger(folder.path());
    const std::string warned = ::testing::internal::GetCapturedStderr();
    EXPECT_NE(warned.find("ledger.jsonl:1: line ignored"), std::string::npos) << patch << warned;
    return ledger.Find("a") == nullptr;
  };
  EXPECT_TRUE(damaged({{"schema", 2}}));
  EXPECT_TRUE(damaged({{"schema", nullptr}}));
  EXPECT_TRUE(damaged({{"status", "fine"}}));
  EXPECT_TRUE(damaged({{"values", 3}}));
  EXPECT_TRUE(damaged({{"values", {{"lena", "psnr"}}}}));
  EXPECT_TRUE(damaged({{"values", {{"lena", "psnr", "many"}}}}));
  EXPECT_TRUE(damaged({{"axes", {{"experiment", 3}}}}));
  EXPECT_TRUE(damaged({{"files", {"../../escape"}}}));
  EXPECT_TRUE(damaged({{"files", {"/etc/passwd"}}}));
  folder.Write("ledger.jsonl", "[]\n\n17\nnull\n\"x\"\n");
  EXPECT_EQ(Ledger(folder.path()).Find("a"), nullptr);
}

// Its file is cells/0123456789abcdef/picture.png.
LedgerRow RowWithPicture() {
  LedgerRow row = Row("0123456789abcdef0123");
  row.result.files = {"picture.png"};
  return row;
}

TEST(Ledger, ARowWhoseFilesAreGoneDoesNotCount) {
  const TemporaryFolder folder;
  Ledger ledger(folder.path());
  const LedgerRow row = RowWithPicture();
  ledger.Append(row);
  EXPECT_EQ(ledger.Find(row.cell), nullptr);
  folder.Write("cells/0123456789abcdef/picture.png", "x");
  EXPECT_NE(ledger.Find(row.cell), nullptr);
}

TEST(Ledger, ARowWhoseFilesAreGoneHidesNoFailure) {
  const TemporaryFolder folder;
  Ledger ledger(folder.path());
  const LedgerRow row = RowWithPicture();
  ledger.Append(row);
  ledger.Append(Row(row.cell, CellStatus::kFailed));
  ASSERT_NE(ledger.Find(row.cell), nullptr);
  EXPECT_EQ(ledger.Find(row.cell)->status, CellStatus::kFailed);
}

TEST(Collecting, TakesWhatTheLedgerDoesNotHave) {
  const TemporaryFolder folder;
  Ledger ledger(folder.path());
  ledger.Append({Row("a", CellStatus::kOk, 1), Row("b", CellStatus::kFailed)});
  {
    Ledger first(folder.path(), "task-0");
    first.Append({Row("a", CellStatus::kOk, 2), Row("b", CellStatus::kOk, 3)});
    Ledger second(folder.path(), "task-1");
    second.Append({Row("c", CellStatus::kFailed), Row("d", CellStatus::kInterrupted)});
    // A worker sees what the others and the run have.
    EXPECT_EQ(second.Find("a")->result.values.at(0).value, 2);
    EXPECT_EQ(second.Find("b")->result.values.at(0).value, 3);
    EXPECT_EQ(first.Find("c"), nullptr) << "written after it was read";
  }
  EXPECT_EQ(Collect(folder.path(), ledger).size(), 2U);
  EXPECT_EQ(ledger.Find("a")->result.values.at(0).value, 1) << "it was finished already";
  EXPECT_EQ(ledger.Find("b")->result.values.at(0).value, 3);
  EXPECT_EQ(ledger.Find("c")->status, CellStatus::kFailed);
  EXPECT_EQ(ledger.Find("d"), nullptr);
  const std::string text = folder.Read("ledger.jsonl");
  EXPECT_TRUE(Collect(folder.path(), ledger).empty()) << "doing it again changes nothing";
  Ledger again(folder.path());
  EXPECT_TRUE(Collect(folder.path(), again).empty());
  EXPECT_EQ(folder.Read("ledger.jsonl"), text);
}

TEST(Collecting, LeavesTornLinesForLater) {
  const TemporaryFolder folder;
  { Ledger(folder.path(), "task-0").Append({Row("a"), Row("b")}); }
  const std::string whole = folder.Read("ledgers/task-0.jsonl");
  folder.Write("ledgers/task-0.jsonl", whole.substr(0, whole.size() - 10));
  Ledger ledger(folder.path());
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(Collect(folder.path(), ledger).size(), 1U);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << "its worker may be writing it";
  folder.Write("ledgers/task-0.jsonl", whole);
  EXPECT_EQ(Collect(folder.path(), ledger).size(), 1U);
  EXPECT_NE(ledger.Find("b"), nullptr);
}

// A failure is replaced by a younger one, never by an older one.
TEST(Collecting, TheYoungerFailureCounts) {
  const TemporaryFolder folder;
  LedgerRow old = Row("a", CellStatus::kFailed);
  old.finished = "2020-01-01T00:00:00.000Z";
  old.error = "old";
  Ledger ledger(folder.path());
  { Ledger(folder.path(), "task-0").Append(old); }
  ledger.Append(Row("a", CellStatus::kFailed));
  EXPECT_TRUE(Collect(folder.path(), ledger).empty());
  LedgerRow young = old;
  young.finished = "9999-01-01T00:00:00.000Z";
  young.error = "young";
  { Ledger(folder.path(), "task-0").Append(young); }
  EXPECT_EQ(Collect(folder.path(), ledger).size(), 1U);
  EXPECT_EQ(ledger.Find("a")->error, "young");
}

TEST(Collecting, RowsWithoutTheirFilesStayBehind) {
  const TemporaryFolder folder;
  const LedgerRow row = RowWithPicture();
  { Ledger(folder.path(), "task-0").Append(row); }
  Ledger ledger(folder.path());
  EXPECT_TRUE(Collect(folder.path(), ledger).empty());
  folder.Write("cells/0123456789abcdef/picture.png", "x");
  EXPECT_EQ(Collect(folder.path(), ledger).size(), 1U);
}

TEST(RunLock, KeepsASecondRunOut) {
  const TemporaryFolder folder;
  {
    const RunLock lock(folder.path());
    // Another process; flock is per open file, so it would hold within this one as well.
    const pid_t child = ::fork();
    if (child == 0) {
      try {
        const RunLock second(folder.path());
      } catch (const Error& error) {
        const std::string expected =
            "another run (process " + std::to_string(::getppid()) + ") is writing here";
        ::_exit(std::string(error.what()).find(expected) != std::string::npos ? 0 : 1);
      }
      ::_exit(2);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_NO_THROW(RunLock(folder.path()));
}

TEST(Ledger, TimesAreIso8601) {
  const std::string now = UtcNow();
  ASSERT_EQ(now.size(), std::string("2020-12-05T10:20:30.123Z").size());
  EXPECT_EQ(now[10], 'T');
  EXPECT_EQ(now.back(), 'Z');
}

}  // namespace
}  // namespace chaosense
