// What was known when this program was built. The definition is written by cmake/BuildInfo.cmake at
// every build.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_BUILD_INFO_H_
#define CHAOSENSE_EXPERIMENTS_CLI_BUILD_INFO_H_

#include <string>

namespace chaosense {

struct BuildInfo {
  std::string version;  // of the project
  std::string commit;   // 40 hex digits; empty outside a git tree
  bool dirty = false;   // tracked files differed from the commit
  std::string build_type;
  std::string compiler;  // "GNU 12.2.0"
  std::string flags;
  std::string opencv;  // versions of libraries found by CMake; empty if not used
  std::string eigen;
};

const BuildInfo& GetBuildInfo();

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_BUILD_INFO_H_
