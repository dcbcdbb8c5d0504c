#include "core/harness/schedule.h"

#include <gtest/gtest.h>

#include <set>

namespace chaosense {
namespace {

class Scheduling : public ::testing::Test {
 protected:
  // Cells named by their group: "aaab" are three of a and one of b; '.' shares nothing.
  std::vector<const Cell*> CellsOf(const std::string& groups) {
    cells_.clear();
    for (const char group : groups) {
      Cell cell;
      if (group != '.') cell.shares = std::string(1, group);
      cell.id = std::to_string(cells_.size());
      cells_.push_back(std::move(cell));
    }
    std::vector<const Cell*> pointers;
    for (const Cell& cell : cells_) pointers.push_back(&cell);
    return pointers;
  }
  static std::string IdOf(const Cell* cell) { return cell == nullptr ? "none" : cell->id; }

  std::vector<Cell> cells_;
};

TEST_F(Scheduling, GroupsStayWithTheirWorker) {
  Schedule schedule(CellsOf("aabb"), 2);
  EXPECT_EQ(IdOf(schedule.Next(0)), "0");
  EXPECT_EQ(IdOf(schedule.Next(1)), "2");
  EXPECT_EQ(IdOf(schedule.Next(1)), "3");
  EXPECT_EQ(IdOf(schedule.Next(0)), "1");
  EXPECT_TRUE(schedule.empty());
  EXPECT_EQ(schedule.Next(0), nullptr);
}

TEST_F(Scheduling, CellsThatShareNothingAreDealtOutInOrder) {
  Schedule schedule(CellsOf("..."), 2);
  EXPECT_EQ(IdOf(schedule.Next(1)), "0");
  EXPECT_EQ(IdOf(schedule.Next(0)), "1");
  EXPECT_EQ(IdOf(schedule.Next(0)), "2");
}

TEST_F(Scheduling, AnIdleWorkerTakesTheSecondHalfOfTheLargestGroup) {
  Schedule schedule(CellsOf("aaaaaa"), 2);
  EXPECT_EQ(IdOf(schedule.Next(0)), "0");  // 1 to 5 are left
  EXPECT_EQ(IdOf(schedule.Next(1)), "3");
  EXPECT_EQ(IdOf(schedule.Next(1)), "4");
  EXPECT_EQ(IdOf(schedule.Next(0)), "1");
}

TEST_F(Scheduling, CellsPutBackComeFirst) {
  const auto cells = CellsOf("aaa");
  Schedule schedule(cells, 1);
  const Cell* first = schedule.Next(0);
  schedule.PutBack(first);
  EXPECT_EQ(schedule.Next(0), first);
  schedule.Next(0);
  const Cell* last = schedule.Next(0);
  EXPECT_TRUE(schedule.empty());
  schedule.PutBack(last);
  EXPECT_FALSE(schedule.empty());
  EXPECT_EQ(schedule.Next(0), last);
}

TEST_F(Scheduling, EveryCellComesOnce) {
  for (const size_t workers : {1U, 2U, 5U}) {
    Schedule schedule(CellsOf("aaabbbbbbb..ccccd"), workers);
    std::multiset<std::string> seen;
    for (size_t turn = 0; !schedule.empty(); ++turn) {
      if (const Cell* cell = schedule.Next(turn * turn % workers)) seen.insert(cell->id);
    }
    EXPECT_EQ(seen.size(), 17U);
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 17U);
  }
}

}  // namespace
}  // namespace chaosense
