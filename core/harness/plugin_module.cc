// Registries::LoadNets: the networks live in a shared module of their own, because linking LibTorch
// costs every process more than a second at its start.
#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

#include "core/base/error.h"
#include "core/harness/registries.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr char kModule[] = "libchaosense_nets.so";
constexpr char kEntryPoint[] = "ChaosenseRegisterNets";
using EntryPoint = void (*)(ReconstructorRegistry*, TrainerRegistry*);

// CHAOSENSE_NETS_MODULE if set; else beside the program, or in ../lib/chaosense where it is
// installed. Empty: none.
fs::path FindModule() {
  if (const char* given = std::getenv("CHAOSENSE_NETS_MODULE"); given != nullptr && *given != '\0')
    return given;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const fs::path& folder : {program, program.parent_path() / "lib" / "chaosense"}) {
    if (fs::exists(folder / kModule, error)) return folder / kModule;
  }
  return {};
}

}  // namespace

bool Registries::HasNets() const { return nets_loaded_ || !FindModule().empty(); }

void Registries::LoadNets() {
  if (nets_loaded_) return;
  const fs::path module = FindModule();
  if (module.empty()) {
    throw ConfigError(
        "this build has no networks: {} is not beside the program (configure with "
        "CHAOSENSE_NETS=ON)",
        kModule);
  }
  // Never closed: the factories and virtual tables of its plug-ins live in it.
  void* handle = ::dlopen(module.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr)
    throw ConfigError("{}: cannot load the networks: {}", module.string(), ::dlerror());
  const auto entry = reinterpret_cast<EntryPoint>(::dlsym(handle, kEntryPoint));
  if (entry == nullptr)
    throw ConfigError("{}: is no module of networks: no {}", module.string(), kEntryPoint);
  entry(&methods, &trainers);
  nets_loaded_ = true;
}

void Registries::NeedMethod(const std::string& name, const std::string& where) {
  if (methods.Contains(name)) return;
  if (HasNets()) {
    LoadNets();
    return;
  }
  try {
    methods.Info(name, where);
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{} (this build has no networks)", error.what()));
  }
}

}  // namespace chaosense
