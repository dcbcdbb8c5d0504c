// Includes point downward only: the picture of the architecture, kept true.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace chaosense {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = CHAOSENSE_SOURCE_DIR;

// A folder may include itself and the folders of lower levels; folders of one level do not know
// each other.
const std::map<std::string, int>& Levels() {
  static const std::map<std::string, int> levels = {{"core/base", 0},
                                                    {"core/image", 1},
                                                    {"core/chaos", 1},
                                                    {"core/data", 2},
                                                    {"core/metrics", 2},
                                                    {"core/randomness", 2},
                                                    {"core/analysis", 2},
                                                    {"core/sensing", 3},
                                                    {"core/cipher", 3},
                                                    {"core/linear", 4},
                                                    {"core/solvers", 4},
                                                    {"core/codecs", 4},
                                                    {"core/attacks", 4},
                                                    {"core/nets", 4},
                                                    {"core/training", 5},
                                                    {"core/harness", 6},
                                                    {"plotting", 3},
                                                    {"experiments", 7}};
  return levels;
}

std::string FolderOf(const std::string& path) {
  for (const auto& [folder, level] : Levels()) {
    if (path.starts_with(folder + "/")) return folder;
  }
  return "";
}

struct Include {
  std::string file;    // relative to the source tree
  std::string target;  // as written
  bool quoted;
};

std::vector<Include> Includes() {
  static const std::regex pattern(R"re(^\s*#\s*include\s*(["<])([^">]+)[">])re");
  std::vector<Include> includes;
  for (const char* top : {"core", "plotting", "experiments"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kSource / top)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".h" && extension != ".cc") continue;
      std::ifstream in(entry.path());
      std::smatch match;
      for (std::string line; std::getline(in, line);) {
        if (line.find("include") != std::string::npos && std::regex_search(line, match, pattern)) {
          includes.push_back(
              {entry.path().lexically_relative(kSource).string(), match[2], match[1] == "\""});
        }
      }
    }
  }
  return includes;
}

TEST(IncludeOrder, PointsDownwardOnly) {
  const std::vector<Include> includes = Includes();
  ASSERT_GT(includes.size(), 100U) << "the sources were not found";
  for (const Include& include : includes) {
    if (!include.quoted) continue;
    const std::string from = FolderOf(include.file);
    const std::string to = FolderOf(include.target);
    ASSERT_FALSE(from.empty()) << include.file << " is in a folder without a level";
    ASSERT_FALSE(to.empty()) << include.file << " includes " << include.target
                             << ": write paths from the source tree's root";
    EXPECT_TRUE(from == to || Levels().at(to) < Levels().at(from))
        << include.file << " includes " << include.target << ", which is not below it";
  }
}

TEST(IncludeOrder, LibTorchStaysInNetsAndTraining) {
  for (const Include& include : Includes()) {
    const bool torch = include.target.starts_with("torch/") ||
                       include.target.starts_with("ATen/") || include.target.starts_with("c10/") ||
                       include.target == "core/nets/torch.h";
    const std::string folder = FolderOf(include.file);
    EXPECT_TRUE(!torch || folder == "core/nets" || folder == "core/training")
        << include.file << " includes " << include.target;
  }
}

TEST(IncludeOrder, ThirdPartyLibrariesStayInTheirFolders) {
  // Library -> the folders that may see it.
  const std::map<std::string, std::set<std::string>> allowed = {
      {"opencv2/",
       {"core/codecs",
        "core/data",
        "core/image",
        "core/metrics",
        "core/nets",
        "core/training",
        "experiments"}},
      {"boost/program_options", {"experiments"}},
      {"curl/", {"core/data"}},
      {"archive", {"core/data"}},
      {"matio", {"core/sensing"}},
      {"fftw3", {"core/solvers", "core/randomness"}}};
  for (const Include& include : Includes()) {
    for (const auto& [prefix, folders] : allowed) {
      if (include.quoted || !include.target.starts_with(prefix)) continue;
      EXPECT_TRUE(folders.contains(FolderOf(include.file)))
          << include.file << " includes " << include.target;
    }
  }
}

TEST(IncludeOrder, HeadersHaveGuardsOfTheirPath) {
  for (const char* top : {"core", "plotting", "experiments"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kSource / top)) {
      if (entry.path().extension() != ".h") continue;
      const std::string file = entry.path().lexically_relative(kSource).string();
      std::string guard = "CHAOSENSE_" + file + "_";
      std::transform(guard.begin(), guard.end(), guard.begin(), [](unsigned char c) {
        return std::isalnum(c) ? static_cast<char>(std::toupper(c)) : '_';
      });
      std::ifstream in(entry.path());
      const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      EXPECT_NE(text.find("#ifndef " + guard + "\n#define " + guard + "\n"), std::string::npos)
          << file << ": expected the include guard " << guard;
    }
  }
}

}  // namespace
}  // namespace chaosense
