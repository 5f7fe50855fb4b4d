#include "cfv_pooling.h"

#include <math.h>

#include "multiversion.h"

// The cells of a window that lie inside the image are `from ..< to`: one may be far larger than the image.
static inline long first_inside(long origin, long dilation) {
  return origin < 0 ? (-origin + dilation - 1) / dilation : 0;
}

static inline long end_inside(long origin, long dilation, long extent, long kernel) {
  const long end = origin < extent ? (extent - origin - 1) / dilation + 1 : 0;
  return end < kernel ? end : kernel;
}

CFV_MULTIVERSION
void cfv_pool_maximum(const cfv_window *w, const float *image, long channel, long count, float *output,
                      unsigned short *winners) {
  for (long oy = 0; oy < w->out_height; oy++)
    for (long ox = 0; ox < w->out_width; ox++) {
      const long top = oy * w->stride_height - w->padding_top;
      const long left = ox * w->stride_width - w->padding_left;
      const long rows = end_inside(top, w->dilation_height, w->height, w->kernel_height);
      const long columns = end_inside(left, w->dilation_width, w->width, w->kernel_width);
      const long offset = (oy * w->out_width + ox) * w->channels + channel;
      float *best = output + offset;
      unsigned short *winner = winners + offset;
      int first = 1;
      for (long i = first_inside(top, w->dilation_height); i < rows; i++) {
        const long y = top + i * w->dilation_height;
        for (long j = first_inside(left, w->dilation_width); j < columns; j++) {
          const long x = left + j * w->dilation_width;
          const float *cell = image + (y * w->width + x) * w->channels + channel;
          const unsigned short index = (unsigned short)(i * w->kernel_width + j);
          if (first) {
            for (long c = 0; c < count; c++) best[c] = cell[c];
            for (long c = 0; c < count; c++) winner[c] = index;
          } else {
            for (long c = 0; c < count; c++) {
              const int wins = cell[c] > best[c];
              best[c] = wins ? cell[c] : best[c];
              winner[c] = wins ? index : winner[c];
            }
          }
          first = 0;
        }
      }
      if (first)
        for (long c = 0; c < count; c++) {
          best[c] = -INFINITY;
          winner[c] = 65535;
        }
    }
}

CFV_MULTIVERSION
void cfv_pull_back_pool_maximum(const cfv_window *w, const float *output_gradient,
                                const unsigned short *winners, long channel, long count,
                                float *gradient) {
  for (long oy = 0; oy < w->out_height; oy++)
    for (long ox = 0; ox < w->out_width; ox++) {
      const long top = oy * w->stride_height - w->padding_top;
      const long left = ox * w->stride_width - w->padding_left;
      const long rows = end_inside(top, w->dilation_height, w->height, w->kernel_height);
      const long columns = end_inside(left, w->dilation_width, w->width, w->kernel_width);
      const long offset = (oy * w->out_width + ox) * w->channels + channel;
      const float *g = output_gradient + offset;
      const unsigned short *winner = winners + offset;
      for (long i = first_inside(top, w->dilation_height); i < rows; i++) {
        const long y = top + i * w->dilation_height;
        for (long j = first_inside(left, w->dilation_width); j < columns; j++) {
          const long x = left + j * w->dilation_width;
          float *cell = gradient + (y * w->width + x) * w->channels + channel;
          const unsigned short index = (unsigned short)(i * w->kernel_width + j);
          for (long c = 0; c < count; c++) cell[c] += winner[c] == index ? g[c] : 0;
        }
      }
    }
}

