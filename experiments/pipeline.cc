#include "experiments/pipeline.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>

#include "core/base/signals.h"
#include "core/harness/plugin_choices.h"
#include "experiments/channel_attack.h"
#include "experiments/register.h"

namespace chaosense {
namespace {

FitContext FitContextFor(const Json& description, const CellContext& context) {
  FitContext fit = context.fit;
  fit.data = context.data;
  fit.fit_datasets = description.at("fit_datasets").get<std::vector<std::string>>();
  fit.threads = context.threads;
  return fit;
}

// 0.25 as peers write it in file names: "0_25".
std::string RateInFileName(double rate) {
  std::string text = fmt::format("{:.2f}", rate);
  if (std::abs(std::stod(text) - rate) > 1e-9) text = fmt::format("{}", rate);
  std::replace(text.begin(), text.end(), '.', '_');
  return text;
}

// "rate" and "channels" enter the parameters of methods that know them; in a file name "{rate}"
// becomes the rate (0_25) and "{percent}" the rate in percent (25); not in parameters declared with
// "own_placeholders", which mean something else by them.
Json ParametersFor(const PluginInfo& info, const PluginChoice& choice, double rate, int channels) {
  Json parameters = choice.parameters;
  if (info.parameters.contains("rate")) parameters["rate"] = rate;
  if (info.parameters.contains("channels")) parameters["channels"] = channels;
  const std::map<std::string, std::string> placeholders = {
      {"{rate}", RateInFileName(rate)}, {"{percent}", fmt::format("{:g}", 100 * rate)}};
  for (auto& [key, value] : parameters.items()) {
    if (!value.is_string() ||
        info.parameters.value(key, Json::object()).contains("own_placeholders"))
      continue;
    auto text = value.get<std::string>();
    for (const auto& [placeholder, replacement] : placeholders) {
      if (const size_t at = text.find(placeholder); at != std::string::npos)
        text.replace(at, placeholder.size(), replacement);
    }
    value = text;
  }
  return parameters;
}

class Pipeline : public Experiment {
 public:
  explicit Pipeline(Json settings) : settings_(std::move(settings)) {}

  std::vector<Cell> Expand(const Json& config, const CellContext& context) const override;
  CellResult Run(const Cell& cell, const CellContext& context) const override;

