// What `chaosense randomness --help` says.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_OPTIONS_H_
#define CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_OPTIONS_H_

#include <boost/program_options.hpp>

namespace chaosense {

boost::program_options::options_description RandomnessOptions();
extern const char kRandomnessText[];
extern const char kRandomnessExamples[];

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_OPTIONS_H_
