#include "core/sensing/float_program.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/base/file.h"
#include "core/base/scratch_folder.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

static_assert(std::endian::native == std::endian::little, "the files are little-endian");

constexpr char kWhere[] = "external method";

}  // namespace

void WriteFloats(const fs::path& path, std::span<const float> values) {
  WriteScratchFile(path,
                   std::span(reinterpret_cast<const uint8_t*>(values.data()), values.size_bytes()));
}

FloatProgram::FloatProgram(const Json& command,
                           const std::string& which,
                           const std::vector<std::string>& needed,
                           std::vector<std::string> known)
    : which_(which) {
  const std::string where = fmt::format("{}: /{}", kWhere, which);
  if (command == "") throw ConfigError("{}: missing, expected a command", where);
  known.insert(known.end(), needed.begin(), needed.end());
  command_ = ExternalCommand(command, known, where);
  for (const std::string& name : needed) {
    if (!command_.Uses(name)) throw ConfigError("{}: the command does not use {{{}}}", where, name);
  }
}

Error FloatProgram::Failure(const std::string& message) const {
  return RunError("{}: {}: {}: {}", kWhere, which_, command_.Text(), message);
}

void FloatProgram::Run(const Values& values, double timeout_s) const {
  ProcessOptions options = command_.Prepare(values, timeout_s);
  options.output_limit = 0;  // what it prints is of no use to anybody
  const ProcessResult result = RunProcess(options);
  if (!result.ok()) throw Failure(result.Failure());
}

std::vector<float> FloatProgram::Transform(std::span<const float> given,
                                           size_t expected,
                                           Values values,
                                           double timeout_s) const {
  const ScratchFolder folder;
  const fs::path in = folder.path() / "in.f32";
  const fs::path out = folder.path() / "out.f32";
  values["in"] = in.string();
  values["out"] = out.string();
  WriteFloats(in, given);
  Run(values, timeout_s);
  std::error_code error;
  if (!fs::is_regular_file(out, error)) throw Failure("ended well but wrote no output file");
  const Bytes bytes = ReadFile(out);
  if (bytes.size() != expected * sizeof(float)) {
    throw Failure(fmt::format("the output has {} bytes, expected {} ({} floats of 4 bytes)",
                              bytes.size(),
                              expected * sizeof(float),
                              expected));
  }
  std::vector<float> numbers(expected);
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  const auto bad =
      std::find_if_not(numbers.begin(), numbers.end(), [](float x) { return std::isfinite(x); });
  if (bad != numbers.end()) {
    throw Failure(fmt::format(
        "number {} of the output is {}, expected a finite one", bad - numbers.begin(), *bad));
  }
  return numbers;
}

}  // namespace chaosense
