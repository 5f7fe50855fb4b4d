#include "cfv_dense.h"

#include "multiversion.h"
#include "wide_vector.h"

// Units and rows whose sums are in registers together, and the inputs that stay in a core's cache meanwhile.
enum { UNITS = 4, ROWS = 4, STRETCH = 4096 };

// Floats that are asked for before they are needed, more than the processor looks ahead by itself.
enum { AHEAD = 512 };

CFV_INLINE float sum_of(const Wide *vector) {
  float sum = 0;
  for (int i = 0; i < CFV_LANES; i++) sum += (*vector)[i];
  return sum;
}

// Adds the products over one stretch of inputs; `units` and `rows` are constants where this is inlined.
CFV_INLINE void dense_block(const long units, const long rows, const float *input, const float *weights, long width,
                            long count, float *output, long output_step, int adds) {
  Wide sums[UNITS][ROWS];
  UNROLL for (long u = 0; u < units; u++) UNROLL for (long r = 0; r < rows; r++) sums[u][r] = (Wide){0};
  long i = 0;
  for (; i + CFV_LANES <= count; i += CFV_LANES) {
    Wide x[ROWS];
    UNROLL for (long r = 0; r < rows; r++) x[r] = *(const Wide *)(input + r * width + i);
    UNROLL for (long u = 0; u < units; u++) {
      const Wide w = *(const Wide *)(weights + u * width + i);
      __builtin_prefetch(weights + u * width + i + AHEAD);
      UNROLL for (long r = 0; r < rows; r++) sums[u][r] += w * x[r];
    }
  }
  for (long u = 0; u < units; u++)
    for (long r = 0; r < rows; r++) {
      float sum = sum_of(&sums[u][r]);
      for (long j = i; j < count; j++) sum += weights[u * width + j] * input[r * width + j];
      float *target = output + r * output_step + u;
      *target = adds ? *target + sum : sum;
    }
}

CFV_MULTIVERSION CFV_WIDE void cfv_dense(const float *input, long rows, const float *weights, long width, long units,
                                         float *output, long output_step) {
  // One row takes all inputs at once, in which order memory is fastest.
  const long stretch = rows == 1 ? width : STRETCH;
  for (long u = 0; u < units; u += UNITS)
    for (long i = 0; i < width; i += stretch) {
      const long count = width - i < stretch ? width - i : stretch;
      const float *w = weights + u * width + i, *x = input + i;
      float *y = output + u;
      for (long r = 0; r < rows;) {
        const int four = rows - r >= ROWS, whole = units - u >= UNITS;
        const float *xr = x + r * width;
        float *yr = y + r * output_step;
        if (whole && four) {
          dense_block(UNITS, ROWS, xr, w, width, count, yr, output_step, i > 0);
        } else if (whole) {
          dense_block(UNITS, 1, xr, w, width, count, yr, output_step, i > 0);
        } else {
          for (long v = 0; v < units - u; v++)
            dense_block(1, 1, xr, w + v * width, width, count, yr + v, output_step, i > 0);
        }
        r += whole && four ? ROWS : 1;
      }
    }
}

// Adds the shares of `units` units to one row's gradient.
CFV_INLINE void add_units(const long units, const float *factors, const float *const *weights, long count,
                          float *gradient) {
  long i = 0;
  for (; i + 2 * CFV_LANES <= count; i += 2 * CFV_LANES) {
    Wide low = *(Wide *)(gradient + i), high = *(Wide *)(gradient + i + CFV_LANES);
    UNROLL for (long u = 0; u < units; u++) {
      __builtin_prefetch(weights[u] + i + AHEAD);
      __builtin_prefetch(weights[u] + i + AHEAD + CFV_LANES);
      low += factors[u] * *(const Wide *)(weights[u] + i);
      high += factors[u] * *(const Wide *)(weights[u] + i + CFV_LANES);
    }
    *(Wide *)(gradient + i) = low;
    *(Wide *)(gradient + i + CFV_LANES) = high;
  }
  for (; i < count; i++)
    for (long u = 0; u < units; u++) gradient[i] += factors[u] * weights[u][i];
}

CFV_MULTIVERSION CFV_WIDE void cfv_pull_back_dense(const float *output_gradient, long rows, const float *weights,
                                                   long width, long units, long first, long last, float *gradient,
                                                   int accumulating, int *open) {
  const long count = last - first;
  long opened = 0;
  for (long u = 0; u < units; u++) {
    int reads = 0;
    for (long r = 0; r < rows; r++) reads |= output_gradient[r * units + u] != 0;
    open[opened] = (int)u;
    opened += reads;
  }
  if (!accumulating)
    for (long r = 0; r < rows; r++) memset(gradient + r * width + first, 0, sizeof(float) * count);
  for (long o = 0; o < opened; o += UNITS) {
    const long now = opened - o < UNITS ? opened - o : UNITS;
    const float *starts[UNITS];
    for (long u = 0; u < now; u++) starts[u] = weights + (long)open[o + u] * width + first;
    for (long r = 0; r < rows; r++) {
      float factors[UNITS];
      for (long u = 0; u < now; u++) factors[u] = output_gradient[r * units + open[o + u]];
      float *target = gradient + r * width + first;
      if (now == UNITS)
        add_units(UNITS, factors, starts, count, target);
      else
        for (long u = 0; u < now; u++) add_units(1, factors + u, starts + u, count, target);
    }
  }
}
