// The audit experiment, with few checks on generated pictures.
#include "experiments/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/process.h"
#include "core/cipher/external_cipher.h"
#include "core/image/image_io.h"
#include "core/linear/register.h"
#include "experiments/register.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class AuditTest : public ::testing::Test {
 protected:
  AuditTest()
      : data_("", CHAOSENSE_SOURCE_DIR "/datasets"),
        folder_(fs::temp_directory_path() /
                ("chaosense_audit_test_" + std::to_string(::getpid()))) {
    RegisterLinearMethods(methods_, trainers_);
    RegisterBuiltinCiphers(ciphers_);
    RegisterBuiltinMaps(maps_);
    RegisterExperiments(experiments_);
    context_.data = &data_;
    context_.methods = &methods_;
    context_.ciphers = &ciphers_;
    context_.maps = &maps_;
    context_.fit.model_dir = CHAOSENSE_SOURCE_DIR "/results/models";
    context_.folder = folder_;
  }
  ~AuditTest() override { fs::remove_all(folder_); }

  static Json Config(const Json& ciphers) {
    return {{"name", "test"},
            {"datasets", {"generated_test"}},
            {"images", {"leaves00", "leaves01"}},
            {"rates", Json::array()},
            {"methods", Json::array()},
            {"ciphers", ciphers},
            {"seeds", {0}},
            {"fit_datasets", Json::array()}};
  }

  std::vector<FinishedCell> Run(const Json& config, const Json& settings) {
    const auto experiment = experiments_.Create("audit", settings);
    std::vector<FinishedCell> finished;
    for (Cell& cell : experiment->Expand(config, context_)) {
      cell.id = "0123456789abcdef0123";
      const CellResult result = experiment->Run(cell, context_);
      finished.push_back({std::move(cell), result});
    }
    return finished;
  }

  DataFolder data_;
  fs::path folder_;
  ReconstructorRegistry methods_{"method"};
  TrainerRegistry trainers_{"trainer"};
  CipherRegistry ciphers_{"cipher"};
  MapRegistry maps_{"map"};
  ExperimentRegistry experiments_{"experiment"};
  CellContext context_;
};

double ValueOf(const FinishedCell& finished, const std::string& metric) {
  for (const Measurement& value : finished.result.values) {
    if (value.metric == metric) return value.value;
  }
  ADD_FAILURE() << metric << " was not measured";
  return NAN;
}

TEST_F(AuditTest, OneCellForEachCipherAndMode) {
  const auto cells = experiments_.Create("audit", Json::object())
                         ->Expand(Config({"paper", "aes256_gcm"}), context_);
  ASSERT_EQ(cells.size(), 4u);
  EXPECT_EQ(cells[0].axes.cipher, "paper");
  EXPECT_EQ(cells[0].axes.variant, "frozen");
  EXPECT_EQ(cells[1].axes.variant, "live");
  EXPECT_EQ(cells[0].description.at("checks").size(), AllChecks().size());
}

TEST_F(AuditTest, VerdictsEvidenceAndPicturesAreKept) {
  const auto finished = Run(Config({"diffuse_only", "aes256_gcm"}),
                            {{"checks", {"a3", "a12"}}, {"modes", {"frozen"}}});
  ASSERT_EQ(finished.size(), 2u);
  EXPECT_EQ(ValueOf(finished[0], "audit_a3"), 1);
  EXPECT_EQ(ValueOf(finished[0], "audit_attacks"), 2);
  EXPECT_EQ(ValueOf(finished[0], "audit_attacks_broken"), 1);
  EXPECT_EQ(ValueOf(finished[0], "audit_attacks_survived"), 1);
  EXPECT_EQ(ValueOf(finished[1], "audit_a3"), -3);
  EXPECT_EQ(ValueOf(finished[1], "audit_attacks_expected"), 1);
  const ImageU8 picture = LoadImage(folder_ / "a3.png");
  EXPECT_EQ(picture.shape, (Shape{1, 128, 3 * 128 + 2 * 4}));
  EXPECT_TRUE(fs::exists(folder_ / "evidence.json"));

  const std::string page = AuditSummary(finished);
  EXPECT_THAT(page, HasSubstr("### diffuse_only, nonce frozen"));
  EXPECT_THAT(page, HasSubstr("| A3 keystream reuse | broken (1) |"));
  EXPECT_THAT(page, HasSubstr("expected (1)"));
  EXPECT_THAT(page, HasSubstr("(cells/0123456789abcdef/a3.png)"));
}

