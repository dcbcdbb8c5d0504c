#include "core/cipher/external_cipher.h"

#include <memory>
#include <utility>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/scratch_folder.h"
#include "core/cipher/chaotic_cipher.h"
#include "core/image/image_io.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr char kWhere[] = "external cipher";
const std::vector<std::string> kPlaceholders = {
    "in", "out", "key", "nonce", "width", "height", "channels", "bytes"};

ExternalCommand CommandOf(const Json& parameters, const char* which) {
  const std::string where = fmt::format("{}: /{}", kWhere, which);
  if (parameters["serve"] != "") {
    if (parameters[which] != "") {
      throw ConfigError(
          "{}: \"serve\" is given as well; expected one of \"serve\" and the pair "
          "\"encrypt\", \"decrypt\"",
          where);
    }
    return {};
  }
  if (parameters[which] == "") throw ConfigError("{}: missing, expected a command", where);
  ExternalCommand command(parameters[which], kPlaceholders, where);
  for (const char* needed : {"in", "out"}) {
    if (!command.Uses(needed))
      throw ConfigError("{}: the command does not use {{{}}}", where, needed);
  }
  command.RequireProgram();
  return command;
}

const char* NameOf(bool encrypting) { return encrypting ? "encrypt" : "decrypt"; }

}  // namespace

struct ExternalCipher::Call {
  ScratchFolder folder;
  Shape shape;
  fs::path in, out, key;
  std::string nonce;

  Call(Shape of,
       std::span<const uint8_t> key_bytes,
       const Digest& nonce_bytes,
       const std::string& ending)
      : shape(of),
        in(folder.path() / ("in" + ending)),
        out(folder.path() / ("out" + ending)),
        key(folder.path() / "key.hex"),
        nonce(ToHex(nonce_bytes)) {
    const std::string hex = ToHex(key_bytes) + "\n";
    WriteScratchFile(key, hex);
  }
  std::map<std::string, std::string> values() const {
    return {{"in", in.string()},
            {"out", out.string()},
            {"key", key.string()},
            {"nonce", nonce},
            {"width", std::to_string(shape.width)},
            {"height", std::to_string(shape.height)},
            {"channels", std::to_string(shape.channels)},
            {"bytes", std::to_string(shape.size())}};
  }
};

ExternalCipher::ExternalCipher(const Json& parameters)
    : encrypt_(CommandOf(parameters, "encrypt")),
      decrypt_(CommandOf(parameters, "decrypt")),
      timeout_s_(parameters["timeout_s"].get<double>()),
      expands_(parameters["expands"].get<bool>()) {
  const std::string format = parameters["format"].get<std::string>();
  format_ = format == "raw" ? Format::kRaw : format == "png" ? Format::kPng : Format::kPnm;
  if (expands_ && format_ != Format::kRaw)
    throw ConfigError(
        "{}: /expands: a {} cannot hold more than the image; use \"raw\"", kWhere, format);
  for (const Json& file : parameters["files"]) {
    if (!file.is_string()) throw ConfigError("{}: /files: {} is no file name", kWhere, file.dump());
    files_.push_back(file.get<std::string>());
  }
  FileDigests(files_, std::string(kWhere) + ": /files");  // that they exist
  traits_.authenticated = parameters["authenticated"].get<bool>();
  traits_.plaintext_bound = parameters["plaintext_bound"].get<bool>();
  traits_.uses_nonce = encrypt_.Uses("nonce");
  traits_.uses_key = encrypt_.Uses("key");
  if (parameters["serve"] == "") return;
  serve_ = ExternalCommand(parameters["serve"], {}, std::string(kWhere) + ": /serve");
  serve_.RequireProgram();
  if (format_ != Format::kRaw)
    throw ConfigError("{}: /format: with \"serve\" it is \"raw\", not {}", kWhere, format);
  traits_.uses_nonce = traits_.uses_key = true;
  served_ = std::make_unique<ServedCipher>(serve_.Prepare({}, timeout_s_));
}

Json ExternalCipher::Identity() const {
  if (served_) {
    return {{"serve", serve_.Identity()},
            {"files", FileDigests(files_, std::string(kWhere) + ": /files")}};
  }
  return {{"encrypt", encrypt_.Identity()},
          {"decrypt", decrypt_.Identity()},
          {"files", FileDigests(files_, std::string(kWhere) + ": /files")}};
}

