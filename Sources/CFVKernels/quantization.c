#include "cfv_quantization.h"

#include <math.h>
#include <stddef.h>

#include "inline.h"
#include "multiversion.h"

// The factor of a place: `step` is 0 where all have the same parameters, so that loops over neighbours need no index.
CFV_INLINE void quantize_stretch(const float *steps, const float *zeros, long step, float low, float high,
                                 int writes_integers, const float *x, float *y, unsigned char *open, long count) {
  for (long i = 0; i < count; i++) {
    const float zero = zeros[i * step];
    const float q = rintf(x[i] / steps[i * step]) + zero;
    // Comparisons let NaN through.
    const float clipped = q < low ? low : q > high ? high : q;
    if (open) open[i] = q >= low && q <= high;
    y[i] = writes_integers ? clipped : (clipped - zero) * steps[i * step];
  }
}

CFV_MULTIVERSION
void cfv_quantize(const cfv_quantization *grid, int writes_integers, const float *x, float *y, unsigned char *open,
                  long first, long count) {
  const float low = grid->low, high = grid->high;
  if (grid->period == 1) {
    if (writes_integers)
      quantize_stretch(grid->steps, grid->zeros, 0, low, high, 1, x, y, open, count);
    else
      quantize_stretch(grid->steps, grid->zeros, 0, low, high, 0, x, y, open, count);
    return;
  }
  for (long done = 0; done < count;) {
    const long place = (first + done) % grid->period;
    const long length = smaller(grid->period - place, count - done);
    quantize_stretch(grid->steps + place, grid->zeros + place, 1, low, high, writes_integers, x + done, y + done,
                     open ? open + done : NULL, length);
    done += length;
  }
}

CFV_INLINE void dequantize_stretch(const float *steps, const float *zeros, long step, const float *q, float *y,
                                   long count) {
  for (long i = 0; i < count; i++) y[i] = (q[i] - zeros[i * step]) * steps[i * step];
}

CFV_MULTIVERSION
void cfv_dequantize(const cfv_quantization *grid, const float *q, float *y, long first, long count) {
  if (grid->period == 1) {
    dequantize_stretch(grid->steps, grid->zeros, 0, q, y, count);
    return;
  }
  for (long done = 0; done < count;) {
    const long place = (first + done) % grid->period;
    const long length = smaller(grid->period - place, count - done);
    dequantize_stretch(grid->steps + place, grid->zeros + place, 1, q + done, y + done, length);
    done += length;
  }
}

CFV_INLINE void pull_back_stretch(const float *steps, long step, cfv_quantization_slope slope, const float *gradient,
                                  const unsigned char *open, float *result, long count, int accumulating) {
  for (long i = 0; i < count; i++) {
    float share = gradient[i];
    if (slope == CFV_BY_STEP) share *= steps[i * step];
    if (slope == CFV_BY_INVERSE_STEP) share /= steps[i * step];
    if (open && !open[i]) share = 0;
    result[i] = accumulating ? result[i] + share : share;
  }
}

CFV_MULTIVERSION
void cfv_pull_back_quantization(const cfv_quantization *grid, cfv_quantization_slope slope, const float *gradient,
                                const unsigned char *open, float *result, long first, long count, int accumulating) {
  if (slope == CFV_BY_ONE) {
    pull_back_stretch(NULL, 0, CFV_BY_ONE, gradient, open, result, count, accumulating);
    return;
  }
  if (grid->period == 1) {
    pull_back_stretch(grid->steps, 0, slope, gradient, open, result, count, accumulating);
    return;
  }
  for (long done = 0; done < count;) {
    const long place = (first + done) % grid->period;
    const long length = smaller(grid->period - place, count - done);
    pull_back_stretch(grid->steps + place, 1, slope, gradient + done, open ? open + done : NULL, result + done, length,
                      accumulating);
    done += length;
  }
}

CFV_MULTIVERSION
void cfv_extend_range(const float *x, long count, float *low, float *high) {
  float smallest = *low, largest = *high;
  for (long i = 0; i < count; i++) {
    smallest = x[i] < smallest ? x[i] : smallest;
    largest = x[i] > largest ? x[i] : largest;
  }
  *low = smallest;
  *high = largest;
}
