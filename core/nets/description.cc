#include "core/nets/description.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace chaosense {
namespace {

int64_t CheckedInteger(const Json& value, const std::string& where, int64_t low, int64_t high) {
  if (!value.is_number_integer() || value.get<double>() < static_cast<double>(low) ||
      value.get<double>() > static_cast<double>(high)) {
    throw ConfigError("{}: {} is out of range, expected an integer from {} to {}",
                      where,
                      value.dump(),
                      low,
                      high);
  }
  return value.get<int64_t>();
}

}  // namespace

DescriptionReader::DescriptionReader(const Json& description,
                                     std::string where,
                                     const std::vector<std::string>& known)
    : description_(description), where_(std::move(where)) {
  if (!description.is_object())
    throw ConfigError("{}: expected an object that describes a network", where_);
  for (const auto& [key, value] : description.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      throw ConfigError("{}/{}: unknown key{}", where_, key, NearestOrAll(key, known));
    }
  }
}

int64_t DescriptionReader::Integer(const std::string& key,
                                   int64_t fallback,
                                   int64_t low,
                                   int64_t high) const {
  return Has(key) ? CheckedInteger(description_[key], where_ + "/" + key, low, high) : fallback;
}

double DescriptionReader::Number(const std::string& key,
                                 double fallback,
                                 double above,
                                 double high) const {
  if (!Has(key)) return fallback;
  const Json& value = description_[key];
  if (!value.is_number() || !(value.get<double>() > above) || !(value.get<double>() <= high)) {
    throw ConfigError("{}/{}: {} is out of range, expected a number above {}, at most {}",
                      where_,
                      key,
                      value.dump(),
                      above,
                      high);
  }
  return value.get<double>();
}

bool DescriptionReader::Flag(const std::string& key, bool fallback) const {
  if (!Has(key)) return fallback;
  if (!description_[key].is_boolean()) {
    throw ConfigError(
        "{}/{}: {} is not allowed, expected true or false", where_, key, description_[key].dump());
  }
  return description_[key].get<bool>();
}

std::vector<int64_t> DescriptionReader::Integers(const std::string& key,
                                                 size_t count,
                                                 int64_t low,
                                                 int64_t high) const {
  const Json list = Has(key) ? description_[key] : Json();
  if (!list.is_array() || list.empty() || (count > 0 && list.size() != count)) {
    throw ConfigError("{}/{}: expected a list of {}integers",
                      where_,
                      key,
                      count > 0 ? std::to_string(count) + " " : "");
  }
  std::vector<int64_t> values;
  for (size_t i = 0; i < list.size(); ++i) {
    values.push_back(CheckedInteger(
        description_[key][i], where_ + "/" + key + "/" + std::to_string(i), low, high));
  }
  return values;
}

std::string DescriptionReader::Name(const std::string& key, const std::string& fallback) const {
  if (!Has(key)) return fallback;
  const Json& value = description_[key];
  const auto allowed = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; };
  if (!value.is_string() || value.get<std::string>().empty() ||
      !std::ranges::all_of(value.get<std::string>(), allowed)) {
    throw ConfigError("{}/{}: {} is not allowed, expected letters, digits, \"_\" and \"-\"",
                      where_,
                      key,
                      value.dump());
  }
  return value.get<std::string>();
}

}  // namespace chaosense
