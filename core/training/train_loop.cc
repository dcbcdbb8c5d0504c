#include "core/training/train_loop.h"

#include <chrono>
#include <cmath>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/progress.h"
#include "core/nets/weights.h"
#include "core/training/closed_form.h"

namespace chaosense {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

class Loop {
 public:
  Loop(BlockNet& net,
       const BlockDataset& dataset,
       const Validation& validation,
       const TrainSettings& settings,
       const at::Device& device,
       const std::filesystem::path& folder,
       std::string config_hash,
       TrainingState& state)
      : net_(net),
        dataset_(dataset),
        validation_(validation),
        settings_(settings),
        device_(device),
        folder_(folder),
        config_hash_(std::move(config_hash)),
        state_(state),
        adam_(net, settings.linear_rate_scale),
        order_(settings.seed, dataset.size(), static_cast<size_t>(settings.batch)) {}

  TrainEnd Run() {
    if (!LoadCheckpoint(Path(), config_hash_, state_, net_, adam_)) {
      Start();
    } else {
      LogInfo("resumed at iteration {} of {}", state_.iteration, settings_.schedule.iterations);
    }
    before_ = state_.seconds;
    first_ = state_.iteration;
    start_ = Clock::now();
    Progress progress("training", settings_.schedule.iterations);
    auto saved = Clock::now();
    while (state_.iteration < settings_.schedule.iterations) {
      if (settings_.interrupted(state_.iteration)) {
        Save();
        throw Error(
            ErrorKind::kInterrupted,
            fmt::format("interrupted at iteration {}; the same command resumes", state_.iteration));
      }
      if (settings_.time_budget_minutes > 0 &&
          SecondsSince(start_) > 60 * settings_.time_budget_minutes) {
        Save();
        return TrainEnd::kOutOfTime;
      }
      const double loss = Step();
      ++state_.iteration;
      // Smoothed over about 50 steps, for people only.
      loss_ = loss_ < 0 ? loss : 0.98 * loss_ + 0.02 * loss;
      if (state_.iteration % settings_.validate_every == 0 ||
          state_.iteration == settings_.schedule.iterations) {
        Validate();
        if (settings_.patience > 0 && state_.stale >= settings_.patience) {
          Save();
          return TrainEnd::kStale;
        }
      }
      if (SecondsSince(saved) > 60 * settings_.checkpoint_minutes) {
        Save();
        saved = Clock::now();
      }
      progress.Update(state_.iteration,
                      fmt::format("loss {:.5f}, best {:.3f} dB", loss_, state_.best_psnr));
    }
    Save();
    return TrainEnd::kFinished;
  }

 private:
  std::filesystem::path Path() const { return folder_ / "checkpoint.safetensors"; }

  void Start() {
    if (settings_.closed_form_blocks > 0) {
      const auto blocks = static_cast<size_t>(settings_.closed_form_blocks);
      if (net_.sampling() != nullptr) FitSampling(net_, dataset_, blocks, settings_.seed);
      FitFullyConnected(net_, dataset_, blocks, settings_.ridge, settings_.seed, device_);
    }
    Validate();
  }

  double Step() {
    const double rate = settings_.schedule.At(state_.iteration);
    const at::Tensor blocks = LoadBatch(dataset_, order_.Batch(state_.iteration)).to(device_);
    net_.set_convolution_type(settings_.bf16 ? at::kBFloat16 : at::kFloat);
    adam_.ZeroGradients();
    at::Tensor loss = at::mse_loss(net_.Decode(net_.Encode(blocks)), blocks);
    loss.backward();
    adam_.Step(rate);
    net_.set_convolution_type(at::kFloat);
    const double value = loss.item<double>();
    if (!std::isfinite(value)) {
      throw RunError(
          "training diverged at iteration {}: the loss is not finite; lower /learning_rate",
          state_.iteration);
    }
    return value;
  }

  void Validate() {
    const ValidationPsnr psnr = validation_.Measure(net_, device_);
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
                 {"validation_color", NumberToJson(psnr.color)},
                 {"validation_gray", NumberToJson(psnr.gray)},
                 {"best", state_.best_psnr}};
    if (loss_ >= 0) line["loss"] = loss_;
    AppendLineDurably(folder_ / "log.jsonl", line.dump());
    LogInfo(
        "iteration {}: validation color {:.3f} dB, gray {:.3f} dB, {:.0f} blocks/s",
        state_.iteration,
        psnr.color,
        psnr.gray,
        static_cast<double>((state_.iteration - first_) * settings_.batch) / SecondsSince(start_));
  }

  void Save() {
    state_.seconds = before_ + SecondsSince(start_);
    SaveCheckpoint(Path(), state_, net_, adam_, config_hash_);
  }

  BlockNet& net_;
  const BlockDataset& dataset_;
  const Validation& validation_;
  const TrainSettings& settings_;
  at::Device device_;
  std::filesystem::path folder_;
  std::string config_hash_;
  TrainingState& state_;
  Adam adam_;
  BatchOrder order_;
  Clock::time_point start_ = Clock::now();
  double before_ = 0;
  int64_t first_ = 0;
  double loss_ = -1;
};

}  // namespace

TrainEnd TrainNet(BlockNet& net,
                  const BlockDataset& dataset,
                  const Validation& validation,
                  const TrainSettings& settings,
                  const at::Device& device,
                  const std::filesystem::path& folder,
                  const std::string& config_hash,
                  TrainingState& state) {
  return Loop(net, dataset, validation, settings, device, folder, config_hash, state).Run();
}

}  // namespace chaosense
