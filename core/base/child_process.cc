#include "core/base/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <cstring>
#include <map>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/error.h"

extern char** environ;

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double kGrace = 0.5;  // seconds from SIGTERM to SIGKILL

struct Socket {
  Descriptor ours, theirs;
};

// A socket, not a pipe: writing to a program that has ended must not raise SIGPIPE.
Socket MakeSocket() {
  std::array<int, 2> ends{};
  CHAOSENSE_CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0,
                  "no socket to be had: {}",
                  std::strerror(errno));
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Descriptor OpenForReading(const fs::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) throw ConfigError("{}: cannot read: {}", path.string(), std::strerror(errno));
  return file;
}

// Input bytes go through a file in memory: nothing to feed while we wait, and no broken pipe if the
// program does not read them.
Descriptor OpenInput(const ProcessOptions& options) {
  if (const auto* path = std::get_if<fs::path>(&options.input)) return OpenForReading(*path);
  const auto* bytes = std::get_if<Bytes>(&options.input);
  if (bytes == nullptr) return OpenForReading("/dev/null");
  Descriptor file(::memfd_create("input", MFD_CLOEXEC));
  CHAOSENSE_CHECK(file.open(), "no memory file: {}", std::strerror(errno));
  std::span<const uint8_t> left(*bytes);
  while (!left.empty()) {
    const ssize_t n = ::write(file.get(), left.data(), left.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw RunError("no memory for a program's input: {}", std::strerror(errno));
    left = left.subspan(static_cast<size_t>(n));
  }
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

std::vector<std::string> Environment(const ProcessOptions& options) {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  for (const auto& [name, value] : options.environment) variables[name] = value;
  std::vector<std::string> entries;
  for (const auto& [name, value] : variables) entries.push_back(name + "=" + value);
  return entries;
}

// Leads the program's group, and kills it when its input ends: when we are gone, however we went.
// What reaches the whole group to end it gently is not meant for the guard.
constexpr const char* kGuard = "trap '' HUP INT TERM; read nothing; kill -9 0";

// Signals as a program expects to find them: SIGPIPE is ignored by us, and that would be inherited.
class SpawnAttributes {
 public:
  explicit SpawnAttributes(pid_t group) {
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM}) sigaddset(&signals, signal);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setpgroup(&attributes_, group);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

pid_t Waited(pid_t pid, int& status) {
  pid_t ended = -1;
  while ((ended = ::waitpid(pid, &status, 0)) < 0 && errno == EINTR) {
  }
  return ended;
}

}  // namespace

ChildProcess::ChildProcess(const ProcessOptions& options, Input kind) : start_(Clock::now()) {
  CHAOSENSE_CHECK(!options.arguments.empty() && options.timeout_s > 0);
  const std::string& name = options.arguments[0];
  const fs::path program = RequireProgram(name);
  if (!options.folder.empty() && !fs::is_directory(options.folder))
    throw ConfigError("{}: no such folder to run {} in", options.folder.string(), name);
  SpawnGuard();
  try {
    Spawn(options, fs::absolute(program), kind);
  } catch (...) {
    EndGuard();
    throw;
  }
}

ChildProcess::~ChildProcess() {
  if (pid_ > 0) Reap();
}

void ChildProcess::Signal(int signal) const { ::kill(-guard_, signal); }

bool ChildProcess::Ended() const {
  siginfo_t info = {};
  return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == pid_;
}

int ChildProcess::Reap() {
  Signal(SIGKILL);
  int status = 0;
  Waited(pid_, status);
  pid_ = -1;
  EndGuard();
  return status;
}

void ChildProcess::EndGuard() {
  Signal(SIGKILL);
  int status = 0;
  Waited(guard_, status);
  guard_ = -1;
}

void ChildProcess::Terminate() {
  Signal(SIGTERM);
  const auto start = Clock::now();
  const auto drop = [](std::span<const uint8_t>) {};
  // A program that is stuck writing can still end.
  while (!Ended() && SecondsSince(start) < kGrace) {
    std::array<pollfd, 2> polled{pollfd{output.get(), POLLIN, 0}, pollfd{error.get(), POLLIN, 0}};
    if (::poll(polled.data(), polled.size(), 10) <= 0) continue;
    if (polled[0].revents != 0) ReadAvailable(output, drop);
    if (polled[1].revents != 0) ReadAvailable(error, drop);
  }
}

double ChildProcess::seconds() const { return SecondsSince(start_); }

void ChildProcess::SpawnGuard() {
  Pipe life = MakePipe();
  ::fcntl(life.read.get(), F_SETFL, 0);  // the guard waits at it
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, life.read.get(), STDIN_FILENO);
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  std::vector<std::string> arguments = {"/bin/sh", "-c", kGuard};
  const int reason = ::posix_spawn(&guard_,
                                   "/bin/sh",
                                   &actions,
                                   SpawnAttributes(0).get(),
                                   ArgumentPointers(arguments).data(),
                                   environ);
  posix_spawn_file_actions_destroy(&actions);
  if (reason != 0) {
    guard_ = -1;
    throw ConfigError("/bin/sh: cannot be started: {}", std::strerror(reason));
  }
  life_ = std::move(life.write);
}

void ChildProcess::Spawn(const ProcessOptions& options, const fs::path& program, Input kind) {
  Socket socket;
  Descriptor file;
  if (kind == Input::kSocket) {
    socket = MakeSocket();
  } else {
    file = OpenInput(options);
  }
  const int standard_input = kind == Input::kSocket ? socket.theirs.get() : file.get();
  Pipe out = MakePipe();
  Pipe err = MakePipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, standard_input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.write.get(), STDERR_FILENO);
  // Files that some library opened without O_CLOEXEC stay ours.
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  if (!options.folder.empty())
    posix_spawn_file_actions_addchdir_np(&actions, options.folder.c_str());
  std::vector<std::string> arguments = options.arguments;
  std::vector<std::string> environment = Environment(options);
  const int reason = ::posix_spawn(&pid_,
                                   program.c_str(),
                                   &actions,
                                   SpawnAttributes(guard_).get(),
                                   ArgumentPointers(arguments).data(),
                                   ArgumentPointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (reason != 0) {
    pid_ = -1;
    throw ConfigError("{}: cannot be started: {}", program.string(), std::strerror(reason));
  }
  input = std::move(socket.ours);
  output = std::move(out.read);
  error = std::move(err.read);
}

std::vector<char*> ArgumentPointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

void TakeStatus(int status, ProcessResult& result) {
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
}

}  // namespace chaosense
