// An HTTP/1.1 server on a loopback port, for tests: it serves what it is told, also wrongly.
#ifndef CHAOSENSE_TESTS_UNIT_DATA_TEST_SERVER_H_
#define CHAOSENSE_TESTS_UNIT_DATA_TEST_SERVER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace chaosense {

struct HttpRequest {
  std::string path;         // with the query
  int64_t range_from = -1;  // "Range: bytes=N-", or -1
};

struct HttpResponse {
  int status = 200;
  std::string body;
  std::string type = "application/octet-stream";
  std::string location = {};    // of a redirect
  int64_t content_length = -1;  // what the header says, or -1: the body's
  bool send_length = true;      // false: the end of the connection is the end of the body
};

class TestServer {
 public:
  using Handler = std::function<HttpResponse(const HttpRequest&)>;

  // Serves `files` (path -> content), answers Range requests, and 404 for anything else.
  explicit TestServer(std::map<std::string, std::string> files = {});
  ~TestServer();

  void SetHandler(Handler handler);
  HttpResponse Serve(
      const HttpRequest& request) const;  // what the server answers without a handler
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::vector<HttpRequest> requests() const;

 private:
  void Loop();
  void Answer(int connection);

  std::map<std::string, std::string> files_;
  Handler handler_;
  mutable std::mutex mutex_;
  std::vector<HttpRequest> requests_;
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_DATA_TEST_SERVER_H_
