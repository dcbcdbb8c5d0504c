// No check fires on a standard cipher, but for what its definition says it must fail.
#include <fmt/format.h>
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

// The checks that are statistical tests, at level 0.001 each: one alarm in 80 runs by chance has a
// probability of 8 %, but the seeds are fixed.
TEST(Standard, NoFalseAlarmOver20Seeds) {
  CipherRegistry registry("cipher");
  RegisterBuiltinCiphers(registry);
  for (const auto& [name, mode] : {StandardCase{"aes256_siv", NonceMode::kFrozen},
                                   StandardCase{"aes256_ctr", NonceMode::kLive}}) {
    const auto cipher = registry.Create(name);
    AuditTarget target = MakeTarget(*cipher, mode, name);
    for (int seed = 0; seed < 20; ++seed) {
      target.name = fmt::format("attacks test, seed {}", seed);
      target.key = target.Stream("key").RandomBytes(cipher->key_size());
      for (const char* id : {"a5", "a17"}) {
        const CheckResult result = RunNamed(id, target);
        EXPECT_EQ(result.verdict, Verdict::kPassed) << name << seed << id << result.evidence;
      }
    }
  }
}

std::string CaseName(const ::testing::TestParamInfo<StandardCase>& tested) {
  return tested.param.cipher + "_" + NonceModeName(tested.param.mode);
}

INSTANTIATE_TEST_SUITE_P(All, Standard, ::testing::ValuesIn(Cases()), CaseName);

}  // namespace
}  // namespace chaosense
