#include "core/randomness/templates.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/file.h"
#include "tests/unit/randomness/reference_bits.h"

namespace chaosense {
namespace {

// Numbers of aperiodic templates for m = 2 .. 16: NIST STS 2.1.2, templates/dataInfo (also OEIS
// A003000 without its first terms).
TEST(Templates, CountsAreNists) {
  const int counts[] = {2, 4, 6, 12, 20, 40, 74, 148, 284, 568, 1116, 2232, 4424, 8848, 17622};
  for (int m = 2; m <= 16; ++m) {
    EXPECT_EQ(AperiodicTemplates(m).size(), static_cast<size_t>(counts[m - 2])) << m;
  }
}

TEST(Templates, NoneMatchesAShiftOfItself) {
  for (const uint32_t one : AperiodicTemplates(6)) {
    const std::string text = TemplateText(one, 6);
    for (size_t shift = 1; shift < 6; ++shift) {
      EXPECT_NE(text.substr(shift), text.substr(0, 6 - shift)) << text;
    }
  }
  EXPECT_FALSE(IsAperiodic(0b101101, 6));
  EXPECT_EQ(ReverseBits(0b000011, 6), 0b110000U);
}

TEST(Templates, AreNistsInNistsOrder) {
  if (NistFolder().empty()) GTEST_SKIP() << "needs CHAOSENSE_DATA";
  for (int m = 2; m <= 16; ++m) {
    std::string published =
        ReadTextFile(NistFolder() / "templates" / ("template" + std::to_string(m)));
    std::erase_if(published, [](char c) { return c != '0' && c != '1'; });
    std::string ours;
    for (const uint32_t one : AperiodicTemplates(m)) ours += TemplateText(one, m);
    EXPECT_EQ(ours, published) << m;
  }
}

}  // namespace
}  // namespace chaosense
