#include "cfv_convolution.h"

#include "multiversion.h"

// The window cells that contribute to one position: where their values and their weights start.
typedef struct {
  long count;
  long values[CFV_DEPTHWISE_CELLS], weights[CFV_DEPTHWISE_CELLS];
} Taps;

typedef float Wide __attribute__((vector_size(64), aligned(4), may_alias));
typedef float Narrow __attribute__((vector_size(16), aligned(4), may_alias));

// Sums over the taps stay in registers: a stretch of channels at a time.
#define SUM_CHANNELS(type, width) \
  for (; c + width <= channels; c += width) { \
    type sum = {0}; \
    if (accumulating) sum = *(const type *)(target + c); \
    for (long t = 0; t < taps->count; t++) \
      sum += *(const type *)(values + taps->values[t] + c) * \
             *(const type *)(weights + taps->weights[t] + c); \
    *(type *)(target + c) = sum; \
  }

__attribute__((always_inline)) static inline void sum_taps(const Taps *taps, const float *values,
                                                           const float *weights, float *target,
                                                           long channels, int accumulating) {
  long c = 0;
  SUM_CHANNELS(Wide, 16)
  SUM_CHANNELS(Narrow, 4)
  for (; c < channels; c++) {
    float sum = accumulating ? target[c] : 0;
    for (long t = 0; t < taps->count; t++)
      sum += values[taps->values[t] + c] * weights[taps->weights[t] + c];
    target[c] = sum;
  }
}

CFV_MULTIVERSION
void cfv_depthwise(const cfv_window *w, const float *image, const float *weights, long first, long last,
                   long channel, long count, float *output, long output_step) {
  Taps taps;
  for (long oy = first; oy < last; oy++)
    for (long ox = 0; ox < w->out_width; ox++) {
      taps.count = 0;
      for (long i = 0; i < w->kernel_height; i++) {
        const long y = oy * w->stride_height - w->padding_top + i * w->dilation_height;
        if (y < 0 || y >= w->height) continue;
        for (long j = 0; j < w->kernel_width; j++) {
          const long x = ox * w->stride_width - w->padding_left + j * w->dilation_width;
          if (x < 0 || x >= w->width) continue;
          taps.values[taps.count] = (y * w->width + x) * w->channels;
          taps.weights[taps.count++] = (i * w->kernel_width + j) * w->channels;
        }
      }
      sum_taps(&taps, image + channel, weights + channel,
               output + (oy * w->out_width + ox) * output_step + channel, count, 0);
    }
}

// The output position whose window starts `offset` cells before; −1 where there is none.
static inline long position(long offset, long stride, long positions) {
  if (offset < 0) return -1;
  if (stride > 1) {
    if (offset % stride != 0) return -1;
    offset /= stride;
  }
  return offset < positions ? offset : -1;
}

CFV_MULTIVERSION
void cfv_pull_back_depthwise(const cfv_window *w, const float *output_gradient, long output_step,
                             const float *weights,
                             long first, long last, long channel, long count, float *gradient,
                             int accumulating) {
  Taps taps;
  for (long y = first; y < last; y++)
    for (long x = 0; x < w->width; x++) {
      taps.count = 0;
      for (long i = 0; i < w->kernel_height; i++) {
        const long oy =
            position(y + w->padding_top - i * w->dilation_height, w->stride_height, w->out_height);
        if (oy < 0) continue;
        for (long j = 0; j < w->kernel_width; j++) {
          const long ox =
              position(x + w->padding_left - j * w->dilation_width, w->stride_width, w->out_width);
          if (ox < 0) continue;
          taps.values[taps.count] = (oy * w->out_width + ox) * output_step;
          taps.weights[taps.count++] = (i * w->kernel_width + j) * w->channels;
        }
      }
      sum_taps(&taps, output_gradient + channel, weights + channel,
               gradient + (y * w->width + x) * w->channels + channel, count, accumulating);
    }
}
