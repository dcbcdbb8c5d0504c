// Cells that gave nothing: what a table says of a mean that lacks them.
#ifndef CHAOSENSE_PLOTTING_MISSING_H_
#define CHAOSENSE_PLOTTING_MISSING_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "plotting/table_grid.h"

namespace chaosense {

// Of these rows the status of the first that failed, else "not run"; "" of none.
std::string ReasonOf(const std::vector<const ResultRow*>& missing);

// What the means of a table lack.
class Lacks {
 public:
  // `spec` must outlive this; `all`: every row, whether the table shows it or not.
  Lacks(const TableSpec& spec, const std::vector<ResultRow>& all);

  // "4 of 8 cells failed: why", "1 of 8 cells not run"; "" where the mean is over all of its cells.
  // An entry lacks its missing cells that differ from its results in the axes of spec.over alone.
  std::string Of(const std::string& metric, const GridEntry& entry) const;

 private:
  using Place = std::vector<std::string>;  // values of axes
  Place PlaceOf(const ResultRow& row, bool averaged) const;
  bool ForEveryCell(const std::string& metric, const ResultRow& row) const;

  const TableSpec& spec_;
  // For each place in the axes that are not averaged over, where in the others each metric was
  // measured, and under "" where any was.
  std::map<Place, std::map<std::string, std::set<Place>>> measured_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_MISSING_H_
