// The part that all iterative reconstruction methods share: operators made from parameters, planes
// and blocks in and out of codes, the quantiser, the convergence log.
//
// Protocols. "block": every 33 x 33 block is recovered by itself from its own measurements, as in
// the published comparisons (ReconNet, CVPR 2016, Table 1). "image": one joint recovery of the
// whole plane. Planes are zero padded at the right and at the bottom to whole blocks.
//
// Codes. m = MeasurementCount(rate, 1089) values a block and channel: Shape{channels, 1, m}.
// Operator "gaussian": the m measurements of that block. Whole-image operators: the grid.count() *
// m measurements of the plane are dealt out in order, m to the first block, m to the next, and so
// on; their means (operator.h) are stored so that the 256 levels of the quantiser lie evenly in [0,
// 1]. Both storage forms are exact up to float rounding.
#ifndef CHAOSENSE_CORE_SOLVERS_SOLVER_METHOD_H_
#define CHAOSENSE_CORE_SOLVERS_SOLVER_METHOD_H_

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/sensing/measurement_matrix.h"
#include "core/sensing/reconstructor.h"
#include "core/solvers/operator.h"

namespace chaosense {

// One line of the convergence log. Units: pixels 0..255.
struct Iteration {
  int number = 0;        // from 1
  double objective = 0;  // of the solver's own problem; for solvers without one, the residual
  double residual = 0;   // |y - A x|
  double change = 0;     // |x - x before| / |x before|
};

struct Trace {
  std::vector<Iteration> iterations;
  std::string note;  // not empty: what a user should be told, e.g. that the solver diverged
};

enum class Protocol { kBlock, kImage };

class SolverMethod : public Reconstructor {
 public:
  // `name`: of the method, for messages. Throws Error(kConfig) if the parameters exclude each
  // other.
  SolverMethod(std::string name, const Json& parameters);

  Json Identity(const FitContext& context) const override;
  void Fit(const FitContext& context) override;
  double ExactRate(int channels) const override;
  Codes<float> Sense(const ImageF& image) const override;
  ImageF Reconstruct(const Codes<float>& codes, Shape shape) const override;
  const Quantiser& QuantiserFor(int channels) const override;
  Cost cost(int channels)
      const override;  // at the iteration limit; image protocol: per block of 264 x 264

 protected:
  // Solves for the plane x, pixels 0..255, from y = A x. Pure: the same for every number of threads
  // and safe to call from several threads. Must stop; must return finite values where it can (the
  // last finite iterate, with a note in the trace). The base checks and throws Error(kRun).
  virtual std::vector<float> Recover(const MeasurementOperator& op,
                                     std::span<const float> y,
                                     int threads,
                                     Trace& trace) const = 0;
  // Multiply-accumulates of one Recover at the iteration limit.
  virtual int64_t RecoverMacs(const MeasurementOperator& op) const = 0;

  double rate() const { return rate_; }
  Protocol protocol() const { return protocol_; }
  // 0 in the config means the published value of the protocol, given here.
  int MaxIterations(int block, int image) const;
  double Tolerance(double block, double image) const;

 private:
  std::unique_ptr<MeasurementOperator> MakeOperator(BlockGrid grid) const;
  void RecoverBlocks(const Codes<float>& codes, Shape shape, ImageF& image) const;
  void RecoverPlanes(const Codes<float>& codes, Shape shape, ImageF& image) const;
  std::vector<float> CheckedRecover(const MeasurementOperator& op,
                                    std::span<const float> y,
                                    int threads,
                                    Trace& trace) const;
  void WriteLog(const std::vector<Trace>& traces) const;
  std::filesystem::path MatrixPath(const FitContext& context) const;

  std::string name_;
  double rate_;
  int rows_;
  Protocol protocol_;
  std::string operator_;
  std::string matrix_;
  uint64_t seed_;
  int max_iterations_;
  double tolerance_;
  std::filesystem::path log_;
  int threads_ = 1;
  std::shared_ptr<const MatrixRowF> phi_;  // operator "gaussian"
  Quantiser quantiser_;
  Quantiser color_quantiser_;
};

// The JSON Schema properties of the parameters above; a solver adds its own.
Json SolverParameters();

bool AllFinite(std::span<const float> values);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_SOLVER_METHOD_H_
