#include "plotting/published.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/metrics/metric.h"

namespace chaosense {
namespace {

// The axes a published value can name, and where they are kept.
std::string& TextAxis(PublishedValue& value, const std::string& axis) {
  if (axis == "metric") return value.metric;
  if (axis == "dataset") return value.dataset;
  if (axis == "image") return value.image;
  if (axis == "method") return value.method;
  if (axis == "cipher") return value.cipher;
  if (axis == "map") return value.map;
  CHAOSENSE_CHECK(axis == "variant", "axis {}", axis);
  return value.variant;
}

const std::vector<std::string> kAxes = {
    "metric", "dataset", "image", "rate", "method", "cipher", "map", "variant"};

void CheckKeys(const Json& object,
               const std::vector<std::string>& known,
               const std::string& where) {
  if (!object.is_object()) throw ConfigError("{}: expected an object", where);
  for (const auto& [key, ignored] : object.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      const std::string near = DidYouMean(key, known);
      throw ConfigError("{}/{}: unknown key{} known: {}",
                        where,
                        key,
                        near.empty() ? ";" : near,
                        JoinNames(known));
    }
  }
}

const Json& Need(const Json& object, const char* key, const std::string& where) {
  if (!object.contains(key)) {
    // At the top `where` is "file: ", to which pointers are appended.
    throw ConfigError("{}{}missing key \"{}\"", where, where.ends_with(": ") ? "" : ": ", key);
  }
  return object[key];
}

std::string TextOf(const Json& json, const std::string& where) {
  if (!json.is_string())
    throw ConfigError("{}: {} has the wrong type, expected string", where, json.dump());
  return json.get<std::string>();
}

const Json& ArrayOf(const Json& json, const std::string& where) {
  if (!json.is_array())
    throw ConfigError("{}: {} has the wrong type, expected array", where, json.dump());
  return json;
}

double FiniteOf(const Json& json, const std::string& where) {
  if (!json.is_number())
    throw ConfigError("{}: {} has the wrong type, expected number", where, json.dump());
  return json.get<double>();
}

void SetAxis(PublishedValue& value,
             const std::string& axis,
             const Json& json,
             const std::string& where) {
  if (std::find(kAxes.begin(), kAxes.end(), axis) == kAxes.end()) {
    const std::string near = DidYouMean(axis, kAxes);
    throw ConfigError("{}: unknown axis \"{}\"{} known: {}",
                      where,
                      axis,
                      near.empty() ? ";" : near,
                      JoinNames(kAxes));
  }
  if (axis == "rate") {
    value.rate = FiniteOf(json, where);
    if (!(value.rate > 0 && value.rate <= 1)) {
      throw ConfigError(
          "{}: {} is out of range, expected more than 0, at most 1", where, json.dump());
    }
    return;
  }
  TextAxis(value, axis) = TextOf(json, where);
  if (axis == "metric") MetricByName(value.metric, where);
}

// Source, trust, tolerance and whether it is a constant, which a grid may set over the file's.
void SetProvenance(PublishedValue& value, const Json& object, const std::string& where) {
  if (object.contains("source")) value.source = TextOf(object["source"], where + "/source");
  if (object.contains("trust")) {
    value.trust = TextOf(object["trust"], where + "/trust");
    const std::array<std::string, 3> known = {"printed", "recalled", "computed"};
    if (std::find(known.begin(), known.end(), value.trust) == known.end()) {
      throw ConfigError("{}/trust: \"{}\" is not allowed; allowed: printed, recalled, computed",
                        where,
                        value.trust);
    }
  }
  if (object.contains("constant")) {
    if (!object["constant"].is_boolean()) {
      throw ConfigError(
          "{}/constant: {} has the wrong type, expected boolean", where, object["constant"].dump());
    }
    value.constant = object["constant"].get<bool>();
  }
  if (object.contains("tolerance")) {
    const std::string place = where + "/tolerance";
    CheckKeys(object["tolerance"], {"absolute", "why"}, place);
    value.tolerance = FiniteOf(Need(object["tolerance"], "absolute", place), place + "/absolute");
    TextOf(Need(object["tolerance"], "why", place), place + "/why");
  }
}

void ReadGrid(const Json& grid,
              PublishedValue common,
              const std::string& where,
              std::vector<PublishedValue>& values) {
  CheckKeys(grid,
            {"fixed", "rows", "columns", "values", "source", "trust", "tolerance", "constant"},
            where);
  SetProvenance(common, grid, where);
  if (grid.contains("fixed")) {
    CheckKeys(grid["fixed"], kAxes, where + "/fixed");
    for (const auto& [axis, value] : grid["fixed"].items())
      SetAxis(common, axis, value, where + "/fixed/" + axis);
  }
  const Json& row_axes = ArrayOf(Need(grid, "rows", where), where + "/rows");
  const Json& columns = ArrayOf(Need(grid, "columns", where), where + "/columns");
  const Json& lines = ArrayOf(Need(grid, "values", where), where + "/values");
  for (size_t r = 0; r < lines.size(); ++r) {
    const std::string place = fmt::format("{}/values/{}", where, r);
    const Json& line = ArrayOf(lines[r], place);
    if (line.size() != row_axes.size() + columns.size()) {
      throw ConfigError("{}: {} entries, expected {} ({} row axes and {} columns)",
                        place,
                        line.size(),
                        row_axes.size() + columns.size(),
                        row_axes.size(),
                        columns.size());
    }
    PublishedValue row = common;
    for (size_t i = 0; i < row_axes.size(); ++i) {
      const std::string axis = TextOf(row_axes[i], fmt::format("{}/rows/{}", where, i));
      SetAxis(row, axis, line[i], fmt::format("{}/{}", place, i));
    }
    for (size_t c = 0; c < columns.size(); ++c) {
      const Json& number = line[row_axes.size() + c];
      if (number.is_null()) continue;
      PublishedValue value = row;
      double scale = 1;
      const std::string column = fmt::format("{}/columns/{}", where, c);
      if (!columns[c].is_object()) throw ConfigError("{}: expected an object", column);
      for (const auto& [axis, text] : columns[c].items()) {
        if (axis == "scale") {
          scale = FiniteOf(text, column + "/scale");
        } else {
          SetAxis(value, axis, text, column + "/" + axis);
        }
      }
      if (value.metric.empty()) throw ConfigError("{}: names no metric", column);
      value.value = FiniteOf(number, fmt::format("{}/{}", place, row_axes.size() + c)) * scale;
      values.push_back(std::move(value));
    }
  }
}

bool SameRate(double a, double b) { return std::abs(a - b) < 1e-9; }

// Whether `value` gives no axis that contradicts `wanted`, whose empty axes allow everything.
bool Fits(const PublishedValue& wanted, const PublishedValue& value) {
  const auto text = [](const std::string& a, const std::string& b) { return a.empty() || a == b; };
  return text(wanted.metric, value.metric) && text(wanted.dataset, value.dataset) &&
         text(wanted.image, value.image) &&
         (wanted.rate == 0 || SameRate(wanted.rate, value.rate)) &&
         text(wanted.method, value.method) && text(wanted.cipher, value.cipher) &&
         text(wanted.map, value.map) && text(wanted.variant, value.variant);
}

void ApplyRemarks(const Json& remarks,
                  const std::string& where,
                  std::vector<PublishedValue>& values) {
  for (size_t i = 0; i < remarks.size(); ++i) {
    const std::string place = fmt::format("{}/{}", where, i);
    CheckKeys(remarks[i], {"where", "text"}, place);
    PublishedValue wanted;
    for (const auto& [axis, value] : Need(remarks[i], "where", place).items()) {
      SetAxis(wanted, axis, value, place + "/where/" + axis);
    }
    const std::string text = TextOf(Need(remarks[i], "text", place), place + "/text");
    bool found = false;
    for (PublishedValue& value : values) {
      if (!Fits(wanted, value)) continue;
      found = true;
      value.source += " (" + text + ")";
    }
    if (!found) throw ConfigError("{}/where: no value fits", place);
  }
}

std::string Key(const PublishedValue& v) {
  return v.metric + '\n' + v.dataset + '\n' + v.image + '\n' + NumberText(v.rate) + '\n' +
         v.method + '\n' + v.cipher + '\n' + v.map + '\n' + v.variant;
}

std::string KeyForPeople(const PublishedValue& v) {
  std::string text = v.metric;
  for (const std::string& part : {v.dataset,
                                  v.image,
                                  v.rate == 0 ? std::string() : NumberText(v.rate),
                                  v.method,
                                  v.cipher,
                                  v.map,
                                  v.variant}) {
    if (!part.empty()) text += " / " + part;
  }
  return text;
}

int AxesNamed(const PublishedValue& v) {
  return !v.dataset.empty() + !v.image.empty() + (v.rate != 0) + !v.method.empty() +
         !v.cipher.empty() + !v.map.empty() + !v.variant.empty();
}

PublishedValue AsPublished(const ResultRow& row,
                           const std::map<std::string, std::string>& aliases) {
  const auto name = [&aliases](const std::string& label) {
    const auto found = aliases.find(label);
    return found == aliases.end() ? label : found->second;
  };
  PublishedValue value;
  value.metric = row.metric;
  value.dataset = row.dataset;
  value.image = row.image;
  value.rate = row.rate;
  value.method = name(row.method);
  value.cipher = name(row.cipher);
  value.map = name(row.map);
  value.variant = row.variant;
  return value;
}

// Values by metric, so that joining thousands of rows does not compare each with all.
using Index = std::map<std::string, std::vector<size_t>>;

Index IndexByMetric(const std::vector<PublishedValue>& values) {
  Index index;
  for (size_t i = 0; i < values.size(); ++i) index[values[i].metric].push_back(i);
  return index;
}

template <typename Visit>
void ForEachMatch(const std::vector<PublishedValue>& values,
                  const Index& index,
                  const PublishedValue& ours,
                  Visit visit) {
  const auto found = index.find(ours.metric);
  if (found == index.end()) return;
  for (const size_t i : found->second) {
    if (Fits(values[i], ours)) visit(i);
  }
}

}  // namespace

