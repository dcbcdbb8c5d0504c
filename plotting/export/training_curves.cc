#include "plotting/export/training_curves.h"

#include <map>

#include "plotting/drawing.h"

namespace chaosense {
namespace {

std::string TitleOf(const std::string& key) {
  if (key == "loss") return "training loss";
  if (key.starts_with("validation_")) return "validation PSNR, " + key.substr(11) + " (dB)";
  return key;
}

}  // namespace

std::vector<PlotModel> TrainingCurves(const std::vector<TrainingLog>& logs, const std::string& id) {
  std::map<std::string, PlotModel> plots;
  for (const TrainingLog& log : logs) {
    std::map<std::string, PlotSeries> series;
    for (const TrainingPoint& point : log.points) {
      for (const auto& [key, value] : point.values) {
        if (key == "learning_rate" || key == "best") continue;
        FigurePoint& made = series[key].points.emplace_back();
        made.x = static_cast<double>(point.iteration);
        made.y = value;
      }
    }
    for (auto& [key, one] : series) {
      PlotModel& plot = plots[key];
      plot.id = id + "_" + key;
      plot.title = id + ": " + TitleOf(key);
      plot.x_title = "iteration";
      plot.y_title = TitleOf(key);
      one.name = log.name;
      one.style = PlotStyle::kCurve;
      plot.series.push_back(std::move(one));
    }
  }
  std::vector<PlotModel> models;
  for (auto& [key, plot] : plots) models.push_back(std::move(plot));
  return models;
}

std::vector<std::string> WriteTrainingCurves(const std::vector<TrainingLog>& logs,
                                             const std::string& id,
                                             const std::filesystem::path& folder) {
  std::vector<Drawing> drawings;
  for (const PlotModel& plot : TrainingCurves(logs, id)) drawings.push_back(DrawPlot(plot));
  return WriteDrawings(drawings, folder);
}

}  // namespace chaosense
