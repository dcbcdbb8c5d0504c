#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <optional>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/cipher/key_file.h"
#include "core/image/image_io.h"
#include "core/metrics/quality.h"
#include "experiments/cli/command.h"
#include "experiments/cli/file_crypt.h"
#include "experiments/cli/file_secret.h"
#include "experiments/cli/picture_codec.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;

// A JSON object given on the command line.
Json JsonOption(const po::variables_map& values, const char* name) {
  if (values.count(name) == 0) return Json::object();
  const std::string text = values[name].as<std::string>();
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object())
    throw ConfigError("--{}: {} is not a JSON object, e.g. {{\"rounds\": 3}}", name, text);
  return json;
}

std::string Required(const po::variables_map& values, const char* name, const char* what) {
  if (values.count(name) == 0) {
    throw ConfigError("encrypt: {} usage: chaosense encrypt IMAGE --key-file K -o FILE", what);
  }
  return values[name].as<std::string>();
}

PictureCodec::Choice ChoiceOf(const po::variables_map& values,
                              int channels,
                              Registries& registries) {
  PictureCodec::Choice choice;
  choice.method = values["method"].as<std::string>();
  choice.cipher = values["cipher"].as<std::string>();
  choice.method_parameters = JsonOption(values, "method-parameters");
  choice.cipher_parameters = JsonOption(values, "cipher-parameters");
  if (values.count("fit-datasets") != 0)
    choice.fit_datasets = values["fit-datasets"].as<std::vector<std::string>>();
  for (const std::string& name : choice.fit_datasets)
    RequireNoTestSet(OpenDataFolder(values), name, "--fit-datasets");
  const double rate = values["rate"].as<double>();
  if (!(rate > 0) || rate > 1)
    throw ConfigError("--rate: {} is out of range, expected more than 0, at most 1", rate);
  registries.NeedMethod(choice.method);
  const Json& known = registries.methods.Info(choice.method, "--method").parameters;
  if (known.contains("rate")) choice.method_parameters["rate"] = rate;
  if (known.contains("channels")) choice.method_parameters["channels"] = channels;
  return choice;
}

}  // namespace

