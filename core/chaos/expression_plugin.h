// The ChaoticMap of a compiled expression.
#ifndef CHAOSENSE_CORE_CHAOS_EXPRESSION_PLUGIN_H_
#define CHAOSENSE_CORE_CHAOS_EXPRESSION_PLUGIN_H_

#include "core/chaos/expression.h"
#include "core/chaos/map.h"

namespace chaosense {

// `info.parameters` are the program's, and h after them for a flow; the program then gives rates.
MapEntry MakeExpressionEntry(MapInfo info, Program program);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_EXPRESSION_PLUGIN_H_