std::vector<PublishedValue> ParsePublished(const Json& json, const std::string& name) {
  const std::string where = name + ": ";
  CheckKeys(
      json,
      {"id", "title", "source", "trust", "tolerance", "constant", "notes", "grids", "remarks"},
      where);
  PublishedValue common;
  TextOf(Need(json, "source", where), where + "/source");
  TextOf(Need(json, "trust", where), where + "/trust");
  SetProvenance(common, json, where);
  std::vector<PublishedValue> values;
  const Json& grids = ArrayOf(Need(json, "grids", where), where + "/grids");
  for (size_t i = 0; i < grids.size(); ++i)
    ReadGrid(grids[i], common, fmt::format("{}/grids/{}", where, i), values);
  std::set<std::string> seen;
  for (PublishedValue& value : values) {
    if (value.trust == "recalled") value.source += " (not checked against the printed source)";
    if (!seen.insert(Key(value)).second)
      throw ConfigError("{}: {} is given twice", name, KeyForPeople(value));
  }
  if (json.contains("remarks"))
    ApplyRemarks(ArrayOf(json["remarks"], where + "/remarks"), where + "/remarks", values);
  return values;
}

std::vector<PublishedValue> ReadPublished(const std::filesystem::path& file) {
  return ParsePublished(ReadJsonFile(file), file.string());
}

