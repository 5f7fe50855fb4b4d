#include <math.h>

#include "cfv_pooling.h"
#include "multiversion.h"
#include "window_axis.h"

// |x|^p; squares, which are what networks pool, without a logarithm.
static inline float raised(float x, float p) {
  return p == 2 ? x * x : p == 1 ? fabsf(x) : powf(fabsf(x), p);
}

CFV_MULTIVERSION
void cfv_pool_norm(const cfv_window *w, float p, const float *image, long channel, long count,
                   float *output, long output_step) {
  for (long oy = 0; oy < w->out_height; oy++)
    for (long ox = 0; ox < w->out_width; ox++) {
      const long top = oy * w->stride_height - w->padding_top;
      const long left = ox * w->stride_width - w->padding_left;
      const WindowCells rows = cells_inside(top, w->dilation_height, w->height, w->kernel_height);
      const WindowCells columns = cells_inside(left, w->dilation_width, w->width, w->kernel_width);
      float *sum = output + (oy * w->out_width + ox) * output_step + channel;
      for (long c = 0; c < count; c++) sum[c] = 0;
      for (long i = rows.first; i < rows.last; i++) {
        const long y = top + i * w->dilation_height;
        for (long j = columns.first; j < columns.last; j++) {
          const long x = left + j * w->dilation_width;
          const float *cell = image + (y * w->width + x) * w->channels + channel;
          for (long c = 0; c < count; c++) sum[c] += raised(cell[c], p);
        }
      }
      for (long c = 0; c < count; c++) sum[c] = p == 2 ? sqrtf(sum[c]) : powf(sum[c], 1 / p);
    }
}

CFV_MULTIVERSION
void cfv_pull_back_pool_norm(const cfv_window *w, float p, const float *image, const float *output,
                             const float *output_gradient, long output_step, long channel, long count,
                             float *gradient) {
  for (long oy = 0; oy < w->out_height; oy++)
    for (long ox = 0; ox < w->out_width; ox++) {
      const long top = oy * w->stride_height - w->padding_top;
      const long left = ox * w->stride_width - w->padding_left;
      const WindowCells rows = cells_inside(top, w->dilation_height, w->height, w->kernel_height);
      const WindowCells columns = cells_inside(left, w->dilation_width, w->width, w->kernel_width);
      const long offset = (oy * w->out_width + ox) * output_step + channel;
      const float *norm = output + offset;
      const float *g = output_gradient + offset;
      for (long i = rows.first; i < rows.last; i++) {
        const long y = top + i * w->dilation_height;
        for (long j = columns.first; j < columns.last; j++) {
          const long x = left + j * w->dilation_width;
          const long place = (y * w->width + x) * w->channels + channel;
          // A cell other than 0 is in a window whose norm is other than 0, unless both are next to nothing.
          for (long c = 0; c < count; c++) {
            const float v = image[place + c];
            if (v == 0 || norm[c] == 0) continue;
            const float share = g[c] * raised(v / norm[c], p - 1);
            gradient[place + c] += v > 0 ? share : -share;
          }
        }
      }
    }
}
