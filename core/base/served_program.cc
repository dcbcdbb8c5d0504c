#include "core/base/served_program.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>

#include "core/base/child_process.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/signals.h"

namespace chaosense {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kHeader = 4;
constexpr double kGoodbye = 0.5;  // seconds to end after its input did

std::array<uint8_t, kHeader> Header(size_t size) {
  CHAOSENSE_CHECK(size <= UINT32_MAX);
  std::array<uint8_t, kHeader> header{};
  for (size_t i = 0; i < kHeader; ++i) header[i] = static_cast<uint8_t>(size >> (8 * i));
  return header;
}

size_t SizeIn(std::span<const uint8_t> header) {
  size_t size = 0;
  for (size_t i = 0; i < kHeader; ++i) size |= size_t{header[i]} << (8 * i);
  return size;
}

}  // namespace

ServedProgram::ServedProgram(ProcessOptions options) : options_(std::move(options)) {}

ServedProgram::~ServedProgram() {
  if (!child_) return;
  child_->input.Close();
  const auto start = Clock::now();
  while (!child_->Ended() && SecondsSince(start) < kGoodbye) ::poll(nullptr, 0, 2);
  Stop();
}

void ServedProgram::Stop() {
  if (!child_->Ended()) child_->Terminate();
  child_->Reap();
  child_.reset();
  answered_ = 0;
}

void ServedProgram::Fail(const std::string& wrong) {
  ProcessResult result;
  if (!wrong.empty() && !child_->Ended()) child_->Terminate();
  // It closed its output: give it the time to end, so that its own status is seen.
  const auto start = Clock::now();
  while (!child_->Ended() && SecondsSince(start) < kGoodbye) ::poll(nullptr, 0, 2);
  const bool ended = child_->Ended();
  while (child_->error.open() && ReadAvailable(child_->error, [&](std::span<const uint8_t> bytes) {
           said_.append(bytes.begin(), bytes.end());
         })) {
  }
  TakeStatus(child_->Reap(), result);
  child_.reset();
  answered_ = 0;
  result.error = std::move(said_);
  said_.clear();
  const std::string& name = options_.arguments[0];
  if (!wrong.empty()) throw RunError("{}: {}", name, wrong);
  if (!ended) throw RunError("{}: closed its output without ending", name);
  throw RunError("{}: ended without an answer: {}", name, result.Failure());
}

Bytes ServedProgram::Ask(std::span<const uint8_t> question, size_t most) {
  const std::lock_guard lock(mutex_);
  ThrowIfInterrupted();
  const bool proven = answered_ > 0;
  try {
    return AskRunning(question, most);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kRun || !proven || !ended_itself_) throw;
  }
  return AskRunning(question, most);
}

Bytes ServedProgram::AskRunning(std::span<const uint8_t> question, size_t most) {
  ended_itself_ = false;
  if (!child_) {
    said_.clear();
    child_ = std::make_unique<ChildProcess>(options_, ChildProcess::Input::kSocket);
    ++starts_;
  }
  Bytes left(kHeader);
  std::ranges::copy(Header(question.size()), left.begin());
  left.insert(left.end(), question.begin(), question.end());
  size_t sent = 0;
  Bytes answer;  // with its header
  const auto start = Clock::now();
  while (true) {
    if (InterruptRequested()) {
      Stop();
      ThrowIfInterrupted();
    }
    const double remaining = options_.timeout_s - SecondsSince(start);
    if (remaining <= 0) Fail(fmt::format("no answer within {} s", options_.timeout_s));
    if (answer.size() >= kHeader) {
      const size_t size = SizeIn(answer);
      if (size > most)
        Fail(fmt::format("announces an answer of {} bytes, expected at most {}", size, most));
      if (answer.size() > kHeader + size) Fail("says more than its answer");
      if (answer.size() == kHeader + size) break;
    }
    std::array<pollfd, 3> polled{pollfd{child_->output.get(), POLLIN, 0},
                                 pollfd{child_->error.get(), POLLIN, 0},  // a closed one is skipped
                                 pollfd{sent < left.size() ? child_->input.get() : -1, POLLOUT, 0}};
    const int patience = static_cast<int>(std::clamp(1000 * remaining, 1.0, 50.0));
    if (::poll(polled.data(), polled.size(), patience) <= 0) continue;
    if (polled[2].revents != 0) {
      const ssize_t n =
          ::send(child_->input.get(), left.data() + sent, left.size() - sent, MSG_NOSIGNAL);
      if (n > 0) sent += static_cast<size_t>(n);
      if (n < 0 && errno != EINTR && errno != EAGAIN) sent = left.size();  // its output will tell
    }
    if (polled[1].revents != 0) {
      ReadAvailable(child_->error, [&](std::span<const uint8_t> bytes) {
        said_.append(bytes.begin(), bytes.end());
        if (said_.size() > options_.error_limit)
          said_.erase(0, said_.size() - options_.error_limit);
      });
    }
    if (polled[0].revents != 0) {
      ReadAvailable(child_->output, [&](std::span<const uint8_t> bytes) {
        answer.insert(answer.end(), bytes.begin(), bytes.end());
      });
      if (!child_->output.open()) {
        ended_itself_ = true;
        Fail("");
      }
    }
  }
  if (sent < left.size()) Fail("answered before it had the whole question");
  ++answered_;
  answer.erase(answer.begin(), answer.begin() + kHeader);
  return answer;
}

}  // namespace chaosense
