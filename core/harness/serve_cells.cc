#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "core/base/error.h"
#include "core/base/signals.h"
#include "core/harness/local_executor.h"

namespace chaosense {
namespace {

void WriteLine(int output, const std::string& line) {
  const std::string text = line + '\n';
  for (std::string_view left = text; !left.empty();) {
    const ssize_t n = ::write(output, left.data(), left.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw RunError("the controller is gone: {}", std::strerror(errno));
    left.remove_prefix(static_cast<size_t>(n));
  }
}

// The next line without its end; false at the end of the input or after a signal.
bool ReadLine(int input, std::string& buffer, std::string& line) {
  while (true) {
    if (const size_t end = buffer.find('\n'); end != std::string::npos) {
      line = buffer.substr(0, end);
      buffer.erase(0, end + 1);
      return true;
    }
    char block[4096];
    const ssize_t n = ::read(input, block, sizeof(block));
    if (n < 0 && errno == EINTR && !InterruptRequested()) continue;
    if (n <= 0) return false;
    buffer.append(block, static_cast<size_t>(n));
  }
}

}  // namespace

void ServeCells(const Plan& plan,
                const CellContext& context,
                const ExecutionOptions& options,
                int input,
                int output) {
  WriteLine(output, "ready");
  std::string buffer, line;
  while (ReadLine(input, buffer, line)) {
    size_t number = plan.cells.size();
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    CHAOSENSE_CHECK(
        error == std::errc() && end == line.data() + line.size() && number < plan.cells.size(),
        "\"{}\" is no cell's number",
        line);
    const LedgerRow row = RunCell(plan, plan.cells[number], context, options);
    WriteLine(output, ToJson(row).dump(-1, ' ', false, Json::error_handler_t::replace));
    ThrowIfInterrupted();
  }
  ThrowIfInterrupted();
}

}  // namespace chaosense
