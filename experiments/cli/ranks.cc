#include "experiments/cli/ranks.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "core/base/child_process.h"
#include "core/base/error.h"
#include "core/base/signals.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;

constexpr int kMostRanks = 4096;

int ToInt(const std::string& text, int low, int high, const std::string& where) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < low || value > high)
    throw ConfigError("{}: \"{}\" is no whole number from {} to {}", where, text, low, high);
  return value;
}

std::string FromSlurm(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) throw ConfigError("--ranks slurm: {} is not set; start it by srun", name);
  return value;
}

// Rank 0 listens on a port that follows from job and step: nobody needs to tell the others.
RankLayout SlurmRanks() {
  RankLayout layout;
  layout.size = ToInt(FromSlurm("SLURM_NTASKS"), 1, kMostRanks, "SLURM_NTASKS");
  layout.rank = ToInt(FromSlurm("SLURM_PROCID"), 0, layout.size - 1, "SLURM_PROCID");
  layout.host = FirstHost(FromSlurm("SLURM_STEP_NODELIST"));
  const int job = ToInt(FromSlurm("SLURM_JOB_ID"), 0, INT32_MAX, "SLURM_JOB_ID");
  const int step = ToInt(FromSlurm("SLURM_STEP_ID"), 0, INT32_MAX, "SLURM_STEP_ID");
  layout.port = 20000 + static_cast<int>((int64_t{job} * 16 + step) % 10000);
  return layout;
}

int FreePort() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const bool bound = descriptor >= 0 && ::bind(descriptor, generic, size) == 0 &&
                     ::getsockname(descriptor, generic, &size) == 0;
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!bound) throw RunError("no free port on 127.0.0.1: {}", std::strerror(reason));
  return ntohs(address.sin_port);
}

pid_t Start(std::vector<std::string> arguments) {
  const std::vector<char*> argv = ArgumentPointers(arguments);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) throw RunError("cannot start another process: {}", std::strerror(errno));
  if (child == 0) {
    ::setpgid(0, 0);  // signals of the terminal come to us alone, and from us once to every rank
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // no rank outlives us
    if (::getppid() == parent) ::execv("/proc/self/exe", argv.data());
    ::_exit(127);
  }
  return child;
}

}  // namespace

void AddRankOptions(po::options_description& options) {
  options.add_options()(
      "ranks",
      po::value<std::string>()->value_name("N|slurm")->default_value("1"),
      "processes that train together, each with its share of every batch: N are started here; with "
      "--rank this is one of N; slurm: the tasks of this srun")(
      "rank", po::value<int>()->value_name("R"), "the number of this process, from 0")(
      "rendezvous",
      po::value<std::string>()->value_name("HOST:PORT"),
      "where rank 0 waits for the others; --out must be the same folder for all");
}

std::string FirstHost(const std::string& node_list) {
  const size_t end = node_list.find_first_of(",[");
  std::string host = node_list.substr(0, end);
  if (end != std::string::npos && node_list[end] == '[') {
    const size_t stop = node_list.find_first_of("-,]", end + 1);
    if (stop == std::string::npos) throw ConfigError("\"{}\" is no list of nodes", node_list);
    host += node_list.substr(end + 1, stop - end - 1);
    const size_t close = node_list.find(']', stop);
    if (close == std::string::npos) throw ConfigError("\"{}\" is no list of nodes", node_list);
    host += node_list.substr(close + 1, node_list.find(',', close) - close - 1);
  }
  if (host.empty()) throw ConfigError("\"{}\" is no list of nodes", node_list);
  return host;
}

std::optional<RankLayout> RanksOf(const po::variables_map& options) {
  const auto ranks = options["ranks"].as<std::string>();
  const bool placed = options.count("rank") != 0;
  const bool meeting = options.count("rendezvous") != 0;
  if (ranks == "slurm") {
    if (placed || meeting)
      throw ConfigError("--ranks slurm: Slurm gives the rank and the meeting point");
    return SlurmRanks();
  }
  RankLayout layout;
  layout.size = ToInt(ranks, 1, kMostRanks, "--ranks");
  if (placed != meeting) throw ConfigError("--rank and --rendezvous belong together");
  if (!placed) return layout.size == 1 ? std::optional(layout) : std::nullopt;
  layout.rank = ToInt(std::to_string(options["rank"].as<int>()), 0, layout.size - 1, "--rank");
  const auto where = options["rendezvous"].as<std::string>();
  const size_t colon = where.rfind(':');
  if (colon == std::string::npos || colon == 0)
    throw ConfigError("--rendezvous: \"{}\" is no HOST:PORT", where);
  layout.host = where.substr(0, colon);
  layout.port = ToInt(where.substr(colon + 1), 1, 65535, "--rendezvous");
  return layout;
}

int StartRanks(const Arguments& arguments, int count, int threads) {
  const int port = FreePort();
  std::vector<pid_t> children;
  for (int rank = 0; rank < count; ++rank) {
    std::vector<std::string> own = {"chaosense", "train"};
    own.insert(own.end(), arguments.begin(), arguments.end());
    own.insert(own.end(),
               {"--rank", std::to_string(rank), "--rendezvous", fmt::format("127.0.0.1:{}", port)});
    if (threads > 0) own.insert(own.end(), {"--threads", std::to_string(threads)});
    children.push_back(Start(own));
  }
  int code = 0;
  bool told = false;
  const auto tell_all = [&] {
    if (told) return;
    told = true;
    for (const pid_t child : children) {
      if (child != 0) ::kill(child, SIGTERM);
    }
  };
  for (size_t left = children.size(); left > 0;) {
    int status = 0;
    // Looks again and again: a signal just before a call that waits would be noticed at its end
    // only.
    const pid_t ended = ::waitpid(-1, &status, WNOHANG);
    if (InterruptRequested()) tell_all();  // they write a checkpoint and end
    if (ended == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      continue;
    }
    if (ended < 0) {
      if (errno == EINTR) continue;
      break;
    }
    --left;
    for (pid_t& child : children) {
      if (child == ended) child = 0;
    }
    const int own = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (own == 0 || code != 0) continue;
    code = own;
    tell_all();
  }
  return code;
}

}  // namespace chaosense
