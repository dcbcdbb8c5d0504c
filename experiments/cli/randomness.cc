#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <thread>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/progress.h"
#include "core/base/scratch_folder.h"
#include "core/base/signals.h"
#include "core/randomness/byte_battery.h"
#include "core/randomness/sp800_22.h"
#include "experiments/cli/command.h"
#include "experiments/cli/randomness_options.h"
#include "experiments/cli/randomness_report.h"
#include "experiments/cli/randomness_source.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;

constexpr size_t kDefaultBits = 1000000;
const std::vector<std::string> kBatteries = {
    "sp800_22", "bytes", "until_failure", "dieharder", "practrand"};

Json JsonOption(const po::variables_map& values, const char* name, Json::value_t type) {
  if (values.count(name) == 0) return Json(type);
  const std::string text = values[name].as<std::string>();
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.type() != type) {
    throw ConfigError("--{}: {} is not a JSON {}", name, text, Json(type).type_name());
  }
  return json;
}

int64_t Count(const po::variables_map& values, const char* name, int64_t least, int64_t most) {
  const int64_t count = values[name].as<int64_t>();
  if (count < least || count > most)
    throw ConfigError("--{}: {} is out of range, expected {} to {}", name, count, least, most);
  return count;
}

std::string OneOf(const po::variables_map& values,
                  const char* name,
                  const std::vector<std::string>& known) {
  const std::string value = values[name].as<std::string>();
  if (std::find(known.begin(), known.end(), value) == known.end()) {
    throw ConfigError("--{}: unknown \"{}\"{}", name, value, NearestOrAll(value, known));
  }
  return value;
}

std::vector<std::string> Names(const po::variables_map& values) {
  std::vector<std::string> names;
  if (values.count("tests") == 0) return names;
  std::string name;
  for (const char c : values["tests"].as<std::string>() + ",") {
    if (c != ',') {
      name += c;
    } else if (!name.empty()) {
      names.push_back(std::exchange(name, ""));
    }
  }
  return names;
}

double StartValue(const Json& value) {
  if (!value.is_number()) throw ConfigError("--start: {} is not a number", value.dump());
  return value.get<double>();
}

// Of a sequence.
size_t BitsOf(const po::variables_map& values) {
  return values.count("bits") == 0
             ? kDefaultBits
             : static_cast<size_t>(Count(values, "bits", 1, int64_t{1} << 32));
}

// Bytes that the bit batteries read.
uint64_t BytesOfSequences(const po::variables_map& values) {
  const auto skip = static_cast<uint64_t>(Count(values, "skip", 0, int64_t{1} << 50));
  const auto sequences = static_cast<uint64_t>(Count(values, "sequences", 1, 1000000));
  return (skip + sequences * BitsOf(values) + 7) / 8;
}

// The source, and whether it is a plain file that another program can read as it is.
struct Input {
  std::unique_ptr<ByteSource> source;
  std::string file;
  bool endless = false;
};

// `bytes_read`: how many will be read of it at most.
Input OpenInput(const po::variables_map& values,
                const Registries& registries,
                uint64_t bytes_read) {
  const bool generated = values.count("generator") != 0;
  if (generated == (values.count("file") != 0)) {
    throw ConfigError("randomness: {}; usage: chaosense randomness FILE|- [options]",
                      generated ? "a file and --generator exclude each other"
                                : "which bytes? a file, - or --generator NAME");
  }
  Input input;
  if (generated) {
    GeneratorOptions options;
    options.name = values["generator"].as<std::string>();
    options.parameters = JsonOption(values, "parameters", Json::value_t::object);
    options.extractor = JsonOption(values, "extractor", Json::value_t::object);
    for (const Json& one : JsonOption(values, "start", Json::value_t::array))
      options.start.push_back(StartValue(one));
    options.seed = values["seed"].as<std::string>();
    options.picture = static_cast<int>(Count(values, "picture", 1, 8192));
    options.bytes = bytes_read;
    options.timeout_s = static_cast<double>(Count(values, "timeout", 1, 1000000));
    input.source = OpenGenerator(options, registries);
    input.endless = true;
    return input;
  }
  for (const char* name : {"parameters", "extractor", "start"}) {
    if (values.count(name) != 0) throw ConfigError("--{} belongs to --generator", name);
  }
  const std::string file = values["file"].as<std::string>();
  const bool digits = OneOf(values, "format", {"binary", "ascii"}) == "ascii";
  input.source = digits ? OpenDigits(file) : OpenBinary(file);
  if (!digits && file != "-") input.file = file;
  return input;
}

void SkipBits(BitReader& reader, const ByteSource& source, size_t skip) {
  const size_t skipped = reader.Skip(skip);
  if (skipped < skip)
    throw DataError("{}: {} bits, --skip passes over {}", source.name(), skipped, skip);
}

