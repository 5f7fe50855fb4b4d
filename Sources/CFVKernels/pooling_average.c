#include "cfv_pooling.h"
#include "multiversion.h"
#include "vectors.h"
#include "window_axis.h"

// Sums stay in registers, a stretch of channels at a time.
#define SUM_STRETCHES(width, Floats) \
  for (; c + width <= count; c += width) { \
    Floats sum = {0}; \
    for (long i = rows.first; i < rows.last; i++) \
      for (long j = columns.first; j < columns.last; j++) \
        sum += LOAD(Floats, corner + (i - rows.first) * row_step + (j - columns.first) * column_step + c); \
    STORE(Floats, output + c, sum * share); \
  }

#define SHARE_STRETCHES(width, Floats) \
  for (; c + width <= count; c += width) { \
    Floats sum = accumulating ? LOAD(Floats, target + c) : (Floats){0}; \
    for (long a = 0; a < rows.count; a++) \
      for (long b = 0; b < columns.count; b++) { \
        const long position = (rows.first + a * rows.step) * w->out_width + columns.first + \
                              b * columns.step; \
        sum += LOAD(Floats, gradients + position * step + c) * shares[position]; \
      } \
    STORE(Floats, target + c, sum); \
  }

CFV_MULTIVERSION
void cfv_pool_average(const cfv_window *w, const float *image, const float *shares, long first, long last,
                      long channel, long count, float *pooled, long output_step) {
  const long row_step = w->dilation_height * w->width * w->channels;
  const long column_step = w->dilation_width * w->channels;
  for (long oy = first; oy < last; oy++) {
    const long top = oy * w->stride_height - w->padding_top;
    const WindowCells rows = cells_inside(top, w->dilation_height, w->height, w->kernel_height);
    for (long ox = 0; ox < w->out_width; ox++) {
      const long left = ox * w->stride_width - w->padding_left;
      const WindowCells columns = cells_inside(left, w->dilation_width, w->width, w->kernel_width);
      const long position = oy * w->out_width + ox;
      const float share = shares[position];
      const float *corner = image + channel +
                            ((top + rows.first * w->dilation_height) * w->width + left +
                             columns.first * w->dilation_width) *
                                w->channels;
      float *output = pooled + position * output_step + channel;
      long c = 0;
      SUM_STRETCHES(16, Float16)
      SUM_STRETCHES(4, Float4)
      SUM_STRETCHES(1, Float1)
    }
  }
}

CFV_MULTIVERSION
void cfv_pull_back_pool_average(const cfv_window *w, const float *output_gradient, long step,
                                const float *shares, long first, long last, long channel, long count,
                                float *gradient, int accumulating) {
  const float *gradients = output_gradient + channel;
  for (long y = first; y < last; y++) {
    const CoveringWindows rows = windows_over(y, w->padding_top, w->stride_height, w->dilation_height,
                                              w->kernel_height, w->out_height);
    for (long x = 0; x < w->width; x++) {
      const CoveringWindows columns = windows_over(x, w->padding_left, w->stride_width, w->dilation_width,
                                                   w->kernel_width, w->out_width);
      float *target = gradient + (y * w->width + x) * w->channels + channel;
      long c = 0;
      SHARE_STRETCHES(16, Float16)
      SHARE_STRETCHES(4, Float4)
      SHARE_STRETCHES(1, Float1)
    }
  }
}
