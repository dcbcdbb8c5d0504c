#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "core/base/suggest.h"
#include "core/metrics/metric.h"
#include "experiments/cli/catalogue.h"
#include "experiments/cli/command.h"
#include "experiments/cli/metrics_page.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;

void PrintEntries(const std::vector<CatalogueEntry>& entries) {
  size_t width = 0;
  for (const CatalogueEntry& entry : entries) width = std::max(width, entry.name.size());
  for (const CatalogueEntry& entry : entries) {
    std::cout << fmt::format("{:<{}}  {}\n", entry.name, width, entry.summary);
  }
}

}  // namespace

int ListCommand(const Arguments& arguments, Registries& registries) {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "kind", po::value<std::string>()->value_name("KIND"), "one of the kinds")(
      "markdown", po::bool_switch(), "of metrics: the whole page docs/metrics.md");
  const auto values = ParseOptions(arguments, options, {{"kind", 1}});
  const std::vector<std::string>& kinds = CatalogueKinds();
  if (values.count("help") != 0) {
    PrintHelp("chaosense list KIND",
              "Prints every name of one kind with a line about it.\nKinds: " + JoinNames(kinds),
              options,
              "  chaosense list methods\n  chaosense list configs\n");
    return 0;
  }
  if (values.count("kind") == 0) throw ConfigError("list: of what? kinds: {}", JoinNames(kinds));
  std::string kind = values["kind"].as<std::string>();
  if (std::find(kinds.begin(), kinds.end(), kind + "s") != kinds.end())
    kind += "s";  // "list method"
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
    throw ConfigError("list: unknown kind \"{}\"{}", kind, NearestAndAll(kind, kinds, "kinds"));
  }
  if (values["markdown"].as<bool>()) {
    if (kind != "metrics") throw ConfigError("--markdown: is for metrics only, not {}", kind);
    std::cout << MetricsPage();
    return 0;
  }
  PrintEntries(Catalogue(kind, registries));
  return 0;
}

}  // namespace chaosense
