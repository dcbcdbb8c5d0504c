#include "core/solvers/solver_method.h"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <exception>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/base/signals.h"
#include "core/sensing/rate.h"
#include "core/solvers/block_operator.h"
#include "core/solvers/scrambled_operator.h"
#include "core/solvers/solver_codes.h"

namespace chaosense {
namespace {

constexpr int kN = kBlockSize * kBlockSize;
constexpr BlockGrid kCostGrid = {8, 8};  // of a 256 x 256 picture

// While it lives, BLAS calls of this thread use one thread: our own loops are the parallel ones,
// and a product's rounding could depend on how many threads share it.
class SerialBlas {
 public:
  SerialBlas() : before_(::omp_get_max_threads()) { ::omp_set_num_threads(1); }
  ~SerialBlas() { ::omp_set_num_threads(before_); }
  SerialBlas(const SerialBlas&) = delete;
  SerialBlas& operator=(const SerialBlas&) = delete;

 private:
  int before_;
};

std::vector<float> PaddedPlane(const ImageF& image, int channel, BlockGrid grid) {
  const size_t width = static_cast<size_t>(grid.columns) * kBlockSize;
  std::vector<float> plane(width * static_cast<size_t>(grid.rows) * kBlockSize);
  for (int row = 0; row < image.shape.height; ++row) {
    std::copy_n(image.data.begin() + static_cast<ptrdiff_t>(image.index(channel, row, 0)),
                image.shape.width,
                plane.begin() + static_cast<ptrdiff_t>(static_cast<size_t>(row) * width));
  }
  return plane;
}

}  // namespace

SolverMethod::SolverMethod(std::string name, const Json& parameters)
    : name_(std::move(name)),
      rate_(parameters["rate"].get<double>()),
      rows_(MeasurementCount(rate_, kN)),
      protocol_(parameters["protocol"] == "block" ? Protocol::kBlock : Protocol::kImage),
      operator_(parameters["operator"].get<std::string>()),
      matrix_(parameters["matrix"].get<std::string>()),
      seed_(parameters["matrix_seed"].get<uint64_t>()),
      max_iterations_(parameters["max_iterations"].get<int>()),
      tolerance_(parameters["tolerance"].get<double>()),
      log_(parameters["log"].get<std::string>()) {
  if (operator_ == "gaussian") return;
  if (protocol_ == Protocol::kBlock) {
    throw ConfigError(
        "{}: operator \"{}\" measures whole images; expected protocol \"image\", or operator "
        "\"gaussian\"",
        name_,
        operator_);
  }
  if (matrix_ != "seeded") {
    throw ConfigError(
        "{}: operator \"{}\" has no matrix file; expected matrix \"seeded\"", name_, operator_);
  }
}

Json SolverMethod::Identity(const FitContext& context) const {
  if (matrix_ == "seeded") return Json::object();
  return {{"matrix", ToHex(Sha256OfFile(MatrixPath(context)))}};
}

void SolverMethod::Fit(const FitContext& context) {
  threads_ = std::max(1, context.threads);
  if (operator_ != "gaussian") {
    quantiser_ = QuantiserForScrambled(rows_, 1);
    color_quantiser_ = QuantiserForScrambled(rows_, 3);
    return;
  }
  phi_ = std::make_shared<const MatrixRowF>(matrix_ == "seeded"
                                                ? OrthonormalGaussian(rows_, kN, seed_)
                                                : LoadPeerMatrix(MatrixPath(context), rows_, kN));
  quantiser_ = QuantiserForMatrix(*phi_, 1);
  color_quantiser_ = QuantiserForMatrix(*phi_, 3);
}

double SolverMethod::ExactRate(int) const { return static_cast<double>(rows_) / kN; }

const Quantiser& SolverMethod::QuantiserFor(int channels) const {
  return channels == 1 ? quantiser_ : color_quantiser_;
}

Cost SolverMethod::cost(int channels) const {
  const BlockGrid grid = protocol_ == Protocol::kBlock ? BlockGrid{1, 1} : kCostGrid;
  const auto op = MakeOperator(grid);
  return {phi_ != nullptr ? phi_->size() : 0,
          channels * (op->macs() + RecoverMacs(*op)) / grid.count()};
}

Codes<float> SolverMethod::Sense(const ImageF& image) const {
  const SerialBlas serial;
  const BlockGrid grid = GridFor(image.shape.height, image.shape.width);
  const auto op = MakeOperator(grid);
  Codes<float> codes{grid, Shape{image.shape.channels, 1, rows_}, {}};
  codes.values.resize(static_cast<size_t>(grid.count()) * codes.coefficients());
  std::vector<float> y(static_cast<size_t>(op->measurements()));
  for (int c = 0; c < image.shape.channels; ++c) {
    op->Apply(PaddedPlane(image, c, grid), y);
    StoreMeasurements(y, op->mean_groups(), c, codes);
  }
  return codes;
}

ImageF SolverMethod::Reconstruct(const Codes<float>& codes, Shape shape) const {
  CHAOSENSE_CHECK(codes.grid == GridFor(shape.height, shape.width) &&
                  codes.block == (Shape{shape.channels, 1, rows_}) &&
                  codes.values.size() ==
                      static_cast<size_t>(codes.grid.count()) * codes.coefficients());
  const SerialBlas serial;
  ImageF image(shape);
  if (protocol_ == Protocol::kBlock) {
    RecoverBlocks(codes, shape, image);
  } else {
    RecoverPlanes(codes, shape, image);
  }
  return image;
}

void SolverMethod::RecoverBlocks(const Codes<float>& codes, Shape shape, ImageF& image) const {
  const auto op = MakeOperator({1, 1});
  const int count = codes.grid.count() * shape.channels;
  std::vector<float> blocks(static_cast<size_t>(count) * kN);
  std::vector<Trace> traces(static_cast<size_t>(count));
  std::exception_ptr failure;
#pragma omp parallel for schedule(dynamic) num_threads(threads_)
  for (int i = 0; i < count; ++i) {
    try {
      ThrowIfInterrupted();
      const size_t index = static_cast<size_t>(i);
      const auto from = codes.values.begin() + static_cast<ptrdiff_t>(i) * rows_;
      std::vector<float> y(from, from + rows_);
      for (float& v : y) v *= 255;
      const std::vector<float> block = CheckedRecover(*op, y, 1, traces[index]);
      std::transform(block.begin(),
                     block.end(),
                     blocks.begin() + static_cast<ptrdiff_t>(index) * kN,
                     [](float v) { return v / 255; });
    } catch (...) {
#pragma omp critical(chaosense_solver_failure)
      if (failure == nullptr) failure = std::current_exception();
    }
  }
  if (failure != nullptr) std::rethrow_exception(failure);
  WriteLog(traces);
  image = MergeBlocks(blocks, shape);
}

void SolverMethod::RecoverPlanes(const Codes<float>& codes, Shape shape, ImageF& image) const {
  const auto op = MakeOperator(codes.grid);
  std::vector<Trace> traces(static_cast<size_t>(shape.channels));
  for (int c = 0; c < shape.channels; ++c) {
    std::vector<float> y = LoadMeasurements(codes, op->mean_groups(), c);
    for (float& v : y) v *= 255;
    const std::vector<float> plane =
        CheckedRecover(*op, y, threads_, traces[static_cast<size_t>(c)]);
    for (int row = 0; row < shape.height; ++row) {
      const auto from = plane.begin() + static_cast<ptrdiff_t>(row) * op->width();
      std::transform(from,
                     from + shape.width,
                     image.data.begin() + static_cast<ptrdiff_t>(image.index(c, row, 0)),
                     [](float v) { return v / 255; });
    }
  }
  WriteLog(traces);
}

std::vector<float> SolverMethod::CheckedRecover(const MeasurementOperator& op,
                                                std::span<const float> y,
                                                int threads,
                                                Trace& trace) const {
  if (!AllFinite(y)) throw RunError("{}: the measurements are not finite", name_);
  std::vector<float> x = Recover(op, y, threads, trace);
  CHAOSENSE_CHECK(static_cast<int64_t>(x.size()) == op.pixels());
  if (!AllFinite(x)) throw RunError("{}: diverged at the first iteration", name_);
  return x;
}

std::unique_ptr<MeasurementOperator> SolverMethod::MakeOperator(BlockGrid grid) const {
  if (operator_ == "gaussian") return std::make_unique<BlockOperator>(phi_, grid);
  const int height = grid.rows * kBlockSize;
  const int width = grid.columns * kBlockSize;
  auto transform =
      operator_ == "dct" ? MakeDct(height, width) : MakeHadamard(int64_t{height} * width);
  return std::make_unique<ScrambledOperator>(
      std::move(transform), height, width, int64_t{grid.count()} * rows_, seed_);
}

void SolverMethod::WriteLog(const std::vector<Trace>& traces) const {
  // One line, not one a block.
  const auto noted = [](const Trace& trace) { return !trace.note.empty(); };
  const auto first = std::ranges::find_if(traces, noted);
  if (first != traces.end()) {
    LogWarning("{}: {} of {} recoveries had something to report, the first: {}",
               name_,
               std::ranges::count_if(traces, noted),
               traces.size(),
               first->note);
  }
  if (log_.empty()) return;
  std::string lines;
  for (size_t i = 0; i < traces.size(); ++i) {
    for (const Iteration& one : traces[i].iterations) {
      lines += fmt::format("{}\n",
                           Json{{"method", name_},
                                {"recovery", i},
                                {"iteration", one.number},
                                {"objective", one.objective},
                                {"residual", one.residual},
                                {"change", one.change}}
                               .dump());
    }
  }
  if (!lines.empty()) lines.pop_back();
  AppendLineDurably(log_, lines);
}

int SolverMethod::MaxIterations(int block, int image) const {
  if (max_iterations_ > 0) return max_iterations_;
  return protocol_ == Protocol::kBlock ? block : image;
}

double SolverMethod::Tolerance(double block, double image) const {
  if (tolerance_ > 0) return tolerance_;
  return protocol_ == Protocol::kBlock ? block : image;
}

std::filesystem::path SolverMethod::MatrixPath(const FitContext& context) const {
  return ResolveDataPath(matrix_, context.data != nullptr ? context.data->data_dir() : "");
}

Json SolverParameters() {
  return {
      {"rate", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}, {"default", 0.25}}},
      {"protocol",
       {{"type", "string"},
        {"enum", {"block", "image"}},
        {"default", "block"},
        {"description",
         "\"block\": every 33x33 block recovered by itself, as in the published tables; \"image\": "
         "one joint recovery of the whole picture"}}},
      {"operator",
       {{"type", "string"},
        {"enum", {"gaussian", "dct", "hadamard"}},
        {"default", "gaussian"},
        {"description",
         "\"gaussian\": every block by the same orthonormal Gaussian matrix; \"dct\", "
         "\"hadamard\": random coefficients of the scrambled whole picture (protocol \"image\")"}}},
      {"matrix",
       {{"type", "string"},
        {"default", "seeded"},
        {"description",
         "\"seeded\", or a .mat file with variable phi for column-major blocks "
         "(\"data:\" begins a path inside the data folder)"}}},
      {"matrix_seed",
       {{"type", "integer"},
        {"minimum", 0},
        {"default", 0},
        {"description", "of the Gaussian matrix, or of pixel order and coefficients"}}},
      {"max_iterations",
       {{"type", "integer"},
        {"minimum", 0},
        {"maximum", 100000},
        {"default", 0},
        {"description", "0: the published limit for the protocol"}}},
      {"tolerance",
       {{"type", "number"},
        {"minimum", 0},
        {"maximum", 1},
        {"default", 0},
        {"description", "relative change at which to stop; 0: the published one"}}},
      {"log",
       {{"type", "string"},
        {"default", ""},
        {"description", "a file to which every iteration appends a line of JSON; \"\": none"}}}};
}

bool AllFinite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

}  // namespace chaosense
