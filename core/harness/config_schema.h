// What an experiment's config may hold: the keys common to all experiments and the experiment's own
// (PluginInfo::parameters). The checks of a run and the published JSON Schema are made from the
// same parts.
#ifndef CHAOSENSE_CORE_HARNESS_CONFIG_SCHEMA_H_
#define CHAOSENSE_CORE_HARNESS_CONFIG_SCHEMA_H_

#include <filesystem>
#include <string>
#include <vector>

#include "core/harness/config.h"
#include "core/harness/experiment.h"
#include "core/sensing/trainer.h"

namespace chaosense {

// JSON Schema "properties" of the keys every experiment shares, with defaults.
Json CommonConfigKeys();

// The strict schema of a whole, merged config of this experiment. An experiment's own key of the
// same name replaces the common one.
Json ExperimentSchema(const PluginInfo& experiment);

// Of a config with "parts": the common keys, and those that the parts inherit, which are checked
// with them (ExpandConfig of sweep.h).
Json PartedSchema();

// PartedSchema, or the schema of the experiment that the config names. Throws Error(kConfig) if it
// names none or an unknown one.
Json ConfigSchema(const Config& config, const ExperimentRegistry& experiments);

// The draft-7 schema for editors, of one file before merging: every experiment's keys, each allowed
// only with its experiment, and the known names of methods and ciphers. `chaosense schema` prints
// it.
Json PublishedSchema(const ExperimentRegistry& experiments,
                     const std::vector<std::string>& methods,
                     const std::vector<std::string>& ciphers);

// ReadConfig, the overrides in their order, then the sweeps (ApplySweepOption), the check against
// ConfigSchema, defaults. Throws Error(kConfig).
Config LoadExperimentConfig(const std::filesystem::path& file,
                            const std::vector<std::string>& overrides,
                            const ExperimentRegistry& experiments,
                            const std::vector<std::string>& sweeps = {});

// The same for a training config: "trainer" names a trainer, the other keys are "name",
// "description" and the trainer's parameters.
Json TrainerSchema(const PluginInfo& trainer);
Config LoadTrainerConfig(const std::filesystem::path& file,
                         const std::vector<std::string>& overrides,
                         const TrainerRegistry& trainers);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_CONFIG_SCHEMA_H_
