// From a cell to what its checks look at.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "core/base/error.h"
#include "core/chaos/cloud.h"
#include "core/cipher/map_cipher.h"
#include "experiments/audit.h"
#include "experiments/pipeline.h"

namespace chaosense {
namespace {

// The two logistic orbits behind the compound-system keystream.
Orbit CloudOrbit(const Bytes& key, const Digest& nonce) {
  auto keystream = std::make_shared<CloudKeystream>(key, nonce);
  return [keystream]() -> std::vector<double> {
    keystream->NextReal();  // two reals a drop
    keystream->NextReal();
    return {keystream->u(), keystream->v()};
  };
}

// The map behind map_cipher.
Orbit MapOrbit(const Json& parameters, const Bytes& key, const Digest& nonce) {
  auto keystream = std::make_shared<MapKeystream>(MakeMapKeystreamPlan(parameters), key, nonce);
  return [keystream]() -> std::vector<double> {
    const size_t dimension = keystream->state().size();
    for (size_t i = 0; i < dimension; ++i) keystream->NextReal();
    return {keystream->state().begin(), keystream->state().end()};
  };
}

bool UsesCloud(const std::string& cipher) {
  static const std::set<std::string> names = {"paper", "hardened", "scramble_only", "diffuse_only"};
  return names.contains(cipher);
}

}  // namespace

PreparedTarget PrepareTarget(const Cell& cell, const CellContext& context) {
  const Json& description = cell.description;
  const auto cipher_name = description.at("cipher").get<std::string>();
  const Json& parameters = description.at("cipher_parameters");
  PreparedTarget prepared;
  prepared.cipher = context.ciphers->Create(cipher_name, parameters);
  AuditTarget& target = prepared.target;
  target.cipher = prepared.cipher.get();
  target.cipher_name = cipher_name;
  target.default_parameters =
      parameters == ResolveParameters(context.ciphers->Info(cipher_name), Json::object(), "");
  target.mode = description.at("mode") == "frozen" ? NonceMode::kFrozen : NonceMode::kLive;
  target.name =
      fmt::format("audit|seed {}|{}", description.at("seed").get<uint64_t>(), cell.axes.cipher);
  target.key = target.Stream("key").RandomBytes(target.cipher->key_size());

  const std::shared_ptr<const Dataset> dataset =
      context.cache->Loaded(*context.data,
                            description.at("dataset").get<std::string>(),
                            ColorMode::kGray,
                            description.at("images").get<std::vector<std::string>>());
  for (const NamedImage& image : dataset->images) {
    try {
      ImageU8 picture = PictureOfSide(image.pixels, kPictureSide);
      if (prepared.picture_name.empty()) {
        prepared.picture_name = image.name;
        target.picture = std::move(picture);
      } else {
        target.known.push_back(std::move(picture));
      }
    } catch (const Error& error) {
      throw Error(error.kind(), fmt::format("{}: {}", image.name, error.what()));
    }
  }

  if (const Json& method = description.at("method"); !method.empty()) {
    FitContext fit = context.fit;
    fit.data = context.data;
    fit.fit_datasets = description.at("fit_datasets").get<std::vector<std::string>>();
    fit.threads = context.threads;
    prepared.method = context.cache->Fitted(
        *context.methods, method.at("name").get<std::string>(), method.at("parameters"), fit);
    const auto stages = std::make_shared<PipelineStages>(*prepared.method, *prepared.cipher, 0);
    target.compress = [stages](const ImageU8& picture) { return stages->Compress(picture); };
  }
  const Digest nonce = Sha256Of(target.name + "|orbit nonce");
  if (UsesCloud(cipher_name)) target.orbit = CloudOrbit(target.key, nonce);
  if (cipher_name == "map_cipher") target.orbit = MapOrbit(parameters, target.key, nonce);
  return prepared;
}

}  // namespace chaosense
