// The method "nlr_cs".
#include "core/solvers/nlr.h"
#include "core/solvers/register.h"
#include "core/solvers/solver_method.h"
#include "core/solvers/tval3.h"

namespace chaosense {
namespace {

constexpr int kOuter = 18;

// The row of the table for single blocks: with the smaller thresholds of the others the start stays
// far from the picture. Monarch at rate 0.25, the peers' matrix: 19.65 dB with the row for half the
// rate, 25.19 with that for 0.10, 31.64 with this one. Published: 25.91, by a row not told.
constexpr double kBlockTableRate = 0.05;

class NlrMethod : public SolverMethod {
 public:
  explicit NlrMethod(const Json& parameters) : SolverMethod("nlr_cs", parameters) {
    const double table_rate = parameters["table_rate"].get<double>();
    const double automatic = protocol() == Protocol::kBlock ? kBlockTableRate : rate() / 2;
    options_ = NlrOptionsForTableRate(table_rate > 0 ? table_rate : automatic);
    if (const float given = parameters["start_threshold"].get<float>(); given > 0)
      options_.start_threshold = given;
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
    std::vector<float> start = tv_start_ ? SolveTval3(op, y, Tval3ImageOptions(), start_trace)
                                         : NlrDctStart(op, y, options_.start_threshold);
    return SolveNlr(op, y, std::move(start), options_, threads, trace);
  }

  // Start: 300 iterations by DCT, 1025 by total variation. An inner iteration: two products of 36 x
  // 36 x 45 for every group, one group for about 25 pixels, and A and A' once; the four
  // decompositions of an outer iteration about 12 * 36^3 each; matching 41 x 41 x 36 a group.
  int64_t RecoverMacs(const MeasurementOperator& op) const override {
    const int64_t groups = op.pixels() / 25;
    const int64_t start = (tv_start_ ? 1025 : 300) * (2 * op.macs() + 100 * op.pixels());
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
       {"start_threshold",
        {{"type", "number"},
         {"minimum", 0},
         {"default", 0},
         {"description", "start \"dct\": soft threshold, pixels 0..255; 0: the table's"}}},
       {"table_rate",
        {{"type", "number"},
         {"minimum", 0},
         {"maximum", 1},
         {"default", 0},
         {"description",
          "the rate for which the published parameter table is read; 0: half the sampling rate for "
          "protocol \"image\", as published (complex measurements), 0.05 for \"block\""}}}});
  methods.Register(std::move(info), [](const Json& p) { return std::make_unique<NlrMethod>(p); });
}

}  // namespace chaosense
