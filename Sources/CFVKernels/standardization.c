#include "cfv_standardization.h"

#include <math.h>

#include "multiversion.h"

enum { LANES = 16 };

// Sums in an order that depends on the width alone, and that vectorises.
static inline float sum_of_lanes(float *lanes) {
  for (long width = LANES / 2; width > 0; width /= 2)
    for (long lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  return lanes[0];
}

// Σ term over i in 0 ..< width.
#define SUM(result, term) \
  do { \
    float lanes[LANES] = {0}; \
    long first = 0; \
    for (; first + LANES <= width; first += LANES) \
      for (long lane = 0; lane < LANES; lane++) { \
        const long i = first + lane; \
        lanes[lane] += (term); \
      } \
    for (long i = first; i < width; i++) lanes[i - first] += (term); \
    result = sum_of_lanes(lanes); \
  } while (0)

CFV_MULTIVERSION
void cfv_standardize_rows(const float *x, const float *scale, const float *shift, float epsilon, float *y,
                          float *statistics, long rows, long width) {
  for (long row = 0; row < rows; row++, x += width, y += width, statistics += 2) {
    float total, squares;
    SUM(total, x[i]);
    const float mean = total / width;
    SUM(squares, (x[i] - mean) * (x[i] - mean));
    const float rate = 1 / sqrtf(squares / width + epsilon);
    for (long i = 0; i < width; i++) y[i] = (x[i] - mean) * rate * scale[i] + shift[i];
    statistics[0] = mean;
    statistics[1] = rate;
  }
}

CFV_MULTIVERSION
void cfv_pull_back_standardize_rows(const float *x, const float *scale, const float *statistics,
                                    const float *output_gradient, float *gradient, long rows, long width,
                                    int accumulating) {
  const float *g = output_gradient;
  for (long row = 0; row < rows; row++, x += width, g += width, gradient += width, statistics += 2) {
    const float mean = statistics[0], rate = statistics[1];
    float total, product;
    SUM(total, g[i] * scale[i]);
    SUM(product, g[i] * scale[i] * (x[i] - mean));
    // What a common shift and a common stretching of the row would change, which is nothing.
    const float shifting = total / width, stretching = product / width * rate * rate;
    if (accumulating)
      for (long i = 0; i < width; i++)
        gradient[i] += rate * (g[i] * scale[i] - shifting - (x[i] - mean) * stretching);
    else
      for (long i = 0; i < width; i++)
        gradient[i] = rate * (g[i] * scale[i] - shifting - (x[i] - mean) * stretching);
  }
}
