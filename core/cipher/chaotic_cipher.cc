#include "core/cipher/chaotic_cipher.h"

#include <optional>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/chaos/cloud.h"
#include "core/cipher/diffusion.h"
#include "core/cipher/scramble.h"

namespace chaosense {
namespace {

// Everything the keystream decides for one image.
struct Schedule {
  SlideSteps slides;
  std::optional<Substitution> substitution;
  std::vector<uint8_t> vector_key;
  std::vector<ChainKey> chain_keys;

  const Substitution* substitution_or_null() const {
    return substitution ? &*substitution : nullptr;
  }
};

Schedule MakeSchedule(const ChaoticCipherOptions& options, Shape shape, Keystream& keystream) {
  Schedule schedule;
  schedule.slides = DrawSlideSteps(keystream, shape, options.rounds);
  switch (options.diffusion) {
    case Diffusion::kNone:
      break;
    case Diffusion::kVector:
      schedule.vector_key.resize(shape.size());
      keystream.Fill(schedule.vector_key);
      break;
    case Diffusion::kSubstitutionChain:
      schedule.substitution = DrawSubstitution(keystream);
      [[fallthrough]];
    case Diffusion::kLinearChain:
      for (int pass = 0; pass < options.passes; ++pass) {
        schedule.chain_keys.push_back(DrawChainKey(keystream, shape.size()));
      }
      break;
  }
  return schedule;
}

constexpr char kSystem[] =
    "OUR INTERPRETATION of the paper, whose equations are not available. Keystream C1: two "
    "logistic orbits drive a "
    "two-dimensional normal cloud generator (core/chaos/cloud.h). ";
constexpr char kPaper[] =
    "Chen, Guo, Jing, Acta Phys. Sin. 69 (2020) 240502, doi 10.7498/aps.69.20201019; equations "
    "ours";

Json RoundsSchema() {
  return {{"type", "integer"},
          {"default", 2},
          {"minimum", 1},
          {"maximum", 16},
          {"description", "rounds of sliding scrambling, each of all rows and then all columns"}};
}

Json PassesSchema() {
  return {{"type", "integer"},
          {"default", 2},
          {"minimum", 1},
          {"maximum", 8},
          {"description", "passes of the chain, forward and backward by turns"}};
}

}  // namespace

void RequireKeySize(std::span<const uint8_t> key, size_t size) {
  if (key.size() != size) throw ConfigError("key has {} bytes, expected {}", key.size(), size);
}

ChaoticCipher::ChaoticCipher(ChaoticCipherOptions options)
    : ChaoticCipher(options, [](std::span<const uint8_t> key, const Digest& nonce) {
        return std::make_unique<CloudKeystream>(key, nonce);
      }) {}

ChaoticCipher::ChaoticCipher(ChaoticCipherOptions options, KeystreamMaker keystream)
    : options_(options), keystream_(std::move(keystream)) {}

CipherTraits ChaoticCipher::traits() const {
  CipherTraits traits;
  traits.plaintext_bound = true;
  traits.permutation_only = options_.diffusion == Diffusion::kNone;
  traits.chaotic = true;
  return traits;
}

Ciphertext ChaoticCipher::Encrypt(const ImageU8& plain,
                                  std::span<const uint8_t> key,
                                  const Digest& nonce) const {
  RequireKeySize(key, key_size());
  CHAOSENSE_CHECK(plain.data.size() == plain.shape.size());
  const Schedule schedule = MakeSchedule(options_, plain.shape, *keystream_(key, nonce));
  ImageU8 image = plain;
  Scramble(image, schedule.slides);
  if (options_.diffusion == Diffusion::kVector) DecomposeVectors(image.data, schedule.vector_key);
  for (size_t pass = 0; pass < schedule.chain_keys.size(); ++pass) {
    const auto chain = pass % 2 == 0 ? ChainForward : ChainBackward;
    chain(image.data, schedule.chain_keys[pass], schedule.substitution_or_null());
  }
  return {std::move(image), {}};
}

ImageU8 ChaoticCipher::Decrypt(const Ciphertext& cipher,
                               std::span<const uint8_t> key,
                               const Digest& nonce) const {
  RequireKeySize(key, key_size());
  CHAOSENSE_CHECK(cipher.bytes.data.size() == cipher.bytes.shape.size());
  const Schedule schedule = MakeSchedule(options_, cipher.bytes.shape, *keystream_(key, nonce));
  ImageU8 image = cipher.bytes;
  for (size_t pass = schedule.chain_keys.size(); pass-- > 0;) {
    const auto unchain = pass % 2 == 0 ? UnchainForward : UnchainBackward;
    unchain(image.data, schedule.chain_keys[pass], schedule.substitution_or_null());
  }
  if (options_.diffusion == Diffusion::kVector) ComposeVectors(image.data, schedule.vector_key);
  Unscramble(image, schedule.slides);
  return image;
}

void RegisterChaoticCiphers(CipherRegistry& registry) {
  PluginInfo paper;
  paper.name = "paper";
  paper.summary =
      "the paper's cipher as we interpret it: compound chaos, sliding scrambling, vector "
      "decomposition";
  paper.description = std::string(kSystem) +
                      "Then S1, sliding scrambling of all rows and columns (channels stacked), and "
                      "V1, c = p - k mod 256. The "
                      "plaintext's SHA-256 perturbs the keys. With the hash frozen one changed "
                      "byte changes one byte.";
  paper.source = kPaper;
  paper.parameters = {{"rounds", RoundsSchema()}};
  registry.Register(paper, [](const Json& parameters) {
    return std::make_unique<ChaoticCipher>(
        ChaoticCipherOptions{parameters["rounds"].get<int>(), Diffusion::kVector, 1});
  });

  PluginInfo hardened;
  hardened.name = "hardened";
  hardened.summary = "the paper's cipher with the bytes chained (V3), forward and backward";
  hardened.description = std::string(kSystem) +
                         "Then S1 and V3: c_i = p_i - k_i - f(previous ciphertext bytes) mod 256 "
                         "in passes forward and backward. "
                         "\"chain\": \"substitution\" (default) puts the two previous bytes "
                         "through a keyed substitution, so every "
                         "ciphertext byte depends on every plaintext byte; \"linear\" is f = "
                         "c_(i-1), which stays affine mod 256.";
  hardened.source = kPaper;
  hardened.parameters = {{"rounds", RoundsSchema()},
                         {"passes", PassesSchema()},
                         {"chain",
                          {{"type", "string"},
                           {"default", "substitution"},
                           {"enum", {"substitution", "linear"}},
                           {"description", "what the previous ciphertext bytes go through"}}}};
  registry.Register(hardened, [](const Json& parameters) {
    const bool linear = parameters["chain"].get<std::string>() == "linear";
    return std::make_unique<ChaoticCipher>(
        ChaoticCipherOptions{parameters["rounds"].get<int>(),
                             linear ? Diffusion::kLinearChain : Diffusion::kSubstitutionChain,
                             parameters["passes"].get<int>()});
  });

  PluginInfo scramble;
  scramble.name = "scramble_only";
  scramble.summary = "the scrambling of `paper` alone: moves bytes, changes none";
  scramble.description = std::string(kSystem) +
                         "Then S1 alone. For analysis: a permutation falls to a few chosen images.";
  scramble.source = kPaper;
  scramble.parameters = {{"rounds", RoundsSchema()}};
  registry.Register(scramble, [](const Json& parameters) {
    return std::make_unique<ChaoticCipher>(
        ChaoticCipherOptions{parameters["rounds"].get<int>(), Diffusion::kNone, 1});
  });

  PluginInfo diffuse;
  diffuse.name = "diffuse_only";
  diffuse.summary = "the diffusion of `paper` (or a chain) alone, without scrambling";
  diffuse.description = std::string(kSystem) +
                        "Then V1, or a chain of V3, on the bytes where they lie. For analysis.";
  diffuse.source = kPaper;
  diffuse.parameters = {{"diffusion",
                         {{"type", "string"},
                          {"default", "vector"},
                          {"enum", {"vector", "linear_chain", "substitution_chain"}},
                          {"description", "V1, or V3 with either chain"}}},
                        {"passes", PassesSchema()}};
  registry.Register(diffuse, [](const Json& parameters) {
    const std::string name = parameters["diffusion"].get<std::string>();
    const Diffusion diffusion = name == "vector"         ? Diffusion::kVector
                                : name == "linear_chain" ? Diffusion::kLinearChain
                                                         : Diffusion::kSubstitutionChain;
    return std::make_unique<ChaoticCipher>(
        ChaoticCipherOptions{0, diffusion, parameters["passes"].get<int>()});
  });
}

}  // namespace chaosense
