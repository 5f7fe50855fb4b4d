#include "depthwise_walk.h"

// The gradient of one row of the input.
CFV_INLINE void pull_back_row(const cfv_window *w, Walk *walk, const float *row, const float *results,
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
