#include "core/data/fetch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/image/image_io.h"
#include "tests/unit/data/test_archive.h"
#include "tests/unit/data/test_folder.h"
#include "tests/unit/data/test_server.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using Kind = ManifestSource::Kind;

// What an archive is called on its way; nothing of it may stay.
constexpr const char* kCache = ".downloads";

class FetchTest : public ::testing::Test {
 protected:
  FetchTest() {
    options_.download.attempts = 2;
    options_.download.first_wait = std::chrono::milliseconds(1);
    for (const auto& [path, content] : files_) served_["/host/set/" + path] = content;
  }

  // The manifest's addresses are on the host "host"; the mirror brings them here.
  FetchReport Fetch(const Manifest& manifest) {
    if (!server_) server_ = std::make_unique<TestServer>(served_);
    options_.download.mirror = server_->url();
    return Fetcher(folder_ / "data", options_).Fetch(manifest);
  }
  std::string Failure(const Manifest& manifest) {
    try {
      Fetch(manifest);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kData);
      return error.what();
    }
    return "";
  }
  Manifest WithSources(std::vector<ManifestSource> sources) const {
    Manifest manifest = SmallManifest(files_);
    manifest.sources = std::move(sources);
    return manifest;
  }
  void ExpectComplete(const Manifest& manifest) const {
    EXPECT_TRUE(VerifyDataset(manifest, folder_ / "data").empty());
    EXPECT_FALSE(fs::exists(folder_ / "data" / kCache));
  }

  const ManifestSource files_source_{Kind::kFiles, "https://host/set/{file}", "", ""};
  const std::map<std::string, std::string> files_ = {{"a.png", PngText(TestPicture(1, 5, 6, 1))},
                                                     {"b 2.png", PngText(TestPicture(3, 5, 6, 2))},
                                                     {"c.png", PngText(TestPicture(1, 5, 6, 3))}};
  TestFolder folder_;
  FetchOptions options_;
  std::map<std::string, std::string> served_;
  std::unique_ptr<TestServer> server_;
};

TEST_F(FetchTest, SingleFiles) {
  served_["/host/set/b%202.png"] = files_.at("b 2.png");
  const Manifest manifest = WithSources({files_source_});
  FetchReport report = Fetch(manifest);
  EXPECT_EQ(report.fetched, 3);
  EXPECT_EQ(report.present, 0);
  ExpectComplete(manifest);
  report = Fetch(manifest);
  EXPECT_EQ(report.fetched, 0);
  EXPECT_EQ(report.present, 3);
  EXPECT_EQ(server_->requests().size(), 3u);
}

TEST_F(FetchTest, OnlyWhatIsMissingOrWrongIsFetched) {
  const Manifest manifest = WithSources({files_source_});
  WriteText(folder_ / "data/small/b 2.png", files_.at("b 2.png"));
  WriteText(folder_ / "data/small/c.png", "damaged");
  const FetchReport report = Fetch(manifest);
  EXPECT_EQ(report.fetched, 2);
  EXPECT_EQ(report.present, 1);
  ExpectComplete(manifest);
}

TEST_F(FetchTest, ArchiveMembers) {
  WriteTestArchive(folder_ / "set.tgz",
                   "tgz",
                   {{"top/img/a.png", files_.at("a.png")},
                    {"top/img/b 2.png", files_.at("b 2.png")},
                    {"../../../evil.png", "evil"},
                    {"top/c.png", "another c"},
                    {"./top/img/c.png", files_.at("c.png")}});
  served_["/host/set.tgz"] = ReadText(folder_ / "set.tgz");
  const Manifest manifest =
      WithSources({{Kind::kArchive, "http://host/set.tgz", "top/img/{file}", ""}});
  EXPECT_EQ(Fetch(manifest).fetched, 3);
  ExpectComplete(manifest);
  size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "data"))
    count += entry.is_regular_file() ? 1 : 0;
  EXPECT_EQ(count, 3u);
}

TEST_F(FetchTest, AnArchiveOfSeveralSetsIsLoadedOnce) {
  WriteTestArchive(
      folder_ / "set.zip", "zip", {{"a.png", files_.at("a.png")}, {"c.png", files_.at("c.png")}});
  server_ = std::make_unique<TestServer>(
      std::map<std::string, std::string>{{"/host/set.zip", ReadText(folder_ / "set.zip")}});
  options_.download.mirror = server_->url();
  Fetcher fetcher(folder_ / "data", options_);
  for (const char* file : {"a.png", "c.png"}) {
    Manifest manifest = SmallManifest({{file, files_.at(file)}});
    manifest.folder = file[0] == 'a' ? "first" : "second";
    manifest.sources = {{Kind::kArchive, "http://host/set.zip", "{file}", ""}};
    EXPECT_EQ(fetcher.Fetch(manifest).fetched, 1);
  }
  EXPECT_EQ(server_->requests().size(), 1u);
}

