// `chaosense data`: image sets listed, fetched, checked, generated and added.
#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/suggest.h"
#include "core/data/describe.h"
#include "core/data/fetch.h"
#include "core/image/image_io.h"
#include "experiments/cli/command.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

const std::vector<std::string>& Actions() {
  static const std::vector<std::string> kActions = {"list", "fetch", "verify", "generate", "add"};
  return kActions;
}

std::string TextOf(const po::variables_map& options, const char* name) {
  return options.count(name) != 0 ? options[name].as<std::string>() : std::string();
}

// The sets asked for; "classics_*" stands for every set whose name matches.
std::vector<std::string> NamesOf(const po::variables_map& options, const DataFolder& data) {
  std::vector<std::string> names;
  if (options.count("name") == 0) return names;
  for (const std::string& given : options["name"].as<std::vector<std::string>>()) {
    if (given.find_first_of("*?") == std::string::npos) {
      names.push_back(data.ManifestOf(given).name);  // "did you mean"
      continue;
    }
    const size_t before = names.size();
    for (const std::string& name : data.Names()) {
      if (fnmatch(given.c_str(), name.c_str(), 0) == 0) names.push_back(name);
    }
    if (names.size() == before)
      throw ConfigError("no dataset matches \"{}\"; known: {}", given, JoinNames(data.Names()));
  }
  return names;
}

// "yes", "no", "12 of 200" or "made on the fly"; looks at names only.
std::string Presence(const Manifest& manifest, const fs::path& data_dir) {
  if (manifest.generator) return "made on the fly";
  size_t present = 0;
  std::error_code error;
  for (const ManifestFile& file : manifest.files) {
    if (!data_dir.empty() && fs::is_regular_file(data_dir / manifest.folder / file.path, error))
      ++present;
  }
  if (present == 0) return "no";
  return present == manifest.files.size() ? "yes"
                                          : fmt::format("{} of {}", present, manifest.files.size());
}

int List(const std::vector<std::string>& names, const DataFolder& data) {
  std::vector<std::vector<std::string>> rows = {{"name", "images", "split", "present", "title"}};
  for (const std::string& name : names.empty() ? data.Names() : names) {
    const Manifest manifest = data.ManifestOf(name);
    rows.push_back({name,
                    std::to_string(manifest.files.size()),
                    manifest.split,
                    Presence(manifest, data.data_dir()),
                    manifest.title});
  }
  std::vector<size_t> widths(rows[0].size(), 0);
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const auto& row : rows) {
    for (size_t i = 0; i + 1 < row.size(); ++i)
      std::cout << fmt::format("{:<{}}  ", row[i], widths[i]);
    std::cout << row.back() << "\n";
  }
  for (const std::string& name : names) {
    const Manifest manifest = data.ManifestOf(name);
    std::cout << fmt::format("\n{}: {}\n  checksum: {}\n  licence: {}\n",
                             name,
                             manifest.description,
                             manifest.Checksum(),
                             manifest.license);
    if (!manifest.terms_url.empty()) std::cout << "  terms: " << manifest.terms_url << "\n";
    for (const ManifestSource& source : manifest.sources) {
      if (!source.url.empty()) std::cout << "  source: " << source.url << "\n";
    }
  }
  LogInfo("data folder: {}",
          data.data_dir().empty() ? "none (give --data-dir or set CHAOSENSE_DATA)"
                                  : data.data_dir().string());
  return 0;
}

