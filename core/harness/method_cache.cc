#include "core/harness/method_cache.h"

namespace chaosense {
namespace {

std::string KeyOf(const std::string& name, const Json& parameters, const FitContext& fit) {
  return CanonicalJson({{"method", name},
                        {"parameters", parameters},
                        {"data", fit.data == nullptr ? "" : fit.data->data_dir().string()},
                        {"fit_datasets", fit.fit_datasets},
                        {"model_dir", fit.model_dir.string()},
                        {"seed", fit.seed},
                        {"threads", fit.threads},
                        {"device", fit.device}});
}

}  // namespace

const Json& MethodCache::Identity(const ReconstructorRegistry& methods,
                                  const std::string& name,
                                  const Json& parameters,
                                  const FitContext& fit) {
  const std::string key = KeyOf(name, parameters, fit);
  const auto found = identities_.find(key);
  if (found != identities_.end()) return found->second;
  return identities_.emplace(key, methods.Create(name, parameters)->Identity(fit)).first->second;
}

std::shared_ptr<const Reconstructor> MethodCache::Fitted(const ReconstructorRegistry& methods,
                                                         const std::string& name,
                                                         const Json& parameters,
                                                         const FitContext& fit) {
  const std::string key = KeyOf(name, parameters, fit);
  if (last_ != nullptr && key == last_key_) return last_;
  last_ = nullptr;  // two large nets need not be in memory at once
  std::shared_ptr<Reconstructor> method = methods.Create(name, parameters);
  method->Fit(fit);
  last_key_ = key;
  last_ = std::move(method);
  return last_;
}

}  // namespace chaosense
