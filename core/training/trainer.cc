// The trainer "nets": config in, weight file out.
#include "core/training/trainer.h"

#include <ATen/Parallel.h>

#include <array>
#include <chrono>
#include <cmath>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/nets/fclbcnn_latent.h"
#include "core/nets/weights.h"
#include "core/training/closed_form.h"
#include "core/training/train_loop.h"

namespace chaosense {
namespace {

constexpr int kRevision = 1;                // raise it when the same config gives other weights
constexpr size_t kQuantiserBlocks = 16384;  // training blocks that give the ranges of the code
constexpr std::array kCompanding = {0.0, 10.0, 30.0, 100.0, 255.0};
constexpr double kHalfPrecisionLoss = 0.01;  // dB of validation PSNR that storing fp16 may cost

// Keys that change how far and how fast a training goes, not what it computes.
constexpr std::array<const char*, 2> kPaceKeys = {"checkpoint_minutes", "time_budget_minutes"};

struct Data {
  std::vector<ImageU8> images;
  std::string checksum;
};

Data LoadImages(const DataFolder& folder, const std::vector<std::string>& names, ColorMode mode) {
  Data data;
  for (const std::string& name : names) {
    Dataset dataset = folder.Load(name, mode);
    data.checksum += (data.checksum.empty() ? "" : ",") + name + ":" + dataset.checksum;
    for (NamedImage& image : dataset.images) data.images.push_back(std::move(image.pixels));
  }
  return data;
}

std::vector<std::string> DatasetNames(const Json& config) {
  std::vector<std::string> names;
  for (const Json& name : config.at("datasets")) {
    if (!name.is_string())
      throw ConfigError("/datasets: {} is not the name of an image set", name.dump());
    names.push_back(name.get<std::string>());
  }
  if (names.empty()) throw ConfigError("/datasets: expected at least one image set");
  return names;
}

TrainSettings SettingsFrom(const Json& config) {
  TrainSettings settings;
  settings.seed = config.at("seed").get<uint64_t>();
  settings.batch = config.at("batch").get<int64_t>();
  settings.schedule.kind = config.at("schedule").get<std::string>();
  settings.schedule.iterations = config.at("iterations").get<int64_t>();
  settings.schedule.warm_up = config.at("warm_up").get<int64_t>();
  settings.schedule.first = config.at("learning_rate").get<double>();
  settings.schedule.last = config.at("final_learning_rate").get<double>();
  settings.linear_rate_scale = config.at("linear_rate_scale").get<double>();
  settings.bf16 = config.at("precision").get<std::string>() == "bf16";
  settings.closed_form_blocks = config.at("closed_form_blocks").get<int64_t>();
  settings.ridge = config.at("ridge").get<double>();
  settings.validate_every = config.at("validate_every").get<int64_t>();
  settings.patience = config.at("patience").get<int64_t>();
  settings.checkpoint_minutes = config.at("checkpoint_minutes").get<double>();
  settings.time_budget_minutes = config.at("time_budget_minutes").get<double>();
  return settings;
}

// Of five compandings of the range that holds the training codes, the one best on validation.
Quantiser FitQuantiser(BlockNet& net,
                       const BlockDataset& dataset,
                       const Validation& validation,
                       uint64_t seed,
                       const at::Device& device,
                       double& best) {
  const torch::NoGradGuard no_grad;
  constexpr size_t kBatch = 512;
  BatchOrder order(seed, dataset.size(), kBatch);
  std::vector<float> codes;
  for (size_t i = 0; i * kBatch < std::min(kQuantiserBlocks, dataset.size()); ++i) {
    const at::Tensor x = LoadBatch(dataset, order.Batch(static_cast<int64_t>(i))).to(device);
    const at::Tensor y = net.Encode(x).to(at::kCPU).contiguous();
    codes.insert(codes.end(), y.data_ptr<float>(), y.data_ptr<float>() + y.numel());
  }
  Quantiser chosen;
  best = -1e9;
  for (const double mu : kCompanding) {
    Quantiser quantiser = Quantiser::Fit(codes, net.measurement_shape().size(), mu);
    const double psnr = validation.Measure(net, device, &quantiser).selection();
    if (psnr > best) {
      best = psnr;
      chosen = std::move(quantiser);
    }
  }
  return chosen;
}

std::string FileStem(const BlockNet& net) {
  const std::string name = net.Description().at("name").get<std::string>();
  const Shape shape = net.measurement_shape();
  return name + "_" + (name == "fclbcnn" ? LatentName(shape) : std::to_string(shape.size()));
}

class NetsTrainer : public Trainer {
 public:
  TrainReport Train(const Json& config, const TrainContext& context) const override;
};

TrainReport NetsTrainer::Train(const Json& config, const TrainContext& context) const {
  const auto start = std::chrono::steady_clock::now();
  CHAOSENSE_CHECK(context.data != nullptr);
  const at::Device device = PickDevice(context.device);
  at::set_num_threads(context.threads);
  const TrainSettings settings = SettingsFrom(config);
  const std::shared_ptr<BlockNet> net = MakeBlockNet(config.at("net"), settings.seed, "/net");
  const ColorMode mode = net->channels() == 1 ? ColorMode::kGray : ColorMode::kColor;
  Data data = LoadImages(*context.data, DatasetNames(config), mode);
  const Data held_out =
      LoadImages(*context.data, {config.at("validation").get<std::string>()}, ColorMode::kColor);
  const BlockDataset dataset(std::move(data.images), config.at("stride").get<int>());
  if (dataset.size() == 0)
    throw ConfigError("/datasets: no picture holds a {0} x {0} block", kBlockSize);
  const Validation validation(
      held_out.images, net->channels(), config.at("validation_blocks").get<size_t>());

  Json identity = config;
  for (const char* key : kPaceKeys) identity.erase(key);
  identity["net"] = net->Description();
  identity["data"] = data.checksum;
  identity["held_out"] = held_out.checksum;
  identity["revision"] = kRevision;
  const std::string config_hash = ToHex(Sha256Of(CanonicalJson(identity)));

  EnsureWritableFolder(context.folder);
  if (context.restart) {
    for (const char* name : {"checkpoint.safetensors", "log.jsonl"})
      std::filesystem::remove(context.folder / name);
  }
  LogInfo(
      "{}: {} parameters, {:.1f} million multiply-accumulates a block; {} blocks of {}; {} "
      "threads, {}",
      FileStem(*net),
      ParameterCount(*net),
      static_cast<double>(net->MacsPerBlock()) / 1e6,
      dataset.size(),
      JoinNames(DatasetNames(config)),
      context.threads,
      device.str());
  net->to(device);
  TrainingState state;
  const TrainEnd end =
      TrainNet(*net, dataset, validation, settings, device, context.folder, config_hash, state);
  if (end == TrainEnd::kOutOfTime)
    LogWarning("out of time at iteration {}; the same command resumes", state.iteration);
  if (end == TrainEnd::kStale) LogInfo("stopped at iteration {}: no progress", state.iteration);

  // The best weights, as half precision where that costs nothing.
  LoadParameters(*net, state.best, "best weights");
  Safetensors content = PackNet(*net, TensorType::kF16);
  LoadParameters(*net, content, "half-precision weights");
  const double half = validation.Measure(*net, device).selection();
  const bool use_half = half > state.best_psnr - kHalfPrecisionLoss;
  if (!use_half) {
    LoadParameters(*net, state.best, "best weights");
    content = PackNet(*net, TensorType::kF32);
  }
  const ValidationPsnr psnr = validation.Measure(*net, device);
  double quantised = 0;
  PackQuantiser(FitQuantiser(*net, dataset, validation, settings.seed, device, quantised), content);
  content.metadata["stored_as"] =
      use_half ? fmt::format("fp16, {:+.4f} dB of validation PSNR", half - state.best_psnr)
               : "fp32";
  content.metadata["config"] = CanonicalJson(config);
  content.metadata["datasets"] = data.checksum;
  content.metadata["validation"] = held_out.checksum;
  content.metadata["iterations"] = std::to_string(state.best_iteration);
  content.metadata["seed"] = std::to_string(settings.seed);
  if (!std::isnan(psnr.color))
    content.metadata["validation_psnr_color"] = fmt::format("{:.4f}", psnr.color);
  content.metadata["validation_psnr_gray"] = fmt::format("{:.4f}", psnr.gray);
  content.metadata["validation_psnr_8bit_codes"] = fmt::format("{:.4f}", quantised);

  TrainReport report;
  report.weights = context.folder / (FileStem(*net) + ".safetensors");
  WriteSafetensors(report.weights, content);
  report.validation_psnr = psnr.selection();
  report.iterations = state.iteration;
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  LogInfo("validation: color {:.3f} dB, gray {:.3f} dB; mean through 8-bit codes {:.3f} dB",
          psnr.color,
          psnr.gray,
          quantised);
  return report;
}

Json Number(double low, double high, double value, const char* words) {
  return {{"type", "number"},
          {"minimum", low},
          {"maximum", high},
          {"default", value},
          {"description", words}};
}
Json Integer(int64_t low, int64_t high, int64_t value, const char* words) {
  return {{"type", "integer"},
          {"minimum", low},
          {"maximum", high},
          {"default", value},
          {"description", words}};
}

}  // namespace

void RegisterNetsTrainer(TrainerRegistry& trainers) {
  constexpr int64_t kMany = int64_t{1} << 40;
  PluginInfo info;
  info.name = "nets";
  info.summary = "trains fclbcnn or reconnet: closed-form start, Adam, mean squared error";
  info.description =
      "Blocks of 33x33 at \"stride\" from all pictures of \"datasets\", in a fresh order every "
      "epoch, each turned or "
      "mirrored at random (8 symmetries). Writes checkpoint.safetensors (the same command resumes; "
      "at one thread the "
      "result is that of an uninterrupted run, bit for bit), log.jsonl, and the weights best on "
      "the validation set with "
      "the 8-bit quantiser of the code.";
  info.source = "Kingma and Ba, Adam, ICLR 2015; cosine schedule: Loshchilov and Hutter, ICLR 2017";
  info.revision = kRevision;
  info.parameters = {
      {"net",
       {{"type", "object"},
        {"default", {{"name", "fclbcnn"}, {"rate", 0.25}}},
        {"description",
         "fclbcnn: rate and planes, or latent [planes, h, w]; encoder_channels, decoder_channels, "
         "decoder_blocks. reconnet: measurements, matrix_seed"}}},
      {"datasets", {{"type", "array"}, {"default", {"bsds500_train", "t91", "general100"}}}},
      {"validation", {{"type", "string"}, {"default", "bsds500_val"}}},
      {"validation_blocks",
       Integer(1, kMany, 1500, "validation blocks, evenly spread over the set")},
      {"stride", Integer(1, 33, 7, "distance of training blocks, pixels")},
      {"iterations", Integer(0, kMany, 10000, "steps of Adam; 0: only the closed-form start")},
      {"batch", Integer(1, 65536, 128, "blocks a step")},
      {"learning_rate", Number(1e-12, 1, 1e-3, "after the warm-up")},
      {"final_learning_rate", Number(1e-12, 1, 1e-5, "at the end")},
      {"linear_rate_scale",
       Number(0, 1, 0.1, "factor on the rate of the layers that have a closed-form start")},
      {"warm_up", Integer(0, kMany, 200, "iterations")},
      {"schedule",
       {{"type", "string"}, {"enum", {"cosine", "step", "constant"}}, {"default", "cosine"}}},
      {"precision",
       {{"type", "string"},
        {"enum", {"bf16", "float"}},
        {"default", "float"},
        {"description", "of convolutions in training; bf16 is faster where the processor has it"}}},
      {"closed_form_blocks",
       Integer(0, kMany, 60000, "blocks of the closed-form start; 0: random start")},
      {"ridge", Number(0, 1, 1e-6, "of the closed-form regression, relative")},
      {"validate_every", Integer(1, kMany, 250, "iterations")},
      {"patience", Integer(0, kMany, 0, "validations without progress before it stops; 0: never")},
      {"checkpoint_minutes", Number(0, 1e6, 2, "time between checkpoints")},
      {"time_budget_minutes", Number(0, 1e6, 0, "of one call; 0: none")},
      {"seed", Integer(0, kMany, 0, "of initial values and order")}};
  trainers.Register(std::move(info), [](const Json&) { return std::make_unique<NetsTrainer>(); });
}

}  // namespace chaosense
