#include "core/chaos/external_generator.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/process.h"

namespace chaosense {

ExternalGenerator::ExternalGenerator(const Json& command,
                                     double timeout_s,
                                     const std::string& where)
    : command_(command, {"seed", "bytes"}, where), timeout_s_(timeout_s), where_(where) {
  if (!(timeout_s > 0))
    throw ConfigError(
        "{}: a timeout of {} s is out of range, expected more than 0", where, timeout_s);
}

Bytes ExternalGenerator::Generate(size_t count, uint64_t seed) const {
  ProcessOptions options = command_.Prepare(
      {{"seed", std::to_string(seed)}, {"bytes", std::to_string(count)}}, timeout_s_);
  options.output_limit = count;
  options.stop_at_limit = true;
  ProcessResult result = RunProcess(options);
  if (result.output.size() == count) return std::move(result.output);
  if (!result.ok()) throw RunError("{}: {}: {}", where_, options.arguments[0], result.Failure());
  throw RunError("{}: {}: printed {} bytes, expected {}",
                 where_,
                 options.arguments[0],
                 result.output.size(),
                 count);
}

uint8_t ExternalKeystream::NextByte() {
  if (at_ == bytes_.size())
    throw RunError("external generator: all of its {} bytes are used up", bytes_.size());
  return bytes_[at_++];
}

double ExternalKeystream::NextReal() {
  uint64_t word = 0;
  for (int i = 0; i < 7; ++i) word = word << 8 | NextByte();
  return static_cast<double>(word >> 3) * 0x1p-53;
}

}  // namespace chaosense
