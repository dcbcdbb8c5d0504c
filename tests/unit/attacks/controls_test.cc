// Every check fires on a cipher that has its flaw.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/attacks/digests.h"
#include "core/chaos/cloud.h"
#include "core/metrics/metric.h"
#include "tests/unit/attacks/test_ciphers.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

std::unique_ptr<Cipher> Builtin(const std::string& name, const Json& parameters = Json::object()) {
  CipherRegistry registry("cipher");
  RegisterBuiltinCiphers(registry);
  return registry.Create(name, parameters);
}

TEST(EveryCheck, HasItsMetricAndTheMetricItsCheck) {
  std::vector<std::string> metrics, checks;
  for (const MetricInfo& metric : AllMetrics()) {
    if (metric.format == MetricFormat::kAttack) metrics.push_back(metric.name);
  }
  for (const CheckInfo& check : AllChecks()) checks.push_back("audit_" + check.id);
  EXPECT_EQ(metrics, checks);
}

TEST(VerdictValue, HoldsVerdictAndQueriesInOneNumber) {
  CheckResult result;
  result.queries = 3;
  const auto value = [&](Verdict verdict) {
    result.verdict = verdict;
    return VerdictValue(result);
  };
  EXPECT_EQ(value(Verdict::kBroken), 3);
  EXPECT_EQ(value(Verdict::kExpectedFailure), -5);
  EXPECT_EQ(value(Verdict::kWeak), -1);
  EXPECT_EQ(value(Verdict::kPassed), HUGE_VAL);
  EXPECT_EQ(value(Verdict::kInformative), -HUGE_VAL);
  EXPECT_TRUE(std::isnan(value(Verdict::kNotApplicable)));
}

// J. Chen, L. Chen, Y. Zhou: MN + 1 chosen ciphertexts.
TEST(A1, LinearChainFallsInBothDirectionsWithMnPlusOneQueries) {
  const auto cipher = Builtin("hardened", {{"chain", "linear"}});
  const AuditTarget target = MakeTarget(*cipher, NonceMode::kFrozen);
  for (const char* id : {"a1", "a1c"}) {
    const CheckResult result = RunNamed(id, target);
    EXPECT_EQ(result.verdict, Verdict::kBroken) << result.evidence;
    EXPECT_EQ(result.queries, 16 * 16 + 1);
    EXPECT_EQ(NumberOf(result, "wrong_pixels"), 0);
    ASSERT_EQ(result.pictures.size(), 3u);
    EXPECT_EQ(result.pictures[0].pixels, result.pictures[2].pixels);
    EXPECT_THAT(result.evidence, HasSubstr("Z_256"));
  }
}

TEST(A1, ExclusiveOrChainFallsOverTheBits) {
  const FunctionCipher cipher(
      [](Bytes data, std::span<const uint8_t> key, const Digest&) {
        uint8_t last = key[0];
        for (uint8_t& byte : data) last = byte = byte ^ last ^ 0x5a;
        return data;
      },
      [](Bytes data, std::span<const uint8_t> key, const Digest&) {
        uint8_t last = key[0];
        for (uint8_t& byte : data) {
          const uint8_t now = byte;
          byte = byte ^ last ^ 0x5a;
          last = now;
        }
        return data;
      });
  const CheckResult result = RunNamed("a1", MakeTarget(cipher, NonceMode::kFrozen));
  EXPECT_EQ(result.verdict, Verdict::kBroken) << result.evidence;
  EXPECT_EQ(result.queries, 8 * 8 * 8 + 1);
  EXPECT_THAT(result.evidence, HasSubstr("GF(2)"));
}

