#include "experiments/cli/randomness_options.h"

#include <cstdint>
#include <string>

namespace chaosense {

namespace po = boost::program_options;

po::options_description RandomnessOptions() {
  po::options_description options("options");
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto number = [](int64_t fallback) {
    return po::value<int64_t>()->value_name("N")->default_value(fallback);
  };
  auto add = options.add_options();
  add("help,h", "show this text");
  add("file", text("FILE"), "the bytes; - is standard input");
  add("format", text("NAME")->default_value("binary"), "binary, or ascii: the digits 0 and 1");
  add("battery",
      text("NAME")->default_value("sp800_22"),
      "sp800_22, bytes, until_failure, dieharder, practrand");
  add("tests", text("A,B"), "only these tests (dieharder: its numbers)");
  add("bits",
      po::value<int64_t>()->value_name("N"),
      "of a sequence (default: 1000000, or all there are)");
  add("skip", number(0), "bits to pass over first");
  add("sequences", number(1), "sequences of --bits bits each, judged together");
  add("jobs", number(1), "sequences tested at a time");
  add("constants",
      text("NAME")->default_value("sts"),
      "class probabilities of SP 800-22: sts (as NIST prints them) or exact");
  add("block-length", number(128), "M of BlockFrequency");
  add("template-length", number(9), "of NonOverlappingTemplate, 2 to 16");
  add("entropy-length", number(10), "m of ApproximateEntropy");
  add("serial-length", number(16), "m of Serial");
  add("complexity-length", number(500), "M of LinearComplexity, 500 to 5000");
  add("alpha",
      po::value<double>()->value_name("P")->default_value(0.01, "0.01"),
      "significance level");
  add("limit",
      text("SIZE")->default_value("64MiB"),
      "until_failure, dieharder, practrand: bytes at most");
  add("timeout",
      number(3600),
      "seconds for one run of dieharder, practrand or an external generator");
  add("generator",
      text("NAME"),
      "instead of a file: a cipher's name, map:NAME, map:FILE.json, or external:COMMAND, a program "
      "that prints bytes "
      "({bytes} of them or more; {seed})");
  add("parameters", text("JSON"), "of the cipher or map");
  add("extractor",
      text("JSON"),
      "of a map: kind decimal_mod, binary_mod (default, k 32), mantissa, threshold");
  add("start", text("JSON"), "of a map: its initial state, e.g. [0.3]");
  add("seed",
      text("TEXT")->default_value("0"),
      "of a cipher: its key is made from it; of an external command: its {seed}");
  add("picture", number(1024), "of a cipher: side of each all-zero picture it enciphers");
  add("all", "text: one line for each template");
  add("csv", "print CSV");
  add("json", "print JSON");
  add("check",
      "exit with 4 if the verdict is FAIL, with 3 if there is none: too few bytes for any test");
  return options;
}

const char kRandomnessText[] =
    "Tests bytes for randomness and prints p-values and a verdict; progress goes to standard "
    "error.\n"
    "  sp800_22       the 15 tests of NIST SP 800-22 rev. 1a\n"
    "  bytes          chi-square, entropy, autocorrelation, runs, repeats, linear complexity, ...\n"
    "  until_failure  the bytes tests over 1 KiB, 2 KiB, ... until one has p < 1e-10\n"
    "  dieharder, practrand   those programs, if installed\n"
    "A cipher is tested by its encryptions of all-zero pictures, a fresh nonce each. The exit code "
    "is 0\n"
    "whatever the verdict, unless --check is given.";

const char kRandomnessExamples[] =
    "  chaosense randomness keystream.bin\n"
    "  chaosense randomness data.pi --format ascii --bits 1000000\n"
    "  head -c 125000000 /dev/urandom | chaosense randomness - --bits 1000000 --sequences 1000 "
    "--check\n"
    "  chaosense randomness --generator aes256_ctr --sequences 100 --jobs 4\n"
    "  chaosense randomness --generator map:logistic --parameters '{\"r\": 3.99}' \\\n"
    "      --extractor '{\"kind\": \"decimal_mod\", \"k\": 14}' --battery until_failure\n"
    "  chaosense randomness --generator 'external:./my_generator --seed {seed} {bytes}' --seed 7\n"
    "  chaosense randomness keystream.bin --battery dieharder --tests 0,2,100\n";

}  // namespace chaosense
