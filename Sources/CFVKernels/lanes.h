// Sixteen numbers side by side, in one register or several, whatever the processor has.
#ifndef CFV_LANES_H
#define CFV_LANES_H

#include "inline.h"

typedef float Lanes __attribute__((vector_size(64), may_alias));

// The same where memory is not aligned to 64 bytes.
typedef float UnalignedLanes __attribute__((vector_size(64), aligned(4), may_alias));

// Lanes only go through functions that are inlined, so that no calling convention is concerned.
#if defined(__clang__) || defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wpsabi"
#endif

#endif
