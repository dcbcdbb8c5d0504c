#include "core/base/error.h"

namespace chaosense {

void FailCheck(const char* file, int line, const char* condition, const std::string& message) {
  throw InternalError(fmt::format(
      "{}:{}: check failed: {}{}{}", file, line, condition, message.empty() ? "" : ": ", message));
}

}  // namespace chaosense
