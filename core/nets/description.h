// Reads a network's description, from a config or from the metadata of a weight file: known keys,
// types and ranges.
#ifndef CHAOSENSE_CORE_NETS_DESCRIPTION_H_
#define CHAOSENSE_CORE_NETS_DESCRIPTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace chaosense {

class DescriptionReader {
 public:
  // Throws Error(kConfig) beginning with `where` if `description` is no object or has a key outside
  // `known`.
  DescriptionReader(const Json& description,
                    std::string where,
                    const std::vector<std::string>& known);

  bool Has(const std::string& key) const { return description_.contains(key); }
  // The value, or `fallback` without the key. Throw Error(kConfig) naming the key and what is
  // allowed.
  int64_t Integer(const std::string& key, int64_t fallback, int64_t low, int64_t high) const;
  double Number(const std::string& key,
                double fallback,
                double above,
                double high) const;  // above < x <= high
  bool Flag(const std::string& key, bool fallback) const;
  // A list that must exist, of `count` integers (0: any number, at least one).
  std::vector<int64_t> Integers(const std::string& key,
                                size_t count,
                                int64_t low,
                                int64_t high) const;
  // Letters, digits, "_" and "-": it becomes part of a file name.
  std::string Name(const std::string& key, const std::string& fallback) const;

 private:
  const Json& description_;
  std::string where_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_DESCRIPTION_H_
