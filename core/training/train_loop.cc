#include "core/training/train_loop.h"

#include <chrono>
#include <cmath>
#include <optional>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/nets/weights.h"
#include "core/training/closed_form.h"
#include "core/training/code_channel.h"

namespace chaosense {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int64_t kBlockPixels = int64_t{kBlockSize} * kBlockSize;

class Loop {
 public:
  Loop(PictureNet& net,
       const BlockDataset& dataset,
       const Validation& validation,
       const TrainSettings& settings,
       const at::Device& device,
       const std::filesystem::path& folder,
       std::string config_hash,
       const RankGroup& ranks,
       TrainingState& state)
      : net_(net),
        dataset_(dataset),
        validation_(validation),
        settings_(settings),
        device_(device),
        folder_(folder),
        config_hash_(std::move(config_hash)),
        ranks_(ranks),
        state_(state),
        adam_(net, settings.linear_rate_scale),
        order_(settings.seed, dataset.size(), static_cast<size_t>(settings.batch)) {}

  TrainEnd Run() {
    Begin();
    before_ = state_.seconds;
    first_ = state_.iteration;
    start_ = Clock::now();
    std::optional<Progress> progress;
    if (ranks_.first()) progress.emplace("training", settings_.schedule.iterations);
    auto saved = Clock::now();
    while (state_.iteration < settings_.schedule.iterations) {
      // After a validation, and after the one that an earlier call ended with.
      const bool asked =
          state_.iteration == first_ || state_.iteration % settings_.validate_every == 0;
      if (settings_.patience > 0 && asked && ranks_.Any(IsStale())) {
        Save();
        return TrainEnd::kStale;
      }
      if (ranks_.Any(settings_.interrupted(state_.iteration))) {
        Save();
        throw Error(
            ErrorKind::kInterrupted,
            fmt::format("interrupted at iteration {}; the same command resumes", state_.iteration));
      }
      if (settings_.time_budget_minutes > 0 &&
          ranks_.Any(SecondsSince(start_) > 60 * settings_.time_budget_minutes)) {
        Save();
        return TrainEnd::kOutOfTime;
      }
      const double loss = Step();
      ++state_.iteration;
      // Smoothed over about 50 steps, for people only.
      loss_ = loss_ < 0 ? loss : 0.98 * loss_ + 0.02 * loss;
      if (state_.iteration % settings_.validate_every == 0 ||
          state_.iteration == settings_.schedule.iterations) {
        if (ranks_.first()) Validate();
      }
      if (SecondsSince(saved) > 60 * settings_.checkpoint_minutes) {
        Save();
        saved = Clock::now();
      }
      if (progress) {
        progress->Update(state_.iteration,
                         fmt::format("loss {:.5f}, best {:.3f} dB", loss_, state_.best_psnr));
      }
    }
    Save();
    return TrainEnd::kFinished;
  }

 private:
  std::filesystem::path Path() const { return folder_ / "checkpoint.safetensors"; }

  // Rank 0 resumes or starts and leaves a checkpoint, from which the others take everything.
  void Begin() {
    if (settings_.batch % ranks_.size() != 0) {
      throw ConfigError(
          "/batch: {} ranks do not divide a batch of {}", ranks_.size(), settings_.batch);
    }
    if (ranks_.first()) {
      if (!LoadCheckpoint(Path(), config_hash_, state_, net_, adam_)) {
        Start();
        if (ranks_.size() > 1) Save();
      } else {
        LogInfo("resumed at iteration {} of {}", state_.iteration, settings_.schedule.iterations);
      }
    }
    ranks_.Wait();
    if (!ranks_.first() && !LoadCheckpoint(Path(), config_hash_, state_, net_, adam_)) {
      throw ConfigError(
          "{}: rank {} does not see the checkpoint of rank 0; --out must be the same folder for "
          "all",
          Path().string(),
          ranks_.rank());
    }
    SetChannel();
    ranks_.Wait();  // before rank 0 writes there again
  }

  void Start() {
    if (settings_.closed_form_blocks > 0) {
      StartInClosedForm(net_,
                        dataset_,
                        static_cast<size_t>(settings_.closed_form_blocks),
                        settings_.ridge,
                        settings_.seed,
                        device_);
    }
    if (!settings_.initial.tensors.empty()) {
      const int copied = LoadMatchingParameters(net_, settings_.initial);
      LogInfo(
          "{} of {} parameters from the initial weights", copied, net_.named_parameters().size());
      if (copied == 0) throw ConfigError("/initial: no parameter of that file fits this network");
    }
    if (settings_.quantised || settings_.code_noise > 0)
      state_.quantiser = settings_.fit_quantiser(net_);
    SetChannel();
    Validate();
  }

  // Rank 0 alone validates; what the others hold is their checkpoint's.
  bool IsStale() const { return ranks_.first() && state_.stale >= settings_.patience; }

  void SetChannel() {
    if (!state_.quantiser.empty()) channel_ = CodeChannel(state_.quantiser, settings_.code_noise);
  }

