// Every built-in map: one line here, one file under maps/ that defines `MapEntry <Name>Map()`.
#ifndef CHAOSENSE_CORE_CHAOS_BUILTIN_MAPS_H_
#define CHAOSENSE_CORE_CHAOS_BUILTIN_MAPS_H_

#include "core/chaos/map.h"

#define CHAOSENSE_BUILTIN_MAPS(MAP) \
  MAP(Logistic)                     \
  MAP(Tent)                         \
  MAP(SkewTent)                     \
  MAP(Sine)                         \
  MAP(Cubic)                        \
  MAP(Pwlcm)                        \
  MAP(Henon)                        \
  MAP(Slmm)                         \
  MAP(Lasm)                         \
  MAP(Lscm)

namespace chaosense {

#define CHAOSENSE_DECLARE_MAP(Name) MapEntry Name##Map();
CHAOSENSE_BUILTIN_MAPS(CHAOSENSE_DECLARE_MAP)
#undef CHAOSENSE_DECLARE_MAP

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_BUILTIN_MAPS_H_
