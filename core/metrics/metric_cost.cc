// Metrics of what a method costs: sizes and times.
#include <fmt/format.h>

#include "core/metrics/metric_groups.h"

namespace chaosense {

void AddSizeMetrics(std::vector<MetricInfo>& all) {
  all.push_back({"parameters",
                 "",
                 Direction::kLower,
                 0,
                 MetricFormat::kCount,
                 "Numbers the method learned or stores, sensing and reconstruction together.",
                 ""});
  all.push_back({"macs",
                 "",
                 Direction::kLower,
                 0,
                 MetricFormat::kCount,
                 "Multiply-accumulate operations to sense and reconstruct the image.",
                 ""});
  all.push_back(
      {"gflops",
       "GFLOP",
       Direction::kLower,
       3,
       MetricFormat::kNumber,
       "2 x macs / 1e9: additions and multiplications to sense and reconstruct the "
       "image; of iterative solvers at their limit of iterations, which they may stop before; "
       "nan where the method does not count them.",
       ""});
  all.push_back({"rate_actual",
                 "",
                 Direction::kNone,
                 4,
                 MetricFormat::kNumber,
                 "Measurements per pixel of one channel of the padded image, as really taken.",
                 ""});
  all.push_back({"plain_bytes",
                 "byte",
                 Direction::kNone,
                 0,
                 MetricFormat::kCount,
                 "Bytes of the 8-bit image before sensing.",
                 ""});
  all.push_back({"cipher_elements",
                 "byte",
                 Direction::kNone,
                 0,
                 MetricFormat::kCount,
                 "Bytes of the ciphertext: the element count L of every critical value.",
                 ""});
  all.push_back({"bits_per_pixel",
                 "bit",
                 Direction::kNone,
                 3,
                 MetricFormat::kNumber,
                 "8 x cipher_elements / (height x width) of the image; an authentication tag is "
                 "not counted.",
                 ""});
}

void AddTimeMetrics(std::vector<MetricInfo>& all) {
  struct Time {
    const char* name;
    int precision;
    const char* words;
  };
  constexpr Time kTimes[] = {
      {"sense", 4, "to sense the image (for a codec: to encode it), median of repeated runs"},
      {"reconstruct", 4, "to reconstruct from float measurements, median of repeated runs"},
      {"compress_reconstruct", 4, "to sense, quantise and reconstruct, median of repeated runs"},
      {"encrypt_decrypt",
       4,
       "to encrypt and to decrypt the compressed image, median of repeated runs"},
      {"total", 4, "of both: compression and its way back, cipher and its way back"},
      {"cipher_only", 4, "to encrypt and decrypt the original image, uncompressed"}};
  for (const Time& time : kTimes) {
    all.push_back({std::string("seconds_") + time.name,
                   "s",
                   Direction::kLower,
                   time.precision,
                   MetricFormat::kNumber,
                   fmt::format("Wall-clock time {}; depends on the machine.", time.words),
                   ""});
  }
}

void AddMemoryMetrics(std::vector<MetricInfo>& all) {
  all.push_back({"peak_memory_mb",
                 "MB",
                 Direction::kLower,
                 1,
                 MetricFormat::kNumber,
                 "Peak resident memory of the process during the reconstruction above what was "
                 "resident before it, in 1e6 bytes; main memory only; nan where the system does "
                 "not tell; depends on the machine.",
                 ""});
}

}  // namespace chaosense
