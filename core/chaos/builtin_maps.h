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
  MAP(Lscm)                         \
  MAP(Chebyshev)                    \
  MAP(Gauss)                        \
  MAP(Mouse)                        \
  MAP(Icmic)                        \
  MAP(SineCircle)                   \
  MAP(Bernoulli)                    \
  MAP(Feigenbaum)                   \
  MAP(Cusp)                         \
  MAP(Ricker)                       \
  MAP(Lts)                          \
  MAP(Lss)                          \
  MAP(Tss)                          \
  MAP(CtbcsLogisticSine)            \
  MAP(Lozi)                         \
  MAP(Ikeda)                        \
  MAP(ArnoldCat)                    \
  MAP(Standard)                     \
  MAP(Logistic2d)                   \
  MAP(LscmOldX)                     \
  MAP(Simm)                         \
  MAP(Licm)                         \
  MAP(Memristor)                    \
  MAP(MemristorLogistic)            \
  MAP(KaplanYorke)                  \
  MAP(Burgers)                      \
  MAP(Tinkerbell)                   \
  MAP(Sinai)                        \
  MAP(DelayedLogistic)              \
  MAP(HolmesCubic)                  \
  MAP(Gingerbreadman)               \
  MAP(FoldedTowel)                  \
  MAP(CmlLogistic)                  \
  MAP(CmlPwlcm)                     \
  MAP(CloudLogisticC2)              \
  MAP(CloudC3)                      \
  MAP(Lorenz)                       \
  MAP(Roessler)                     \
  MAP(Chen)                         \
  MAP(Lue)                          \
  MAP(HyperLorenz)                  \
  MAP(HyperChen)                    \
  MAP(HyperRoessler)                \
  MAP(Chua)                         \
  MAP(SprottB)                      \
  MAP(Halvorsen)                    \
  MAP(Thomas)                       \
  MAP(RabinovichFabrikant)          \
  MAP(NoseHoover)

namespace chaosense {

#define CHAOSENSE_DECLARE_MAP(Name) MapEntry Name##Map();
CHAOSENSE_BUILTIN_MAPS(CHAOSENSE_DECLARE_MAP)
#undef CHAOSENSE_DECLARE_MAP

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_BUILTIN_MAPS_H_
