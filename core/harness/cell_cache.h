// What a process keeps from one cell to the next: the method that it fitted last and the image set
// that it loaded last. A net is loaded, a closed form solved, a set of pictures read and checked
// once for many cells.
#ifndef CHAOSENSE_CORE_HARNESS_CELL_CACHE_H_
#define CHAOSENSE_CORE_HARNESS_CELL_CACHE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/data/dataset.h"
#include "core/sensing/reconstructor.h"

namespace chaosense {

// All of it is read-only, so cells do not feel who used it before them. For one thread at a time.
class CellCache {
 public:
  // Reconstructor::Identity, worked out once: it may hash a large file of weights.
  const Json& Identity(const ReconstructorRegistry& methods,
                       const std::string& name,
                       const Json& parameters,
                       const FitContext& fit);

  // Created and fitted, or the last one if it was asked for with equal arguments.
  std::shared_ptr<const Reconstructor> Fitted(const ReconstructorRegistry& methods,
                                              const std::string& name,
                                              const Json& parameters,
                                              const FitContext& fit);

  // DataFolder::Load, or the last one if it was asked for with equal arguments.
  std::shared_ptr<const Dataset> Loaded(const DataFolder& data,
                                        const std::string& name,
                                        ColorMode mode,
                                        const std::vector<std::string>& images);

 private:
  // Of one kind; the old one is let go before the new one is made, as both may be large.
  template <typename T>
  struct Last {
    std::string key;
    std::shared_ptr<const T> value;

    template <typename Make>
    std::shared_ptr<const T> Get(const std::string& wanted, Make make) {
      if (value == nullptr || key != wanted) {
        value = nullptr;
        value = make();
        key = wanted;
      }
      return value;
    }
  };

  std::map<std::string, Json> identities_;
  Last<Reconstructor> method_;
  Last<Dataset> dataset_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_CELL_CACHE_H_
