// The method "damp".
#include "core/solvers/damp.h"
#include "core/solvers/register.h"
#include "core/solvers/solver_method.h"

namespace chaosense {
namespace {

class DampMethod : public SolverMethod {
 public:
  explicit DampMethod(const Json& parameters)
      : SolverMethod("damp", parameters),
        denoiser_(MakeDenoiser(parameters["denoiser"].get<std::string>())) {
    // Published: 30. Whole images have settled after 20 (BSDS500 val: 0.01 dB).
    options_.max_iterations = MaxIterations(30, 20);
    options_.tolerance = Tolerance(0, 0);
    options_.damping = parameters["damping"].get<double>();
    options_.onsager_limit = parameters["onsager_limit"].get<double>();
    options_.unit_columns = parameters["columns"] == "unit";
    const std::string start = parameters["start"].get<std::string>();
    options_.start_from_means =
        start == "means" || (start == "protocol" && protocol() == Protocol::kImage);
  }

 protected:
  std::vector<float> Recover(const MeasurementOperator& op,
                             std::span<const float> y,
                             int threads,
                             Trace& trace) const override {
    return RunDamp(op, y, *denoiser_, options_, threads, trace);
  }

  // An iteration applies A and A' once and the denoiser twice.
  int64_t RecoverMacs(const MeasurementOperator& op) const override {
    return options_.max_iterations * (2 * op.macs() + 2 * denoiser_->macs(op.height(), op.width()));
  }

 private:
  std::unique_ptr<Denoiser> denoiser_;
  DampOptions options_;
};

}  // namespace

void RegisterDamp(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "damp";
  info.summary = "approximate message passing with a denoiser (D-AMP), BM3D by default";
  info.description =
      "r = x + A'z, sigma = |z| / sqrt(m), x = D(r, sigma), z = y - A x + z div D(r) / m with "
      "columns of unit norm and a Monte-Carlo divergence. 30 iterations as published; whole "
      "images: 20, the last ten change 0.01 dB. The published block-wise columns (ReconNet, CVPR "
      "2016) are those of columns \"raw\", damping 0, onsager_limit 100: sigma is then "
      "overestimated "
      "by sqrt(n / m), and at rate 0.01 BM3D returns zero for every block, 5 dB. By default div / "
      "m "
      "is limited, z is damped and the estimate with the smallest residual is returned (damping "
      "and "
      "limit chosen on BSDS500 val). Operator \"gaussian\" with protocol \"image\": noise "
      "level and divergence are those of each block. BM3D: our implementation of both stages; "
      "\"bm3d_fast\" is its published low-complexity profile, \"dct\" sliding DCT thresholding.";
  info.source =
      "Metzler, Maleki, Baraniuk, IEEE Trans. Inf. Theory 62 (2016) 5117; Dabov, Foi, Katkovnik, "
      "Egiazarian, IEEE TIP 16 (2007) 2080";
  info.parameters = SolverParameters();
  info.parameters.update(
      {{"denoiser",
        {{"type", "string"}, {"enum", {"bm3d", "bm3d_fast", "dct"}}, {"default", "bm3d"}}},
       {"damping",
        {{"type", "number"},
         {"minimum", 0},
         {"exclusiveMaximum", 1},
         {"default", 0.3},
         {"description", "share of the residual before in the new one; 0: as published"}}},
       {"onsager_limit",
        {{"type", "number"},
         {"minimum", 0},
         {"default", 0.95},
         {"description", "of div D / m with operator \"gaussian\"; 0: no message passing"}}},
       {"columns",
        {{"type", "string"},
         {"enum", {"unit", "raw"}},
         {"default", "unit"},
         {"description",
          "\"unit\": A and y multiplied by sqrt(n / m), so that A has columns of norm 1, as the "
          "algorithm supposes; \"raw\": orthonormal rows as they are, as published"}}},
       {"start",
        {{"type", "string"},
         {"enum", {"protocol", "zero", "means"}},
         {"default", "protocol"},
         {"description",
          "\"zero\": as published; \"means\": of the blocks, estimated from their measurements; "
          "\"protocol\": zero for \"block\", means for \"image\""}}}});
  methods.Register(std::move(info), [](const Json& p) { return std::make_unique<DampMethod>(p); });
}

}  // namespace chaosense
