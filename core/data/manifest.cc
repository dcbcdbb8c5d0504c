#include "core/data/manifest.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/suggest.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

bool IsSha256(const std::string& text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

// An object of the manifest whose keys are all known; getters name the key at fault.
class Reader {
 public:
  Reader(const Json& json, std::string where, const std::vector<std::string>& keys)
      : json_(json), where_(std::move(where)) {
    if (!json.is_object()) throw ConfigError("{}: expected an object", Here());
    for (const auto& [key, value] : json.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        throw ConfigError("{}/{}: unknown key{}", where_, key, DidYouMean(key, keys));
      }
    }
  }

  // The object itself; the root's where_ ends with ": ", which pointers to its keys follow.
  std::string Here() const {
    return where_.ends_with(": ") ? where_.substr(0, where_.size() - 2) : where_;
  }
  bool Has(const char* key) const { return json_.contains(key); }
  std::string At(const char* key) const { return where_ + "/" + key; }

  const Json& Get(const char* key) const {
    if (!Has(key)) throw ConfigError("{}: the key \"{}\" is missing", Here(), key);
    return json_[key];
  }
  std::string Text(const char* key) const {
    const Json& value = Get(key);
    if (!value.is_string() || value.get<std::string>().empty()) {
      throw ConfigError("{}: {} is not allowed; expected a text", At(key), value.dump());
    }
    return value;
  }
  std::string OptionalText(const char* key) const { return Has(key) ? Text(key) : ""; }
  std::string Checksum(const char* key) const {
    const std::string text = OptionalText(key);
    if (!text.empty() && !IsSha256(text)) {
      throw ConfigError("{}: \"{}\" is no SHA-256; expected 64 digits 0-9a-f", At(key), text);
    }
    return text;
  }
  int64_t ByteCount(const char* key) const {
    if (!Has(key)) return 0;
    const Json& value = json_[key];
    if (!value.is_number_integer() || value.get<int64_t>() < 1) {
      throw ConfigError("{}: {} is not allowed; expected a number of bytes", At(key), value.dump());
    }
    return value;
  }
  std::string SafePath(const char* key) const {
    const std::string path = Text(key);
    if (!IsSafeRelativePath(path)) {
      throw ConfigError(
          "{}: \"{}\" is not allowed; expected a relative path without \"..\"", At(key), path);
    }
    return path;
  }

 private:
  const Json& json_;
  std::string where_;
};

ManifestSource ParseSource(const Json& json, const std::string& where) {
  const Reader reader(json, where, {"kind", "url", "path", "sha256"});
  ManifestSource source;
  const std::string kind = reader.Text("kind");
  if (kind == "files") {
    source.kind = ManifestSource::Kind::kFiles;
  } else if (kind == "archive") {
    source.kind = ManifestSource::Kind::kArchive;
  } else if (kind == "folder") {
    source.kind = ManifestSource::Kind::kFolder;
  } else {
    throw ConfigError(
        "{}: unknown kind \"{}\"; expected files, archive or folder", reader.At("kind"), kind);
  }
  if (source.kind != ManifestSource::Kind::kFolder) source.url = reader.Text("url");
  if (source.kind != ManifestSource::Kind::kFiles) source.path = reader.SafePath("path");
  source.sha256 = reader.Checksum("sha256");
  return source;
}

ManifestFile ParseFile(const Json& json, const std::string& where) {
  const Reader reader(json, where, {"name", "path", "sha256", "pixels_sha256", "bytes", "from"});
  ManifestFile file;
  file.name = reader.Text("name");
  file.path = reader.Has("path") ? reader.SafePath("path") : "";
  file.sha256 = reader.Checksum("sha256");
  file.pixels_sha256 = reader.Checksum("pixels_sha256");
  file.bytes = reader.ByteCount("bytes");
  if (file.sha256.empty() == file.pixels_sha256.empty()) {
    throw ConfigError(
        "{}: expected one of \"sha256\" (of the file) and \"pixels_sha256\" (of the picture)",
        where);
  }
  if (!file.pixels_sha256.empty() && !file.path.empty() && !file.path.ends_with(".png")) {
    throw ConfigError("{}: \"{}\" is not allowed; a file known by its pixels is kept as .png",
                      reader.At("path"),
                      file.path);
  }
  if (reader.Has("from")) {
    const Reader from(json["from"], where + "/from", {"file", "sha256", "bytes", "rule"});
    Original original;
    original.file = from.SafePath("file");
    original.sha256 = from.Checksum("sha256");
    original.bytes = from.ByteCount("bytes");
    original.rule = DeriveRuleFromName(from.Text("rule"), from.At("rule"));
    if (original.sha256.empty())
      throw ConfigError("{}: the key \"sha256\" is missing", where + "/from");
    if (file.pixels_sha256.empty())
      throw ConfigError("{}: a derived file needs \"pixels_sha256\"", where);
    file.original = original;
  }
  return file;
}

std::string KindName(ManifestSource::Kind kind) {
  switch (kind) {
    case ManifestSource::Kind::kFiles:
      return "files";
    case ManifestSource::Kind::kArchive:
      return "archive";
    case ManifestSource::Kind::kFolder:
      return "folder";
  }
  return "";
}

// Keys in the order in which a person reads them, which Json (sorted keys) does not keep.
using OrderedJson = nlohmann::ordered_json;

OrderedJson FileToJson(const ManifestFile& file) {
  OrderedJson json;
  json["name"] = file.name;
  if (!file.path.empty()) json["path"] = file.path;
  if (file.bytes > 0) json["bytes"] = file.bytes;
  if (!file.sha256.empty()) json["sha256"] = file.sha256;
  if (!file.pixels_sha256.empty()) json["pixels_sha256"] = file.pixels_sha256;
  if (file.original) {
    OrderedJson from;
    from["file"] = file.original->file;
    from["rule"] = DeriveRuleName(file.original->rule);
    if (file.original->bytes > 0) from["bytes"] = file.original->bytes;
    from["sha256"] = file.original->sha256;
    json["from"] = from;
  }
  return json;
}

}  // namespace