int Fetch(const std::vector<std::string>& names,
          const DataFolder& data,
          const po::variables_map& options) {
  if (names.empty()) {
    throw ConfigError("data fetch: which sets? usage: chaosense data fetch NAME...; known: {}",
                      JoinNames(data.Names()));
  }
  const fs::path folder = data.data_dir().empty() ? ProjectFolder() / "data" : data.data_dir();
  FetchOptions fetch;
  fetch.download.mirror = TextOf(options, "mirror");
  if (const char* mirror = std::getenv("CHAOSENSE_MIRROR");
      fetch.download.mirror.empty() && mirror != nullptr) {
    fetch.download.mirror = mirror;
  }
  fetch.from = TextOf(options, "from");
  Fetcher fetcher(folder, fetch);
  std::string first_failure;
  for (const std::string& name : names) {
    const Manifest manifest = data.ManifestOf(name);
    LogInfo("{}: {}; terms: {} ({})",
            name,
            manifest.title,
            manifest.license,
            manifest.terms_url.empty() ? "nothing to download" : manifest.terms_url);
    try {
      const FetchReport report = fetcher.Fetch(manifest);
      std::cout << fmt::format(
          "{}: {} fetched, {} already there, all checked: {}\n",
          name,
          report.fetched,
          report.present,
          manifest.generator ? "made on the fly" : (folder / manifest.folder).string());
    } catch (const Error& error) {
      // The other sets are still wanted.
      if (error.kind() != ErrorKind::kData || names.size() == 1) throw;
      LogWarning("{}", error.what());
      if (first_failure.empty()) first_failure = name;
    }
  }
  if (!first_failure.empty())
    throw DataError("not every set could be had, the first one missing is {}", first_failure);
  return 0;
}

int Verify(std::vector<std::string> names, const DataFolder& data) {
  if (names.empty()) {
    for (const std::string& name : data.Names()) {
      if (Presence(data.ManifestOf(name), data.data_dir()) != "no") names.push_back(name);
    }
  }
  size_t bad = 0;
  for (const std::string& name : names) {
    const Manifest manifest = data.ManifestOf(name);
    if (!manifest.generator && data.data_dir().empty()) {
      throw DataError("{}: no data folder is given; give --data-dir or set CHAOSENSE_DATA", name);
    }
    const std::vector<FileProblem> problems = VerifyDataset(manifest, data.data_dir());
    for (const FileProblem& problem : problems) {
      std::cout << fmt::format("{}: {}: {}\n", name, problem.file, problem.problem);
    }
    std::cout << fmt::format("{}: {} of {} files right\n",
                             name,
                             manifest.files.size() - problems.size(),
                             manifest.files.size());
    bad += problems.size();
  }
  if (bad > 0) {
    throw DataError("{} file{} missing or different; `chaosense data fetch NAME` replaces them",
                    bad,
                    bad == 1 ? " is" : "s are");
  }
  return 0;
}

int Generate(const std::vector<std::string>& names,
             const DataFolder& data,
             const po::variables_map& options) {
  if (names.empty() || TextOf(options, "out").empty()) {
    throw ConfigError("data generate: usage: chaosense data generate NAME --out DIR");
  }
  const fs::path out = TextOf(options, "out");
  for (const std::string& name : names) {
    if (!data.ManifestOf(name).generator)
      throw ConfigError("{}: is not a generated set; use `chaosense data fetch`", name);
    const Dataset dataset = data.Load(name, ColorMode::kAsStored);
    for (const NamedImage& image : dataset.images)
      SaveImage(image.pixels, out / name / (image.name + ".png"));
    std::cout << fmt::format(
        "{}: {} pictures in {}\n", name, dataset.images.size(), (out / name).string());
  }
  return 0;
}

