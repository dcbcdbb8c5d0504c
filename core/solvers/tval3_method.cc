// The method "tval3".
#include "core/solvers/register.h"
#include "core/solvers/solver_method.h"
#include "core/solvers/tval3.h"

namespace chaosense {
namespace {

class Tval3Method : public SolverMethod {
 public:
  explicit Tval3Method(const Json& parameters) : SolverMethod("tval3", parameters) {
    const Tval3Options block;
    const Tval3Options image = Tval3ImageOptions();
    if (protocol() == Protocol::kImage) options_ = image;
    options_.mu = parameters["mu"].get<double>();
    options_.beta = parameters["beta"].get<double>();
    options_.tolerance = Tolerance(block.tolerance, image.tolerance);
    options_.max_iterations = MaxIterations(block.max_iterations, image.max_iterations);
    if (const double given = parameters["inner_tolerance"].get<double>(); given > 0)
      options_.inner_tolerance = given;
    if (const int given = parameters["multiplier_steps"].get<int>(); given > 0)
      options_.max_multiplier_steps = given;
    if (const int given = parameters["tv_norm"].get<int>(); given > 0) options_.tv_norm = given;
    options_.nonnegative = parameters["nonnegative"].get<bool>();
  }

 protected:
  std::vector<float> Recover(const MeasurementOperator& op,
                             std::span<const float> y,
                             int,
                             Trace& trace) const override {
    return SolveTval3(op, y, options_, trace);
  }

  // An iteration applies A and A' once; the rest is about 40 operations a pixel.
  int64_t RecoverMacs(const MeasurementOperator& op) const override {
    return options_.max_iterations * (2 * op.macs() + 40 * op.pixels());
  }

 private:
  Tval3Options options_;
};

}  // namespace

void RegisterTval3(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "tval3";
  info.summary = "total variation minimisation by an augmented Lagrangian (TVAL3)";
  info.description =
      "min TV(u) subject to A u = y: gradient steps with Barzilai-Borwein lengths and a "
      "nonmonotone "
      "line search, shrinkage, multipliers. Defaults: the options of the published block-wise "
      "comparison (start A'y, mu 2^8, beta 2^5, tolerance 1e-3, 300 iterations, anisotropic, u >= "
      "0); for protocol \"image\" tolerance, limit and isotropic variation are the authors' own "
      "(1e-6, 1025), rest 1e-4 and 50 multiplier steps ours. The published 11 dB at rate 0.01 come "
      "from stopping early.";
  info.source =
      "Li, Yin, Jiang, Zhang, Comput. Optim. Appl. 56 (2013) 507; options: "
      "KuldeepKulkarni/ReconNet, RealData/test_tval3.m";
  info.parameters = SolverParameters();
  info.parameters.update(
      {{"mu",
        {{"type", "number"},
         {"exclusiveMinimum", 0},
         {"default", 256},
         {"description", "weight of A u = y"}}},
       {"beta",
        {{"type", "number"},
         {"exclusiveMinimum", 0},
         {"default", 32},
         {"description", "weight of D u = w"}}},
       {"inner_tolerance",
        {{"type", "number"},
         {"minimum", 0},
         {"maximum", 1},
         {"default", 0},
         {"description",
          "relative change of an iteration at which the multipliers move; 0: 1e-3 for protocol "
          "\"block\", 1e-4 for \"image\""}}},
       {"multiplier_steps",
        {{"type", "integer"},
         {"minimum", 0},
         {"maximum", 100000},
         {"default", 0},
         {"description",
          "steps of the multipliers at most; 0: 10 for protocol \"block\", 50 for \"image\""}}},
       {"tv_norm",
        {{"type", "integer"},
         {"enum", {0, 1, 2}},
         {"default", 0},
         {"description",
          "1: anisotropic, 2: isotropic total variation; 0: 1 for protocol \"block\", 2 for "
          "\"image\""}}},
       {"nonnegative",
        {{"type", "boolean"}, {"default", true}, {"description", "keep pixels >= 0"}}}});
  methods.Register(std::move(info), [](const Json& p) { return std::make_unique<Tval3Method>(p); });
}

}  // namespace chaosense
