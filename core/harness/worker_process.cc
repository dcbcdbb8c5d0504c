#include "core/harness/worker_process.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <thread>

#include "core/base/child_process.h"
#include "core/base/error.h"

extern char** environ;

namespace chaosense {
namespace {

// Ours, with a limit on the threads of the numerical libraries, some of which read it only at their
// start.
std::vector<std::string> Environment(int threads) {
  static constexpr std::string_view kLimits[] = {
      "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"};
  std::vector<std::string> entries;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    bool limit = false;
    for (const std::string_view name : kLimits)
      limit = limit || (text.starts_with(name) && text.substr(name.size()).starts_with('='));
    if (!limit) entries.emplace_back(text);
  }
  for (const std::string_view name : kLimits)
    entries.push_back(fmt::format("{}={}", name, threads));
  return entries;
}

}  // namespace

WorkerProcess::WorkerProcess(const LocalOptions& options) {
  Pipe in = MakePipe();
  Pipe out = MakePipe();
  ::fcntl(in.read.get(), F_SETFL, 0);  // the worker waits for its orders
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.read.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  std::vector<std::string> arguments = options.command;
  std::vector<std::string> environment = Environment(options.threads);
  const int reason = ::posix_spawn(&pid_,
                                   options.command[0].c_str(),
                                   &actions,
                                   nullptr,
                                   ArgumentPointers(arguments).data(),
                                   ArgumentPointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (reason != 0) {
    pid_ = -1;
    throw RunError("{}: a worker cannot be started: {}", options.command[0], std::strerror(reason));
  }
  input_ = std::move(in.write);
  output_ = std::move(out.read);
}

WorkerProcess::~WorkerProcess() {
  if (pid_ > 0) Reap(Clock::now());
}

void WorkerProcess::Give(const Cell* cell, size_t number) {
  cell_ = cell;
  since_ = Clock::now();
  started_ = UtcNow();
  const std::string order = fmt::format("{}\n", number);
  // A pipe takes so few bytes whole. If the worker is gone, its end is seen at its output.
  [[maybe_unused]] const ssize_t written = ::write(input_.get(), order.data(), order.size());
}

std::optional<LedgerRow> WorkerProcess::Read() {
  char block[65536];
  const ssize_t n = ::read(output_.get(), block, sizeof(block));
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return std::nullopt;
  if (n <= 0) {
    output_.Close();
    return std::nullopt;
  }
  buffer_.append(block, static_cast<size_t>(n));
  size_t end = buffer_.find('\n');
  if (!ready_ && end != std::string::npos) {
    if (buffer_.substr(0, end) != "ready")
      throw RunError("a worker said \"{}\", expected \"ready\"", buffer_.substr(0, end));
    ready_ = true;
    buffer_.erase(0, end + 1);
    end = buffer_.find('\n');
  }
  if (end == std::string::npos) return std::nullopt;
  const Json json = Json::parse(buffer_.substr(0, end), nullptr, /*allow_exceptions=*/false);
  buffer_.erase(0, end + 1);
  LedgerRow row = LedgerRowFromJson(json);
  CHAOSENSE_CHECK(cell_ != nullptr && row.cell == cell_->id, "an unexpected row of {}", row.name);
  cell_ = nullptr;
  return row;
}

void WorkerProcess::Signal(int signal) const {
  if (pid_ > 0) ::kill(pid_, signal);
}

int WorkerProcess::Reap(Clock::time_point deadline) {
  int status = 0;
  while (true) {
    const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
    if (ended == pid_ || (ended < 0 && errno != EINTR)) break;
    if (Clock::now() >= deadline) {
      ::kill(pid_, SIGKILL);
      while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
      }
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  pid_ = -1;
  input_.Close();
  output_.Close();
  return status;
}

std::string DescribeEnd(int status) {
  if (WIFSIGNALED(status)) {
    return fmt::format(
        "worker killed by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
  }
  return fmt::format("worker ended with exit code {}", WEXITSTATUS(status));
}

}  // namespace chaosense
