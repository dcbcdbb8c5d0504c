// The trainer "nets": config in, weight file out.
#include "core/training/trainer.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/base/random.h"
#include "core/nets/net_method.h"
#include "core/nets/weights.h"
#include "core/training/closed_form.h"
#include "core/training/train_loop.h"

namespace chaosense {
namespace {

constexpr int kRevision = 2;                 // raise it when the same config gives other weights
constexpr size_t kQuantiserBlocks = 16384;   // training blocks that give the ranges of the code
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
  settings.quantised = config.at("quantised").get<bool>();
  settings.code_noise = config.at("code_noise").get<double>();
  settings.padded_share = config.at("padded_share").get<double>();
  settings.validate_every = config.at("validate_every").get<int64_t>();
  settings.patience = config.at("patience").get<int64_t>();
  settings.checkpoint_minutes = config.at("checkpoint_minutes").get<double>();
  settings.time_budget_minutes = config.at("time_budget_minutes").get<double>();
  return settings;
}

// Pictures whose sides are no multiples of 33 are padded with zeros, whose edges give larger
// measurements than anything inside: every second crop gets such a border.
void PadEverySecond(at::Tensor& crops, RandomStream& random) {
  const int64_t side = crops.size(3);
  for (int64_t i = 1; i < crops.size(0); i += 2) {
    crops[i].slice(1, random.UniformInt(side) + 1, side).zero_();
    crops[i].slice(2, random.UniformInt(side) + 1, side).zero_();
  }
}

// Of the codes of training crops. Without noise: least squares for every coefficient. With noise on
// the encrypted codes, which companding magnifies: of some compandings and shares of the
// whole range, for all coefficients, the best on validation.
Quantiser FitQuantiser(PictureNet& net,
                       const BlockDataset& dataset,
                       const Validation& validation,
                       const TrainSettings& settings,
                       const at::Device& device) {
  const torch::NoGradGuard no_grad;
  constexpr size_t kBatch = 512;
  const std::vector<int> counts = net.measurement_counts();
  if (!counts.empty()) net.set_measurement_count(counts.front());
  const auto k = static_cast<size_t>(dataset.side() / kBlockSize);
  const size_t crops = std::max<size_t>(1, std::min(kQuantiserBlocks / (k * k), dataset.size()));
  const size_t batch = std::min(kBatch, crops);
  BatchOrder order(settings.seed, dataset.size(), batch);
  RandomStream random(fmt::format("seed={}|quantiser", settings.seed));
  std::vector<float> codes;
  for (size_t i = 0; i * batch < crops; ++i) {
    at::Tensor x = LoadBatch(dataset, order.Batch(static_cast<int64_t>(i)));
    PadEverySecond(x, random);
    const at::Tensor y = net.Sense(x.to(device)).to(at::kCPU).contiguous();
    codes.insert(codes.end(), y.data_ptr<float>(), y.data_ptr<float>() + y.numel());
  }
  const size_t coefficients = net.measurement_shape().size();
  if (settings.code_noise == 0) return Quantiser::FitLeastSquares(codes, coefficients);
  Quantiser chosen;
  double best = -1e9;
  for (const double mu : {0.0, 10.0, 30.0, 100.0, 255.0}) {
    const Quantiser whole = Quantiser::Fit(codes, coefficients, mu);
    for (const float share : {1.0f, 0.7f, 0.5f, 0.35f}) {
      std::vector<float> half_range = whole.half_range();
      for (float& half : half_range) half *= share;
      Quantiser quantiser(whole.centre(), std::move(half_range), whole.mu());
      const double psnr =
          validation.Measure(net, device, CodeChannel(quantiser, settings.code_noise)).selection();
      if (psnr > best) {
        best = psnr;
        chosen = std::move(quantiser);
      }
    }
  }
  return chosen;
}

class NetsTrainer : public Trainer {
 public:
  void Check(const Json& config, const DataFolder& data) const override;
  TrainReport Train(const Json& config, const TrainContext& context) const override;
};

void NetsTrainer::Check(const Json& config, const DataFolder& data) const {
  MakeNet(config.at("net"), 0, "/net");
  const auto names = config.at("datasets").get<std::vector<std::string>>();
  for (size_t i = 0; i < names.size(); ++i)
    RequireNoTestSet(data, names[i], fmt::format("/datasets/{}", i));
  const auto validation = config.at("validation").get<std::string>();
  RequireNoTestSet(data, validation, "/validation");
  if (std::find(names.begin(), names.end(), validation) != names.end())
    throw ConfigError("/validation: \"{}\" is trained on, expected another set", validation);
}

TrainReport NetsTrainer::Train(const Json& config, const TrainContext& context) const {
  const auto start = std::chrono::steady_clock::now();
  CHAOSENSE_CHECK(context.data != nullptr);
  const at::Device device = PickDevice(context.device, context.ranks.rank);
  at::set_num_threads(context.threads);
  const RankGroup ranks(context.ranks, device);
  TrainSettings settings = SettingsFrom(config);
  const std::shared_ptr<PictureNet> net = MakeNet(config.at("net"), settings.seed, "/net");
  const auto names = config.at("datasets").get<std::vector<std::string>>();
  const ColorMode mode = net->channels() == 1 ? ColorMode::kGray : ColorMode::kColor;
  Data data = LoadImages(*context.data, names, mode);
  const Data held_out =
      LoadImages(*context.data, {config.at("validation").get<std::string>()}, ColorMode::kColor);
  const int side = config.at("crop_blocks").get<int>() * kBlockSize;
  const BlockDataset dataset(std::move(data.images), config.at("stride").get<int>(), side);
  if (dataset.size() == 0)
    throw ConfigError("/datasets: no picture holds a crop of {0} x {0} pixels", side);
  const Validation validation(held_out.images,
                              net->channels(),
                              config.at("validation_blocks").get<size_t>(),
                              config.at("validation_crop_blocks").get<int>() * kBlockSize);
  settings.fit_quantiser = [&](PictureNet& started) {
    return FitQuantiser(started, dataset, validation, settings, device);
  };

  Json identity = config;
  if (const auto initial = config.at("initial").get<std::string>(); !initial.empty()) {
    const std::filesystem::path path =
        WeightsPath(initial, "train these first (/initial)", context.model_dir, context.data);
    settings.initial = ReadSafetensors(path);
    identity["initial"] = ToHex(Sha256OfFile(path));
  }
  for (const char* key : kPaceKeys) identity.erase(key);
  identity["net"] = net->Description();
  identity["data"] = data.checksum;
  identity["held_out"] = held_out.checksum;
  identity["revision"] = kRevision;
  const std::string config_hash = ToHex(Sha256Of(CanonicalJson(identity)));

  EnsureWritableFolder(context.folder);
  if (context.restart && ranks.first()) {
    for (const char* name : {"checkpoint.safetensors", "log.jsonl"})
      std::filesystem::remove(context.folder / name);
  }
  if (ranks.first())
    LogInfo(
        "{}: {} parameters, {:.1f} million multiply-accumulates a block; {} blocks of {}; {} "
        "threads, {}",
        net->FileStem(),
        ParameterCount(*net),
        static_cast<double>(net->MacsPerBlock()) / 1e6,
        dataset.size(),
        JoinNames(names),
        context.threads,
        device.str());
  net->to(device);
  TrainingState state;
  const TrainEnd end = TrainNet(
      *net, dataset, validation, settings, device, context.folder, config_hash, ranks, state);
  if (!ranks.first()) {
    TrainReport report;
    report.iterations = state.iteration;
    return report;
  }
  if (end == TrainEnd::kOutOfTime)
    LogWarning("out of time at iteration {}; the same command resumes", state.iteration);
  if (end == TrainEnd::kStale) LogInfo("stopped at iteration {}: no progress", state.iteration);

  // The best weights, as half precision where that costs nothing.
  LoadParameters(*net, state.best, "best weights");
  Safetensors content = PackNet(*net, TensorType::kF16);
  LoadParameters(*net, content, "half-precision weights");
  // Where training went through a quantiser the choice is made through it.
  const CodeChannel trained_with =
      state.quantiser.empty() ? CodeChannel() : CodeChannel(state.quantiser, settings.code_noise);
  const double half = validation.Measure(*net, device, trained_with).selection();
  const bool use_half = half > state.best_psnr - kHalfPrecisionLoss;
  if (!use_half) {
    LoadParameters(*net, state.best, "best weights");
    content = PackNet(*net, TensorType::kF32);
  }
  const ValidationPsnr psnr = validation.Measure(*net, device);
  // The encoder has moved since training's quantiser was fitted; the decoder knows that one.
  Quantiser quantiser = settings.fit_quantiser(*net);
  ValidationPsnr quantised =
      validation.Measure(*net, device, CodeChannel(quantiser, settings.code_noise));
  if (!trained_with.empty()) {
    const ValidationPsnr as_trained = validation.Measure(*net, device, trained_with);
    if (as_trained.selection() >= quantised.selection()) {
      quantiser = state.quantiser;
      quantised = as_trained;
    }
  }
  PackQuantiser(quantiser, content);
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
  content.metadata["validation_psnr_8bit_codes"] = fmt::format("{:.4f}", quantised.selection());

  TrainReport report;
  report.weights =
      context.folder / (net->FileStem() + config.at("suffix").get<std::string>() + ".safetensors");
  WriteSafetensors(report.weights, content);
  report.validation_psnr = psnr.selection();
  report.iterations = state.iteration;
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  LogInfo("validation: {}; through 8-bit codes{}: {}",
          ToText(psnr),
          settings.code_noise > 0 ? fmt::format(" with noise {}", settings.code_noise) : "",
          ToText(quantised));
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
  info.summary = "trains a network: closed-form start, Adam, mean squared error";
  info.description =
      "Crops of 33x33 pixels (or of several blocks) at \"stride\" from all pictures of "
      "\"datasets\", in a fresh order every "
      "epoch, each turned or "
      "mirrored at random (8 symmetries). Writes checkpoint.safetensors (the same command resumes; "
      "on the processor, with one thread, the "
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
         "name and what `chaosense describe NAME` says of it. fclbcnn: rate and planes, or latent "
         "[planes, h, w]; encoder_channels, decoder_channels, decoder_blocks. klt_net: size, "
         "counts, features, phases, blocks. Others: measurements; those that measure with a random "
         "matrix: matrix_seed"}}},
      {"datasets",
       {{"type", "array"},
        {"items", {{"type", "string"}}},
        {"minItems", 1},
        {"default", {"bsds500_train", "t91", "general100"}}}},
      {"validation", {{"type", "string"}, {"default", "bsds500_val"}}},
      {"validation_blocks",
       Integer(1, kMany, 1500, "validation blocks, evenly spread over the set")},
      {"validation_crop_blocks",
       Integer(1, 16, 1, "validation crops are so many blocks wide and high")},
      {"crop_blocks",
       Integer(1,
               16,
               1,
               "training crops are so many blocks wide and high: whole-picture networks "
               "learn across the borders of blocks")},
      {"stride", Integer(1, 1000, 7, "distance of training crops, pixels")},
      {"iterations", Integer(0, kMany, 10000, "steps of Adam; 0: only the closed-form start")},
      {"batch", Integer(1, 65536, 128, "crops a step")},
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
      {"quantised",
       {{"type", "boolean"},
        {"default", false},
        {"description", "train and validate through the 8-bit quantiser of the codes"}}},
      {"padded_share",
       Number(0,
              1,
              0,
              "share of training crops whose right or lower part is zero, as in the last blocks of "
              "pictures whose sides are no multiples of 33")},
      {"code_noise",
       Number(0,
              1,
              0,
              "train and validate with Gaussian noise of this standard deviation on the encrypted "
              "8-bit image of codes, bytes scaled to [0, 1]")},
      {"initial",
       {{"type", "string"},
        {"default", ""},
        {"description",
         "weight file to start from, in results/models if named without folders: parameters of the "
         "same name and shape are taken, so that a "
         "deeper network starts where a shallower one ended"}}},
      {"suffix",
       {{"type", "string"}, {"default", ""}, {"description", "of the weight file's name"}}},
      {"ridge", Number(0, 1, 1e-6, "of the closed-form regression, relative")},
      {"validate_every", Integer(1, kMany, 250, "iterations")},
      {"patience", Integer(0, kMany, 0, "validations without progress before it stops; 0: never")},
      {"checkpoint_minutes", Number(0, 1e6, 2, "time between checkpoints")},
      {"time_budget_minutes", Number(0, 1e6, 0, "of one call; 0: none")},
      {"seed", Integer(0, kMany, 0, "of initial values and order")}};
  trainers.Register(std::move(info), [](const Json&) { return std::make_unique<NetsTrainer>(); });
}

}  // namespace chaosense
