// What a figure shows, as a config's "figures" entry says it: curves of one metric.
#ifndef CHAOSENSE_PLOTTING_FIGURE_SPEC_H_
#define CHAOSENSE_PLOTTING_FIGURE_SPEC_H_

#include <map>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace chaosense {

// The sample standard deviation, or the 95 % interval of the mean (Student's t).
enum class Band { kNone, kDeviation, kInterval };

struct FigureSpec {
  std::string where;  // place in the config, for error messages
  std::string id;
  std::string title;
  std::string x = "rate";       // "rate", "sweep.KEY" (then `points` too), or a metric
  std::string points = "rate";  // the axis of which each value gives a point
  std::string y;                // a metric
  bool x_is_axis() const { return x == points; }
  std::string series;  // an axis: one curve for each of its values
  std::map<std::string, std::vector<std::string>> filter;  // axis -> values that stay
  std::map<std::string, std::vector<std::string>> order;   // axis -> values that come first
  std::map<std::string, std::string> labels;  // axis value, metric or axis name -> what is printed
  std::vector<std::string> over = {"seed"};   // axes over which a point is a mean
  Band band = Band::kNone;                    // around the mean
  bool log_x = false;
};

// The JSON Schema of a figure entry (keywords of core/harness/schema_check.h only). Keys, all
// optional but id, y and series: id, title, x, points, y, series, filter, order, labels, over, band
// ("none", "sd", "interval"), x_scale ("linear", "log").
Json FigureSpecSchema();

// Throws Error(kConfig) whose message begins with `where` and the key's pointer, e.g.
// "configs/a.json: /figures/0/y".
FigureSpec ParseFigureSpec(const Json& json, const std::string& where);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_FIGURE_SPEC_H_
