// Letters for the footnotes of a table.
#ifndef CHAOSENSE_PLOTTING_FOOTNOTES_H_
#define CHAOSENSE_PLOTTING_FOOTNOTES_H_

#include <map>
#include <string>
#include <vector>

namespace chaosense {

// a ... z, aa, ab, ...
std::string FootnoteLetter(size_t i);

// One letter for each text, in order of first use.
class Footnotes {
 public:
  std::string MarkFor(const std::string& text);
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::map<std::string, std::string> marks_;
  std::vector<std::string> texts_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_FOOTNOTES_H_