std::string ExternalCipher::Ending(Shape shape) const {
  if (format_ == Format::kRaw) return ".raw";
  if (shape.channels != 1 && shape.channels != 3) {
    throw ConfigError(
        "{}: an image of {} channels needs the format \"raw\"", kWhere, shape.channels);
  }
  if (format_ == Format::kPng) return ".png";
  return shape.channels == 1 ? ".pgm" : ".ppm";
}

void ExternalCipher::Write(const ImageU8& image, const Bytes& extra, const fs::path& path) const {
  if (format_ != Format::kRaw) {
    SaveImage(image, path.string());
    return;
  }
  Bytes bytes = image.data;
  bytes.insert(bytes.end(), extra.begin(), extra.end());
  WriteScratchFile(path, bytes);
}

size_t ExternalCipher::MostBytes(Shape shape, bool encrypting) const {
  return shape.size() + (expands_ && encrypting ? kMostExtra : 0);
}

Ciphertext ExternalCipher::Take(Bytes bytes, uintmax_t size, Shape shape, bool encrypting) const {
  const size_t most = MostBytes(shape, encrypting);
  if (size < shape.size() || size > most) {
    throw RunError("{}: {}: the output has {} bytes, expected {}{}",
                   kWhere,
                   NameOf(encrypting),
                   size,
                   shape.size(),
                   most > shape.size() ? fmt::format(" to {}", most)
                   : !encrypting || size < shape.size()
                       ? ""
                       : fmt::format(" (a ciphertext longer than the image, by {} bytes at most, "
                                     "needs \"expands\": true)",
                                     kMostExtra));
  }
  const auto middle = bytes.begin() + static_cast<std::ptrdiff_t>(shape.size());
  Bytes extra(middle, bytes.end());
  bytes.erase(middle, bytes.end());
  return {ImageU8(shape, std::move(bytes)), std::move(extra)};
}

Ciphertext ExternalCipher::Read(const fs::path& path, Shape shape, bool encrypting) const {
  const char* what = NameOf(encrypting);
  std::error_code error;
  if (!fs::is_regular_file(path, error))
    throw RunError("{}: {}: the command ended well but wrote no output file", kWhere, what);
  if (format_ == Format::kRaw) {
    const uintmax_t size = fs::file_size(path);
    // A file of any size must not be read whole.
    return Take(
        size > MostBytes(shape, encrypting) ? Bytes() : ReadFile(path), size, shape, encrypting);
  }
  ImageU8 image;
  try {
    image = LoadImage(path, shape.channels == 3 ? ColorMode::kColor : ColorMode::kAsStored);
  } catch (const Error&) {
    throw RunError("{}: {}: the output file is no readable picture", kWhere, what);
  }
  if (image.shape != shape) {
    throw RunError(
        "{}: {}: the output has {} x {} x {} (channels, height, width), expected {} x "
        "{} x {}",
        kWhere,
        what,
        image.shape.channels,
        image.shape.height,
        image.shape.width,
        shape.channels,
        shape.height,
        shape.width);
  }
  return {std::move(image), {}};
}

void ExternalCipher::RequireGood(const ProcessResult& result,
                                 bool encrypting,
                                 const std::string& program) const {
  if (result.ok()) return;
  const std::string failure =
      fmt::format("{}: {}: {}: {}", kWhere, NameOf(encrypting), program, result.Failure());
  const bool exited = !result.timed_out && result.signal == 0;
  if (encrypting || !exited) throw RunError("{}", failure);
  if (traits_.authenticated) throw ConfigError("{}", failure);
  throw RunError("{}; if it refuses changed ciphertexts, declare \"authenticated\": true", failure);
}

Ciphertext ExternalCipher::RunWithFiles(bool encrypting,
                                        const Ciphertext& input,
                                        std::span<const uint8_t> key,
                                        const Digest& nonce) const {
  const Shape shape = input.bytes.shape;
  const Call call(shape, key, nonce, Ending(shape));
  Write(input.bytes, input.tag, call.in);
  ProcessOptions options = (encrypting ? encrypt_ : decrypt_).Prepare(call.values(), timeout_s_);
  options.output_limit = 0;  // what it prints is of no use to anybody
  RequireGood(RunProcess(options), encrypting, options.arguments[0]);
  return Read(call.out, shape, encrypting);
}

