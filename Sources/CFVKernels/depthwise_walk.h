// What both directions of a depthwise convolution share: sums over windows of their own for each channel.
#ifndef CFV_DEPTHWISE_WALK_H
#define CFV_DEPTHWISE_WALK_H

#include <math.h>

#include "cfv_depthwise.h"
#include "inline.h"
#include "multiversion.h"
#include "vectors.h"
#include "window_axis.h"

enum { FORWARD, BACKWARD, TILE = 4 };

// What the sums for a target, or a tile of them, go over.
typedef struct {
  const float *values, *results;  // the results, whose places are those of the values, are read backward
  const float *weights, *shift;
  long rows, columns, count;
  long value_row, value_column, weight_row, weight_column;
  float low, high;
  int accumulating;
} Walk;

#pragma clang diagnostic ignored "-Wpsabi"  // functions of vectors are all inlined

#define FLOATS Float16
#define INTS Int16
#define WIDTH 16
#define NAMED(function) function##_16
#include "depthwise_stretches.h"
#undef FLOATS
#undef INTS
#undef WIDTH
#undef NAMED
#define FLOATS Float4
#define INTS Int4
#define WIDTH 4
#define NAMED(function) function##_4
#include "depthwise_stretches.h"
#undef FLOATS
#undef INTS
#undef WIDTH
#undef NAMED
#define FLOATS Float1
#define INTS Int1
#define WIDTH 1
#define NAMED(function) function##_1
#include "depthwise_stretches.h"

CFV_INLINE void sum_tile(const Walk *w, float *target, long step, int kernel, int stride, int direction,
                         int masks) {
  long c = 0;
  sum_tile_16(w, target, step, &c, kernel, stride, direction, masks);
  sum_tile_4(w, target, step, &c, kernel, stride, direction, masks);
  sum_tile_1(w, target, step, &c, kernel, stride, direction, masks);
}

CFV_INLINE void sum_one(const Walk *w, float *target, int direction, int masks) {
  long c = 0;
  sum_one_16(w, target, &c, direction, masks);
  sum_one_4(w, target, &c, direction, masks);
  sum_one_1(w, target, &c, direction, masks);
}

static inline long least(long a, long b) { return a < b ? a : b; }
static inline long most(long a, long b) { return a > b ? a : b; }

// Ten times the width of the kernel and the stride, for windows that have loops of their own.
static inline int known_window(const cfv_window *w) {
  if (w->dilation_width != 1 || w->kernel_width > 9 || w->stride_width > 9) return 0;
  return (int)(w->kernel_width * 10 + w->stride_width);
}

#endif
