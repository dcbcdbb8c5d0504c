#include "core/base/process.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>

#include "core/base/child_process.h"
#include "core/base/error.h"
#include "core/base/signals.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

// Descendants may hold the pipes open after the program ended: they are heard until they are silent
// this many seconds, five times as long at most.
constexpr double kLinger = 0.2;

// Waits up to `seconds` for output of the child. Whether anything came.
bool Pump(ChildProcess& child,
          const ProcessOptions& options,
          double seconds,
          ProcessResult& result) {
  std::array<pollfd, 2> polled{pollfd{child.output.get(), POLLIN, 0},
                               pollfd{child.error.get(), POLLIN, 0}};  // a closed one is skipped
  if (::poll(polled.data(), polled.size(), static_cast<int>(seconds * 1000)) <= 0) return false;
  bool any = false;
  if (polled[0].revents != 0) {
    any |= ReadAvailable(child.output, [&](std::span<const uint8_t> bytes) {
      const size_t room = options.output_limit - result.output.size();
      if (bytes.size() > room) result.output_cut = true;
      const auto kept = bytes.first(std::min(room, bytes.size()));
      result.output.insert(result.output.end(), kept.begin(), kept.end());
    });
  }
  if (polled[1].revents != 0) {
    any |= ReadAvailable(child.error, [&](std::span<const uint8_t> bytes) {
      result.error.append(bytes.begin(), bytes.end());
      if (result.error.size() > options.error_limit)
        result.error.erase(0, result.error.size() - options.error_limit);
    });
  }
  return any;
}

std::string LastLine(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.pop_back();
  text.erase(0, text.rfind('\n') + 1);
  constexpr size_t kMost = 300;
  if (text.size() > kMost) text = text.substr(0, kMost) + "...";
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return text;
}

}  // namespace

fs::path FindProgram(const std::string& name) {
  const auto executable = [](const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
  };
  if (name.empty()) return {};
  if (name.find('/') != std::string::npos) return executable(name) ? fs::path(name) : fs::path();
  const char* path = std::getenv("PATH");
  std::string_view left = path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
  while (true) {
    const size_t colon = left.find(':');
    const std::string_view folder = left.substr(0, colon);
    const fs::path candidate = fs::path(folder.empty() ? "." : folder) / name;
    if (executable(candidate)) return candidate;
    if (colon == std::string_view::npos) return {};
    left.remove_prefix(colon + 1);
  }
}

fs::path RequireProgram(const std::string& name, const std::string& where) {
  const fs::path program = FindProgram(name);
  if (program.empty()) {
    throw ConfigError("{}{}{}: no such program{}",
                      where,
                      where.empty() ? "" : ": ",
                      name,
                      name.find('/') == std::string::npos ? " in PATH" : ", or not executable");
  }
  return program;
}

std::string ProcessResult::Failure() const {
  const std::string last = LastLine(error);
  std::string text = timed_out ? fmt::format("timed out after {:.1f} s", seconds)
                     : signal != 0
                         ? fmt::format("ended by signal {} ({})", signal, ::strsignal(signal))
                         : fmt::format("exit code {}", exit_code);
  return last.empty() ? text : text + ": " + last;
}

ProcessResult RunProcess(const ProcessOptions& options) {
  ThrowIfInterrupted();
  ProcessResult result;
  ChildProcess child(options);
  double ended_at = -1;
  while (child.output.open() || child.error.open() || ended_at < 0) {
    if (InterruptRequested()) {
      child.Terminate();
      child.Reap();
      ThrowIfInterrupted();
    }
    if (child.seconds() >= options.timeout_s && ended_at < 0) {
      result.timed_out = true;
      child.Terminate();
      break;
    }
    const bool waiting = child.output.open() || child.error.open();
    // Without pipes to wake us up, look for its end often.
    const double patience =
        waiting ? std::clamp(options.timeout_s - child.seconds(), 0.001, 0.05) : 0.002;
    const bool any = Pump(child, options, patience, result);
    if (options.stop_at_limit && result.output.size() >= options.output_limit) {
      result.stopped_at_limit = !child.Ended();
      break;
    }
    if (ended_at < 0 && child.Ended()) ended_at = child.seconds();
    const double since_end = ended_at < 0 ? 0 : child.seconds() - ended_at;
    if (since_end > (any ? 5 * kLinger : kLinger)) break;
  }
  if (result.stopped_at_limit) child.Terminate();
  result.seconds = child.seconds();
  TakeStatus(child.Reap(), result);
  return result;
}

}  // namespace chaosense
