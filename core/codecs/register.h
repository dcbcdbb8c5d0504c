// Registers the picture codecs as methods: jpeg, webp, jpeg2000.
#ifndef CHAOSENSE_CORE_CODECS_REGISTER_H_
#define CHAOSENSE_CORE_CODECS_REGISTER_H_

#include "core/sensing/reconstructor.h"

namespace chaosense {

void RegisterCodecs(ReconstructorRegistry& methods);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CODECS_REGISTER_H_
