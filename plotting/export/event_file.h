// TensorBoard's event files: records in TFRecord frames, each a protocol buffer of tensorflow.Event
// (event.proto, summary.proto), of which scalars need six fields.
#ifndef CHAOSENSE_PLOTTING_EXPORT_EVENT_FILE_H_
#define CHAOSENSE_PLOTTING_EXPORT_EVENT_FILE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "plotting/export/training_log.h"

namespace chaosense {

// Event{wall_time, file_version: "brain.Event:2"}, the first of every file.
std::string VersionEvent(double wall_time);
// Event{wall_time, step, summary {value {tag, simple_value}}}: one number of one step.
std::string ScalarEvent(double wall_time, int64_t step, const std::string& tag, float value);

// Length, its masked CRC-32C, the bytes, their masked CRC-32C, all little-endian.
std::string TfRecord(std::string_view bytes);

// The whole event file of a log: every number of every point, tagged by its name, wall time in
// seconds since the training began (so the same log gives the same bytes).
std::string EventFile(const TrainingLog& log);

// TensorBoard reads every file below its --logdir with "tfevents" in its name.
inline constexpr const char* kEventFileName = "events.out.tfevents.0.chaosense";

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_EXPORT_EVENT_FILE_H_