TEST(A1, SubstitutionChainHoldsFrozenAndTheLinearOneLive) {
  const auto hardened = Builtin("hardened");
  EXPECT_EQ(RunNamed("a1", MakeTarget(*hardened, NonceMode::kFrozen)).verdict, Verdict::kPassed);
  EXPECT_EQ(RunNamed("a1c", MakeTarget(*hardened, NonceMode::kFrozen)).verdict, Verdict::kPassed);
  const auto linear = Builtin("hardened", {{"chain", "linear"}});
  EXPECT_EQ(RunNamed("a1", MakeTarget(*linear, NonceMode::kLive)).verdict, Verdict::kPassed);
}

TEST(A2, ScramblingAloneFallsToTwoPictures) {
  const auto cipher = Builtin("scramble_only");
  const CheckResult result = RunNamed("a2", MakeTarget(*cipher, NonceMode::kFrozen));
  EXPECT_EQ(result.verdict, Verdict::kBroken) << result.evidence;
  EXPECT_EQ(result.queries, 2);
  EXPECT_EQ(NumberOf(result, "wrong_pixels"), 0);
  EXPECT_GT(NumberOf(result, "known_plaintext_3_right"), 0.5);
  EXPECT_EQ(RunNamed("a2", MakeTarget(*cipher, NonceMode::kLive)).verdict, Verdict::kWeak);
}

TEST(A3, OneAllZeroPictureGivesAKeystreamThatIsUsedTwice) {
  const auto cipher = Builtin("diffuse_only");
  const CheckResult result = RunNamed("a3", MakeTarget(*cipher, NonceMode::kFrozen));
  EXPECT_EQ(result.verdict, Verdict::kBroken) << result.evidence;
  EXPECT_EQ(result.queries, 1);
  EXPECT_EQ(NumberOf(result, "wrong_pixels"), 0);
  EXPECT_EQ(RunNamed("a3", MakeTarget(*cipher, NonceMode::kLive)).verdict, Verdict::kPassed);
}

TEST(A3, OfThePapersCipherOnePictureGivesTheKeystreamAndThreeGiveAll) {
  const auto cipher = Builtin("paper");
  const AuditTarget frozen = MakeTarget(*cipher, NonceMode::kFrozen);
  const CheckResult one = RunNamed("a3", frozen);
  EXPECT_EQ(one.verdict, Verdict::kBroken);
  EXPECT_EQ(one.queries, 1);
  const CheckResult three = RunNamed("a3s", frozen);
  EXPECT_EQ(three.verdict, Verdict::kBroken);
  EXPECT_EQ(three.queries, 3);
  EXPECT_EQ(NumberOf(three, "least_queries"), 3);
  EXPECT_EQ(NumberOf(three, "wrong_pixels"), 0);
}

TEST(A3, WithTheLiveHashThePapersCipherFallsOnlyToDecryptionsUnderTheTargetsNonce) {
  const auto cipher = Builtin("paper");
  const AuditTarget live = MakeTarget(*cipher, NonceMode::kLive);
  EXPECT_EQ(RunNamed("a3", live).verdict, Verdict::kPassed);
  EXPECT_EQ(RunNamed("a3s", live).verdict, Verdict::kPassed);
  const CheckResult chosen_ciphertext = RunNamed("a3c", live);
  EXPECT_EQ(chosen_ciphertext.verdict, Verdict::kBroken);
  EXPECT_EQ(chosen_ciphertext.queries, 3);
  EXPECT_EQ(NumberOf(chosen_ciphertext, "wrong_pixels"), 0);
}

TEST(A4, ThePlaintextsHashAsNonceConfirmsGuessesAndRepeats) {
  const auto cipher = Builtin("paper");
  const CheckResult result = RunNamed("a4", MakeTarget(*cipher, NonceMode::kLive));
  EXPECT_EQ(result.verdict, Verdict::kWeak);
  EXPECT_EQ(NumberOf(result, "nonce_confirms_guess"), 1);
  EXPECT_EQ(NumberOf(result, "deterministic"), 1);
  EXPECT_EQ(NumberOf(result, "nonce_bits_that_count"), 256);
  EXPECT_EQ(NumberOf(result, "distinct_ciphertexts_of_512_nonces"), 512);
}

