#include <math.h>

#include "cfv_elementwise.h"
#include "multiversion.h"

CFV_MULTIVERSION
void cfv_apply_epilogue(const cfv_epilogue *e, float *values, long rows, long columns, long step) {
  const float slope = e->slope, low = e->low, high = e->high;
  const int linear = slope == 1 && low == -INFINITY && high == INFINITY;
  for (long r = 0; r < rows; r++) {
    float *y = values + r * step;
    if (e->scale)
      for (long c = 0; c < columns; c++) y[c] *= e->scale[c];
    if (e->shift)
      for (long c = 0; c < columns; c++) y[c] += e->shift[c];
    if (linear) continue;
    for (long c = 0; c < columns; c++) {
      float v = y[c];
      v = v < 0 ? v * slope : v;
      v = v < low ? low : v;
      y[c] = v > high ? high : v;
    }
  }
}

CFV_MULTIVERSION
void cfv_pull_back_epilogue(const cfv_epilogue *e, const float *values, float *gradient, long rows,
                            long columns, long step) {
  const float slope = e->slope, low = e->low, high = e->high;
  const int linear = slope == 1 && low == -INFINITY && high == INFINITY;
  for (long r = 0; r < rows; r++) {
    const float *y = values + r * step;
    float *g = gradient + r * step;
    if (!linear)
      for (long c = 0; c < columns; c++) {
        const float factor = y[c] > 0 ? 1 : slope;
        g[c] = (y[c] > low && y[c] < high) ? g[c] * factor : 0;
      }
    if (e->scale)
      for (long c = 0; c < columns; c++) g[c] *= e->scale[c];
  }
}
