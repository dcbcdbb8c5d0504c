#include "core/sensing/external_reconstructor.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "core/base/error.h"
#include "core/base/scratch_folder.h"
#include "core/sensing/float_program.h"
#include "core/sensing/rate.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using Values = FloatProgram::Values;

constexpr char kWhere[] = "external method";
constexpr char kGeneratedPictures[] = "generated_train";  // for ranges, where a config names none

FloatProgram StageOf(const Json& parameters, const char* which) {
  std::vector<std::string> known = {
      "rate", "percent", "width", "height", "channels", "measurements", "per_block"};
  if (parameters["fit"] != "") known.push_back("model");
  return FloatProgram(parameters[which], which, {"in", "out"}, known);
}

class ExternalReconstructor final : public Reconstructor {
 public:
  explicit ExternalReconstructor(const Json& parameters)
      : sense_(StageOf(parameters, "sense")),
        reconstruct_(StageOf(parameters, "reconstruct")),
        rate_(parameters["rate"].get<double>()),
        channels_(parameters["channels"].get<int>()),
        rows_(MeasurementCount(rate_, kBlockSize * kBlockSize)),
        timeout_s_(parameters["timeout_s"].get<double>()),
        fit_timeout_s_(parameters["fit_timeout_s"].get<double>()),
        range_pictures_(parameters["range_pictures"].get<int>()),
        at_once_(sense_.command().Uses("channels")) {
    if (parameters["fit"] != "") {
      fit_ = FloatProgram(parameters["fit"],
                          "fit",
                          {"pictures", "model"},
                          {"rate", "percent", "channels", "per_block"});
    }
    if (at_once_ != reconstruct_.command().Uses("channels")) {
      throw ConfigError(
          "{}: /reconstruct: {{channels}} belongs into both commands, or into neither", kWhere);
    }
    if (!parameters["range"].empty()) UseRange(parameters["range"], parameters["mu"]);
    for (const Json& file : parameters["files"]) {
      if (!file.is_string())
        throw ConfigError("{}: /files: {} is no file name", kWhere, file.dump());
      files_.push_back(file.get<std::string>());
    }
    FileDigests(files_, std::string(kWhere) + ": /files");  // that they exist
  }

  Json Identity(const FitContext& context) const override {
    Json identity = {{"sense", sense_.command().Identity(RateValues())},
                     {"reconstruct", reconstruct_.command().Identity(RateValues())},
                     {"files", FileDigests(files_, std::string(kWhere) + ": /files")}};
    if (!fit_.empty()) identity["fit"] = fit_.command().Identity(RateValues());
    if (NeedsPictures()) {
      for (const std::string& name : TrainingSets(context))
        identity["pictures"][name] = context.data->Checksum(name);
    }
    return identity;
  }

  void Fit(const FitContext& context) override {
    if (!NeedsPictures()) return;
    std::vector<NamedImage> pictures;
    for (const std::string& name : TrainingSets(context)) {
      Dataset set = context.data->Load(
          name, at_once_ && channels_ == 3 ? ColorMode::kColor : ColorMode::kGray);
      std::move(set.images.begin(), set.images.end(), std::back_inserter(pictures));
    }
    if (!fit_.empty()) RunFit(pictures);
    if (quantisers_.empty()) FitRanges(pictures);
  }

  double ExactRate(int) const override {
    return static_cast<double>(rows_) / (kBlockSize * kBlockSize);
  }

  Codes<float> Sense(const ImageF& image) const override {
    const BlockGrid grid = GridFor(image.shape.height, image.shape.width);
    Codes<float> codes{grid, Shape{image.shape.channels, 1, rows_}, {}};
    codes.values.resize(static_cast<size_t>(grid.count()) * codes.coefficients());
    const int in_one_call = PlanesInOneCall(image.shape.channels);
    const size_t pixels = image.data.size() / image.shape.channels * in_one_call;
    for (int first = 0; first < image.shape.channels; first += in_one_call) {
      const std::span<const float> planes(&image.data[image.index(first, 0, 0)], pixels);
      const std::vector<float> y = Call(sense_, planes, image.shape, CountFor(grid, in_one_call));
      for (size_t i = 0; i < y.size(); ++i) codes.values[PlaceOf(i, first, codes)] = y[i];
    }
    return codes;
  }

