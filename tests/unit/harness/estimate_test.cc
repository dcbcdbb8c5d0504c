#include "core/harness/estimate.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>

#include "tests/unit/harness/temporary_folder.h"

namespace chaosense {
namespace {

using ::testing::ElementsAre;

class Estimating : public ::testing::Test {
 protected:
  // Another cell of the plan.
  Cell& Add(const std::string& cipher, double rate, uint64_t seed, int images = 1) {
    Cell& cell = plan_.cells.emplace_back();
    cell.axes = {"e", "set", "pca", cipher, "", "", rate, seed, {}};
    cell.description = {
        {"seed", seed}, {"cipher", cipher}, {"cipher_revision", 1}, {"images", images}};
    cell.shares = "pca at " + std::to_string(rate);
    cell.id = fmt::format("{:04}{:060}", plan_.cells.size(), 0);
    return cell;
  }
  void Finish(const Cell& cell, double wall, double fit = 0, size_t bytes = 0) {
    LedgerRow row;
    row.cell = cell.id;
    row.axes = cell.axes;
    row.result.notes = {{"wall_seconds", wall}, {"fit_seconds", fit}};
    const std::filesystem::path folder = CellFolder(folder_.path(), cell.id);
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "x") << std::string(bytes, 'x');
    ledger_.Append(row);
  }
  // Of all cells that are not finished.
  Estimate Of() const {
    std::vector<const Cell*> to_run;
    for (const Cell& cell : plan_.cells) {
      if (ledger_.Find(cell.id) == nullptr) to_run.push_back(&cell);
    }
    return EstimateCost(plan_, to_run, ledger_, folder_.path());
  }

  TemporaryFolder folder_;
  Ledger ledger_{folder_.path()};
  Plan plan_;
};

TEST_F(Estimating, NothingIsKnownOfANewRun) {
  Add("aes", 0.1, 0);
  EXPECT_EQ(Of().all_known(), 0);
  EXPECT_EQ(Of().unknown, 1);
  EXPECT_EQ(OriginOf(Of()), "of 1 to run 1 unknown, as no cell like them is finished");
}

TEST_F(Estimating, TheMeanOfCellsThatDifferInTheSeed) {
  Finish(Add("aes", 0.1, 0), 2, 0, 10000);
  Finish(Add("aes", 0.1, 1), 4, 0, 10000);
  Finish(Add("aes", 0.1, 2, /*images=*/100), 400);
  Add("aes", 0.1, 3);
  Add("aes", 0.1, 4);
  const Estimate estimate = Of();
  EXPECT_THAT(estimate.known, ElementsAre(2, 0, 0, 0));
  EXPECT_DOUBLE_EQ(estimate.seconds, 6);
  EXPECT_GT(estimate.bytes, 20000);
  EXPECT_LT(estimate.bytes, 23000);
}

TEST_F(Estimating, AFitCountsOnceForAllThatShareIt) {
  Finish(Add("aes", 0.1, 0), 101, 100);
  Finish(Add("aes", 0.1, 1), 1, 0);  // in the same process
  for (uint64_t seed = 2; seed < 12; ++seed) Add("aes", 0.1, seed);
  EXPECT_DOUBLE_EQ(Of().fit_seconds, 100);
  EXPECT_DOUBLE_EQ(Of().seconds, 110);
  Add("aes", 0.2, 0);  // another fit, by the method's
  EXPECT_DOUBLE_EQ(Of().fit_seconds, 200);
}

TEST_F(Estimating, CoarserKindsStepByStep) {
  Finish(Add("aes", 0.1, 0), 1);
  Add("paper", 0.1, 0);
  Add("aes", 0.1, 0, /*images=*/100);
  Add("aes", 0.2, 0);
  Add("aes", 0.1, 0).axes.method = "tval3";
  const Estimate estimate = Of();
  EXPECT_THAT(estimate.known, ElementsAre(0, 1, 1, 1));
  EXPECT_EQ(estimate.unknown, 1);
  EXPECT_EQ(OriginOf(estimate),
            "of 4 to run 1 by cells with another cipher, 1 by cells of other settings (may be far "
            "off), 1 by cells of another rate, dataset or variant (may be far off), 1 unknown, as "
            "no cell like them is finished");
  Finish(Add("aes", 0.1, 7, /*images=*/100), 50);  // closer than what there was
  EXPECT_THAT(Of().known, ElementsAre(1, 1, 0, 1));
}

}  // namespace
}  // namespace chaosense
