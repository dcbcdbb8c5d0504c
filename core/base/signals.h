// SIGINT and SIGTERM ask for an orderly stop: the work in hand is finished or dropped, what is done
// stays, and the process exits with 130. A second signal ends it at once.
#ifndef CHAOSENSE_CORE_BASE_SIGNALS_H_
#define CHAOSENSE_CORE_BASE_SIGNALS_H_

namespace chaosense {

void InstallSignalHandlers();  // call once, from main
bool InterruptRequested();
void ThrowIfInterrupted();  // throws Error(kInterrupted)

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_SIGNALS_H_