CFV_MULTIVERSION
void cfv_pool_average(const cfv_window *w, const float *image, const float *divisors, long channel,
                      long count, float *output) {
  for (long oy = 0; oy < w->out_height; oy++)
    for (long ox = 0; ox < w->out_width; ox++) {
      const long top = oy * w->stride_height - w->padding_top;
      const long left = ox * w->stride_width - w->padding_left;
      const long rows = end_inside(top, w->dilation_height, w->height, w->kernel_height);
      const long columns = end_inside(left, w->dilation_width, w->width, w->kernel_width);
      const long position = oy * w->out_width + ox;
      const float divisor = divisors[position];
      float *sum = output + position * w->channels + channel;
      for (long c = 0; c < count; c++) sum[c] = 0;
      for (long i = first_inside(top, w->dilation_height); i < rows; i++) {
        const long y = top + i * w->dilation_height;
        for (long j = first_inside(left, w->dilation_width); j < columns; j++) {
          const long x = left + j * w->dilation_width;
          const float *cell = image + (y * w->width + x) * w->channels + channel;
          for (long c = 0; c < count; c++) sum[c] += cell[c];
        }
      }
      for (long c = 0; c < count; c++) sum[c] /= divisor;
    }
}

CFV_MULTIVERSION
void cfv_pull_back_pool_average(const cfv_window *w, const float *output_gradient,
                                const float *divisors, long channel, long count, float *gradient) {
  for (long oy = 0; oy < w->out_height; oy++)
    for (long ox = 0; ox < w->out_width; ox++) {
      const long top = oy * w->stride_height - w->padding_top;
      const long left = ox * w->stride_width - w->padding_left;
      const long rows = end_inside(top, w->dilation_height, w->height, w->kernel_height);
      const long columns = end_inside(left, w->dilation_width, w->width, w->kernel_width);
      const long position = oy * w->out_width + ox;
      const float share = 1 / divisors[position];
      const float *g = output_gradient + position * w->channels + channel;
      for (long i = first_inside(top, w->dilation_height); i < rows; i++) {
        const long y = top + i * w->dilation_height;
        for (long j = first_inside(left, w->dilation_width); j < columns; j++) {
          const long x = left + j * w->dilation_width;
          float *cell = gradient + (y * w->width + x) * w->channels + channel;
          for (long c = 0; c < count; c++) cell[c] += g[c] * share;
        }
      }
    }
}

// |x|^p; squares, which are what networks pool, without a logarithm.
static inline float raised(float x, float p) {
  return p == 2 ? x * x : p == 1 ? fabsf(x) : powf(fabsf(x), p);
}

CFV_MULTIVERSION
void cfv_pool_norm(const cfv_window *w, float p, const float *image, long channel, long count,
                   float *output) {
  for (long oy = 0; oy < w->out_height; oy++)
    for (long ox = 0; ox < w->out_width; ox++) {
      const long top = oy * w->stride_height - w->padding_top;
      const long left = ox * w->stride_width - w->padding_left;
      const long rows = end_inside(top, w->dilation_height, w->height, w->kernel_height);
      const long columns = end_inside(left, w->dilation_width, w->width, w->kernel_width);
      float *sum = output + (oy * w->out_width + ox) * w->channels + channel;
      for (long c = 0; c < count; c++) sum[c] = 0;
      for (long i = first_inside(top, w->dilation_height); i < rows; i++) {
        const long y = top + i * w->dilation_height;
        for (long j = first_inside(left, w->dilation_width); j < columns; j++) {
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
                             const float *output_gradient, long channel, long count,
                             float *gradient) {
  for (long oy = 0; oy < w->out_height; oy++)
    for (long ox = 0; ox < w->out_width; ox++) {
      const long top = oy * w->stride_height - w->padding_top;
      const long left = ox * w->stride_width - w->padding_left;
      const long rows = end_inside(top, w->dilation_height, w->height, w->kernel_height);
      const long columns = end_inside(left, w->dilation_width, w->width, w->kernel_width);
      const long offset = (oy * w->out_width + ox) * w->channels + channel;
      const float *norm = output + offset;
      const float *g = output_gradient + offset;
      for (long i = first_inside(top, w->dilation_height); i < rows; i++) {
        const long y = top + i * w->dilation_height;
        for (long j = first_inside(left, w->dilation_width); j < columns; j++) {
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
