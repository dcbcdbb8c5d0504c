// The one style of all figures: colours of Okabe and Ito, "Color Universal Design" (2008), which
// colour-blind readers tell apart, and a symbol and a dash for each curve, for print without
// colour.
#ifndef CHAOSENSE_PLOTTING_PLOT_STYLE_H_
#define CHAOSENSE_PLOTTING_PLOT_STYLE_H_

#include <cstddef>
#include <string>

namespace chaosense {

// "#0072B2" for the first curve; yellow last, as it is faint on white. From the ninth curve on the
// colours come again, with other dashes.
const char* CurveColor(size_t i);
// gnuplot's point type: filled and open circle, square, triangle, ...
int CurveSymbol(size_t i);
int CurveDash(size_t i);  // gnuplot's dash types 1 (solid) to 5

// The beginning of a script for <id>.csv: its purpose in a comment, title, axes, tics and border.
std::string PlotHead(const std::string& id,
                     const std::string& title,
                     const std::string& x_title,
                     const std::string& y_title);

inline constexpr const char* kPlotGrid =
    "set grid linetype 1 dashtype 1 linewidth 0.5 linecolor rgb '#D0D0D0'\n";
inline constexpr const char* kPlotKey = "set key outside right center Left reverse noenhanced\n";

// "set linetype 1 ..." for each of the first `count` curves.
std::string CurveLineTypes(size_t count);

// The end of every script: `plot` drawn as SVG, PDF and PNG, all three of one shape. `width` and
// `height` in pixels of the SVG.
std::string GnuplotPictures(const std::string& id,
                            const std::string& plot,
                            size_t width = 800,
                            size_t height = 500);

// Text as a gnuplot string, in which nothing is special but the quote itself.
std::string GnuplotText(const std::string& text);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_PLOT_STYLE_H_
