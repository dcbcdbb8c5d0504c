#include "core/base/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include "core/base/log.h"

namespace chaosense {

Progress::Progress(std::string label, int64_t total)
    : label_(std::move(label)),
      total_(total),
      terminal_(::isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      last_(start_) {}

Progress::~Progress() {
  if (drawn_) WriteLogLine("");
}

void Progress::Update(int64_t done, const std::string& detail) {
  const Clock::time_point now = Clock::now();
  const double since_last = std::chrono::duration<double>(now - last_).count();
  const bool finished = done >= total_;
  const bool due =
      terminal_ ? since_last >= 0.1 : since_last >= 10 || (done - last_done_) * 20 >= total_;
  if (!finished && !due && last_done_ >= 0) return;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double fraction =
      total_ > 0 ? static_cast<double>(done) / static_cast<double>(total_) : 1.0;
  const std::string eta = done > 0 && !finished
                              ? " ETA " + FormatDuration(elapsed * (1 - fraction) / fraction)
                              : " " + FormatDuration(elapsed);
  const std::string text =
      fmt::format("{} {}/{}{}{}{}", label_, done, total_, eta, detail.empty() ? "" : "  ", detail);
  if (terminal_) {
    constexpr int kWidth = 20;
    const int filled = static_cast<int>(fraction * kWidth);
    const std::string line = fmt::format(
        "\r\033[K[{}{}] {}", std::string(filled, '#'), std::string(kWidth - filled, '.'), text);
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
    drawn_ = true;
  } else {
    WriteLogLine(text);
  }
  last_ = now;
  last_done_ = done;
}

std::string FormatDuration(double seconds) {
  if (seconds < 60) return fmt::format("{:.1f} s", seconds);
  const auto total = static_cast<int64_t>(seconds + 0.5);
  if (total < 3600) return fmt::format("{}:{:02}", total / 60, total % 60);
  return fmt::format("{}:{:02}:{:02}", total / 3600, total / 60 % 60, total % 60);
}

}  // namespace chaosense
