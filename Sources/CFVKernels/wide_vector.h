// Vectors of 64 bytes, which the compiler cuts into what the processor has.
#ifndef CFV_WIDE_VECTOR_H
#define CFV_WIDE_VECTOR_H

#include <string.h>

#include "inline.h"
#include "vectors.h"

enum { CFV_LANES = 16 };

typedef Float16 Wide;
typedef Int16 WideMask;

// Before an array of vectors. As memory may hold them at any address, the stack would too, and a vector in two cache
// lines is written and read again three times as slowly: whether it is depends on where a thread's stack begins.
#define IN_LINES _Alignas(64)

// Functions that take or return vectors must be compiled for the same instruction set as their callers, even
// where they are inlined; hence addresses and macros.

// target = the first `count` floats, and zeros.
CFV_INLINE void load_wide(Wide *target, const float *source, long count) {
  if (count >= CFV_LANES) {
    *target = *(const Wide *)source;
    return;
  }
  *target = (Wide){0};
  memcpy(target, source, sizeof(float) * count);
}

// The first `count` floats of a vector.
CFV_INLINE void store_wide(const Wide *source, float *target, long count) {
  if (count >= CFV_LANES)
    *(Wide *)target = *source;
  else
    memcpy(target, source, sizeof(float) * count);
}

// yes where the mask is set, else no.
#define SELECT_WIDE(mask, yes, no) SELECT(Float16, Int16, mask, yes, no)

#endif
