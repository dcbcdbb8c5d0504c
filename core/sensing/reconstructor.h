// The interface of every compression/reconstruction method: sense an image at a rate, reconstruct
// it.
#ifndef CHAOSENSE_CORE_SENSING_RECONSTRUCTOR_H_
#define CHAOSENSE_CORE_SENSING_RECONSTRUCTOR_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/registry.h"
#include "core/data/dataset.h"
#include "core/image/image.h"
#include "core/sensing/codes.h"
#include "core/sensing/quantiser.h"

namespace chaosense {

// What Fit may use. Never a test set.
struct FitContext {
  const DataFolder* data = nullptr;
  std::vector<std::string> fit_datasets;  // for closed forms, e.g. bsds500_train, bsds500_val
  std::filesystem::path model_dir;        // committed weights: results/models
  uint64_t seed = 0;
  int threads = 1;
  std::string device = "auto";  // auto, cpu, cuda (networks only)
  // For the plan of a run that trains its models first: those missing in model_dir are no error.
  bool weights_to_come = false;
};

struct Cost {
  // Numbers that sensing and reconstruction hold, learned or fixed (a random matrix); nothing where
  // they are not known.
  std::optional<int64_t> parameters = 0;
  // Multiply-accumulates for all channels of one block, sensing and reconstruction; nothing where a
  // method does not count them (a codec, a program of the user's).
  std::optional<int64_t> macs_per_block = 0;
};

// Created with its parameters ("rate" among them) by the registry, then Fit once, then used
// read-only. Sense and Reconstruct are safe to call from one thread at a time.
class Reconstructor {
 public:
  virtual ~Reconstructor() = default;

  // What the fitted model depends on (dataset checksums, weights' SHA-256, ...): part of a cell's
  // identity, cheap, called before Fit. Throws Error(kData) where data or weights are missing.
  virtual Json Identity(const FitContext& context) const = 0;

  // The weight files Fit reads, for retraining them; none for a closed form fitted on data. Throws
  // Error(kData) where one is missing.
  virtual std::vector<std::filesystem::path> ModelFiles(const FitContext&) const { return {}; }

  // Solves the closed form, or loads weights. Throws Error(kData), Error(kConfig).
  virtual void Fit(const FitContext& context) = 0;

  // Exact sampling rate for an image of `channels` channels: coefficients / (channels * 33 * 33).
  virtual double ExactRate(int channels) const = 0;

  // image: float in [0, 1], 1 or 3 channels. Every method accepts both.
  virtual Codes<float> Sense(const ImageF& image) const = 0;
  // `shape`: channels, height, width of the image that was sensed. The result is NOT clipped to [0,
  // 1].
  virtual ImageF Reconstruct(const Codes<float>& codes, Shape shape) const = 0;

  // Fitted together with the model, for images of `channels` channels.
  virtual const Quantiser& QuantiserFor(int channels) const = 0;

  // Of images of `channels` channels.
  virtual Cost cost(int channels) const = 0;
};

using ReconstructorRegistry = Registry<Reconstructor>;

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SENSING_RECONSTRUCTOR_H_
