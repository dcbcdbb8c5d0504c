#include <iostream>

#include "core/harness/config_schema.h"
#include "experiments/cli/command.h"

namespace chaosense {

namespace po = boost::program_options;

int SchemaCommand(const Arguments& arguments, Registries& registries) {
  po::options_description options("options");
  options.add_options()("help,h", "show this text");
  const auto values = ParseOptions(arguments, options, {});
  if (values.count("help") != 0) {
    PrintHelp("chaosense schema",
              "Prints the JSON Schema (draft-7) of experiment configs.",
              options,
              "  chaosense schema > configs/schema/chaosense.schema.json\n");
    return 0;
  }
  if (registries.HasNets()) registries.LoadNets();
  std::cout << PublishedSchema(
                   registries.experiments, registries.methods.Names(), registries.ciphers.Names())
                   .dump(2)
            << "\n";
  return 0;
}

}  // namespace chaosense