TEST_F(FetchTest, TheNextSourceIsTriedForWhatIsStillMissing) {
  served_["/other/b%202.png"] = files_.at("b 2.png");
  const Manifest manifest = WithSources({{Kind::kArchive, "http://host/dead.tgz", "{file}", ""},
                                         files_source_,
                                         {Kind::kFiles, "https://other/{file}", "", ""}});
  EXPECT_EQ(Fetch(manifest).fetched, 3);  // "b 2.png" is only on the other host
  ExpectComplete(manifest);
}

TEST_F(FetchTest, AnotherSetsFolderIsASource) {
  for (const auto& [path, content] : files_) WriteText(folder_ / "data/other" / path, content);
  const Manifest manifest = WithSources({{Kind::kFolder, "", "other/{file}", ""}});
  EXPECT_EQ(Fetch(manifest).fetched, 3);
  EXPECT_TRUE(server_->requests().empty());
  ExpectComplete(manifest);
}

TEST_F(FetchTest, WhatCannotBeHadIsSaidAndTheRestStays) {
  const std::string failure = Failure(WithSources({files_source_}));
  EXPECT_THAT(failure, HasSubstr("small: 1 of 3 files could not be had (b 2.png)"));
  EXPECT_THAT(failure, HasSubstr("/host/set/b%202.png: HTTP 404 (no such file)"));
  EXPECT_THAT(failure, HasSubstr("chaosense data fetch small --from PATH"));
  EXPECT_THAT(failure, Not(HasSubstr("\n")));
  EXPECT_EQ(VerifyDataset(SmallManifest(files_), folder_ / "data").size(), 1u);
  EXPECT_THAT(Failure(WithSources({})), HasSubstr("the manifest names no source"));
}

TEST_F(FetchTest, WrongContentNeverArrives) {
  std::string wrong = files_.at("c.png");
  wrong[40] ^= 1;
  served_["/host/set/c.png"] = wrong;
  EXPECT_THAT(Failure(WithSources({files_source_})),
              HasSubstr("wrong SHA-256: expected " + Sha256Text(files_.at("c.png"))));
  EXPECT_FALSE(fs::exists(folder_ / "data/small/c.png"));
  WriteTestArchive(folder_ / "set.tgz", "tgz", {{"c.png", wrong}});
  server_ = std::make_unique<TestServer>(
      std::map<std::string, std::string>{{"/host/set.tgz", ReadText(folder_ / "set.tgz")}});
  EXPECT_THAT(Failure(WithSources({{Kind::kArchive, "http://host/set.tgz", "{file}", ""}})),
              HasSubstr("wrong SHA-256"));
  EXPECT_FALSE(fs::exists(folder_ / "data/small/c.png"));
}

TEST_F(FetchTest, ADeadHostIsNotAskedForEveryFile) {
  server_ = std::make_unique<TestServer>();
  server_->SetHandler([](const HttpRequest&) { return HttpResponse{503, ""}; });
  EXPECT_THAT(Failure(WithSources({files_source_})), HasSubstr("HTTP 503"));
  EXPECT_EQ(server_->requests().size(), 2u);  // two attempts for the first file
}

TEST_F(FetchTest, AWebPageInPlaceOfAnArchiveIsRefused) {
  served_["/host/set.tgz"] = "<!DOCTYPE html><html>moved</html>";
  EXPECT_THAT(Failure(WithSources({{Kind::kArchive, "http://host/set.tgz", "{file}", ""}})),
              HasSubstr("the server sent a web page instead of the file"));
  served_["/host/set.tgz"] = "neither page nor archive";
  server_.reset();
  EXPECT_THAT(Failure(WithSources({{Kind::kArchive, "http://host/set.tgz", "{file}", ""}})),
              HasSubstr("not an archive that can be read"));
}

