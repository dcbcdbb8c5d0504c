#include "core/base/signals.h"

#include <unistd.h>

#include <csignal>

#include "core/base/error.h"

namespace chaosense {
namespace {

volatile std::sig_atomic_t g_interrupted = 0;

void OnSignal(int) {
  if (g_interrupted != 0) ::_exit(130);
  g_interrupted = 1;
}

}  // namespace

void InstallSignalHandlers() {
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  // A closed pipe (| head) must not end a run in the middle: writes fail instead, and log lines may
  // be lost.
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);
}

bool InterruptRequested() { return g_interrupted != 0; }

void ThrowIfInterrupted() {
  if (InterruptRequested()) throw Error(ErrorKind::kInterrupted, "interrupted");
}

}  // namespace chaosense
