#include "plotting/plot_style.h"

#include <fmt/format.h>

#include <iterator>

namespace chaosense {
namespace {

constexpr const char* kColors[] = {
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9", "#F0E442"};
constexpr int kSymbols[] = {7, 5, 9, 13, 6, 4, 8, 12};
constexpr size_t kDashes = 5;

}  // namespace

const char* CurveColor(size_t i) { return kColors[i % std::size(kColors)]; }

int CurveSymbol(size_t i) { return kSymbols[i % std::size(kSymbols)]; }

int CurveDash(size_t i) { return static_cast<int>(i % kDashes) + 1; }

std::string PlotHead(const std::string& id,
                     const std::string& title,
                     const std::string& x_title,
                     const std::string& y_title) {
  return fmt::format(
      "# Draws {0}.svg, {0}.pdf and {0}.png from {0}.csv: gnuplot {0}.gp\n"
      "set encoding utf8\n"
      "set datafile separator ','\n"
      "set datafile missing 'nan'\n"
      "set title {1} noenhanced\n"
      "set xlabel {2} noenhanced\n"
      "set ylabel {3} noenhanced\n"
      "set tics out nomirror\n"
      "set border 3\n",
      id,
      GnuplotText(title),
      GnuplotText(x_title),
      GnuplotText(y_title));
}

std::string CurveLineTypes(size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    text += fmt::format(
        "set linetype {} linecolor rgb '{}' dashtype {} pointtype {} pointsize 0.8 linewidth 1.5\n",
        i + 1,
        CurveColor(i),
        CurveDash(i),
        CurveSymbol(i));
  }
  return text;
}

std::string GnuplotPictures(const std::string& id,
                            const std::string& plot,
                            size_t width,
                            size_t height) {
  const auto draw = [&](const std::string& terminal, const char* extension) {
    return fmt::format("set terminal {}\nset output '{}.{}'\n{}\n", terminal, id, extension, plot);
  };
  return draw(fmt::format("svg size {},{} font 'Helvetica,14' background '#FFFFFF'", width, height),
              "svg") +
         draw(fmt::format("pdfcairo size {:.1f}cm,{:.1f}cm font 'Helvetica,10'",
                          static_cast<double>(width) / 50,
                          static_cast<double>(height) / 50),
              "pdf") +
         // Three times the SVG's pixels: sharp in print.
         draw(
             fmt::format(
                 "pngcairo size {},{} fontscale 3 linewidth 3 pointscale 3", 3 * width, 3 * height),
             "png") +
         "unset output\n";
}

std::string GnuplotText(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c == '\n' ? ' ' : c;
  }
  return quoted + "'";
}

}  // namespace chaosense
