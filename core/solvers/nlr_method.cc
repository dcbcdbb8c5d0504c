// The method "nlr_cs".
#include "core/solvers/nlr.h"
#include "core/solvers/register.h"
#include "core/solvers/solver_method.h"
#include "core/solvers/tval3.h"

namespace chaosense {
namespace {

constexpr int kOuter = 18;

// The options of the start by total variation: those of tval3 for whole images.
Tval3Options TvStart() {
  Tval3Options options;
  options.tolerance = 1e-6;
  options.inner_tolerance = 1e-4;
  options.max_iterations = 300;
  options.tv_norm = 2;
  return options;
}

class NlrMethod : public SolverMethod {
 public:
  explicit NlrMethod(const Json& parameters) : SolverMethod("nlr_cs", parameters) {
    const double table_rate = parameters["table_rate"].get<double>();
    options_ = NlrOptionsForTableRate(table_rate > 0 ? table_rate : rate() / 2);
    options_.outer = MaxIterations(kOuter, kOuter);
    options_.tolerance = Tolerance(0, 0);
    const auto start = parameters["start"].get<std::string>();
    tv_start_ = start == "tv" || (start == "auto" && protocol() == Protocol::kImage);
  }

 protected:
  std::vector<float> Recover(const MeasurementOperator& op,
                             std::span<const float> y,
                             int threads,
                             Trace& trace) const override {
    Trace start_trace;
    std::vector<float> start = tv_start_ ? SolveTval3(op, y, TvStart(), start_trace)
                                         : NlrDctStart(op, y, options_.start_threshold);
    return SolveNlr(op, y, std::move(start), options_, threads, trace);
  }

  // Start: 300 iterations of either kind. An inner iteration: two products of 36 x 36 x 45 for
  // every group, one group for about 25 pixels, and A and A' once; the four decompositions of an
  // outer iteration about 12 * 36^3 each; matching 41 x 41 x 36 a group.
  int64_t RecoverMacs(const MeasurementOperator& op) const override {
    const int64_t groups = op.pixels() / 25;
    const int64_t start = 300 * (2 * op.macs() + 100 * op.pixels());
    const int64_t inner = groups * 2 * 36 * 36 * 45 + 2 * op.macs();
    const int64_t outer = 15 * inner + groups * (4 * 12 * 36 * 36 * 36 + 41 * 41 * 36);
    return start + options_.outer * outer;
  }

 private:
  NlrOptions options_;
  bool tv_start_;
};

}  // namespace

void RegisterNlrCs(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "nlr_cs";
  info.summary = "nonlocal low-rank regularisation: groups of similar patches (NLR-CS)";
  info.description =
      "Groups of 45 similar 6x6 patches have their singular values shrunk (log det surrogate), "
      "alternating with y = A x in closed form; 18 outer iterations of 15. The published start "
      "(iterated soft threshold of the patches' DCT) fails on random Gaussian measurements of "
      "single "
      "blocks at low rates, hence the published 14 dB at rate 0.10; start \"tv\" does not.";
  info.source =
      "Dong, Shi, Li, Ma, Huang, IEEE TIP 23 (2014) 3618; parameters: PSCLab-ASU/OpenICS, +NLRCS";
  info.parameters = SolverParameters();
  info.parameters.update(
      {{"start",
        {{"type", "string"},
         {"enum", {"auto", "dct", "tv"}},
         {"default", "auto"},
         {"description",
          "\"dct\": the published one; \"tv\": a TVAL3 result; \"auto\": \"dct\" for protocol "
          "\"block\", \"tv\" for \"image\""}}},
       {"table_rate",
        {{"type", "number"},
         {"minimum", 0},
         {"maximum", 1},
         {"default", 0},
         {"description",
          "the rate for which the published parameter table is read; 0: half the sampling rate, as "
          "published (complex measurements)"}}}});
  methods.Register(std::move(info), [](const Json& p) { return std::make_unique<NlrMethod>(p); });
}

}  // namespace chaosense
