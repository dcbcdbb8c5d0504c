// No check fires on a standard cipher, but for what its definition says it must fail.
#include <gtest/gtest.h>

#include "core/attacks/expected.h"
#include "tests/unit/attacks/test_ciphers.h"

namespace chaosense {
namespace {

struct StandardCase {
  std::string cipher;
  NonceMode mode;
};

std::vector<StandardCase> Cases() {
  CipherRegistry registry("cipher");
  RegisterBuiltinCiphers(registry);
  std::vector<StandardCase> cases;
  for (const std::string& name : StandardCiphers()) {
    if (!registry.Contains(name)) continue;
    cases.push_back({name, NonceMode::kFrozen});
    cases.push_back({name, NonceMode::kLive});
  }
  return cases;
}

class Standard : public ::testing::TestWithParam<StandardCase> {};

TEST_P(Standard, FailsWhatItMustAndNothingElse) {
  const auto& [name, mode] = GetParam();
  CipherRegistry registry("cipher");
  RegisterBuiltinCiphers(registry);
  const auto cipher = registry.Create(name);
  const AuditTarget target = MakeTarget(*cipher, mode, name);
  for (const CheckInfo& check : AllChecks()) {
    const CheckResult result = RunCheck(check, target, SmallBudget());
    const bool expected = !ExpectedFailure(name, mode, check.id).empty();
    EXPECT_EQ(result.verdict == Verdict::kExpectedFailure, expected)
        << check.id << ": " << VerdictName(result.verdict) << ": " << result.evidence;
    EXPECT_NE(result.verdict, Verdict::kBroken) << check.id << ": " << result.evidence;
    EXPECT_NE(result.verdict, Verdict::kWeak) << check.id << ": " << result.evidence;
  }
}

std::string CaseName(const ::testing::TestParamInfo<StandardCase>& tested) {
  return tested.param.cipher + "_" + NonceModeName(tested.param.mode);
}

INSTANTIATE_TEST_SUITE_P(All, Standard, ::testing::ValuesIn(Cases()), CaseName);

}  // namespace
}  // namespace chaosense