TEST(A4, FewKeystreamsForAllNoncesFallToADictionary) {
  FunctionCipher cipher = XorCipher([](auto key, const Digest& nonce, size_t size) {
    uint8_t folded = 0;
    for (const uint8_t byte : nonce) folded ^= byte;
    return GoodPad(key, {&folded, 1}, size);
  });
  cipher.traits_.plaintext_bound = true;
  const CheckResult result = RunNamed("a4", MakeTarget(cipher, NonceMode::kLive));
  EXPECT_EQ(result.verdict, Verdict::kBroken) << result.evidence;
  EXPECT_LE(NumberOf(result, "distinct_ciphertexts_of_512_nonces"), 256);
  EXPECT_EQ(NumberOf(result, "wrong_pixels"), 0);
}

TEST(A5, WithoutDiffusionOneByteMovesOne) {
  const auto cipher = Builtin("paper");
  const CheckResult result = RunNamed("a5", MakeTarget(*cipher, NonceMode::kFrozen));
  EXPECT_EQ(result.verdict, Verdict::kWeak);
  EXPECT_EQ(NumberOf(result, "bytes_reached_mean"), 1);
  EXPECT_EQ(RunNamed("a5", MakeTarget(*cipher, NonceMode::kLive)).verdict, Verdict::kPassed);
  const auto hardened = Builtin("hardened");
  EXPECT_EQ(RunNamed("a5", MakeTarget(*hardened, NonceMode::kFrozen)).verdict, Verdict::kPassed);
}

// 98 of 100 pairs pass: the bytes that spread nothing show in the worst pair and in the map.
TEST(A5, AFewBytesWithoutDiffusionAreFound) {
  for (const bool absorbs : {false, true}) {
    const FunctionCipher cipher = PartialCipher(Builtin("hardened"), absorbs);
    const CheckResult result = RunNamed("a5", MakeTarget(cipher, NonceMode::kFrozen));
    EXPECT_EQ(result.verdict, Verdict::kWeak) << result.evidence;
    EXPECT_EQ(NumberOf(result, "bytes_reached_least"), 1);
    EXPECT_LT(NumberOf(result, "reach_least_p"), 1e-10);
  }
}

TEST(A8, ShortCyclesAreFound) {
  const FunctionCipher cipher = XorCipher([](auto key, const Digest&, size_t size) {
    Bytes pad = GoodPad(key, {}, 1000);
    for (size_t i = pad.size(); i < size; ++i) pad.push_back(pad[i - 1000]);
    return pad;
  });
  const CheckResult result = RunNamed("a8", MakeTarget(cipher, NonceMode::kFrozen));
  EXPECT_EQ(result.verdict, Verdict::kWeak);
  EXPECT_EQ(NumberOf(result, "keystream_period"), 1000);
}

// Cycles of the logistic map r = 4 in single precision, computed outside this project: 1, 136, 143,
// 436, 836 and 4344 are all there are (found from 20,000 seeds).
TEST(A8, OrbitOfTheLogisticMapInSinglePrecisionIsShort) {
  const auto cipher = Builtin("paper");
  AuditTarget target = MakeTarget(*cipher, NonceMode::kFrozen);
  float x = 0.3f;
  target.orbit = [&x]() -> std::vector<double> {
    x = 4.0f * x * (1.0f - x);
    return {x};
  };
  const CheckResult result = RunNamed("a8", target);
  EXPECT_EQ(result.verdict, Verdict::kWeak);
  EXPECT_THAT(NumberOf(result, "orbit_cycle"), ::testing::AnyOf(1, 136, 143, 436, 836, 4344));
}

TEST(A8, OrbitOfTheCloudMeetsNoCycle) {
  const auto cipher = Builtin("paper");
  AuditTarget target = MakeTarget(*cipher, NonceMode::kFrozen);
  CloudKeystream keystream(target.key, Digest{});
  target.orbit = [&]() -> std::vector<double> {
    keystream.NextReal();
    keystream.NextReal();
    return {keystream.u(), keystream.v()};
  };
  EXPECT_EQ(RunNamed("a8", target).verdict, Verdict::kPassed);
}

