// A file descriptor that closes itself, and pipes.
#ifndef CHAOSENSE_CORE_BASE_DESCRIPTOR_H_
#define CHAOSENSE_CORE_BASE_DESCRIPTOR_H_

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/error.h"

namespace chaosense {

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { Close(); }
  void Close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }

 private:
  int fd_;
};

struct Pipe {
  Descriptor read, write;
};

// Closed in programs that we start; the reading end does not block.
inline Pipe MakePipe() {
  std::array<int, 2> ends{};
  CHAOSENSE_CHECK(
      ::pipe2(ends.data(), O_CLOEXEC) == 0, "no pipe to be had: {}", std::strerror(errno));
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_DESCRIPTOR_H_