TEST_F(FetchTest, OnesOwnFilesComeFirst) {
  for (const auto& [path, content] : files_) WriteText(folder_ / "mine/deep" / path, content);
  WriteText(folder_ / "mine/a.png", "of the same name");
  options_.from = folder_ / "mine";
  EXPECT_EQ(Fetch(WithSources({files_source_})).fetched, 3);
  EXPECT_TRUE(server_->requests().empty());
  fs::remove_all(folder_ / "data");
  WriteTestArchive(folder_ / "mine.zip",
                   "zip",
                   {{"x/a.png", files_.at("a.png")},
                    {"b 2.png", files_.at("b 2.png")},
                    {"y/z/c.png", files_.at("c.png")}});
  options_.from = folder_ / "mine.zip";
  EXPECT_EQ(Fetch(WithSources({})).fetched, 3);
  ExpectComplete(SmallManifest(files_));
  fs::remove_all(folder_ / "data");
  options_.from = folder_ / "nowhere";
  EXPECT_THROW(Fetch(WithSources({})), Error);
}

// A set whose files are made from published ones.
class DerivedTest : public FetchTest {
 protected:
  DerivedTest() {
    manifest_.name = "derived";
    manifest_.title = "x";
    manifest_.split = "test";
    manifest_.folder = "derived";
    manifest_.sources = {files_source_};
    ManifestFile file;
    file.name = "lena";
    file.path = "lena_gray_256.png";
    file.pixels_sha256 = PixelsSha256(Derive(original_, DeriveRule::kHalfGray));
    file.original = Original{"4.2.04.png",
                             Sha256Text(PngText(original_)),
                             static_cast<int64_t>(PngText(original_).size()),
                             DeriveRule::kHalfGray};
    manifest_.files = {file};
    served_["/host/set/4.2.04.png"] = PngText(original_);
  }
  const ImageU8 original_ = TestPicture(3, 8, 10, 4);
  Manifest manifest_;
};

TEST_F(DerivedTest, TheRuleIsApplied) {
  EXPECT_EQ(Fetch(manifest_).fetched, 1);
  EXPECT_EQ(LoadImage(folder_ / "data/derived/lena_gray_256.png"),
            Derive(original_, DeriveRule::kHalfGray));
  ExpectComplete(manifest_);
  EXPECT_EQ(Fetch(manifest_).present, 1);
}

TEST_F(DerivedTest, ARuleThatGivesOtherPixelsIsNoticed) {
  manifest_.files[0].original->rule = DeriveRule::kGray;
  EXPECT_THAT(Failure(manifest_), HasSubstr("the pixels' SHA-256 is not"));
  EXPECT_FALSE(fs::exists(folder_ / "data/derived/lena_gray_256.png"));
}

TEST_F(DerivedTest, TheDerivedPictureItselfWillDoFromOnesOwn) {
  SaveImage(Derive(original_, DeriveRule::kHalfGray), folder_ / "mine/lena_gray_256.png");
  options_.from = folder_ / "mine";
  manifest_.sources.clear();
  EXPECT_EQ(Fetch(manifest_).fetched, 1);
  ExpectComplete(manifest_);
}

TEST_F(FetchTest, GeneratedSetsNeedNothing) {
  Manifest manifest;
  manifest.generator = GeneratorSettings();
  manifest.files.resize(1);
  EXPECT_EQ(Fetch(manifest).present, 1);
  EXPECT_FALSE(fs::exists(folder_ / "data"));
}

TEST(Verify, NamesWhatIsMissingOrDiffers) {
  const TestFolder folder;
  Manifest manifest = SmallManifest({{"a.png", "aa"}, {"b.png", "bb"}});
  ManifestFile file;
  file.name = "c";
  file.path = "c.png";
  file.pixels_sha256 = PixelsSha256(TestPicture(1, 4, 4, 0));
  manifest.files.push_back(file);
  WriteText(folder / "small/b.png", "other");
  WriteText(folder / "small/c.png", PngText(TestPicture(1, 4, 4, 1)));
  std::vector<FileProblem> problems = VerifyDataset(manifest, folder.path());
  ASSERT_EQ(problems.size(), 3u);
  EXPECT_EQ(problems[0].file, "small/a.png");
  EXPECT_EQ(problems[0].problem, "missing");
  EXPECT_EQ(problems[1].problem,
            "SHA-256 is " + Sha256Text("other") + ", expected " + Sha256Text("bb"));
  EXPECT_THAT(problems[2].problem, HasSubstr("the pixels' SHA-256 is"));
  WriteText(folder / "small/c.png", "no picture");
  EXPECT_EQ(VerifyDataset(manifest, folder.path())[2].problem, "not a picture that can be read");
}

}  // namespace
}  // namespace chaosense
