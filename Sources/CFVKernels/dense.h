// What products with every kind of dense weights share.
#ifndef CFV_DENSE_BLOCKS_H
#define CFV_DENSE_BLOCKS_H

#include "multiversion.h"
#include "wide_vector.h"

// Units and rows whose sums are in registers together, and the inputs that stay in a core's cache meanwhile.
enum { UNITS = 4, ROWS = 4, STRETCH = 4096 };

CFV_INLINE float sum_of(const Wide *vector) {
  float sum = 0;
  for (int i = 0; i < CFV_LANES; i++) sum += (*vector)[i];
  return sum;
}

#endif
