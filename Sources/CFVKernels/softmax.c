#include "cfv_softmax.h"

#include "lane_sums.h"
#include "multiversion.h"
#include "vector_math.h"

static inline float largest_of(const float *x, long width) {
  float lanes[LANES];
  for (long lane = 0; lane < LANES; lane++) lanes[lane] = -INFINITY;
  long first = 0;
  for (; first + LANES <= width; first += LANES)
    for (long lane = 0; lane < LANES; lane++)
      lanes[lane] = x[first + lane] > lanes[lane] ? x[first + lane] : lanes[lane];
  for (long i = first; i < width; i++)
    lanes[i - first] = x[i] > lanes[i - first] ? x[i] : lanes[i - first];
  float result = lanes[0];
  for (long lane = 1; lane < LANES; lane++) result = lanes[lane] > result ? lanes[lane] : result;
  return result;
}

// e^x, and 0 where that is below the smallest normal number: what a mask leaves out has no share at all, and no gradient.
static inline float share(float x) { return x < LEAST_EXPONENT ? 0 : exponential(x); }

CFV_MULTIVERSION
void cfv_softmax_rows(const float *x, float *y, long rows, long width, int logarithmic) {
  for (long row = 0; row < rows; row++, x += width, y += width) {
    const float largest = largest_of(x, width);
    float sum;
    for (long i = 0; i < width; i++) y[i] = share(x[i] - largest);
    LANE_SUM(sum, width, y[i]);
    if (logarithmic) {
      // Not x − (largest + logarithm): that sum rounds the logarithm away where x is large.
      const float logarithm = logf(sum);
      for (long i = 0; i < width; i++) y[i] = (x[i] - largest) - logarithm;
    } else {
      const float rate = 1 / sum;
      for (long i = 0; i < width; i++) y[i] *= rate;
    }
  }
}

CFV_MULTIVERSION
void cfv_pull_back_softmax_rows(const float *y, const float *output_gradient, float *gradient, long rows,
                                long width, int logarithmic, int accumulating) {
  const float *g = output_gradient;
  for (long row = 0; row < rows; row++, y += width, g += width, gradient += width) {
    float sum;
    if (logarithmic) {
      LANE_SUM(sum, width, g[i]);
      for (long i = 0; i < width; i++)
        gradient[i] = (accumulating ? gradient[i] : 0) + (g[i] - share(y[i]) * sum);
    } else {
      LANE_SUM(sum, width, g[i] * y[i]);
      for (long i = 0; i < width; i++)
        gradient[i] = (accumulating ? gradient[i] : 0) + y[i] * (g[i] - sum);
    }
  }
}
