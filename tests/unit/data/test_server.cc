#include "tests/unit/data/test_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace chaosense {

TestServer::TestServer(std::map<std::string, std::string> files) : files_(std::move(files)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("the test server found no loopback port");
  }
  port_ = ntohs(address.sin_port);
  handler_ = [this](const HttpRequest& request) { return Serve(request); };
  thread_ = std::thread([this] { Loop(); });
}

TestServer::~TestServer() {
  ::shutdown(listener_, SHUT_RDWR);  // ends accept()
  thread_.join();
  ::close(listener_);
}

void TestServer::SetHandler(Handler handler) {
  const std::lock_guard lock(mutex_);
  handler_ = std::move(handler);
}

std::vector<HttpRequest> TestServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

HttpResponse TestServer::Serve(const HttpRequest& request) const {
  HttpResponse response;
  const auto file = files_.find(request.path);
  if (file == files_.end()) {
    response.status = 404;
    response.type = "text/html";
    response.body = "<html>not here</html>";
    return response;
  }
  response.body = file->second;
  if (request.range_from >= static_cast<int64_t>(response.body.size())) {
    response.status = 416;
    response.body.clear();
  } else if (request.range_from >= 0) {
    response.status = 206;
    response.body.erase(0, static_cast<size_t>(request.range_from));
  }
  return response;
}

void TestServer::Loop() {
  while (true) {
    const int connection = ::accept(listener_, nullptr, nullptr);
    if (connection < 0) return;
    Answer(connection);
    ::close(connection);
  }
}

void TestServer::Answer(int connection) {
  std::string text;
  char buffer[4096];
  while (text.find("\r\n\r\n") == std::string::npos) {
    const ssize_t count = ::recv(connection, buffer, sizeof(buffer), 0);
    if (count <= 0) return;
    text.append(buffer, static_cast<size_t>(count));
  }
  HttpRequest request;
  const size_t start = text.find(' ') + 1;
  request.path = text.substr(start, text.find(' ', start) - start);
  if (const size_t at = text.find("Range: bytes="); at != std::string::npos) {
    request.range_from = std::stoll(text.substr(at + 13));
  }
  HttpResponse response;
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    response = handler_(request);
  }
  const int64_t size = static_cast<int64_t>(response.body.size());
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " x\r\nConnection: close\r\n";
  if (!response.type.empty()) head += "Content-Type: " + response.type + "\r\n";
  if (!response.location.empty()) head += "Location: " + response.location + "\r\n";
  if (response.status == 206) {
    head += "Content-Range: bytes " + std::to_string(request.range_from) + "-" +
            std::to_string(request.range_from + size - 1) + "/" +
            std::to_string(request.range_from + size) + "\r\n";
  }
  if (response.send_length) {
    head += "Content-Length: " +
            std::to_string(response.content_length >= 0 ? response.content_length : size) + "\r\n";
  }
  const std::string all = head + "\r\n" + response.body;
  for (size_t sent = 0; sent < all.size();) {
    const ssize_t count = ::send(connection, all.data() + sent, all.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return;
    sent += static_cast<size_t>(count);
  }
}

}  // namespace chaosense
