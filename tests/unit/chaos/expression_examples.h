// Maps of the catalogue written as formulas: they must give the same bits as compiled.
#ifndef CHAOSENSE_TESTS_UNIT_CHAOS_EXPRESSION_EXAMPLES_H_
#define CHAOSENSE_TESTS_UNIT_CHAOS_EXPRESSION_EXAMPLES_H_

#include <map>
#include <string>
#include <vector>

namespace chaosense {

struct ExpressionExample {
  std::string name;                                // of the compiled map
  std::map<std::string, std::string> definitions;  // optional
  std::map<std::string, std::string> results;      // next, or rates of a flow
};

// Variables, parameters, domain and initial state are the compiled map's.
inline const std::vector<ExpressionExample>& ExpressionExamples() {
  static const std::vector<ExpressionExample> examples = {
      {"logistic", {}, {{"x", "r*x*(1-x)"}}},
      {"tent", {}, {{"x", "x < 0.5 ? mu*x : mu*(1-x)"}}},
      {"skew_tent", {}, {{"x", "x < p ? x/p : (1-x)/(1-p)"}}},
      {"sine", {}, {{"x", "mu*sinpi(x)"}}},
      {"cubic", {}, {{"x", "rho*x*(1-x^2)"}}},
      {"pwlcm", {{"y", "x >= 0.5 ? 1-x : x"}}, {{"x", "y < p ? y/p : (y-p)/(0.5-p)"}}},
      {"henon", {}, {{"x", "1 - a*x*x + y"}, {"y", "b*x"}}},
      {"2d_slmm",
       {},
       {{"x", "alpha*(sinpi(y)+beta)*x*(1-x)"}, {"y", "alpha*(sinpi(x')+beta)*y*(1-y)"}}},
      {"2d_lscm",
       {},
       {{"x", "sinpi(4*theta*x*(1-x) + (1-theta)*sinpi(y))"},
        {"y", "sinpi(4*theta*y*(1-y) + (1-theta)*sinpi(x'))"}}},
      {"chebyshev", {}, {{"x", "cos(k*acos(x))"}}},
      {"mouse", {}, {{"x", "exp(-alpha*x*x) + beta"}}},
      {"gauss", {}, {{"x", "frac(1/x)"}}},
      {"icmic", {}, {{"x", "sin(a/x)"}}},
      {"sine_circle", {}, {{"theta", "frac(theta + Omega - K/(2*pi)*sinpi(2*theta))"}}},
      {"cusp", {}, {{"x", "1 - a*sqrt(abs(x))"}}},
      {"ikeda",
       {{"t", "0.4 - 6/(1 + x*x + y*y)"}},
       {{"x", "1 + u*(x*cos(t) - y*sin(t))"}, {"y", "u*(x*sin(t) + y*cos(t))"}}},
      {"standard", {}, {{"theta", "mod(theta + p', 2*pi)"}, {"p", "mod(p + K*sin(theta), 2*pi)"}}},
      {"holmes_cubic", {}, {{"x", "y"}, {"y", "-b*x + d*y - y*y*y"}}},
      {"memristor", {}, {{"x", "k*x*(q^2 - 1)"}, {"q", "q + x"}}},
      {"lorenz", {}, {{"x", "sigma*(y-x)"}, {"y", "x*(rho-z) - y"}, {"z", "x*y - beta*z"}}},
      {"chua",
       {{"f", "-b*x - (a-b)/2*(abs(x+1) - abs(x-1))"}},
       {{"x", "alpha*(y - x - f)"}, {"y", "x - y + z"}, {"z", "-beta*y"}}},
      {"hyper_lorenz",
       {},
       {{"x", "a*(y-x)+w"}, {"y", "c*x-y-x*z"}, {"z", "x*y-b*z"}, {"w", "-y*z+r*w"}}},
  };
  return examples;
}

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_CHAOS_EXPRESSION_EXAMPLES_H_
