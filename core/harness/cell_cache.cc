#include "core/harness/cell_cache.h"

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

const Json& CellCache::Identity(const ReconstructorRegistry& methods,
                                const std::string& name,
                                const Json& parameters,
                                const FitContext& fit) {
  const std::string key = KeyOf(name, parameters, fit);
  const auto found = identities_.find(key);
  if (found != identities_.end()) return found->second;
  return identities_.emplace(key, methods.Create(name, parameters)->Identity(fit)).first->second;
}

std::shared_ptr<const Reconstructor> CellCache::Fitted(const ReconstructorRegistry& methods,
                                                       const std::string& name,
                                                       const Json& parameters,
                                                       const FitContext& fit) {
  return method_.Get(KeyOf(name, parameters, fit), [&] {
    std::shared_ptr<Reconstructor> method = methods.Create(name, parameters);
    method->Fit(fit);
    return method;
  });
}

std::shared_ptr<const Dataset> CellCache::Loaded(const DataFolder& data,
                                                 const std::string& name,
                                                 ColorMode mode,
                                                 const std::vector<std::string>& images) {
  const std::string key = CanonicalJson({{"folder", data.data_dir().string()},
                                         {"name", name},
                                         {"mode", static_cast<int>(mode)},
                                         {"images", images}});
  return dataset_.Get(
      key, [&] { return std::make_shared<const Dataset>(data.Load(name, mode, images)); });
}

}  // namespace chaosense