bool IsSafeRelativePath(const std::string& path) {
  const fs::path value(path);
  if (path.empty() || value.is_absolute() || path.find('\\') != std::string::npos ||
      path.find('\0') != std::string::npos) {
    return false;
  }
  return std::none_of(
      value.begin(), value.end(), [](const fs::path& part) { return part == ".."; });
}

std::string PixelsSha256(const ImageU8& image) {
  const Shape shape = image.shape;
  Sha256 hash;
  hash.Update(fmt::format("{}x{}x{}\n", shape.channels, shape.height, shape.width));
  hash.Update(std::span<const uint8_t>(image.data));
  return ToHex(hash.Finish());
}

std::string Manifest::Checksum() const {
  std::vector<std::string> lines;
  for (const ManifestFile& file : files) lines.push_back(file.name + " " + file.checksum() + "\n");
  std::sort(lines.begin(), lines.end());
  Sha256 hash;
  for (const std::string& line : lines) hash.Update(line);
  return ToHex(hash.Finish());
}

Manifest ParseManifest(const Json& json, const std::string& where) {
  const std::string root = where + ": ";
  const Reader reader(json,
                      root,
                      {"name",
                       "title",
                       "description",
                       "split",
                       "license",
                       "terms_url",
                       "folder",
                       "sources",
                       "files",
                       "generator"});
  Manifest manifest;
  manifest.name = reader.Text("name");
  manifest.title = reader.Text("title");
  manifest.description = reader.OptionalText("description");
  manifest.license = reader.OptionalText("license");
  manifest.terms_url = reader.OptionalText("terms_url");
  manifest.split = reader.Text("split");
  if (manifest.split != "train" && manifest.split != "validation" && manifest.split != "test") {
    throw ConfigError("{}: \"{}\" is not allowed; expected train, validation or test",
                      reader.At("split"),
                      manifest.split);
  }
  if (reader.Has("generator")) {
    manifest.generator = ParseGeneratorSettings(json["generator"], root + "/generator");
  } else {
    manifest.folder = reader.SafePath("folder");
  }
  if (reader.Has("sources")) {
    const Json& sources = json["sources"];
    if (!sources.is_array()) throw ConfigError("{}: expected a list", reader.At("sources"));
    for (size_t i = 0; i < sources.size(); ++i) {
      manifest.sources.push_back(ParseSource(sources[i], fmt::format("{}/sources/{}", root, i)));
    }
  }
  const Json& files = reader.Get("files");
  if (!files.is_array() || files.empty())
    throw ConfigError("{}: expected a list of files", reader.At("files"));
  std::set<std::string> names, paths;
  for (size_t i = 0; i < files.size(); ++i) {
    const std::string at = fmt::format("{}/files/{}", root, i);
    ManifestFile file = ParseFile(files[i], at);
    if (!names.insert(file.name).second)
      throw ConfigError("{}/name: \"{}\" is used twice", at, file.name);
    if (manifest.generator ? file.pixels_sha256.empty() : file.path.empty()) {
      throw ConfigError(
          "{}: the key \"{}\" is missing", at, manifest.generator ? "pixels_sha256" : "path");
    }
    if (!file.path.empty() && !paths.insert(file.path).second) {
      throw ConfigError("{}/path: \"{}\" is used twice", at, file.path);
    }
    manifest.files.push_back(std::move(file));
  }
  if (manifest.generator &&
      manifest.files.size() != static_cast<size_t>(manifest.generator->images)) {
    throw ConfigError("{}: {} files for {} generated images",
                      reader.At("files"),
                      manifest.files.size(),
                      manifest.generator->images);
  }
  return manifest;
}

Manifest ReadManifest(const fs::path& path) {
  Manifest manifest = ParseManifest(ReadJsonFile(path), path.string());
  if (manifest.name != path.stem().string()) {
    throw ConfigError("{}: /name: \"{}\" is not the file's name \"{}\"",
                      path.string(),
                      manifest.name,
                      path.stem().string());
  }
  return manifest;
}

std::string ManifestText(const Manifest& manifest) {
  OrderedJson head;
  head["name"] = manifest.name;
  head["title"] = manifest.title;
  if (!manifest.description.empty()) head["description"] = manifest.description;
  head["split"] = manifest.split;
  if (!manifest.license.empty()) head["license"] = manifest.license;
  if (!manifest.terms_url.empty()) head["terms_url"] = manifest.terms_url;
  if (manifest.generator) {
    head["generator"] = OrderedJson(GeneratorSettingsToJson(*manifest.generator));
  } else {
    head["folder"] = manifest.folder.string();
  }
  for (const ManifestSource& source : manifest.sources) {
    OrderedJson json;
    json["kind"] = KindName(source.kind);
    if (!source.url.empty()) json["url"] = source.url;
    if (!source.path.empty()) json["path"] = source.path;
    if (!source.sha256.empty()) json["sha256"] = source.sha256;
    head["sources"].push_back(json);
  }
  std::string text = head.dump(2);
  text.resize(text.size() - 2);  // "\n}"
  text += ",\n  \"files\": [\n";
  for (size_t i = 0; i < manifest.files.size(); ++i) {
    text += "    " + FileToJson(manifest.files[i]).dump() +
            (i + 1 < manifest.files.size() ? ",\n" : "\n");
  }
  return text + "  ]\n}\n";
}

}  // namespace chaosense
