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

// One image on its way through the pipeline; what a group of measurements may look at.
struct PipelineImage {
  std::string name;
  ImageU8 original;
  Codes<float> measurements;
  Codes<uint8_t> codes;  // quantised
  ImageU8 plain;         // codes as an image: what is encrypted
  Ciphertext cipher;
  ImageU8 decrypted;
  ImageF reconstructed;  // from the float measurements, not clipped
  ImageF received;       // from the decrypted bytes, not clipped
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
  PipelineImage Process(std::string name, const ImageU8& original) const;

 private:
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
};
using MeasureFunction = void (*)(const PipelineImage& image,
                                 const MeasureContext& context,
                                 std::vector<Measurement>& values);
struct MeasureGroup {
  const char* name;
  const char* summary;
  MeasureFunction measure;
};
// quality, correlation, entropy, local_entropy, histogram, differential, pictures.
const std::vector<MeasureGroup>& MeasureGroups();

// One function a group; measure_quality.cc, measure_statistics.cc, measure_differential.cc,
// stage_pictures.cc.
void MeasureQuality(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureCorrelation(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureEntropy(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureLocalEntropy(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureHistogram(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void MeasureDifferential(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);
void WriteStagePictures(const PipelineImage&, const MeasureContext&, std::vector<Measurement>&);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_PIPELINE_H_
