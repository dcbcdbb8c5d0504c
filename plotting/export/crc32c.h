// CRC-32C (Castagnoli), RFC 3720 appendix B.4.
#ifndef CHAOSENSE_PLOTTING_EXPORT_CRC32C_H_
#define CHAOSENSE_PLOTTING_EXPORT_CRC32C_H_

#include <cstdint>
#include <string_view>

namespace chaosense {

uint32_t Crc32c(std::string_view bytes);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_EXPORT_CRC32C_H_
