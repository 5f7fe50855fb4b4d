#include "cfv_reductions.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "lane_sums.h"
#include "multiversion.h"

CFV_MULTIVERSION
double cfv_sum_of_squares(const float *x, long count) {
  double sum;
  DOUBLE_LANE_SUM(sum, count, (double)x[i] * (double)x[i]);
  return sum;
}

CFV_MULTIVERSION
double cfv_sum(const float *x, long count) {
  double sum;
  DOUBLE_LANE_SUM(sum, count, (double)x[i]);
  return sum;
}

CFV_MULTIVERSION
double cfv_sum_of_squared_deviations(const float *x, long count, double mean) {
  double sum;
  DOUBLE_LANE_SUM(sum, count, (x[i] - mean) * (x[i] - mean));
  return sum;
}

CFV_MULTIVERSION
double cfv_sum_of_products(const float *x, const float *y, long count) {
  double sum;
  DOUBLE_LANE_SUM(sum, count, (double)x[i] * (double)y[i]);
  return sum;
}

CFV_MULTIVERSION
int cfv_all_finite(const float *x, long count) {
  uint32_t found = 0;
  for (long i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, x + i, sizeof bits);
    found |= (bits & 0x7f800000u) == 0x7f800000u;
  }
  return found == 0;
}

CFV_MULTIVERSION
float cfv_largest_magnitude(const float *x, long count) {
  float lanes[LANES] = {0};
  long first = 0;
  for (; first + LANES <= count; first += LANES)
    for (long lane = 0; lane < LANES; lane++) {
      const float size = fabsf(x[first + lane]);
      lanes[lane] = size > lanes[lane] ? size : lanes[lane];
    }
  float largest = 0;
  for (long i = first; i < count; i++) largest = fabsf(x[i]) > largest ? fabsf(x[i]) : largest;
  for (long lane = 0; lane < LANES; lane++) largest = lanes[lane] > largest ? lanes[lane] : largest;
  return largest;
}