  ImageF Reconstruct(const Codes<float>& codes, Shape shape) const override {
    ImageF image(shape);
    const int in_one_call = PlanesInOneCall(shape.channels);
    const size_t pixels = image.data.size() / shape.channels * in_one_call;
    std::vector<float> y(CountFor(codes.grid, in_one_call));
    for (int first = 0; first < shape.channels; first += in_one_call) {
      for (size_t i = 0; i < y.size(); ++i) y[i] = codes.values[PlaceOf(i, first, codes)];
      const std::vector<float> planes = Call(reconstruct_, y, shape, pixels);
      std::copy(planes.begin(), planes.end(), &image.data[image.index(first, 0, 0)]);
    }
    return image;
  }

  const Quantiser& QuantiserFor(int channels) const override {
    const auto found = quantisers_.find(channels);
    CHAOSENSE_CHECK(found != quantisers_.end(), "no ranges for {} channels", channels);
    return found->second;
  }

  Cost cost(int) const override { return {std::nullopt, std::nullopt}; }

 private:
  bool NeedsPictures() const { return !fit_.empty() || quantisers_.empty(); }
  static std::vector<std::string> TrainingSets(const FitContext& context) {
    if (context.fit_datasets.empty()) return {kGeneratedPictures};
    return context.fit_datasets;
  }

  int PlanesInOneCall(int channels) const { return at_once_ ? channels : 1; }
  size_t CountFor(BlockGrid grid, int planes) const {
    return static_cast<size_t>(grid.count()) * static_cast<size_t>(planes * rows_);
  }
  // Where number i of the file that begins with plane `first` lies: a block's planes follow one
  // another in its code.
  size_t PlaceOf(size_t i, int first, const Codes<float>& codes) const {
    const size_t in_file =
        static_cast<size_t>(PlanesInOneCall(codes.block.channels)) * static_cast<size_t>(rows_);
    return i / in_file * codes.coefficients() + static_cast<size_t>(first * rows_) + i % in_file;
  }

  Values RateValues() const {
    return {{"rate", fmt::format("{}", rate_)}, {"percent", fmt::format("{:g}", 100 * rate_)}};
  }

  // The known ranges: one for all measurements.
  void UseRange(const Json& range, const Json& mu) {
    if (range.size() != 2 || !range[0].is_number() || !range[1].is_number() ||
        range[0].get<double>() >= range[1].get<double>()) {
      throw ConfigError(
          "{}: /range: {} is no range, expected [lowest, highest]", kWhere, range.dump());
    }
    const auto low = range[0].get<float>();
    const auto high = range[1].get<float>();
    const auto count = static_cast<size_t>(rows_);
    SetQuantiser(Quantiser(std::vector<float>(count, 0.5f * (low + high)),
                           std::vector<float>(count, 0.5f * (high - low)),
                           mu.get<double>()));
  }

  // `quantiser`: for the measurements of one plane of a block.
  void SetQuantiser(const Quantiser& quantiser) {
    quantisers_[1] = quantiser;
    quantisers_[3] = quantiser.Repeated(3);
  }

  // Ranges from what the program measures of training pictures, evenly spread over the set.
  void FitRanges(const std::vector<NamedImage>& pictures) {
    std::vector<float> values;
    const size_t count = std::min(pictures.size(), static_cast<size_t>(range_pictures_));
    for (size_t i = 0; i < count; ++i) {
      const NamedImage& picture = pictures[i * pictures.size() / count];
      try {
        const std::vector<float> y = Sense(ToFloat(picture.pixels)).values;
        values.insert(values.end(), y.begin(), y.end());
      } catch (const Error& error) {
        throw Error(error.kind(), fmt::format("{} (training): {}", picture.name, error.what()));
      }
    }
    const int planes = pictures.front().pixels.shape.channels;
    const auto quantiser = Quantiser::FitLeastSquares(
        values, static_cast<size_t>(planes) * static_cast<size_t>(rows_));
    if (planes == 1) SetQuantiser(quantiser);
    quantisers_[planes] = quantiser;
  }

  void RunFit(const std::vector<NamedImage>& pictures) {
    folder_ = std::make_unique<ScratchFolder>();
    const fs::path training = folder_->path() / "pictures";
    fs::create_directory(training);
    for (const NamedImage& picture : pictures) {
      const Shape shape = picture.pixels.shape;
      WriteFloats(training / fmt::format("{}_{}x{}.f32", picture.name, shape.width, shape.height),
                  ToFloat(picture.pixels).data);
    }
    model_ = folder_->path() / "model";
    Values values = RateValues();
    const int planes = pictures.front().pixels.shape.channels;
    values.insert({{"pictures", training.string()},
                   {"model", model_.string()},
                   {"channels", std::to_string(planes)},
                   {"per_block", std::to_string(planes * rows_)}});
    fit_.Run(values, fit_timeout_s_);
    if (!fs::exists(model_)) throw fit_.Failure("ended well but left no {model}");
    fs::remove_all(training);
  }

