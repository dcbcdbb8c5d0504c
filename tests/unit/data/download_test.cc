#include "core/data/download.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "core/base/error.h"
#include "tests/unit/data/test_folder.h"
#include "tests/unit/data/test_server.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Status = DownloadResult::Status;

std::string Content() {
  std::string content;
  for (int i = 0; i < 100000; ++i) content += static_cast<char>((i * 7919) >> 5);
  return content;
}

class DownloadTest : public ::testing::Test {
 protected:
  DownloadTest() {
    options_.attempts = 3;
    options_.first_wait = std::chrono::milliseconds(1);
    options_.connect_timeout_s = 5;
  }

  DownloadResult Fetch(const std::string& path) {
    request_.url = server_.url() + path;
    request_.target = target_;
    return Downloader(options_).Fetch(request_);
  }

  const std::string content_ = Content();
  TestFolder folder_;
  TestServer server_{{{"/a.bin", content_}}};
  DownloadOptions options_;
  fs::path target_ = folder_ / "below/a.bin";
  fs::path part_ = folder_ / "below/a.bin.part";
  DownloadRequest request_{"", "", Sha256Text(content_), static_cast<int64_t>(content_.size())};
};

TEST_F(DownloadTest, PutsTheFileInPlace) {
  EXPECT_EQ(Fetch("/a.bin").status, Status::kDone);
  EXPECT_EQ(ReadText(target_), content_);
  EXPECT_FALSE(fs::exists(part_));
}

TEST_F(DownloadTest, FileAddressesWorkToo) {
  WriteText(folder_ / "source.bin", content_);
  request_.url = "file://" + (folder_ / "source.bin").string();
  request_.target = target_;
  EXPECT_EQ(Downloader(options_).Fetch(request_).status, Status::kDone);
  EXPECT_EQ(ReadText(target_), content_);
  request_.url = "file://" + (folder_ / "none.bin").string();
  request_.target = folder_ / "other";
  EXPECT_EQ(Downloader(options_).Fetch(request_).status, Status::kFileFailed);
}

TEST_F(DownloadTest, GoesOnWhereItBrokeOff) {
  WriteText(part_, content_.substr(0, 60000));
  EXPECT_EQ(Fetch("/a.bin").status, Status::kDone);
  EXPECT_EQ(ReadText(target_), content_);
  ASSERT_EQ(server_.requests().size(), 1u);
  EXPECT_EQ(server_.requests()[0].range_from, 60000);
}

TEST_F(DownloadTest, ATruncatedBodyIsResumedInTheSameCall) {
  server_.SetHandler([&](const HttpRequest& request) {
    HttpResponse response = server_.Serve(request);
    if (request.range_from < 0) {
      response.content_length = static_cast<int64_t>(content_.size());
      response.body.resize(1000);
    }
    return response;
  });
  EXPECT_EQ(Fetch("/a.bin").status, Status::kDone);
  EXPECT_EQ(ReadText(target_), content_);
  ASSERT_EQ(server_.requests().size(), 2u);
  EXPECT_EQ(server_.requests()[1].range_from, 1000);
}

TEST_F(DownloadTest, ABodyCutWithoutALengthIsResumedToo) {
  server_.SetHandler([&](const HttpRequest& request) {
    HttpResponse response = server_.Serve(request);
    response.send_length = false;
    if (request.range_from < 0) response.body.resize(1000);
    return response;
  });
  EXPECT_EQ(Fetch("/a.bin").status, Status::kDone);
  EXPECT_EQ(ReadText(target_), content_);
}

TEST_F(DownloadTest, StartsOverWhereTheServerKnowsNoRanges) {
  WriteText(part_, content_.substr(0, 60000));
  server_.SetHandler([&](const HttpRequest& request) { return server_.Serve({request.path, -1}); });
  EXPECT_EQ(Fetch("/a.bin").status, Status::kDone);
  EXPECT_EQ(ReadText(target_), content_);
}