std::vector<PublishedValue> ReadPublishedFiles(const std::filesystem::path& folder,
                                               const std::vector<std::string>& names,
                                               const std::string& where) {
  std::vector<PublishedValue> values;
  std::set<std::string> seen;
  for (const std::string& name : names) {
    const std::filesystem::path file = folder / (name + ".json");
    if (!std::filesystem::exists(file)) {
      std::vector<std::string> known;
      for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".json") known.push_back(entry.path().stem().string());
      }
      std::sort(known.begin(), known.end());
      const std::string near = DidYouMean(name, known);
      throw ConfigError("{}: no published values \"{}\"{} known: {}",
                        where,
                        name,
                        near.empty() ? ";" : near,
                        JoinNames(known));
    }
    for (PublishedValue& value : ReadPublished(file)) {
      if (seen.insert(Key(value)).second) values.push_back(std::move(value));
    }
  }
  return values;
}

std::vector<const PublishedValue*> MatchPublished(const std::vector<PublishedValue>& values,
                                                  const std::map<std::string, std::string>& aliases,
                                                  const std::vector<ResultRow>& rows) {
  const Index index = IndexByMetric(values);
  std::vector<const PublishedValue*> matches;
  for (const ResultRow& row : rows) {
    const PublishedValue*& match = matches.emplace_back(nullptr);
    if (!row.measured()) continue;
    ForEachMatch(values, index, AsPublished(row, aliases), [&](size_t i) {
      if (match == nullptr || AxesNamed(values[i]) > AxesNamed(*match)) match = &values[i];
    });
  }
  return matches;
}

void JoinPublished(const std::vector<PublishedValue>& values,
                   const std::map<std::string, std::string>& aliases,
                   std::vector<ResultRow>& rows) {
  if (values.empty()) return;
  const std::vector<const PublishedValue*> matches = MatchPublished(values, aliases, rows);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (matches[i] == nullptr) continue;
    rows[i].published = matches[i]->value;
    rows[i].source = matches[i]->source;
  }
}

std::vector<ResultRow> PublishedOnlyRows(const std::vector<PublishedValue>& values,
                                         const std::map<std::string, std::string>& aliases,
                                         const std::vector<ResultRow>& rows) {
  if (values.empty()) return {};
  const Index index = IndexByMetric(values);
  std::vector<bool> matched(values.size());
  for (const ResultRow& row : rows) {
    if (row.measured())
      ForEachMatch(values, index, AsPublished(row, aliases), [&](size_t i) { matched[i] = true; });
  }
  std::vector<ResultRow> only;
  for (size_t i = 0; i < values.size(); ++i) {
    if (matched[i]) continue;
    const PublishedValue& value = values[i];
    ResultRow row;
    row.dataset = value.dataset;
    row.image = value.image;
    row.rate = value.rate;
    row.method = value.method;
    row.cipher = value.cipher;
    row.map = value.map;
    row.variant = value.variant;
    row.metric = value.metric;
    row.unit = MetricByName(value.metric).unit;
    row.value = std::numeric_limits<double>::quiet_NaN();
    row.published = value.value;
    row.source = value.source;
    row.status = "published";
    only.push_back(std::move(row));
  }
  return only;
}

}  // namespace chaosense