Ciphertext ExternalCipher::AskServed(bool encrypting,
                                     const Ciphertext& input,
                                     std::span<const uint8_t> key,
                                     const Digest& nonce) const {
  const Shape shape = input.bytes.shape;
  const auto operation =
      encrypting ? ServedCipher::Operation::kEncrypt : ServedCipher::Operation::kDecrypt;
  ServedCipher::Answer answer;
  try {
    answer = served_->Ask(operation, input.bytes, input.tag, key, nonce, shape.size() + kMostExtra);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kRun) throw;
    throw RunError("{}: {}: {}", kWhere, NameOf(encrypting), error.what());
  }
  if (answer.refused) {
    const std::string failure = fmt::format("{}: {}: refused (status 1): {}",
                                            kWhere,
                                            NameOf(encrypting),
                                            std::string(answer.bytes.begin(), answer.bytes.end()));
    if (!encrypting && traits_.authenticated) throw ConfigError("{}", failure);
    if (encrypting) throw RunError("{}", failure);
    throw RunError("{}; a cipher that refuses needs \"authenticated\": true", failure);
  }
  const size_t size = answer.bytes.size();
  return Take(std::move(answer.bytes), size, shape, encrypting);
}

Ciphertext ExternalCipher::Encrypt(const ImageU8& plain,
                                   std::span<const uint8_t> key,
                                   const Digest& nonce) const {
  RequireKeySize(key, key_size());
  return served_ ? AskServed(true, {plain, {}}, key, nonce)
                 : RunWithFiles(true, {plain, {}}, key, nonce);
}

ImageU8 ExternalCipher::Decrypt(const Ciphertext& cipher,
                                std::span<const uint8_t> key,
                                const Digest& nonce) const {
  RequireKeySize(key, key_size());
  return (served_ ? AskServed(false, cipher, key, nonce) : RunWithFiles(false, cipher, key, nonce))
      .bytes;
}

void RegisterExternalCipher(CipherRegistry& registry) {
  PluginInfo info;
  info.name = "external";
  info.summary = "a program of yours, in any language: files in, files out, or served";
  info.description =
      "In a config: {\"name\": \"mine\", \"external\": {\"encrypt\": \"python3 mine.py e {in} "
      "{out} "
      "{key}\", \"decrypt\": \"python3 mine.py d {in} {out} {key}\"}}. No shell. Placeholders: "
      "{in} "
      "{out} the files, {key} a file with 64 hexadecimal digits, {nonce} 64 hexadecimal digits, "
      "{width} {height} {channels} {bytes}; a literal {in} is {{in}}. Paths are relative to the "
      "current folder. The commands and the SHA-256 of every file they name are part of a "
      "result's identity. Exit code 0 means done. Faster by far: {\"external\": {\"serve\": "
      "\"python3 "
      "mine.py serve\"}}, one process that answers questions on its standard input (frames: "
      "core/cipher/served_cipher.h, example: examples/ciphers/xor_rotate.py).";
  info.source = "yours";
  const auto command = [](const char* text) {
    return Json{{"default", ""}, {"description", text}};
  };
  info.parameters = {
      {"encrypt", command("the command, a text or an array of arguments")},
      {"decrypt", command("likewise")},
      {"serve", command("in place of both: a program that stays and answers many questions")},
      {"timeout_s",
       {{"type", "number"},
        {"default", 60},
        {"exclusiveMinimum", 0},
        {"maximum", 86400},
        {"description", "seconds until a call is ended and counts as failed"}}},
      {"format",
       {{"type", "string"},
        {"default", "raw"},
        {"enum", {"raw", "png", "pgm"}},
        {"description", "of both files; raw: planes one after the other; pgm: PPM if colour"}}},
      {"expands",
       {{"type", "boolean"},
        {"default", false},
        {"description", "the ciphertext may be up to 64 bytes longer than the image (raw only)"}}},
      {"authenticated",
       {{"type", "boolean"},
        {"default", false},
        {"description",
         "decrypt refuses a changed ciphertext: by an exit code other than 0; served: by status "
         "1"}}},
      {"plaintext_bound",
       {{"type", "boolean"},
        {"default", false},
        {"description", "the nonce is the plaintext's SHA-256"}}},
      {"files",
       {{"type", "array"},
        {"default", Json::array()},
        {"description",
         "files that the commands use without naming them; part of the results' identity"}}}};
  registry.Register(
      info, [](const Json& parameters) { return std::make_unique<ExternalCipher>(parameters); });
}

}  // namespace chaosense
