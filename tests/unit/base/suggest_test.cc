#include "core/base/suggest.h"

#include <gtest/gtest.h>

namespace chaosense {
namespace {

TEST(Suggest, NearestWithinAThirdOfTheLength) {
  const std::vector<std::string> names = {"rates", "seeds", "datasets"};
  EXPECT_EQ(DidYouMean("rats", names), "; did you mean \"rates\"?");
  EXPECT_EQ(DidYouMean("dataset", names), "; did you mean \"datasets\"?");
  EXPECT_EQ(DidYouMean("banana", names), "");
  EXPECT_EQ(DidYouMean("", {"k", "kv"}), "");
}

TEST(Suggest, WithTheNamesToChooseFrom) {
  const std::vector<std::string> names = {"rates", "seeds"};
  EXPECT_EQ(NearestOrAll("rats", names), "; did you mean \"rates\"?");
  EXPECT_EQ(NearestOrAll("banana", names), "; known: rates, seeds");
  EXPECT_EQ(NearestOrAll("banana", {}, "axes"), "; axes: none");
  EXPECT_EQ(NearestAndAll("rats", names), "; did you mean \"rates\"? known: rates, seeds");
  EXPECT_EQ(NearestAndAll("banana", names, "allowed"), "; allowed: rates, seeds");
}

}  // namespace
}  // namespace chaosense