TEST_F(DownloadTest, StartsOverWhereThePartIsOfAnotherFile) {
  WriteText(part_, std::string(60000, 'x'));
  EXPECT_EQ(Fetch("/a.bin").status, Status::kDone);
  EXPECT_EQ(ReadText(target_), content_);
  WriteText(part_, std::string(200000, 'x'));  // longer than the file
  EXPECT_EQ(Fetch("/a.bin").status, Status::kDone);
  request_.bytes = 0;
  WriteText(part_, std::string(200000, 'x'));  // the server answers 416
  EXPECT_EQ(Fetch("/a.bin").status, Status::kDone);
  EXPECT_EQ(ReadText(target_), content_);
}

TEST_F(DownloadTest, RetriesWhatMayPass) {
  std::atomic<int> count = 0;
  server_.SetHandler([&](const HttpRequest& request) {
    HttpResponse response = server_.Serve(request);
    if (++count < 3) response.status = 503;
    return response;
  });
  EXPECT_EQ(Fetch("/a.bin").status, Status::kDone);
  EXPECT_EQ(count, 3);
}

TEST_F(DownloadTest, GivesUpAfterItsAttempts) {
  server_.SetHandler([&](const HttpRequest&) { return HttpResponse{500, "broken"}; });
  const DownloadResult result = Fetch("/a.bin");
  EXPECT_EQ(result.status, Status::kHostFailed);
  EXPECT_THAT(result.reason, HasSubstr("/a.bin: HTTP 500"));
  EXPECT_EQ(server_.requests().size(), 3u);
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(DownloadTest, AMissingFileIsNotRetried) {
  const DownloadResult result = Fetch("/none.bin");
  EXPECT_EQ(result.status, Status::kFileFailed);
  EXPECT_EQ(result.reason, server_.url() + "/none.bin: HTTP 404 (no such file)");
  EXPECT_EQ(server_.requests().size(), 1u);
  EXPECT_FALSE(fs::exists(target_));
  EXPECT_FALSE(fs::exists(part_));
}

TEST_F(DownloadTest, AWebPageIsNoFile) {
  server_.SetHandler([](const HttpRequest&) {
    return HttpResponse{200, "\n<!DOCTYPE HTML><html>Please log in</html>"};
  });
  DownloadResult result = Fetch("/a.bin");
  EXPECT_EQ(result.status, Status::kFileFailed);
  EXPECT_THAT(result.reason, HasSubstr("the server sent a web page instead of the file"));
  EXPECT_FALSE(fs::exists(target_));
  EXPECT_FALSE(fs::exists(part_));
  // Neither where nothing is known of the file, and only the server says what it sends.
  request_.sha256.clear();
  request_.bytes = 0;
  server_.SetHandler([](const HttpRequest&) {
    return HttpResponse{200, "Please log in", "text/html; charset=utf-8"};
  });
  result = Fetch("/a.bin");
  EXPECT_THAT(result.reason, HasSubstr("the server sent a web page instead of the file"));
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(DownloadTest, TheChecksumCountsMoreThanTheContentType) {
  server_.SetHandler([&](const HttpRequest&) { return HttpResponse{200, content_, "text/html"}; });
  EXPECT_EQ(Fetch("/a.bin").status, Status::kDone);
}

TEST_F(DownloadTest, AWrongChecksumIsRefusedAndTheFileDeleted) {
  std::string other = content_;
  other[5] ^= 1;
  server_.SetHandler([&](const HttpRequest&) { return HttpResponse{200, other}; });
  const DownloadResult result = Fetch("/a.bin");
  EXPECT_EQ(result.status, Status::kFileFailed);
  EXPECT_EQ(result.reason,
            server_.url() + "/a.bin: wrong SHA-256: expected " + Sha256Text(content_) + ", got " +
                Sha256Text(other) + "; the file was deleted");
  EXPECT_FALSE(fs::exists(target_));
  EXPECT_FALSE(fs::exists(part_));
}

TEST_F(DownloadTest, MoreThanExpectedEndsTheTransfer) {
  server_.SetHandler([&](const HttpRequest&) { return HttpResponse{200, content_ + "x"}; });
  const DownloadResult result = Fetch("/a.bin");
  EXPECT_EQ(result.status, Status::kFileFailed);
  EXPECT_THAT(result.reason, HasSubstr("more than the expected 100000 bytes"));
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(DownloadTest, FollowsRedirects) {
  server_.SetHandler([&](const HttpRequest& request) {
    if (request.path != "/old.bin") return server_.Serve(request);
    HttpResponse response{302, ""};
    response.location = "/a.bin";
    return response;
  });
  EXPECT_EQ(Fetch("/old.bin").status, Status::kDone);
  // But not for ever, and not to files of this machine.
  fs::remove(target_);
  server_.SetHandler([&](const HttpRequest&) {
    HttpResponse response{302, ""};
    response.location = "/old.bin";
    return response;
  });
  EXPECT_EQ(Fetch("/old.bin").status, Status::kFileFailed);
  WriteText(folder_ / "secret", content_);
  server_.SetHandler([&](const HttpRequest&) {
    HttpResponse response{302, ""};
    response.location = "file://" + (folder_ / "secret").string();
    return response;
  });
  EXPECT_NE(Fetch("/old.bin").status, Status::kDone);
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(DownloadTest, ADeadHostIsToldFromAMissingFile) {
  options_.attempts = 1;
  request_.target = target_;
  request_.url = "http://127.0.0.1:1/a.bin";  // tcpmux: nothing listens there
  EXPECT_EQ(Downloader(options_).Fetch(request_).status, Status::kHostFailed);
  request_.url = "gopher://127.0.0.1/a.bin";
  EXPECT_EQ(Downloader(options_).Fetch(request_).status, Status::kFileFailed);
}

TEST_F(DownloadTest, AFolderThatCannotBeMadeIsAnError) {
  WriteText(folder_ / "below", "a file in the way");
  EXPECT_THROW(Fetch("/a.bin"), Error);
}

TEST_F(DownloadTest, ReportsProgress) {
  int64_t had = 0, total = 0;
  request_.url = server_.url() + "/a.bin";
  request_.target = target_;
  Downloader(options_).Fetch(
      request_, [&](int64_t h, int64_t t) { had = std::max(had, h), total = std::max(total, t); });
  EXPECT_EQ(had, 100000);
  EXPECT_EQ(total, 100000);
}

TEST(Urls, MirrorsAndPlaceholders) {
  EXPECT_EQ(MirroredUrl("https://host.org/a/b?c=d", ""), "https://host.org/a/b?c=d");
  EXPECT_EQ(MirroredUrl("https://host.org/a/b?c=d", "http://m:8000/x/"),
            "http://m:8000/x/host.org/a/b?c=d");
  EXPECT_EQ(ExpandUrl("https://h/{file}", "im 1#ä.bmp"), "https://h/im%201%23%C3%A4.bmp");
  EXPECT_EQ(ExpandUrl("https://h/get?img={stem}&f={file}", "4.2.03.tiff"),
            "https://h/get?img=4.2.03&f=4.2.03.tiff");
  EXPECT_EQ(ExpandUrl("https://h/{file}", "{file}"), "https://h/%7Bfile%7D");
}

TEST(Html, IsToldFromPictures) {
  EXPECT_TRUE(LooksLikeHtml("<!doctype HTML>\n"));
  EXPECT_TRUE(LooksLikeHtml("\xEF\xBB\xBF \r\n<html lang=en>"));
  EXPECT_FALSE(LooksLikeHtml("\x89PNG\r\n"));
  EXPECT_FALSE(LooksLikeHtml(""));
  EXPECT_FALSE(LooksLikeHtml("BM<html"));
}

}  // namespace
}  // namespace chaosense
