#include "core/base/error.h"
#include "core/metrics/metric.h"
#include "plotting/spec_fields.h"
#include "plotting/verdicts.h"

namespace chaosense {
namespace {

VerdictBound ReadBound(const Json& json, const std::string& where) {
  if (json.is_number()) return {"", json.get<double>()};
  if (!json.is_string()) BadType(where, json, "number or metric");
  return {MetricByName(json.get<std::string>(), where).name, std::nullopt};
}

}  // namespace

Json VerdictSpecSchema() {
  const Json metric = {{"type", "string"}, {"enum", MetricNames()}};
  const Json number = {{"type", "number"}};
  const Json bound = {{"anyOf", {metric, number}}};
  const Json properties = {
      {"value", metric},
      {"own", metric},
      {"printed", metric},
      {"own_low", bound},
      {"own_high", bound},
      {"printed_low", number},
      {"printed_high", number},
      {"why", {{"type", "string"}, {"description", "why the two can differ"}}}};
  return {{"type", "object"},
          {"properties", properties},
          {"required", {"value", "own", "printed"}},
          {"additionalProperties", false},
          {"description",
           "a footnote wherever the verdict for the ciphertext's own size (own) and the paper's "
           "(printed) differ; published values are judged by the bounds"}};
}

VerdictSpec ParseVerdictSpec(const Json& json, const std::string& where) {
  if (!json.is_object()) BadType(where, json, "object");
  CheckKeys(json, VerdictSpecSchema(), where);
  VerdictSpec spec;
  for (const auto& [key, metric] :
       {std::pair{"value", &spec.value}, {"own", &spec.own}, {"printed", &spec.printed}}) {
    if (!json.contains(key)) throw ConfigError("{}: missing key \"{}\"", where, key);
    const std::string at = where + "/" + key;
    *metric = MetricByName(ReadText(json[key], at), at).name;
  }
  for (const auto& [key, bound] : {std::pair{"own_low", &spec.own_low},
                                   {"own_high", &spec.own_high},
                                   {"printed_low", &spec.printed_low},
                                   {"printed_high", &spec.printed_high}}) {
    if (json.contains(key)) *bound = ReadBound(json[key], where + "/" + key);
  }
  if (json.contains("why")) spec.why = ReadText(json["why"], where + "/why");
  return spec;
}

}  // namespace chaosense
