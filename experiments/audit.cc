#include "experiments/audit.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/attacks/evidence.h"
#include "core/base/error.h"
#include "core/base/signals.h"
#include "core/harness/plugin_choices.h"
#include "core/image/image_io.h"
#include "experiments/register.h"

namespace chaosense {
namespace {

class Audit : public Experiment {
 public:
  explicit Audit(Json settings) : settings_(std::move(settings)) {}

  std::vector<Cell> Expand(const Json& config, const CellContext& context) const override;
  CellResult Run(const Cell& cell, const CellContext& context) const override;
  std::string Summary(const std::vector<FinishedCell>& cells) const override {
    return AuditSummary(cells);
  }

 private:
  Json settings_;
};

// The one method that pictures go through before encryption in the pipeline; none: an empty object.
Json DescribeMethod(const Json& config, const CellContext& context) {
  const Json& methods = config.at("methods");
  if (methods.empty()) return Json::object();
  if (methods.size() > 1)
    throw ConfigError("/methods: {} entries, expected at most one", methods.size());
  const PluginChoice method = ParsePluginChoice(methods[0]);
  const PluginInfo& info = context.methods->Info(method.name);
  Json parameters = method.parameters;
  const auto rates =
      method.rates.empty() ? config.at("rates").get<std::vector<double>>() : method.rates;
  if (rates.size() > 1) throw ConfigError("/rates: expected at most one");
  if (!rates.empty() && info.parameters.contains("rate")) parameters["rate"] = rates[0];
  parameters = ResolveParameters(info, parameters, "/methods/0");
  FitContext fit = context.fit;
  fit.data = context.data;
  fit.fit_datasets = config.at("fit_datasets").get<std::vector<std::string>>();
  fit.threads = context.threads;
  return {{"name", method.name},
          {"parameters", parameters},
          {"revision", info.revision},
          {"identity", context.cache->Identity(*context.methods, method.name, parameters, fit)}};
}

// Throws Error(kConfig) for an unknown name.
std::vector<std::string> ChosenChecks(const Json& settings) {
  std::vector<std::string> known;
  for (const CheckInfo& check : AllChecks()) known.push_back(check.id);
  const auto chosen = settings.at("checks").get<std::vector<std::string>>();
  for (const std::string& id : chosen) {
    if (FindCheck(id) == nullptr)
      throw ConfigError("/checks: unknown check \"{}\"; known: {}", id, JoinNames(known));
  }
  return chosen.empty() ? known : chosen;
}

std::vector<Cell> Audit::Expand(const Json& config, const CellContext& context) const {
  const auto name = config.at("name").get<std::string>();
  for (const char* key : {"datasets", "ciphers"}) {
    if (config.at(key).empty())
      throw ConfigError("/{}: is empty, expected at least one entry", key);
  }
  const Json method = DescribeMethod(config, context);
  const std::vector<std::string> checks = ChosenChecks(settings_);
  std::vector<Cell> cells;
  for (const auto& dataset : config.at("datasets").get<std::vector<std::string>>()) {
    for (const Json& entry : config.at("ciphers")) {
      const PluginChoice cipher = ParsePluginChoice(entry);
      const PluginInfo& info = context.ciphers->Info(cipher.name);
      for (const auto& mode : settings_.at("modes").get<std::vector<std::string>>()) {
        for (const auto seed : config.at("seeds").get<std::vector<uint64_t>>()) {
          Cell cell;
          cell.axes.experiment = name;
          cell.axes.dataset = dataset;
          cell.axes.cipher = cipher.label;
          cell.axes.variant = mode;
          cell.axes.seed = seed;
          cell.description = {
              {"dataset", dataset},
              {"dataset_checksum", context.data->Checksum(dataset)},
              {"images", config.at("images")},
              {"method", method},
              {"fit_datasets", config.at("fit_datasets")},
              {"cipher", cipher.name},
              {"cipher_parameters", ResolveParameters(info, cipher.parameters, cipher.label)},
              {"cipher_revision", info.revision},
              {"mode", mode},
              {"checks", checks},
              {"seed", seed}};
          const Json identity =
              context.ciphers->Create(cipher.name, cipher.parameters, cipher.label)->Identity();
          if (!identity.is_null()) cell.description["cipher_identity"] = identity;
          cells.push_back(std::move(cell));
        }
      }
    }
  }
  return cells;
}

struct Tally {
  int passed = 0, weak = 0, broken = 0, expected = 0;