int EncryptCommand(const Arguments& arguments, Registries& registries) {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "image",
      po::value<std::string>()->value_name("PATH"),
      "the picture: PNG, JPEG, TIFF, BMP, ..., 8 bits; with --files any file or a folder")(
      "files",
      "encrypt the bytes of any file, or of every file of a folder, as they are (no compression)")(
      "output,o",
      po::value<std::string>()->value_name("FILE"),
      "the file to write, e.g. photo.chs; the folder to write for a folder")(
      "key-file", po::value<std::string>()->value_name("K"), "32 bytes, or 64 hexadecimal digits")(
      "new-key",
      "make a new key and write it to the key file, which must not exist; alone, do only that")(
      "rate",
      po::value<double>()->default_value(0.25, "0.25")->value_name("R"),
      "measurements per pixel value, (0, 1]")(
      "method",
      po::value<std::string>()->default_value("pca_lmmse")->value_name("NAME"),
      "compression (chaosense list methods)")(
      "cipher",
      po::value<std::string>()->default_value("aes256_gcm")->value_name("NAME"),
      "encryption (chaosense list ciphers); of --files aes256_gcm or chacha20_poly1305")(
      "method-parameters",
      po::value<std::string>()->value_name("JSON"),
      "the method's other parameters")(
      "cipher-parameters", po::value<std::string>()->value_name("JSON"), "the cipher's parameters")(
      "fit-datasets",
      po::value<std::vector<std::string>>()->composing()->value_name("NAME"),
      "fit the method on this set (repeatable) instead of using its committed model; decrypting "
      "needs it too");
  AddPassphraseOptions(options);
  AddFileOptions(options);
  AddDataOption(options);
  AddComputeOptions(options);
  const auto values = ParseOptions(arguments, options, {{"image", 1}});
  if (values.count("help") != 0) {
    PrintHelp(
        "chaosense encrypt PATH --key-file K -o FILE [options]",
        "Compresses a picture by sensing, encrypts the measurements and writes them to an "
        "authenticated file.\n"
        "With --files: any file, or a folder into a folder of the same shape, in "
        "authenticated chunks (AES-256-GCM);\n"
        "names and sizes stay visible. A passphrase becomes a key by scrypt.\n"
        "The chaotic ciphers are for study. Those bound to the plaintext (paper, hardened) store "
        "the SHA-256 of the\n"
        "measurements in the file, so that anyone can confirm a guess of the picture; the "
        "others store a random nonce.",
        options,
        "  chaosense encrypt --new-key --key-file k\n"
        "  chaosense encrypt photo.png --rate 0.25 --key-file k -o photo.chs\n"
        "  chaosense encrypt photo.png --cipher paper --key-file k -o photo.chs --force\n"
        "  chaosense encrypt --files report.pdf --key-file k -o report.pdf.chsf\n"
        "  chaosense encrypt --files pictures --passphrase -o pictures.encrypted\n");
    return 0;
  }
  if (values.count("files") != 0 && (values.count("new-key") == 0 || values.count("image") != 0)) {
    RefuseOptions(values,
                  {"rate", "method", "method-parameters", "cipher-parameters", "fit-datasets"},
                  "is for pictures, not for --files");
    const std::string input = Required(values, "image", "which file or folder?");
    const std::string output = Required(values, "output", "where to? (-o)");
    std::optional<NewKeyFile> new_key;
    if (values.count("new-key") != 0)
      new_key.emplace(Required(values, "key-file", "which key file should be made?"));
    return EncryptFiles(values, input, output, new_key ? &*new_key : nullptr);
  }
  RefuseOptions(values, {"passphrase", "passphrase-file", "skip-existing"}, "needs --files");
  const std::string key_file =
      Required(values, "key-file", "which key file? (--new-key makes one)");
  if (values.count("new-key") != 0 && values.count("image") == 0) {
    CreateKeyFile(key_file);
    std::cout << fmt::format("{}: new key\n", key_file);
    return 0;
  }
  const std::string image_file = Required(values, "image", "which picture?");
  const std::string output = Required(values, "output", "where to? (-o)");
  RequireOtherFile(output, image_file, "picture");
  RequireOtherFile(output, key_file, "key file");
  EnsureWritableFolder(std::filesystem::absolute(output).parent_path());  // before any work
  AtomicFile file(output, ExistingOf(values), PermissionsFrom(image_file));
  std::optional<NewKeyFile> new_key;
  if (values.count("new-key") != 0) new_key.emplace(key_file);
  const Bytes key = new_key ? new_key->key() : ReadKeyFile(key_file);

  const ImageU8 picture = LoadImage(image_file);
  if (picture.shape.size() > kMaxContainerImage) {
    throw ConfigError("{}: {} is too large, at most {} values",
                      image_file,
                      SizeText(picture.shape),
                      kMaxContainerImage);
  }
  const DataFolder data = OpenDataFolder(values);
  FitContext fit = MakeCellContext(data, registries).fit;
  fit.threads = ThreadsOf(values);
  fit.device = DeviceOf(values);
  const PictureCodec codec(
      ChoiceOf(values, picture.shape.channels, registries), fit, registries, "encrypt");
  const Container container = codec.Encrypt(picture, key);
  const Bytes bytes = WriteContainer(container, key);
  const double psnr = Psnr8Bit(picture, codec.Decrypt(container, key));
  file.Write(bytes);
  file.Commit();
  if (new_key) new_key->Keep();
  std::cout << fmt::format(
      "{}: {}, {} bytes of pixels -> {} bytes ({} of measurements, rate {:.4f}); decrypts to "
      "{:.2f} dB PSNR\n",
      output,
      SizeText(picture.shape),
      picture.data.size(),
      bytes.size(),
      container.payload.size(),
      container.rate,
      psnr);
  return 0;
}

}  // namespace chaosense