TEST_F(AuditTest, WhatCannotDecryptIsNotAudited) {
  RegisterExternalCipher(ciphers_);
  const Json zeros = {"sh", "-c", "head -c $3 /dev/zero > $2", "sh", "{in}", "{out}", "{bytes}"};
  const Json mine = {{"name", "mine"},
                     {"external", {{"encrypt", "cp {in} {out}"}, {"decrypt", zeros}}}};
  try {
    Run(Config(Json::array({mine})), {{"checks", {"a3"}}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kRun);
    EXPECT_THAT(error.what(), HasSubstr("decryption does not give back what was encrypted"));
  }
}

// A program that encrypts under a random number of its own and a tag, both behind the ciphertext:
// its refusals are rejections, so are its failures over a tag of another size, and that two
// ciphertexts differ is no defect.
TEST_F(AuditTest, AnAuthenticatedRandomisedProgramPasses) {
  if (FindProgram("python3").empty()) GTEST_SKIP() << "no python3";
  RegisterExternalCipher(ciphers_);
  const char* program =
      "import hashlib, os, struct, sys\n"
      "def pad(key, iv, size):\n"
      "    return hashlib.shake_256(key + iv).digest(size)\n"
      "def tag(key, iv, data):\n"
      "    return hashlib.sha256(key + b'tag' + iv + data).digest()\n"
      "source, target = sys.stdin.buffer, sys.stdout.buffer\n"
      "while size := source.read(4):\n"
      "    question = source.read(struct.unpack('<I', size)[0])\n"
      "    op, key, nonce, c, h, w = struct.unpack_from('<B32s32sIII', question)\n"
      "    n, data = c * h * w, question[77:]\n"
      "    iv = os.urandom(16) if op == 1 else data[n:n + 16]\n"
      "    body = bytes(a ^ b for a, b in zip(data[:n], pad(key, iv, n)))\n"
      "    if op == 1:\n"
      "        answer = b'\\0' + body + iv + tag(key, iv, body)\n"
      "    elif len(data) != n + 48:\n"
      "        answer = b'\\2too short'\n"
      "    elif data[n + 16:] == tag(key, iv, data[:n]):\n"
      "        answer = b'\\0' + body\n"
      "    else:\n"
      "        answer = b'\\1forged'\n"
      "    target.write(struct.pack('<I', len(answer)) + answer)\n"
      "    target.flush()\n";
  const Json mine = {
      {"name", "mine"},
      {"external",
       {{"serve", {"python3", "-c", program}}, {"expands", true}, {"authenticated", true}}}};
  const auto finished = Run(
      Config(Json::array({mine})),
      {{"checks", {"a1c", "a3", "a3c", "a6", "a9", "a12", "a14", "a15"}}, {"modes", {"frozen"}}});
  for (const Json& check : finished[0].result.notes.at("audit")) {
    const bool a9 = check.at("id") == "a9";
    EXPECT_EQ(check.at("verdict"), a9 ? "n/a" : "passed") << check.dump();
  }
}

// What has no nonce in it is asked of the same keys in both modes.
TEST_F(AuditTest, ChecksOfTheKeyDoNotDependOnTheMode) {
  const auto finished = Run(Config({{{"name", "map_cipher"}, {"map", "logistic"}}}),
                            {{"checks", {"a6", "a7", "a12"}}});
  ASSERT_EQ(finished.size(), 2u);
  EXPECT_EQ(finished[0].result.notes.at("audit"), finished[1].result.notes.at("audit"));
}

TEST_F(AuditTest, SummarySaysWhichBrokenCiphersPassTheStatistics) {
  const auto finished = Run(Config({"paper"}), {{"checks", {"a3c", "a17"}}, {"modes", {"live"}}});
  EXPECT_EQ(ValueOf(finished[0], "audit_statistics_passed"), 8);
  EXPECT_THAT(AuditSummary(finished),
              HasSubstr("Of 1 columns that pass every statistic, 1 are broken all the same: paper "
                        "(live)"));
}

TEST_F(AuditTest, SensingTellsHowManyChangesVanish) {
  Json config = Config({"paper"});
  config["methods"] = {"gaussian_lmmse"};
  config["rates"] = {0.1};
  const auto finished = Run(config, {{"checks", {"a4"}}, {"modes", {"live"}}});
  const Json& numbers = finished[0].result.notes.at("audit")[0].at("numbers");
  EXPECT_GT(numbers.at("lsb_changes_that_vanish").get<double>(), 0.01);
}

TEST_F(AuditTest, MapCiphersShowTheirOrbit) {
  // The tent map at 2 collapses to 0 in doubles; kept away from it, its orbit has no short cycle.
  const auto finished =
      Run(Config({{{"name", "map_cipher"}, {"map", "logistic"}}}), {{"checks", {"a8"}}});
  EXPECT_TRUE(finished[0].result.notes.at("audit")[0].at("numbers").contains("orbit_cycle"));
}

TEST_F(AuditTest, BadConfigsAreNamed) {
  const auto experiment = experiments_.Create("audit", Json::object());
  const auto expand = [&](const Json& config) { experiment->Expand(config, context_); };
  EXPECT_THROW(expand(Config(Json::array())), Error);
  Json two = Config({"paper"});
  two["methods"] = {"gaussian_lmmse", "pca_lmmse"};
  EXPECT_THROW(expand(two), Error);
  const auto unknown = experiments_.Create("audit", {{"checks", {"a99"}}});
  try {
    unknown->Expand(Config({"paper"}), context_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("/checks: unknown check \"a99\"; known: a1, a1c"));
  }
}

}  // namespace
}  // namespace chaosense
