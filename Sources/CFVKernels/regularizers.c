#include "cfv_regularizers.h"

#include <math.h>

#include "lane_sums.h"
#include "lanes.h"
#include "multiversion.h"
#include "square_root.h"

// The steps down and to the right, each times what it counts for the gradient; returns the row's sum.
CFV_INLINE double row_variation(const float *row, const float *below, long count, long channels, float beta,
                                float epsilon, float scale, float *down, float *right) {
  double sum = 0;
  if (beta == 2) {
    DOUBLE_LANE_SUM(sum, count, ({
                      const float d = below[i] - row[i], r = row[i + channels] - row[i];
                      down[i] = 2 * scale * d, right[i] = 2 * scale * r;
                      d * d + r * r + epsilon;
                    }));
  } else if (beta == 1) {
    DOUBLE_LANE_SUM(sum, count, ({
                      const float d = below[i] - row[i], r = row[i + channels] - row[i];
                      const float root = square_root(d * d + r * r + epsilon), factor = root > 0 ? scale / root : 0;
                      down[i] = factor * d, right[i] = factor * r;
                      root;
                    }));
  } else {
    for (long i = 0; i < count; i++) {
      const float d = below[i] - row[i], r = row[i + channels] - row[i], square = d * d + r * r + epsilon;
      // ∂/∂d of s^(β/2) is β · d · s^(β/2 − 1).
      const float factor = square > 0 ? scale * beta * powf(square, beta / 2 - 1) : 0;
      down[i] = factor * d, right[i] = factor * r;
      sum += powf(square, beta / 2);
    }
  }
  return sum;
}

CFV_MULTIVERSION
double cfv_total_variation(const float *restrict picture, long height, long width, long channels, float beta,
                           float epsilon, float scale, long first, long last, float *restrict gradient,
                           float *restrict scratch) {
  const long step = width * channels, count = step - channels;
  float *down = scratch, *right = scratch + step;
  double sum = 0;
  // The row above the first hands down its share.
  // A picture of one row varies to the right alone: below it lies itself.
  const long below = height > 1 ? step : 0, rows = height > 1 ? height - 1 : 1;
  for (long y = first > 0 ? first - 1 : 0; y < last && y < rows; y++) {
    const float *row = picture + y * step;
    const double variation =
        row_variation(row, row + below, count, channels, beta, epsilon, scale, down, right);
    if (y >= first) sum += variation;
    if (!gradient) continue;
    float *target = gradient + y * step;
    if (y >= first) {
      for (long i = 0; i < count; i++) target[i] -= down[i] + right[i];
      for (long i = 0; i < count; i++) target[i + channels] += right[i];
    }
    if (y + 1 < last)
      for (long i = 0; i < count; i++) target[i + step] += down[i];
  }
  return sum;
}

// Whole powers are products.
CFV_INLINE float power(float base, float p, const int whole) {
  if (whole < 0) return powf(base, p);
  float result = 1;
  for (int k = 0; k < whole; k++) result *= base;
  return result;
}

static int whole_power(float p) { return p == floorf(p) && p >= 0 && p <= 16 ? (int)p : -1; }

CFV_INLINE double sum_of_powers(const float *x, long count, float p, float rate, const int whole) {
  double sum;
  DOUBLE_LANE_SUM(sum, count, power(fabsf(x[i]) * rate, p, whole));
  return sum;
}

CFV_MULTIVERSION
double cfv_sum_of_powers(const float *x, long count, float p, float unit) {
  const int whole = whole_power(p);
  if (whole == 6) return sum_of_powers(x, count, p, 1 / unit, 6);
  return sum_of_powers(x, count, p, 1 / unit, whole);
}

CFV_INLINE void add_power_gradient(const float *restrict x, long count, float p, float rate, float scale,
                                   float *restrict gradient, const int whole) {
  for (long i = 0; i < count; i++) {
    const float share = scale * power(fabsf(x[i]) * rate, p, whole);
    gradient[i] += x[i] > 0 ? share : x[i] < 0 ? -share : 0;
  }
}

CFV_MULTIVERSION
void cfv_add_power_gradient(const float *restrict x, long count, float p, float unit, float scale,
                            float *restrict gradient) {
  const int whole = whole_power(p - 1);
  if (whole == 5)
    add_power_gradient(x, count, p - 1, 1 / unit, scale, gradient, 5);
  else
    add_power_gradient(x, count, p - 1, 1 / unit, scale, gradient, whole);
}
