#include "core/data/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "tests/unit/data/test_folder.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const std::string kHash(64, 'a');

Json GoodManifest() {
  return {{"name", "small"},
          {"title", "A small set"},
          {"split", "test"},
          {"folder", "small"},
          {"sources", {{{"kind", "files"}, {"url", "http://host/{file}"}}}},
          {"files",
           {{{"name", "a"}, {"path", "a.png"}, {"sha256", kHash}, {"bytes", 10}},
            {{"name", "b"},
             {"path", "b.png"},
             {"pixels_sha256", kHash},
             {"from", {{"file", "b.tif"}, {"sha256", kHash}, {"rule", "half"}}}}}}};
}

std::string ParseFailure(const Json& json) {
  try {
    ParseManifest(json, "small.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kConfig);
    return error.what();
  }
  return "";
}

TEST(Manifest, ParsesWhatIsGood) {
  const Manifest manifest = ParseManifest(GoodManifest(), "small.json");
  EXPECT_EQ(manifest.files.size(), 2u);
  EXPECT_EQ(manifest.files[1].original->rule, DeriveRule::kHalf);
  EXPECT_EQ(manifest.files[0].checksum(), kHash);
}

TEST(Manifest, NamesTheKeyAtFault) {
  Json json = GoodManifest();
  json["tilte"] = "x";
  EXPECT_EQ(ParseFailure(json), "small.json: /tilte: unknown key; did you mean \"title\"?");
  json = GoodManifest();
  json.erase("split");
  EXPECT_THAT(ParseFailure(json), HasSubstr("\"split\" is missing"));
  json = GoodManifest();
  json["split"] = "tset";
  EXPECT_THAT(ParseFailure(json),
              HasSubstr("/split: \"tset\" is not allowed; expected train, validation or test"));
  json = GoodManifest();
  json["files"][1]["name"] = "a";
  EXPECT_THAT(ParseFailure(json), HasSubstr("/files/1/name: \"a\" is used twice"));
  json = GoodManifest();
  json["files"][0]["sha256"] = "abc";
  EXPECT_THAT(ParseFailure(json), HasSubstr("/files/0/sha256: \"abc\" is no SHA-256"));
  json = GoodManifest();
  json["files"][0].erase("sha256");
  EXPECT_THAT(ParseFailure(json), HasSubstr("/files/0: expected one of"));
  json = GoodManifest();
  json["files"][1]["path"] = "b.jpg";
  EXPECT_THAT(ParseFailure(json), HasSubstr("kept as .png"));
  json = GoodManifest();
  json["files"][0]["bytes"] = -1;
  EXPECT_THAT(ParseFailure(json), HasSubstr("/files/0/bytes: -1 is not allowed"));
  json = GoodManifest();
  json["sources"][0]["kind"] = "file";
  EXPECT_THAT(ParseFailure(json), HasSubstr("/sources/0/kind: unknown kind \"file\""));
  EXPECT_THAT(ParseFailure(Json::array()), HasSubstr("expected an object"));
  EXPECT_THAT(ParseFailure({{"name", "small"}, {"title", 3}}),
              HasSubstr("/title: 3 is not allowed"));
}

TEST(Manifest, PathsCannotLeaveTheirFolder) {
  for (const char* path :
       {"../evil.png", "/etc/passwd", "a/../../b.png", "", "..", "a\\..\\b.png"}) {
    Json json = GoodManifest();
    json["files"][0]["path"] = path;
    EXPECT_NE(ParseFailure(json), "") << path;
    json = GoodManifest();
    json["folder"] = path;
    EXPECT_NE(ParseFailure(json), "") << path;
    EXPECT_FALSE(IsSafeRelativePath(path)) << path;
  }
  EXPECT_FALSE(IsSafeRelativePath(std::string("a\0b", 3)));
  EXPECT_TRUE(IsSafeRelativePath("set11/gray_png/a..b.png"));
}

TEST(Manifest, TheFileNamesTheSet) {
  const TestFolder folder;
  WriteText(folder / "other.json", ManifestText(ParseManifest(GoodManifest(), "x")));
  EXPECT_THROW(ReadManifest(folder / "other.json"), Error);
  WriteText(folder / "small.json", ManifestText(ParseManifest(GoodManifest(), "x")));
  EXPECT_EQ(ReadManifest(folder / "small.json").files.size(), 2u);
}

TEST(Manifest, ChecksumIsOverSortedNamesAndChecksums) {
  Manifest manifest = SmallManifest({{"b.png", "bb"}, {"a.png", "aa"}});
  const std::string lines = "a " + Sha256Text("aa") + "\nb " + Sha256Text("bb") + "\n";
  EXPECT_EQ(manifest.Checksum(), Sha256Text(lines));
  std::swap(manifest.files[0], manifest.files[1]);
  EXPECT_EQ(manifest.Checksum(), Sha256Text(lines));
  manifest.files[0].name = "c";
  EXPECT_NE(manifest.Checksum(), Sha256Text(lines));
}

TEST(Manifest, PixelsSha256IsShapeAndSamples) {
  // printf '1x1x2\n\x01\x02' | sha256sum
  EXPECT_EQ(PixelsSha256(ImageU8(Shape{1, 1, 2}, {1, 2})),
            Sha256Text(std::string("1x1x2\n\x01\x02", 8)));
  EXPECT_NE(PixelsSha256(ImageU8(Shape{1, 2, 1}, {1, 2})),
            PixelsSha256(ImageU8(Shape{1, 1, 2}, {1, 2})));
}

// The manifests in datasets/: the project's, and whatever the user has added (which names no
// source).
class ShippedManifest : public ::testing::TestWithParam<std::string> {};

TEST_P(ShippedManifest, ReadsAndWritesAndNamesItsTerms) {
  const Manifest manifest = ReadManifest(fs::path(CHAOSENSE_SOURCE_DIR) / "datasets" / GetParam());
  const std::string text = ManifestText(manifest);
  EXPECT_EQ(ManifestText(ParseManifest(Json::parse(text), "x")), text);
  EXPECT_EQ(ParseManifest(Json::parse(text), "x").Checksum(), manifest.Checksum());
  if (!manifest.sources.empty()) {
    EXPECT_FALSE(manifest.license.empty());
    EXPECT_FALSE(manifest.terms_url.empty());
  }
}

std::vector<std::string> ShippedManifests() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(CHAOSENSE_SOURCE_DIR) / "datasets")) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Datasets,
                         ShippedManifest,
                         ::testing::ValuesIn(ShippedManifests()),
                         [](const auto& param) { return fs::path(param.param).stem().string(); });