  void Add(Verdict verdict) {
    passed += verdict == Verdict::kPassed ? 1 : 0;
    weak += verdict == Verdict::kWeak ? 1 : 0;
    broken += verdict == Verdict::kBroken ? 1 : 0;
    expected += verdict == Verdict::kExpectedFailure ? 1 : 0;
  }
  int all() const { return passed + weak + broken + expected; }
};

// An audit of what cannot decrypt its own ciphertexts would say nothing. Throws Error(kRun).
void RequireDecrypts(const AuditTarget& target) {
  RandomStream random = target.Stream("decrypts");
  const Digest nonce = Sha256Of(target.name + "|decrypts nonce");
  for (const Shape shape : {Shape{1, 16, 16}, {3, 24, 20}}) {
    const ImageU8 plain = RandomPicture(shape, random);
    const Ciphertext encrypted = target.cipher->Encrypt(plain, target.key, nonce);
    if (Opens(*target.cipher, encrypted, target.key, nonce, plain)) continue;
    throw RunError(
        "decryption does not give back what was encrypted (a picture of {}x{}x{}, right key and "
        "nonce); expected a cipher that can be undone",
        shape.channels,
        shape.height,
        shape.width);
  }
}

// A program takes its time for each of many keys, most of all one that is started for each.
AuditBudget BudgetFor(const Json& description) {
  AuditBudget budget;
  if (description.at("cipher") == "external") {
    const bool served = description.at("cipher_parameters").at("serve") != "";
    budget.collision_keys = int64_t{1} << (served ? 14 : 12);
  }
  return budget;
}

CellResult Audit::Run(const Cell& cell, const CellContext& context) const {
  const PreparedTarget prepared = PrepareTarget(cell, context);
  RequireDecrypts(prepared.target);
  const AuditBudget budget = BudgetFor(cell.description);
  CellResult result;
  result.notes["audit"] = Json::array();
  Tally tally;
  const auto add = [&](const std::string& metric, double value) {
    result.values.push_back({prepared.picture_name, metric, value});
  };
  for (const auto& id : cell.description.at("checks").get<std::vector<std::string>>()) {
    ThrowIfInterrupted();
    const CheckInfo* check = FindCheck(id);
    CHAOSENSE_CHECK(check != nullptr, "no check {}", id);
    const CheckResult found = RunCheck(*check, prepared.target, budget);
    add("audit_" + id, VerdictValue(found));
    if (check->kind == CheckKind::kAttack) tally.Add(found.verdict);
    for (const CheckNumber& number : found.numbers) {
      if (number.name == "statistics_passed") add("audit_statistics_passed", number.value);
      if (number.name == "statistics") add("audit_statistics", number.value);
    }
    std::string picture;
    if (!found.pictures.empty()) {
      picture = id + ".png";
      SaveImage(SideBySide(found.pictures), context.folder / picture);
      result.files.push_back(picture);
    }
    result.notes["audit"].push_back(CheckToJson(*check, found, picture));
  }
  add("audit_attacks", tally.all());
  add("audit_attacks_survived", tally.passed);
  add("audit_attacks_weak", tally.weak);
  add("audit_attacks_broken", tally.broken);
  add("audit_attacks_expected", tally.expected);
  // For readers of the folder; the ledger has the same.
  WriteFileAtomically(context.folder / "evidence.json", result.notes["audit"].dump(2) + "\n");
  result.files.push_back("evidence.json");
  return result;
}

}  // namespace

ImageU8 SideBySide(const std::vector<CheckPicture>& pictures) {
  constexpr int kGap = 4;
  Shape shape{1, 0, kGap * (static_cast<int>(pictures.size()) - 1)};
  for (const CheckPicture& picture : pictures) {
    shape.height = std::max(shape.height, picture.pixels.shape.height);
    shape.width += picture.pixels.shape.width;
  }
  ImageU8 all(shape);
  std::fill(all.data.begin(), all.data.end(), uint8_t{255});
  int left = 0;
  for (const CheckPicture& picture : pictures) {
    const Shape& own = picture.pixels.shape;
    for (int r = 0; r < own.height; ++r) {
      for (int c = 0; c < own.width; ++c) all.at(0, r, left + c) = picture.pixels.at(0, r, c);
    }
    left += own.width + kGap;
  }
  return all;
}

Json CheckToJson(const CheckInfo& check, const CheckResult& result, const std::string& picture) {
  Json numbers = Json::object();
  for (const CheckNumber& number : result.numbers)
    numbers[number.name] = NumberToJson(number.value);
  Json json = {{"id", check.id},
               {"name", check.name},
               {"question", check.question},
               {"verdict", VerdictName(result.verdict)},
               {"queries", result.queries},
               {"evidence", result.evidence},
               {"numbers", numbers}};
  if (result.p_value) json["p_value"] = NumberToJson(*result.p_value);
  if (!picture.empty()) json["picture"] = picture;
  return json;
}

void RegisterAudit(ExperimentRegistry& registry) {
  PluginInfo info;
  info.name = "audit";
  info.revision = 2;
  info.summary = "every attack and weakness check on every cipher, nonce frozen and live";
  info.description =
      "Checks A1 to A17 of core/attacks: affine models, permutation and keystream recovery, hash "
      "binding, diffusion, key and finite-precision defects, malleability, the IND-CPA game, and "
      "beside them the statistics that papers print. The first image is the attacker's target, the "
      "others are known to him. \"frozen\": one nonce for all pictures; \"live\": as the cipher is "
      "meant to be used. The run folder gets summary.md with the evidence of every verdict.";
  std::vector<std::string> ids;
  for (const CheckInfo& check : AllChecks()) ids.push_back(check.id);
  info.parameters = {{"modes",
                      {{"type", "array"},
                       {"items", {{"type", "string"}, {"enum", {"frozen", "live"}}}},
                       {"minItems", 1},
                       {"uniqueItems", true},
                       {"default", {"frozen", "live"}},
                       {"description", "what becomes of the nonce"}}},
                     {"checks",
                      {{"type", "array"},
                       {"items", {{"type", "string"}, {"enum", ids}}},
                       {"uniqueItems", true},
                       {"default", Json::array()},
                       {"description", "the checks to run; empty: all"}}}};
  registry.Register(info, [](const Json& settings) { return std::make_unique<Audit>(settings); });
}

}  // namespace chaosense