TEST(A9, AnotherKeystreamThanOnRecordIsSeen) {
  const auto cipher = Builtin("paper", {{"rounds", 3}});
  EXPECT_EQ(RunNamed("a9", MakeTarget(*cipher, NonceMode::kFrozen, "paper")).verdict,
            Verdict::kWeak);
  EXPECT_EQ(RunNamed("a9", MakeTarget(*cipher, NonceMode::kFrozen, "unknown")).verdict,
            Verdict::kNotApplicable);
}

TEST(A9, EveryRegisteredCipherHasTheDigestOnRecord) {
  CipherRegistry registry("cipher");
  RegisterBuiltinCiphers(registry);
  for (const std::string& name : registry.Names())
    EXPECT_EQ(CiphertextDigest(*registry.Create(name)), RecordedDigest(name)) << name;
}

// floor(x 10^16) mod 256 of doubles: beyond 2^53 the low bits are rounding.
TEST(A10, QuantiserBeyondThePrecisionIsBiased) {
  const FunctionCipher cipher = XorCipher([](auto key, const Digest&, size_t size) {
    RandomStream random(ToHex(key));
    Bytes pad;
    for (size_t i = 0; i < size; ++i)
      pad.push_back(static_cast<uint8_t>(static_cast<uint64_t>(random.Uniform() * 1e16)));
    return pad;
  });
  const CheckResult result = RunNamed("a10", MakeTarget(cipher, NonceMode::kFrozen));
  EXPECT_EQ(result.verdict, Verdict::kWeak) << result.evidence;
}

TEST(A10, LowBitOfALinearGeneratorHasNoComplexity) {
  const FunctionCipher cipher = XorCipher([](auto key, const Digest&, size_t size) {
    uint32_t state = key[0] | 1u << 8;
    Bytes pad;
    for (size_t i = 0; i < size; ++i) {  // x^32 + x^22 + x^2 + x + 1
      for (int bit = 0; bit < 8; ++bit) state = state >> 1 ^ (state & 1 ? 0x80200003u : 0);
      pad.push_back(static_cast<uint8_t>(state));
    }
    return pad;
  });
  const CheckResult result = RunNamed("a10", MakeTarget(cipher, NonceMode::kFrozen));
  EXPECT_EQ(result.verdict, Verdict::kWeak);
  EXPECT_EQ(NumberOf(result, "least_low_bit_complexity"), 32);
}

TEST(A11, KeyedTablesFallToEveryByteValue) {
  const auto tables = [](std::span<const uint8_t> key, size_t size) {
    RandomStream random(ToHex(key));
    std::vector<Bytes> all(size, Bytes(256));
    for (Bytes& table : all) {
      for (size_t i = 0; i < 256; ++i) table[i] = static_cast<uint8_t>(i);
      Shuffle(table, random);
    }
    return all;
  };
  const FunctionCipher cipher(
      [=](Bytes data, std::span<const uint8_t> key, const Digest&) {
        const auto all = tables(key, data.size());
        for (size_t i = 0; i < data.size(); ++i) data[i] = all[i][data[i]];
        return data;
      },
      [](Bytes data, std::span<const uint8_t>, const Digest&) { return data; });
  const AuditTarget target = MakeTarget(cipher, NonceMode::kFrozen);
  const CheckResult result = RunNamed("a11", target);
  EXPECT_EQ(result.verdict, Verdict::kBroken) << result.evidence;
  EXPECT_EQ(result.queries, 256 + 2);
  EXPECT_EQ(NumberOf(result, "wrong_pixels"), 0);
  EXPECT_EQ(RunNamed("a3s", target).verdict, Verdict::kPassed);
}