TEST(ShippedManifests, HaveTheNumberOfPicturesTheyArePublishedWith) {
  // BSDS500's page (200 train, 100 val, 200 test); the names of the others.
  for (const auto& [name, count] : {std::pair<const char*, size_t>{"bsds500_train", 200},
                                    {"bsds500_val", 100},
                                    {"bsds500_test", 200},
                                    {"t91", 91},
                                    {"general100", 100},
                                    {"set11", 11},
                                    {"classics_gray_256", 3}}) {
    EXPECT_EQ(
        ReadManifest(fs::path(CHAOSENSE_SOURCE_DIR) / "datasets" / (std::string(name) + ".json"))
            .files.size(),
        count)
        << name;
  }
}

TEST(ShippedManifests, TrainAndTestShareNoPicture) {
  std::map<std::string, std::string> split_of;
  for (const std::string& name : ShippedManifests()) {
    const Manifest manifest = ReadManifest(fs::path(CHAOSENSE_SOURCE_DIR) / "datasets" / name);
    if (manifest.sources.empty()) continue;
    for (const ManifestFile& file : manifest.files) {
      const auto [at, is_new] = split_of.emplace(file.checksum(), manifest.split);
      EXPECT_EQ(at->second, manifest.split) << name << " " << file.name;
    }
  }
}

}  // namespace
}  // namespace chaosense
