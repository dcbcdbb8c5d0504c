// The method that a process fitted last, for the next cell that wants the same one: a net is
// loaded, or a closed form solved, once for many cells.
#ifndef CHAOSENSE_CORE_HARNESS_METHOD_CACHE_H_
#define CHAOSENSE_CORE_HARNESS_METHOD_CACHE_H_

#include <map>
#include <memory>
#include <string>

#include "core/base/json.h"
#include "core/sensing/reconstructor.h"

namespace chaosense {

// Fitted methods are read-only, so cells do not feel who used one before them.
class MethodCache {
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

 private:
  std::map<std::string, Json> identities_;
  std::string last_key_;
  std::shared_ptr<const Reconstructor> last_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_METHOD_CACHE_H_
