#include "core/base/suggest.h"

#include <gtest/gtest.h>

namespace chaosense {
namespace {

TEST(Suggest, NearestWithinAThirdOfTheLength) {
  const std::vector<std::string> names = {"rates", "seeds", "datasets"};
  EXPECT_EQ(NearestName("rats", names), "rates");
  EXPECT_EQ(NearestName("dataset", names), "datasets");
  EXPECT_EQ(NearestName("banana", names), "");
  EXPECT_EQ(DidYouMean("rats", names), "; did you mean \"rates\"?");
}

}  // namespace
}  // namespace chaosense
