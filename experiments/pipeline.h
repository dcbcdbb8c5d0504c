// The experiment "pipeline": sense -> quantise -> encrypt -> decrypt -> dequantise -> reconstruct,
// measured at every stage. All tables of the paper are configurations of it.
#ifndef CHAOSENSE_EXPERIMENTS_PIPELINE_H_
#define CHAOSENSE_EXPERIMENTS_PIPELINE_H_

#include <string>
#include <vector>

#include "core/cipher/cipher.h"
#include "core/harness/experiment.h"
#include "core/sensing/reconstructor.h"

namespace chaosense {

// What of an image the chosen groups look at, beyond its way to the ciphertext and back to bytes.
// Reconstructions can take minutes: only those asked for are made.
struct PipelineNeeds {
  bool reconstructed = false;  // plain: from the float measurements
  bool received = false;       // through quantiser and cipher
  bool cost = false;           // PipelineImage::cost; implies `reconstructed`
};

// What one sensing and one plain reconstruction took.
struct StageCost {
  double seconds_sense = 0;
  double seconds_reconstruct = 0;
  double peak_memory = 0;  // bytes above what was resident before; NaN where unknown
};

// One image on its way through the pipeline; what a group of measurements may look at.
struct PipelineImage {
  std::string name;
  ImageU8 original;
  Codes<float> measurements;
  Codes<uint8_t> codes;  // quantised
  ImageU8 plain;         // codes as an image: what is encrypted
  Ciphertext cipher;
  ImageU8 decrypted;
  ImageF reconstructed;  // from the float measurements, not clipped; empty unless needed
  ImageF received;       // from the decrypted bytes, not clipped; empty unless needed
  StageCost cost;        // only if needed
};

// What the stages are made with. The key is SHA-256 of the cell's seed; the nonce is the SHA-256 of
// the original image (live hash) or a fixed value (frozen hash).
class PipelineStages {
 public:
  PipelineStages(const Reconstructor& method, const Cipher& cipher, uint64_t seed);

  const Reconstructor& method() const { return method_; }
  const Cipher& cipher() const { return cipher_; }
  const Digest& key() const { return key_; }
  const Digest& frozen_nonce() const { return frozen_; }

  // SHA-256 over shape and pixels.
  static Digest HashOf(const ImageU8& image);

  // Sense and quantise, arranged as the image that is encrypted.
  ImageU8 Compress(const ImageU8& original) const;
  // The way back: an image of `shape` from decrypted bytes that are arranged as `codes` were.
  ImageF Expand(const ImageU8& decrypted, const Codes<uint8_t>& codes, Shape shape) const;
  // Throws what the method throws, with the image's name in front.
  PipelineImage Process(std::string name,
                        const ImageU8& original,
                        const PipelineNeeds& needs) const;

 private:
  void Fill(const PipelineNeeds& needs, PipelineImage& image) const;

  const Reconstructor& method_;
  const Cipher& cipher_;
  Digest key_;
  Digest frozen_;
};

// A group of measurements, chosen in the config by name ("measure": ["quality", "entropy", ...]).
struct MeasureContext {
  const PipelineStages& stages;
  const Json& settings;  // the config's keys of the experiment, defaults filled in
  const CellContext& cell;
  uint64_t seed;
  std::vector<std::string>& files;  // written pictures are added here
  const Json& attack;               // ChannelAttack::Describe(), with the group "robustness"
};
using MeasureFunction = void (*)(const PipelineImage& image,
                                 const MeasureContext& context,
                                 std::vector<Measurement>& values);
struct MeasureGroup {
  const char* name;
  const char* summary;
  MeasureFunction measure;
  PipelineNeeds needs = {};
  int revision = 1;  // raised when the group's values change or grow: its cells are run again
};
// quality, reconstruction, received, correlation, entropy, local_entropy, histogram, differential,
// pictures, cost, time, robustness, neighbour_pairs, histograms.
const std::vector<MeasureGroup>& MeasureGroups();
// Those of these names, in the order of MeasureGroups(); and all that they need.
std::vector<MeasureGroup> ChosenGroups(const std::vector<std::string>& names);
PipelineNeeds NeedsOf(const std::vector<MeasureGroup>& groups);

// Numbers the method holds, and its multiply-accumulates for this image; NaN where it does not say.
double Parameters(const Cost& cost);
double Macs(const Cost& cost, const PipelineImage& image);

// One function a group; measure_quality.cc, measure_cost.cc, measure_statistics.cc,
// measure_differential.cc, measure_robustness.cc, measure_plots.cc, stage_pictures.cc.
void MeasureReconstruction(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureReceived(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureCost(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureTime(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureQuality(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureCorrelation(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureEntropy(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureLocalEntropy(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureHistogram(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureTexture(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureDifferential(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureRobustness(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void WriteNeighbourPairs(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void WriteHistograms(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void WriteStagePictures(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_PIPELINE_H_
