#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/cipher/key_file.h"
#include "core/image/image_io.h"
#include "experiments/cli/command.h"
#include "experiments/cli/file_crypt.h"
#include "experiments/cli/file_secret.h"
#include "experiments/cli/picture_codec.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;

std::string Required(const po::variables_map& values, const char* name, const char* what) {
  if (values.count(name) == 0) {
    throw ConfigError("decrypt: {} usage: chaosense decrypt FILE --key-file K -o IMAGE", what);
  }
  return values[name].as<std::string>();
}

}  // namespace

int DecryptCommand(const Arguments& arguments, Registries& registries) {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "input",
      po::value<std::string>()->value_name("FILE"),
      "a file or folder that `chaosense encrypt` wrote")(
      "output,o",
      po::value<std::string>()->value_name("IMAGE"),
      "the picture to write; its ending chooses the format")(
      "key-file", po::value<std::string>()->value_name("K"), "the key it was encrypted with")(
      "raw",
      "do not check authentication: damage or a wrong key gives a noisy picture (for robustness "
      "experiments)");
  AddPassphraseOptions(options);
  AddFileOptions(options);
  AddDataOption(options);
  AddComputeOptions(options);
  const auto values = ParseOptions(arguments, options, {{"input", 1}});
  if (values.count("help") != 0) {
    PrintHelp(
        "chaosense decrypt FILE --key-file K -o IMAGE [options]",
        "Checks, decrypts and reconstructs a picture from a file of `chaosense encrypt`; or "
        "decrypts "
        "a file or folder\n"
        "of `chaosense encrypt --files`, of which nothing is written unless all of it is good.\n"
        "Authenticated ciphers (aes256_gcm, chacha20_poly1305) refuse damage even with --raw.",
        options,
        "  chaosense decrypt photo.chs --key-file k -o photo.png\n"
        "  chaosense decrypt report.pdf.chsf --key-file k -o report.pdf\n"
        "  chaosense decrypt pictures.encrypted --passphrase -o pictures\n");
    return 0;
  }
  const std::string input = Required(values, "input", "which file?");
  const std::string output = Required(values, "output", "where to? (-o)");
  if (IsForFiles(input)) {
    RefuseOptions(values, {"raw"}, "is for pictures, " + input + " is none");
    return DecryptFiles(values, input, output);
  }
  RefuseOptions(values,
                {"passphrase", "passphrase-file", "skip-existing"},
                "is for what `encrypt --files` wrote, " + input + " is none");
  const std::string key_file = Required(values, "key-file", "which key file?");
  RequireOtherFile(output, input, "file to decrypt");
  RequireOtherFile(output, key_file, "key file");
  EnsureWritableFolder(std::filesystem::absolute(output).parent_path());  // before any work
  AtomicFile file(output, ExistingOf(values), PermissionsFrom(input));
  const Bytes key = ReadKeyFile(key_file);
  const bool raw = values.count("raw") != 0;
  const Container container = ReadContainer(
      ReadFile(input), key, raw ? Authentication::kSkipped : Authentication::kRequired, input);

  PictureCodec::Choice choice;
  choice.method = container.method;
  choice.method_parameters = container.method_parameters;
  choice.fit_datasets = container.fit_datasets;
  choice.cipher = container.cipher;
  choice.cipher_parameters = container.cipher_parameters;
  const DataFolder data = OpenDataFolder(values);
  FitContext fit = MakeCellContext(data, registries).fit;
  fit.threads = ThreadsOf(values);
  fit.device = DeviceOf(values);
  const PictureCodec codec(choice, fit, registries, input);
  codec.RequireSame(container, input);
  if (raw) LogWarning("{}: not authenticated (--raw)", input);
  file.Write(EncodeImage(codec.Decrypt(container, key), output));
  file.Commit();
  std::cout << fmt::format("{}: {}, from {} bytes of measurements (rate {:.4f}, {}, {})\n",
                           output,
                           SizeText(container.image),
                           container.payload.size(),
                           container.rate,
                           container.method,
                           container.cipher);
  return 0;
}

}  // namespace chaosense