  // `shape`: of the picture.
  std::vector<float> Call(const FloatProgram& program,
                          std::span<const float> given,
                          Shape shape,
                          size_t expected) const {
    const int planes = PlanesInOneCall(shape.channels);
    Values values = RateValues();
    values.insert(
        {{"width", std::to_string(shape.width)},
         {"height", std::to_string(shape.height)},
         {"channels", std::to_string(planes)},
         {"measurements", std::to_string(CountFor(GridFor(shape.height, shape.width), planes))},
         {"per_block", std::to_string(planes * rows_)},
         {"model", model_.string()}});
    return program.Transform(given, expected, std::move(values), timeout_s_);
  }

  FloatProgram sense_;
  FloatProgram reconstruct_;
  FloatProgram fit_;  // may be empty
  double rate_;
  int channels_;
  int rows_;  // measurements of one plane of a block
  double timeout_s_;
  double fit_timeout_s_;
  int range_pictures_;
  bool at_once_;  // all planes of a colour picture in one call
  std::vector<std::string> files_;
  std::map<int, Quantiser> quantisers_;  // by channels
  std::unique_ptr<ScratchFolder> folder_;
  fs::path model_;
};

Json Parameters() {
  const auto command = [](const char* text) {
    return Json{{"default", ""}, {"own_placeholders", true}, {"description", text}};
  };
  const auto seconds = [](double fallback, const char* text) {
    return Json{{"type", "number"},
                {"default", fallback},
                {"exclusiveMinimum", 0},
                {"maximum", 2592000},
                {"description", text}};
  };
  return {
      {"sense", command("picture to measurements: a command, a text or an array of arguments")},
      {"reconstruct", command("measurements to picture")},
      {"fit", command("optional: a folder of training pictures to a model; once a cell")},
      {"rate", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}, {"default", 0.25}}},
      {"channels",
       {{"type", "integer"},
        {"enum", {1, 3}},
        {"default", 1},
        {"description", "of the pictures; comes from the experiment's variant"}}},
      {"timeout_s", seconds(60, "seconds until a call is ended and counts as failed")},
      {"fit_timeout_s", seconds(3600, "the same for fit")},
      {"range",
       {{"type", "array"},
        {"default", Json::array()},
        {"description",
         "[lowest, highest] measurement, for the 8-bit quantiser; empty: ranges of each "
         "coefficient "
         "of a block, found on training pictures"}}},
      {"mu",
       {{"type", "number"},
        {"default", 0},
        {"minimum", 0},
        {"description", "companding within a given range; 0: equal steps"}}},
      {"range_pictures",
       {{"type", "integer"},
        {"default", 8},
        {"minimum", 1},
        {"maximum", 100000},
        {"description", "on how many training pictures the ranges are found"}}},
      {"files",
       {{"type", "array"},
        {"default", Json::array()},
        {"description",
         "files that the commands use without naming them; part of the results' identity"}}}};
}

}  // namespace

void RegisterExternalMethod(ReconstructorRegistry& registry) {
  PluginInfo info;
  info.name = "external";
  info.summary = "a program of yours, in any language: files in, files out";
  info.description =
      "In a config: {\"name\": \"mine\", \"external\": {\"sense\": \"python3 enc.py {in} {out} "
      "{rate}\", \"reconstruct\": \"python3 dec.py {in} {out} {rate} {width} {height}\"}}. No "
      "shell. "
      "Every file is 32-bit floats, least significant byte first, without a header: a picture row "
      "by row, 0 black, 1 white; measurements in any order. Placeholders: {in} {out} the files, "
      "{rate} (0.25), {percent} (25), {width} {height} of the picture, {measurements} how many "
      "numbers the measurements must be, {per_block} of these for one 33x33 block, {channels} see "
      "below, {model} what `fit` left. Number i of the measurements is quantised as coefficient i "
      "mod {per_block}; where that means nothing, give a range. A colour picture's planes come one "
      "by one, unless the commands use {channels}: then in one file, one after the other, with "
      "three times the measurements. `fit` gets {pictures}, a folder of files "
      "NAME_WIDTHxHEIGHT.f32 made of the config's fit_datasets (generated_train where it has "
      "none), "
      "and leaves a file or folder {model}. Parameters and operations are not known. Paths are "
      "relative to the current folder. The commands and the SHA-256 of every file they name are "
      "part of a result's identity. Exit code 0 means done.";
  info.source = "yours";
  info.parameters = Parameters();
  registry.Register(std::move(info), [](const Json& parameters) {
    return std::make_unique<ExternalReconstructor>(parameters);
  });
}

}  // namespace chaosense