// The next `bits` bits; all there are if the number was not given. `which`: "" or " of sequence 3".
BitSequence NextSequence(BitReader& reader,
                         const ByteSource& source,
                         size_t bits,
                         bool given,
                         const std::string& which) {
  BitSequence sequence = reader.Next(bits);
  if (sequence.size() == 0) throw DataError("{}: no bits{}", source.name(), which);
  if (given && sequence.size() < bits) {
    throw DataError("{}: only {} bits{}, {} wanted; give fewer with --bits",
                    source.name(),
                    sequence.size(),
                    which,
                    bits);
  }
  return sequence;
}

Bytes BytesOf(const BitSequence& bits) {
  Bytes bytes(bits.size() / 8);
  for (size_t i = 0; i < 8 * bytes.size(); ++i) {
    bytes[i / 8] = static_cast<uint8_t>(bytes[i / 8] << 1 | (bits[i] ? 1 : 0));
  }
  return bytes;
}

// Many sequences, `jobs` at a time; the result does not depend on how many.
std::vector<TestOutcomes> TestSequences(
    BitReader& reader,
    const ByteSource& source,
    size_t bits,
    int64_t sequences,
    int64_t jobs,
    const std::function<TestOutcomes(const BitSequence&)>& test) {
  std::vector<TestOutcomes> outcomes(static_cast<size_t>(sequences));
  Progress progress("sequences", sequences);
  for (size_t begin = 0; begin < outcomes.size(); begin += static_cast<size_t>(jobs)) {
    ThrowIfInterrupted();
    progress.Update(static_cast<int64_t>(begin));
    const size_t end = std::min(outcomes.size(), begin + static_cast<size_t>(jobs));
    std::vector<std::jthread> workers;
    for (size_t i = begin; i < end; ++i) {
      BitSequence sequence = NextSequence(
          reader, source, bits, true, fmt::format(" of sequence {} of {}", i + 1, sequences));
      if (jobs == 1) {
        outcomes[i] = test(sequence);
      } else {
        workers.emplace_back(
            [&outcomes, &test, i, one = std::move(sequence)] { outcomes[i] = test(one); });
      }
    }
  }
  progress.Update(sequences);
  return outcomes;
}

Report RunBits(const po::variables_map& values,
               const std::string& battery,
               Input& input,
               Json about,
               const ReportOptions& report) {
  Sp80022Options options;
  options.constants = OneOf(values, "constants", {"sts", "exact"}) == "exact"
                          ? Sp80022Constants::kExact
                          : Sp80022Constants::kSts;
  options.nonoverlapping_m = static_cast<int>(Count(values, "template-length", 2, 16));
  options.block_frequency_m = static_cast<int>(Count(values, "block-length", 2, 1000000000));
  options.approximate_entropy_m = static_cast<int>(Count(values, "entropy-length", 1, 22));
  options.serial_m = static_cast<int>(Count(values, "serial-length", 3, 24));
  options.linear_complexity_m = static_cast<int>(Count(values, "complexity-length", 500, 5000));
  const std::vector<std::string> names = Names(values);
  const auto test = [&](const BitSequence& bits) {
    return battery == "bytes" ? RunByteTests(BytesOf(bits), names)
                              : RunSp80022(bits, options, names);
  };
  test(BitSequence());  // an unknown name is said before anything is read
  const bool given = values.count("bits") != 0;
  const size_t bits = BitsOf(values);
  const int64_t sequences = Count(values, "sequences", 1, 1000000);
  const int64_t jobs = Count(values, "jobs", 1, 1024);
  BitReader reader(*input.source);
  SkipBits(reader, *input.source, static_cast<size_t>(Count(values, "skip", 0, int64_t{1} << 50)));
  if (battery == "sp800_22") about["constants"] = values["constants"].as<std::string>();
  if (sequences == 1) {
    const BitSequence sequence = NextSequence(reader, *input.source, bits, given, "");
    about["bits"] = sequence.size();
    return ReportOutcomes(test(sequence), about, report);
  }
  about["bits"] = bits;
  about["sequences"] = sequences;
  return ReportSecondLevel(
      JudgeSequences(TestSequences(reader, *input.source, bits, sequences, jobs, test),
                     report.alpha),
      about,
      report);
}

Report RunUntil(uint64_t limit, Input& input, const Json& about, const ReportOptions& report) {
  constexpr uint64_t kMost = uint64_t{1} << 40;
  UntilFailureOptions options;
  options.limit = limit;
  if (limit < options.first || limit > kMost) {
    throw ConfigError("--limit: {} is out of range, expected 1KiB to 1024GiB", SizeName(limit));
  }
  const UntilFailure result =
      TestUntilFailure(*input.source, options, [&](const FailureLevel& level) {
        LogInfo("{:>10}: smallest of {} p-values {:.2e} ({})",
                SizeName(level.bytes),
                level.tests,
                level.worst.p_value,
                level.worst.Name());
      });
  return ReportUntilFailure(result, about, report);
}

