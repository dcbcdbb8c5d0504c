#include "core/harness/manifest.h"

#include <dlfcn.h>
#include <link.h>
#include <omp.h>
#include <sched.h>
#include <sys/utsname.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/base/error.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

std::string CpuModel() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    const size_t colon = line.find(": ");
    if (colon != std::string::npos &&
        (line.starts_with("model name") || line.starts_with("Model"))) {
      return line.substr(colon + 2);
    }
  }
  return "unknown";
}

int NoteLibrary(dl_phdr_info* info, size_t, void* found) {
  static const char* const kPrefixes[] = {"libblas",
                                          "libopenblas",
                                          "liblapack",
                                          "libgomp",
                                          "libomp",
                                          "libtorch_cpu",
                                          "libtorch_cuda",
                                          "libopencv_core",
                                          "libcrypto"};
  const fs::path path = info->dlpi_name;
  const std::string name = path.filename().string();
  if (std::any_of(std::begin(kPrefixes), std::end(kPrefixes), [&](const char* prefix) {
        return name.starts_with(prefix) && name.find(".so") != std::string::npos;
      })) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    static_cast<std::set<std::string>*>(found)->insert(error ? path.string() : real.string());
  }
  return 0;
}

Json DatasetChecksums(const Plan& plan, const DataFolder& data) {
  Json checksums = Json::object();
  for (const DataNeed& need : plan.data) checksums[need.set] = data.Checksum(need.set);
  return checksums;
}

}  // namespace

Json MakeManifest(const Plan& plan, const DataFolder& data, const ManifestInput& input) {
  const Config& config = plan.config;
  return {{"schema", 1},
          {"config_file", config.file.string()},
          {"config", config.value},
          {"config_sources", config.origins},
          {"arguments", input.arguments},
          {"build", input.build},
          {"machine", DescribeMachine()},
          {"executor", input.executor},
          {"jobs", input.jobs},
          {"threads", input.threads},
          {"device", input.device},
          {"seeds", config.value.value("seeds", Json::array())},
          {"datasets", DatasetChecksums(plan, data)},
          {"started", input.started}};
}

Json DescribeMachine() {
  std::set<std::string> libraries;
  ::dl_iterate_phdr(NoteLibrary, &libraries);
  utsname system = {};
  ::uname(&system);
  return {{"cpu", CpuModel()},
          {"cpus", AvailableCpus()},
          {"system", fmt::format("{} {} {}", system.sysname, system.release, system.machine)},
          {"loaded_libraries", libraries}};
}

void SetThreads(int threads) {
  CHAOSENSE_CHECK(threads >= 1, "{} threads", threads);
  ::omp_set_num_threads(threads);
  using SetFunction = void (*)(int);
  if (const auto set =
          reinterpret_cast<SetFunction>(::dlsym(RTLD_DEFAULT, "openblas_set_num_threads")))
    set(threads);
}

int AvailableCpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof(set), &set) != 0) return 1;
  return std::max(1, CPU_COUNT(&set));
}

}  // namespace chaosense
