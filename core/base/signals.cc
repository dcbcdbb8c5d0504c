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

// Unless whoever started the program had the signal ignored, as nohup does.
void HandleUnlessIgnored(int signal, const struct sigaction& action) {
  struct sigaction before = {};
  ::sigaction(signal, nullptr, &before);
  if (before.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
}

}  // namespace

void InstallSignalHandlers() {
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  HandleUnlessIgnored(SIGHUP, action);  // a closed terminal
  // A closed pipe (| head) must not end a run in the middle: writes fail instead, and log lines may
  // be lost.
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);
  ::sigaction(SIGXFSZ, &action, nullptr);  // likewise a file that may not grow further
}

bool InterruptRequested() { return g_interrupted != 0; }

void ThrowIfInterrupted() {
  if (InterruptRequested()) throw Error(ErrorKind::kInterrupted, "interrupted");
}

}  // namespace chaosense
