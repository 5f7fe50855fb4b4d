#ifndef CFV_INLINE_H
#define CFV_INLINE_H

// A function that becomes part of its caller, and is compiled for the caller's instruction set and constants.
#define CFV_INLINE __attribute__((always_inline)) static inline

CFV_INLINE long smaller(long a, long b) { return a < b ? a : b; }

#endif
