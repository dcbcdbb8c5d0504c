// A random number generator that is another program: bytes on its standard output.
#ifndef CHAOSENSE_CORE_CHAOS_EXTERNAL_GENERATOR_H_
#define CHAOSENSE_CORE_CHAOS_EXTERNAL_GENERATOR_H_

#include <cstdint>
#include <string>

#include "core/base/external_command.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/chaos/keystream.h"

namespace chaosense {

class ExternalGenerator {
 public:
  // `command`: a text or an array of arguments, with the placeholders {seed} (a number) and {bytes}
  // (how many are wanted). It may print without end: it is stopped when enough has come. Throws
  // Error(kConfig) beginning with `where`.
  ExternalGenerator(const Json& command, double timeout_s, const std::string& where);

  // The first `count` bytes that it prints. Throws Error(kRun) if it fails, runs out of time or
  // prints fewer; Error(kConfig) if there is no such program; Error(kInterrupted).
  Bytes Generate(size_t count, uint64_t seed) const;

  // The command and the SHA-256 of the files that it names.
  Json Identity() const { return command_.Identity(); }

 private:
  ExternalCommand command_;
  double timeout_s_;
  std::string where_;
};

// The same as a keystream: bytes as they come, reals of 53 bits from 7 bytes. It takes at most
// `count` bytes from the generator; more is an Error(kRun).
class ExternalKeystream final : public Keystream {
 public:
  ExternalKeystream(const ExternalGenerator& generator, size_t count, uint64_t seed)
      : bytes_(generator.Generate(count, seed)) {}
  double NextReal() override;
  uint8_t NextByte() override;

 private:
  Bytes bytes_;
  size_t at_ = 0;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_EXTERNAL_GENERATOR_H_