// Other programs read files: what comes from elsewhere is written into one first.
std::filesystem::path Spool(ByteSource& source,
                            const std::filesystem::path& folder,
                            uint64_t limit) {
  const std::filesystem::path path = folder / "bytes";
  std::ofstream out(path, std::ios::binary);
  Bytes piece(size_t{1} << 20);
  Progress progress("bytes for the battery", static_cast<int64_t>(limit));
  for (uint64_t done = 0; done < limit;) {
    ThrowIfInterrupted();
    const size_t want = static_cast<size_t>(std::min<uint64_t>(piece.size(), limit - done));
    const size_t got = source.Read(std::span(piece).first(want));
    out.write(reinterpret_cast<const char*>(piece.data()), static_cast<std::streamsize>(got));
    if (!out) throw RunError("{}: cannot write: disk full?", path.string());
    done += got;
    progress.Update(static_cast<int64_t>(done));
    if (got < want) break;
  }
  return path;
}

Report RunExternal(const po::variables_map& values,
                   const std::string& battery,
                   uint64_t limit,
                   Input& input,
                   const Json& about,
                   const ReportOptions& report) {
  std::vector<int> numbers = {0, 15, 100, 101};  // what 64 MiB suffice for
  const std::vector<std::string> names = Names(values);
  if (!names.empty() && battery == "dieharder") numbers.clear();
  for (const std::string& name : names) {
    if (battery == "practrand") throw ConfigError("--tests: PractRand chooses its tests itself");
    if (name.empty() || name.size() > 3 ||
        name.find_first_not_of("0123456789") != std::string::npos)
      throw ConfigError("--tests: \"{}\" is none of dieharder's numbers (dieharder -l)", name);
    numbers.push_back(std::stoi(name));
  }
  const double timeout = static_cast<double>(Count(values, "timeout", 1, 1000000));
  const ScratchFolder scratch;
  const std::filesystem::path file = input.file.empty()
                                         ? Spool(*input.source, scratch.path(), limit)
                                         : std::filesystem::path(input.file);
  if (battery == "dieharder")
    return ReportDieharder(RunDieharder(file, numbers, timeout), about, report);
  return ReportPractRand(RunPractRand(file, limit, timeout), about, report);
}

}  // namespace

int RandomnessCommand(const Arguments& arguments, Registries& registries) {
  const po::options_description options = RandomnessOptions();
  const auto values = ParseOptions(arguments, options, {{"file", 1}});
  if (values.count("help") != 0) {
    PrintHelp(
        "chaosense randomness FILE|- [options]", kRandomnessText, options, kRandomnessExamples);
    return 0;
  }
  ReportOptions report;
  report.alpha = values["alpha"].as<double>();
  if (!(report.alpha > 0 && report.alpha < 0.5))
    throw ConfigError("--alpha: {} is out of range, expected more than 0, less than 0.5",
                      report.alpha);
  if (values.count("csv") != 0 && values.count("json") != 0)
    throw ConfigError("--csv and --json exclude each other");
  if (values.count("csv") != 0) report.format = ReportFormat::kCsv;
  if (values.count("json") != 0) report.format = ReportFormat::kJson;
  report.all = values.count("all") != 0;
  const std::string battery = OneOf(values, "battery", kBatteries);
  const uint64_t limit = ParseSize(values["limit"].as<std::string>(), "--limit");
  const bool by_bits = battery == "sp800_22" || battery == "bytes";
  for (const char* name : {"bits", "skip", "sequences"}) {
    if (!by_bits && values.count(name) != 0 && !values[name].defaulted())
      throw ConfigError(
          "--{} belongs to the batteries sp800_22 and bytes; {} takes --limit", name, battery);
  }
  if (battery == "until_failure" && values.count("tests") != 0)
    throw ConfigError("--tests: until_failure uses all of its tests");

  Input input = OpenInput(values, registries, by_bits ? BytesOfSequences(values) : limit);
  const Json about = {{"source", input.source->name()}, {"battery", battery}};
  const Report result = by_bits ? RunBits(values, battery, input, about, report)
                        : battery == "until_failure"
                            ? RunUntil(limit, input, about, report)
                            : RunExternal(values, battery, limit, input, about, report);
  std::cout << result.text << std::flush;
  if (values.count("check") == 0) return 0;
  if (!result.tested)
    throw DataError("{}: --check: too few bytes, no test was applicable", input.source->name());
  return result.failed ? static_cast<int>(ErrorKind::kTolerance) : 0;
}

}  // namespace chaosense
