// All registries of a process, filled once by the command line's main.
#ifndef CHAOSENSE_CORE_HARNESS_REGISTRIES_H_
#define CHAOSENSE_CORE_HARNESS_REGISTRIES_H_

#include <string>

#include "core/chaos/map_registry.h"
#include "core/cipher/cipher.h"
#include "core/harness/experiment.h"
#include "core/sensing/reconstructor.h"
#include "core/sensing/trainer.h"

namespace chaosense {

struct Registries {
  ReconstructorRegistry methods{"method"};
  TrainerRegistry trainers{"trainer"};
  CipherRegistry ciphers{"cipher"};
  MapRegistry maps{"map"};
  ExperimentRegistry experiments{"experiment"};

  // Whether this build has the module with the networks.
  bool HasNets() const;
  // Loads the module with the networks (LibTorch: 1.4 s on Debian) and lets it register its methods
  // and trainer; the second call does nothing. Throws Error(kConfig) if this build has no networks.
  void LoadNets();
  // LoadNets() if `name` is not a registered method yet and there are networks. Without networks an
  // unknown name throws Error(kConfig) beginning with `where`; with them, whether the name is known
  // shows when it is looked up.
  void NeedMethod(const std::string& name, const std::string& where = "");

 private:
  bool nets_loaded_ = false;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_REGISTRIES_H_
