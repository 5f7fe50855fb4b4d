#include "depthwise_walk.h"

// One row of the output. With a kernel of 0 nothing is known about the window.
CFV_INLINE void convolve_row(const cfv_window *w, Walk *walk, const float *row, const float *weights,
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