 private:
  Json settings_;
};

// The settings that enter a cell's description. Settings of groups younger than the first results
// enter only with their group, so that the ids of those results stand.
Json DescribedSettings(Json settings) {
  const auto measure = settings.at("measure").get<std::vector<std::string>>();
  const auto belongs_to = [&](const char* key, std::initializer_list<const char*> groups) {
    if (std::ranges::find_first_of(measure, groups) == measure.end()) settings.erase(key);
  };
  belongs_to("cost_repetitions", {"cost", "time"});
  belongs_to("attack_pictures", {"robustness"});
  belongs_to("plotted_pairs", {"neighbour_pairs"});
  settings.erase("attacks");  // each cell has its own
  for (const MeasureGroup& group : ChosenGroups(measure)) {
    if (group.revision > 1) settings["revisions"][group.name] = group.revision;
  }
  return settings;
}

// The attacks, one cell each; a single empty one (no attack) without the group "robustness".
std::vector<std::optional<ChannelAttack>> AttacksOf(const Json& settings) {
  const auto measure = settings.at("measure").get<std::vector<std::string>>();
  const bool wanted = std::find(measure.begin(), measure.end(), "robustness") != measure.end();
  const std::vector<ChannelAttack> attacks = ParseChannelAttacks(settings.at("attacks"));
  if (wanted && attacks.empty()) {
    throw ConfigError(
        "/attacks: is empty, expected at least one for the group \"robustness\" of /measure");
  }
  if (!wanted && !attacks.empty())
    throw ConfigError("/attacks: needs the group \"robustness\" in /measure");
  if (attacks.empty()) return {std::nullopt};
  return {attacks.begin(), attacks.end()};
}

// What the results of one method at one rate on one set depend on.
Json DescribeMethod(const PluginChoice& method,
                    const std::string& variant,
                    double rate,
                    const Json& parameters,
                    const Json& config,
                    const CellContext& context) {
  Json description = {{"images", config.at("images")},
                      {"variant", variant},
                      {"rate", rate},
                      {"method", method.name},
                      {"method_label", method.label},
                      {"method_parameters", parameters},
                      {"method_revision", context.methods->Info(method.name).revision},
                      {"fit_datasets", config.at("fit_datasets")}};
  description["method_identity"] = context.cache->Identity(
      *context.methods, method.name, parameters, FitContextFor(description, context));
  return description;
}

Cell MakeCell(const Json& config,
              const std::string& dataset,
              const Json& method,
              const PluginChoice& cipher,
              const std::optional<ChannelAttack>& attack,
              uint64_t seed,
              const CellContext& context) {
  Cell cell;
  cell.axes.experiment = config.at("name").get<std::string>();
  cell.axes.dataset = dataset;
  cell.axes.method = method.at("method_label").get<std::string>();
  cell.axes.cipher = cipher.label;
  cell.axes.variant = method.at("variant").get<std::string>();
  cell.axes.rate = method.at("rate").get<double>();
  cell.axes.seed = seed;
  cell.shares = CanonicalJson(
      {method.at("method"), method.at("method_parameters"), method.at("fit_datasets")});
  const PluginInfo& info = context.ciphers->Info(cipher.name);
  cell.description = method;
  cell.description.update(
      {{"dataset", dataset},
       {"dataset_checksum", context.data->Checksum(dataset)},
       {"cipher", cipher.name},
       {"cipher_parameters", ResolveParameters(info, cipher.parameters, cipher.label)},
       {"cipher_revision", info.revision},
       {"seed", seed}});
  const Json identity =
      context.ciphers->Create(cipher.name, cipher.parameters, cipher.label)->Identity();
  if (!identity.is_null()) cell.description["cipher_identity"] = identity;
  if (attack) {
    cell.axes.variant += " " + attack->Label();
    cell.description["attack"] = attack->Describe();
  }
  return cell;
}

std::vector<Cell> Pipeline::Expand(const Json& config, const CellContext& context) const {
  const auto require = [&](const char* key) {
    if (config.at(key).empty())
      throw ConfigError("/{}: is empty, expected at least one entry", key);
  };
  require("datasets");
  require("methods");
  const Json settings = DescribedSettings(settings_);
  const std::vector<std::optional<ChannelAttack>> attacks = AttacksOf(settings_);
  const auto common_rates = config.at("rates").get<std::vector<double>>();
  const auto common_variants = settings_.at("variants").get<std::vector<std::string>>();
  std::vector<PluginChoice> ciphers;
  for (const Json& entry : config.at("ciphers")) ciphers.push_back(ParsePluginChoice(entry));
  if (ciphers.empty()) ciphers.push_back(ParsePluginChoice("identity"));

  // Rates outermost: a table's rows come in this order, and so does the work.
  std::vector<Json> methods;
  std::map<std::string, std::vector<PluginChoice>> ciphers_of;  // by method label
  for (const Json& entry : config.at("methods")) {
    const PluginChoice method = ParsePluginChoice(entry);
    const PluginInfo& info = context.methods->Info(method.name);
    ciphers_of[method.label] = CiphersOf(method, ciphers);
    const std::vector<double>& rates = method.rates.empty() ? common_rates : method.rates;
    if (rates.empty()) throw ConfigError("/rates: is empty, expected at least one sampling rate");
    for (const std::string& variant : method.variants.empty() ? common_variants : method.variants) {
      for (const double rate : rates) {
        const Json parameters =
            ResolveParameters(info,
                              ParametersFor(info, method, rate, variant == "color" ? 3 : 1),
                              "/methods/" + method.label);
        methods.push_back(DescribeMethod(method, variant, rate, parameters, config, context));
        methods.back()["settings"] = settings;
      }
    }
  }
  std::stable_sort(methods.begin(), methods.end(), [](const Json& a, const Json& b) {
    return a.at("rate").get<double>() > b.at("rate").get<double>();
  });

  std::vector<Cell> cells;
  for (const auto& dataset : config.at("datasets").get<std::vector<std::string>>()) {
    for (const Json& method : methods) {
      for (const PluginChoice& cipher : ciphers_of.at(method.at("method_label"))) {
        for (const std::optional<ChannelAttack>& attack : attacks) {
          for (const auto seed : config.at("seeds").get<std::vector<uint64_t>>()) {
            cells.push_back(MakeCell(config, dataset, method, cipher, attack, seed, context));
          }
        }
      }
    }
  }
  return cells;
}

// Groups may state the same fact, the number of ciphertext bytes say: it is kept once, where it
// came first.
void DropRepeated(std::vector<Measurement>& values) {
  std::set<std::pair<std::string, std::string>> seen;
  std::erase_if(values, [&](const Measurement& value) {
    return !seen.emplace(value.image, value.metric).second;
  });
}

// Means over the images, one for every metric that was measured on each of them.
void AddMeans(size_t images, std::vector<Measurement>& values) {
  std::map<std::string, std::pair<double, size_t>> sums;
  std::vector<std::string> order;
  for (const Measurement& value : values) {
    auto [entry, is_new] = sums.try_emplace(value.metric, 0.0, 0);
    if (is_new) order.push_back(value.metric);
    entry->second.first += value.value;
    ++entry->second.second;
  }
  for (const std::string& metric : order) {
    const auto& [sum, count] = sums[metric];
    if (count == images) values.push_back({"*mean", metric, sum / static_cast<double>(count)});
  }
}

CellResult Pipeline::Run(const Cell& cell, const CellContext& context) const {
  using Clock = std::chrono::steady_clock;
  const auto seconds_since = [](Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  const Json& description = cell.description;
  const auto cipher = context.ciphers->Create(description.at("cipher").get<std::string>(),
                                              description.at("cipher_parameters"));
  const Clock::time_point fit_start = Clock::now();
  const auto method = context.cache->Fitted(*context.methods,
                                            description.at("method").get<std::string>(),
                                            description.at("method_parameters"),
                                            FitContextFor(description, context));
  const double fit_seconds = seconds_since(fit_start);

  const bool color = description.at("variant") == "color";
  const std::shared_ptr<const Dataset> dataset =
      context.cache->Loaded(*context.data,
                            description.at("dataset").get<std::string>(),
                            color ? ColorMode::kColor : ColorMode::kGray,
                            description.at("images").get<std::vector<std::string>>());
  const PipelineStages stages(*method, *cipher, description.at("seed").get<uint64_t>());
  const Json& settings = description.at("settings");
  const std::vector<MeasureGroup> groups =
      ChosenGroups(settings.at("measure").get<std::vector<std::string>>());
  const PipelineNeeds needs = NeedsOf(groups);

  CellResult result;
  const Json attack = description.value("attack", Json());
  const MeasureContext measure{stages, settings, context, cell.axes.seed, result.files, attack};
  const Clock::time_point start = Clock::now();
  for (const NamedImage& image : dataset->images) {
    ThrowIfInterrupted();
    const PipelineImage processed = stages.Process(image.name, image.pixels, needs);
    for (const MeasureGroup& group : groups) group.measure(processed, measure, result.values);
  }
  DropRepeated(result.values);
  AddMeans(dataset->images.size(), result.values);
  result.notes = {{"fit_seconds", fit_seconds},
                  {"seconds", seconds_since(start)},
                  {"images", dataset->images.size()}};
  return result;
}

}  // namespace

void RegisterPipeline(ExperimentRegistry& registry) {
  PluginInfo info;
  info.name = "pipeline";
  info.summary =
      "sense, quantise, encrypt, decrypt, reconstruct; quality and security measured at every "
      "stage";
  info.description =
      "One cell for every dataset x method x variant x rate x cipher (x attack) x seed. A method "
      "entry may "
      "have its own \"rates\", \"variants\" and \"ciphers\". The key comes from the seed, the "
      "nonce is the SHA-256 of the original "
      "image (live hash).";
  info.source = "Chen, Guo, Jing, Acta Phys. Sin. 69 (2020) 240502: the flow of its Fig. 4";
  std::vector<std::string> groups;
  for (const MeasureGroup& group : MeasureGroups()) groups.push_back(group.name);
  info.parameters = {
      {"measure",
       {{"type", "array"},
        {"items", {{"type", "string"}, {"enum", groups}}},
        {"default", {"quality"}},
        {"description", "groups of measurements"}}},
      {"variants",
       {{"type", "array"},
        {"items", {{"type", "string"}, {"enum", {"gray", "color"}}}},
        {"default", {"gray"}},
        {"description", "images as gray or as colour"}}},
      {"pixel_changes",
       {{"type", "integer"},
        {"minimum", 1},
        {"maximum", 100000},
        {"default", 100},
        {"description", "differential: one-pixel changes of the original image"}}},
      {"correlation_pairs",
       {{"type", "integer"},
        {"minimum", 2},
        {"maximum", 10000000},
        {"default", 10000},
        {"description", "correlation: pairs of the sampled estimate"}}},
      {"local_blocks",
       {{"type", "integer"},
        {"minimum", 1},
        {"maximum", 100000},
        {"default", 12},
        {"description", "local entropy: disjoint blocks of 44 x 44 (12 fit in 3 x 112 x 112)"}}},
      {"cost_repetitions",
       {{"type", "integer"},
        {"minimum", 1},
        {"maximum", 1000},
        {"default", 3},
        {"description",
         "cost, time: timed runs after one warm-up; a stage of over 2 s counts its first run "
         "alone"}}},
      {"attacks", ChannelAttackSchema()},
      {"attack_pictures",
       {{"type", "boolean"},
        {"default", false},
        {"description", "robustness: keep the pictures from disturbed ciphertexts"}}},
      {"plotted_pairs",
       {{"type", "integer"},
        {"minimum", 1},
        {"maximum", 100000},
        {"default", 2000},
        {"description", "neighbour_pairs: pairs for each direction"}}},
      {"scrambled_by",
       {{"type", "string"},
        {"default", "scramble_only"},
        {"description", "pictures: the cipher that shows the scrambled stage"}}}};
  registry.Register(std::move(info),
                    [](const Json& settings) { return std::make_unique<Pipeline>(settings); });
}

}  // namespace chaosense