int Add(const DataFolder& data, const po::variables_map& options) {
  const std::vector<std::string> given = options.count("name") != 0
                                             ? options["name"].as<std::vector<std::string>>()
                                             : std::vector<std::string>();
  const std::string folder = TextOf(options, "folder");
  const std::string generator = TextOf(options, "generator");
  if (given.size() != 1 || folder.empty() == generator.empty()) {
    throw ConfigError(
        "data add: usage: chaosense data add NAME --folder DIR (below the data folder) or "
        "--generator JSON");
  }
  const std::string& name = given[0];
  if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos) {
    throw ConfigError(
        "data add: the name \"{}\" is not allowed; expected lower case letters, digits and _",
        name);
  }
  const fs::path path = data.manifest_dir() / (name + ".json");
  Manifest manifest;
  if (fs::exists(path)) {
    if (options.count("force") == 0)
      throw ConfigError("{}: exists; --force writes its files anew", path.string());
    manifest = ReadManifest(path);
  }
  manifest.name = name;
  if (!TextOf(options, "title").empty() || manifest.title.empty()) {
    manifest.title = TextOf(options, "title").empty() ? name : TextOf(options, "title");
  }
  if (options["split"].defaulted() ? manifest.split.empty() : true)
    manifest.split = TextOf(options, "split");
  if (!generator.empty()) {
    const Json settings = Json::parse(generator, nullptr, /*allow_exceptions=*/false);
    manifest.generator = ParseGeneratorSettings(settings, "--generator");
    manifest.folder.clear();
    manifest.sources.clear();
    manifest.files = DescribeGenerated(*manifest.generator);
  } else {
    if (data.data_dir().empty())
      throw DataError("data add: no data folder is given; give --data-dir or set CHAOSENSE_DATA");
    if (!IsSafeRelativePath(folder)) {
      throw ConfigError(
          "--folder: \"{}\" is not allowed; expected a path relative to the data folder {}",
          folder,
          data.data_dir().string());
    }
    manifest.generator.reset();
    manifest.folder = folder;
    manifest.files = DescribeFolder(data.data_dir() / folder);
  }
  const std::string text = ManifestText(manifest);
  ParseManifest(Json::parse(text), path.string());  // what is written can be read
  WriteFileAtomically(path, std::string_view(text));
  std::cout << fmt::format("{}: {} images, checksum {}, in {}\n",
                           name,
                           manifest.files.size(),
                           manifest.Checksum(),
                           path.string());
  return 0;
}

}  // namespace

int DataCommand(const Arguments& arguments, Registries&) {
  po::options_description options("options");
  const auto text = [](const char* value_name) {
    return po::value<std::string>()->value_name(value_name);
  };
  options.add_options()("help,h", "show this text")(
      "action", text("ACTION"), "list, fetch, verify, generate or add")(
      "name",
      po::value<std::vector<std::string>>()->value_name("NAME"),
      "image sets; * and ? match any letters")(
      "mirror",
      text("URL"),
      "fetch: take http://host/path from URL/host/path (default: CHAOSENSE_MIRROR)")(
      "from", text("PATH"), "fetch: look in this folder or archive first")(
      "out", text("DIR"), "generate: where the PNG files go, in a folder of the set's name")(
      "folder", text("DIR"), "add: the folder of pictures, relative to the data folder")(
      "generator",
      text("JSON"),
      "add: settings of a generated set, e.g. {\"seed\":7,\"images\":4}")(
      "title", text("TEXT"), "add: what the set is")(
      "split", text("SPLIT")->default_value("test"), "add: train, validation or test")(
      "force", "add: describe the files of a known set anew");
  AddDataOption(options);
  const auto values = ParseOptions(arguments, options, {{"action", 1}, {"name", -1}});
  if (values.count("help") != 0) {
    PrintHelp("chaosense data ACTION [NAME]...",
              "list      every image set: pictures, split, whether it is in the data folder; with "
              "NAME also its terms\n"
              "fetch     download into the data folder (default: data/ of the project) and check; "
              "goes on where it broke off\n"
              "verify    compare every file with the manifest's SHA-256, offline (default: every "
              "set that is there)\n"
              "generate  write a generated set as PNG files\n"
              "add       make datasets/NAME.json for a folder of one's own pictures, or for a "
              "generated set",
              options,
              "  chaosense data list\n  chaosense data fetch set11 'classics_*'\n"
              "  chaosense data fetch bsds500_test --from ~/Downloads/BSR_bsds500.tgz\n"
              "  chaosense data verify --data-dir data\n  chaosense data generate generated_test "
              "--out pictures\n"
              "  chaosense data add my_set --folder my_pictures --split test\n");
    return 0;
  }
  const std::string action = TextOf(values, "action");
  if (action.empty()) throw ConfigError("data: what? actions: {}", JoinNames(Actions()));
  const DataFolder data = OpenDataFolder(values);
  if (action == "add") return Add(data, values);
  if (std::find(Actions().begin(), Actions().end(), action) == Actions().end()) {
    throw ConfigError(
        "data: unknown action \"{}\"{}", action, NearestAndAll(action, Actions(), "actions"));
  }
  const std::vector<std::string> names = NamesOf(values, data);
  if (action == "list") return List(names, data);
  if (action == "fetch") return Fetch(names, data, values);
  if (action == "verify") return Verify(names, data);
  return Generate(names, data, values);
}

}  // namespace chaosense
