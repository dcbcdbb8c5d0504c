// The committed weights as a catalogue: what each is, how good, and the command that makes it.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/progress.h"
#include "core/sensing/safetensors.h"
#include "experiments/cli/catalogue.h"
#include "experiments/cli/command.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr char kSuffix[] = ".safetensors";

std::string Value(const Safetensors& content, const std::string& key) {
  const auto found = content.metadata.find(key);
  return found == content.metadata.end() ? "" : found->second;
}

// "gray 34.93 dB, colour 30.10 dB, 34.65 dB through 8-bit codes".
std::string ValidationText(const Safetensors& content) {
  std::string text;
  const auto add = [&](const char* before, const std::string& value, const char* after) {
    if (value.empty()) return;
    text +=
        fmt::format("{}{}{:.2f} dB{}", text.empty() ? "" : ", ", before, std::stod(value), after);
  };
  add("gray ", Value(content, "validation_psnr_gray"), "");
  add("colour ", Value(content, "validation_psnr_color"), "");
  add("", Value(content, "validation_psnr_8bit_codes"), " through 8-bit codes");
  return text.empty() ? "closed form" : text;
}

// Of the training, from its log; "" without one.
std::string TrainingTime(const std::string& name) {
  std::ifstream in(ModelFolder() / (name + ".log.jsonl"));
  std::string last;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) last = line;
  }
  const Json entry = Json::parse(last, nullptr, /*allow_exceptions=*/false);
  if (!entry.is_object() || !entry.contains("seconds")) return "";
  return FormatDuration(entry["seconds"].get<double>());
}

}  // namespace

std::vector<CatalogueEntry> ModelEntries() {
  std::vector<CatalogueEntry> entries;
  for (const auto& entry : fs::directory_iterator(ModelFolder())) {
    if (entry.path().extension() != kSuffix) continue;
    entries.push_back(
        {entry.path().stem().string(), ValidationText(ReadSafetensors(entry.path()))});
  }
  std::sort(
      entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

std::string DescribeModel(const std::string& name) {
  const fs::path file = ModelFolder() / (name + kSuffix);
  const Safetensors content = ReadSafetensors(file);
  int64_t numbers = 0;
  for (const auto& [key, tensor] : content.tensors) numbers += ElementCount(tensor);
  std::string text = fmt::format("{} (model)\n  validation: {}\n", name, ValidationText(content));
  const auto line = [&](const char* label, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {}: {}\n", label, value);
  };
  line("network", Value(content, "net"));
  line("numbers stored", fmt::format("{}, {} bytes", numbers, fs::file_size(file)));
  line("stored as", Value(content, "stored_as"));
  line("iterations of the best", Value(content, "iterations"));
  line("seed", Value(content, "seed"));
  line("training time", TrainingTime(name));
  line("SHA-256", ToHex(Sha256OfFile(file)));
  line("trained on", Value(content, "datasets"));
  line("chosen on", Value(content, "validation"));
  const std::string config = "configs/train/" + name + ".json";
  if (fs::exists(ProjectFolder() / config)) line("made by", "chaosense train " + config);
  return text;
}

}  // namespace chaosense
