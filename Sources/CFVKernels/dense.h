// What products with every kind of dense weights share.
#ifndef CFV_DENSE_BLOCKS_H
#define CFV_DENSE_BLOCKS_H

#include <stddef.h>

#include "multiversion.h"
#include "wide_vector.h"

// Lines and rows whose sums are in registers together, and the numbers of a row that stay in a core's cache meanwhile.
// Sums are taken stretch by stretch for any number of rows, so that each row's are what they are alone.
enum { LINES = 4, ROWS = 4, PAIR = 2, STRETCH = 4096 };

CFV_INLINE float sum_of(const Wide *vector) {
  float sums[CFV_LANES];
  memcpy(sums, vector, sizeof sums);
  UNROLL for (int half = CFV_LANES / 2; half > 0; half /= 2)
    UNROLL for (int i = 0; i < half; i++) sums[i] += sums[i + half];
  return sums[0];
}

// Lists the lines first ..< last that have a gate which is not 0 in any of the rows; all of them without gates.
CFV_INLINE long find_open(const float *gates, long rows, long lines, long first, long last, int *open) {
  long opened = 0;
  for (long l = first; l < last; l++) {
    int reads = gates == NULL;
    for (long r = 0; gates && r < rows; r++) reads |= gates[r * lines + l] != 0;
    open[opened] = (int)l;
    opened += reads;
  }
  return opened;
}

#endif