TEST(A13, IsNotJudged) {
  const auto cipher = Builtin("aes256_ctr");
  const CheckResult result = RunNamed("a13", MakeTarget(*cipher, NonceMode::kLive));
  EXPECT_EQ(result.verdict, Verdict::kInformative);
  EXPECT_GT(NumberOf(result, "seconds_fixed_key"), 0);
}

TEST(A14, AlteredCopiesGiveTheTargetWhereDecryptionIsLocal) {
  for (const char* name : {"paper", "hardened"}) {
    const auto cipher = Builtin(name);
    const CheckResult result = RunNamed("a14", MakeTarget(*cipher, NonceMode::kLive));
    EXPECT_EQ(result.verdict, Verdict::kBroken) << name;
    EXPECT_EQ(result.queries, 3);
    EXPECT_EQ(NumberOf(result, "wrong_pixels"), 0);
  }
}

TEST(A15, DeterminismLosesTheGame) {
  const auto cipher = Builtin("hardened");
  for (const NonceMode mode : {NonceMode::kFrozen, NonceMode::kLive}) {
    const CheckResult result = RunNamed("a15", MakeTarget(*cipher, mode));
    EXPECT_EQ(result.verdict, Verdict::kBroken);
    EXPECT_EQ(NumberOf(result, "advantage"), 1);
    EXPECT_EQ(result.queries, mode == NonceMode::kLive ? 0 : 1) << result.evidence;
  }
}

TEST(A16, AKeystreamThatStartsAnewForEachChannelShows) {
  const FunctionCipher cipher = XorCipher([](auto key, const Digest& nonce, size_t size) {
    Bytes pad = GoodPad(key, nonce, 64 * 64);
    while (pad.size() < size) pad.push_back(pad[pad.size() - 64 * 64]);
    pad.resize(size);
    return pad;
  });
  const CheckResult result = RunNamed("a16", MakeTarget(cipher, NonceMode::kLive));
  EXPECT_EQ(result.verdict, Verdict::kWeak);
  EXPECT_EQ(NumberOf(result, "equal_share"), 1);
}

TEST(A17, NoCipherFailsAllStatisticsAndThePapersPassesThemLive) {
  const auto none = Builtin("identity");
  EXPECT_EQ(NumberOf(RunNamed("a17", MakeTarget(*none, NonceMode::kLive)), "statistics_passed"), 0);
  const auto paper = Builtin("paper");
  EXPECT_EQ(NumberOf(RunNamed("a17", MakeTarget(*paper, NonceMode::kLive)), "statistics_passed"),
            8);
  const CheckResult frozen = RunNamed("a17", MakeTarget(*paper, NonceMode::kFrozen));
  EXPECT_EQ(NumberOf(frozen, "statistics_passed"), 6) << "NPCR and UACI fail: " << frozen.evidence;
}

// One ciphertext for all keys is one sample: all it fails is the change of the key.
TEST(A17, WithoutAKeyInUseOnlyKeySensitivityFails) {
  const auto cipher = Builtin("broken_lcg_chain");
  const CheckResult result = RunNamed("a17", MakeTarget(*cipher, NonceMode::kFrozen));
  EXPECT_EQ(NumberOf(result, "statistics_passed"), 7) << result.evidence;
  EXPECT_THAT(result.evidence, HasSubstr("not key_sensitivity"));
}

// 2.5 % of the bytes never change with a byte elsewhere: too many for the mean and for every key.
TEST(A17, AFewBytesWithoutDiffusionAreFound) {
  const FunctionCipher cipher = PartialCipher(Builtin("hardened"), false);
  const CheckResult result = RunNamed("a17", MakeTarget(cipher, NonceMode::kFrozen));
  EXPECT_EQ(result.verdict, Verdict::kWeak) << result.evidence;
  EXPECT_THAT(result.evidence, HasSubstr("npcr"));
}

}  // namespace
}  // namespace chaosense
