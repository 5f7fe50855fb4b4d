#include "cfv_depthwise.h"

#include <math.h>

#include "multiversion.h"
#include "vectors.h"
#include "window_axis.h"

#define INLINE __attribute__((always_inline)) static inline
#define UNROLL _Pragma("clang loop unroll(full)")

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

INLINE void sum_tile(const Walk *w, float *target, long step, int kernel, int stride, int direction,
                     int masks) {
  long c = 0;
  sum_tile_16(w, target, step, &c, kernel, stride, direction, masks);
  sum_tile_4(w, target, step, &c, kernel, stride, direction, masks);
  sum_tile_1(w, target, step, &c, kernel, stride, direction, masks);
}

INLINE void sum_one(const Walk *w, float *target, int direction, int masks) {
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

// One row of the output. With a kernel of 0 nothing is known about the window.
INLINE void convolve_row(const cfv_window *w, Walk *walk, const float *row, const float *weights,
                         float *output, long step, int kernel, int stride, int masks) {
  const long first = kernel ? (w->padding_left + stride - 1) / stride : 0;
  const long room = w->width + w->padding_left - kernel;
  const long last = kernel && room >= 0 ? least(room / stride, w->out_width - 1) - TILE + 1 : -1;
  for (long x = 0; x < w->out_width;) {
    const long start = x > last && x < last + TILE ? last : x;
    if (start >= first && start <= last) {
      walk->values = row + (start * stride - w->padding_left) * w->channels;
      walk->weights = weights;
      sum_tile(walk, output + start * step, step, kernel, stride, FORWARD, masks);
      x = start + TILE;
      continue;
    }
    const long left = x * w->stride_width - w->padding_left;
    const WindowCells columns = cells_inside(left, w->dilation_width, w->width, w->kernel_width);
    walk->columns = most(columns.last - columns.first, 0);
    walk->values = row + (left + columns.first * w->dilation_width) * w->channels;
    walk->weights = weights + columns.first * w->channels;
    sum_one(walk, output + x * step, FORWARD, masks);
    x++;
  }
}

CFV_MULTIVERSION
void cfv_depthwise(const cfv_window *w, const float *image, const float *weights,
                   const cfv_clipping *clipping, long first, long last, long channel, long count,
                   float *output, long output_step) {
  const int masks = clipping->low > -INFINITY || clipping->high < INFINITY;
  const int kernel = known_window(w);
  for (long oy = first; oy < last; oy++) {
    const long top = oy * w->stride_height - w->padding_top;
    const WindowCells rows = cells_inside(top, w->dilation_height, w->height, w->kernel_height);
    Walk walk = {.shift = clipping->shift ? clipping->shift + channel : 0,
                 .rows = most(rows.last - rows.first, 0),
                 .count = count,
                 .value_row = w->dilation_height * w->width * w->channels,
                 .value_column = w->dilation_width * w->channels,
                 .weight_row = w->kernel_width * w->channels,
                 .weight_column = w->channels,
                 .low = clipping->low,
                 .high = clipping->high};
    const float *row = image + (top + rows.first * w->dilation_height) * w->width * w->channels + channel;
    const float *own = weights + rows.first * walk.weight_row + channel;
    float *out = output + oy * w->out_width * output_step + channel;
#define ROW(kernel, stride) convolve_row(w, &walk, row, own, out, output_step, kernel, stride, masks); break
    switch (kernel) {
      case 31: ROW(3, 1);
      case 32: ROW(3, 2);
      case 51: ROW(5, 1);
      case 52: ROW(5, 2);
      case 71: ROW(7, 1);
      default: ROW(0, 1);
    }
#undef ROW
  }
}

// The gradient of one row of the input.
INLINE void pull_back_row(const cfv_window *w, Walk *walk, const float *row, const float *results,
                          const float *weights, long step, float *gradient, int kernel, int stride,
                          int masks) {
  const long padding = w->padding_left;
  // A tile starts where a window does, and all windows that reach it exist.
  const long reach = kernel ? (kernel - 1) / stride : 0;
  const long first = most(reach, (padding + stride - 1) / stride) * stride - padding;
  const long room = least(w->out_width - 1 - (TILE - 1) / stride,
                          w->width + padding < TILE ? -1 : (w->width + padding - TILE) / stride);
  const long last = kernel ? room * stride - padding : -TILE;
  for (long x = 0; x < w->width;) {
    const int overlaps = !walk->accumulating && x > last && x < last + TILE;
    const long start = overlaps ? last : x;
    if (start >= first && start <= last && (start + padding) % stride == 0) {
      const long window = (start + padding) / stride;
      walk->values = row + window * step;
      walk->results = results + window * step;
      walk->weights = weights;
      sum_tile(walk, gradient + start * w->channels, w->channels, kernel, stride, BACKWARD, masks);
      x = start + TILE;
      continue;
    }
    const CoveringWindows columns = windows_over(x, padding, w->stride_width, w->dilation_width,
                                                 w->kernel_width, w->out_width);
    Walk one = *walk;
    one.columns = columns.count;
    one.values = row + columns.first * step;
    one.results = results + columns.first * step;
    one.value_column = columns.step * step;
    one.weights = weights + columns.cell * w->channels;
    one.weight_column = -columns.cell_step * w->channels;
    sum_one(&one, gradient + x * w->channels, BACKWARD, masks);
    x++;
  }
}

CFV_MULTIVERSION
void cfv_pull_back_depthwise(const cfv_window *w, const float *output_gradient, const float *output,
                             long output_step, const float *weights, const cfv_clipping *clipping,
                             long first, long last, long channel, long count, float *gradient,
                             int accumulating) {
  const int masks = clipping->low > -INFINITY || clipping->high < INFINITY;
  const int kernel = known_window(w);
  for (long y = first; y < last; y++) {
    const CoveringWindows rows = windows_over(y, w->padding_top, w->stride_height, w->dilation_height,
                                              w->kernel_height, w->out_height);
    Walk walk = {.rows = rows.count,
                 .count = count,
                 .value_row = rows.step * w->out_width * output_step,
                 .value_column = output_step,
                 .weight_row = -rows.cell_step * w->kernel_width * w->channels,
                 .weight_column = w->channels,
                 .low = clipping->low,
                 .high = clipping->high,
                 .accumulating = accumulating};
    const long offset = rows.first * w->out_width * output_step + channel;
    const float *own = weights + rows.cell * w->kernel_width * w->channels + channel;
    float *target = gradient + y * w->width * w->channels + channel;
#define ROW(kernel, stride, masks) \
  pull_back_row(w, &walk, output_gradient + offset, output + offset, own, output_step, target, kernel, \
                stride, masks); \
  break
    switch (kernel * 2 + masks) {
      case 62: ROW(3, 1, 0);
      case 63: ROW(3, 1, 1);
      case 64: ROW(3, 2, 0);
      case 65: ROW(3, 2, 1);
      case 102: ROW(5, 1, 0);
      case 103: ROW(5, 1, 1);
      case 104: ROW(5, 2, 0);
      case 105: ROW(5, 2, 1);
      case 142: ROW(7, 1, 0);
      default: ROW(0, 1, masks);
    }
#undef ROW
  }
}
