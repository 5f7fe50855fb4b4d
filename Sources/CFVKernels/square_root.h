#ifndef CFV_SQUARE_ROOT_H
#define CFV_SQUARE_ROOT_H

#include <math.h>

#ifndef __has_builtin
#define __has_builtin(builtin) 0
#endif

// √x, without errno: with it, loops over roots do not vectorise.
static inline float square_root(float x) {
#if __has_builtin(__builtin_elementwise_sqrt)
  return __builtin_elementwise_sqrt(x);
#else
  return sqrtf(x);
#endif
}

#endif