  double Step() {
    const double rate = settings_.schedule.At(state_.iteration);
    at::Tensor crops = LoadBatch(dataset_, Share(order_.Batch(state_.iteration)));
    if (settings_.padded_share > 0) PadSome(crops);
    const at::Tensor blocks = crops.to(device_);
    net_.set_convolution_type(settings_.bf16 ? at::kBFloat16 : at::kFloat);
    adam_.ZeroGradients();
    const std::vector<int> counts = net_.measurement_counts();
    if (counts.size() > 1) net_.set_measurement_count(Draw(counts));
    const at::Tensor measurements = net_.Sense(blocks);
    const at::Tensor codes = channel_.Pass(measurements, StepSeed(), ranks_.rank(), ranks_.size());
    const at::Tensor loss = at::mse_loss(net_.Reconstruct(codes), blocks);
    at::Tensor whole_loss = loss.detach().to(at::kCPU, at::kFloat).clone();
    ranks_.Average({whole_loss});
    const double value = whole_loss.item<double>();
    const at::Tensor objective =
        channel_.wraps() ? loss + channel_.WrapCost(measurements, net_.channels() * kBlockPixels)
                         : loss;
    // Errors at low rates are many times those at high ones: relative changes weigh them alike (the
    // gradient of the logarithm).
    (counts.size() > 1 ? objective / value : objective).backward();
    ranks_.Average(adam_.Gradients());
    adam_.Step(rate);
    net_.set_convolution_type(at::kFloat);
    if (!std::isfinite(value)) {
      throw RunError(
          "training diverged at iteration {}: the loss is not finite; lower /learning_rate",
          state_.iteration);
    }
    return value;
  }

  // What this rank takes of a batch; whatever is random is drawn for the whole of it.
  int64_t ShareSize() const { return settings_.batch / ranks_.size(); }
  int64_t FirstOfShare() const { return ranks_.rank() * ShareSize(); }
  std::vector<BatchOrder::Item> Share(const std::vector<BatchOrder::Item>& batch) const {
    const auto begin = batch.begin() + FirstOfShare();
    return {begin, begin + ShareSize()};
  }

  void PadSome(at::Tensor& crops) const {
    RandomStream random(
        fmt::format("seed={}|padding|iteration={}", settings_.seed, state_.iteration));
    const int64_t side = crops.size(3);
    for (int64_t i = 0; i < settings_.batch; ++i) {
      if (random.Uniform() >= settings_.padded_share) continue;
      const int64_t dimension = 1 + random.UniformInt(2);  // of one crop: rows or columns
      const int64_t first = 1 + random.UniformInt(side - 1);
      const int64_t own = i - FirstOfShare();
      if (own >= 0 && own < ShareSize()) crops[own].slice(dimension, first, side).zero_();
    }
  }

  // The rate and the noise of each step are functions of seed and iteration alone, as its crops.
  uint64_t StepSeed() const {
    return settings_.seed * 1000003u + static_cast<uint64_t>(state_.iteration);
  }
  int Draw(const std::vector<int>& counts) const {
    RandomStream random(
        fmt::format("seed={}|count|iteration={}", settings_.seed, state_.iteration));
    return counts[random.Next() % counts.size()];
  }

  void Validate() {
    const ValidationPsnr psnr = validation_.Measure(net_, device_, channel_);
    const bool better = psnr.selection() > state_.best_psnr;
    state_.stale = better ? 0 : state_.stale + 1;
    if (better) {
      state_.best_psnr = psnr.selection();
      state_.best_iteration = state_.iteration;
      state_.best = PackNet(net_, TensorType::kF32);
    }
    const double seconds = before_ + SecondsSince(start_);
    Json line = {{"iteration", state_.iteration},
                 {"seconds", seconds},
                 {"learning_rate", settings_.schedule.At(state_.iteration)},
                 {"validation_gray", NumberToJson(psnr.gray)},
                 {"best", state_.best_psnr}};
    if (!std::isnan(psnr.color)) line["validation_color"] = psnr.color;
    if (!psnr.gray_by_count.empty()) line["validation_gray_by_count"] = psnr.gray_by_count;
    if (loss_ >= 0) line["loss"] = loss_;
    AppendLineDurably(folder_ / "log.jsonl", line.dump());
    const double crops = static_cast<double>((state_.iteration - first_) * settings_.batch);
    const double k = static_cast<double>(dataset_.side()) / kBlockSize;
    LogInfo("iteration {}: validation {}, {:.0f} blocks/s",
            state_.iteration,
            ToText(psnr),
            crops * k * k / SecondsSince(start_));
  }

  void Save() {
    if (!ranks_.first()) return;
    state_.seconds = before_ + SecondsSince(start_);
    SaveCheckpoint(Path(), state_, net_, adam_, config_hash_);
  }

  PictureNet& net_;
  const BlockDataset& dataset_;
  const Validation& validation_;
  const TrainSettings& settings_;
  at::Device device_;
  std::filesystem::path folder_;
  std::string config_hash_;
  const RankGroup& ranks_;
  TrainingState& state_;
  CodeChannel channel_;
  Adam adam_;
  BatchOrder order_;
  Clock::time_point start_ = Clock::now();
  double before_ = 0;
  int64_t first_ = 0;
  double loss_ = -1;
};

}  // namespace

TrainEnd TrainNet(PictureNet& net,
                  const BlockDataset& dataset,
                  const Validation& validation,
                  const TrainSettings& settings,
                  const at::Device& device,
                  const std::filesystem::path& folder,
                  const std::string& config_hash,
                  const RankGroup& ranks,
                  TrainingState& state) {
  return Loop(net, dataset, validation, settings, device, folder, config_hash, ranks, state).Run();
}

}  // namespace chaosense
