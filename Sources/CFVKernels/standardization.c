#include "cfv_standardization.h"

#include <math.h>

#include "lane_sums.h"
#include "multiversion.h"

CFV_MULTIVERSION
void cfv_standardize_rows(const float *x, const float *scale, const float *shift, float epsilon, float *y,
                          float *statistics, long rows, long width, int centring) {
  for (long row = 0; row < rows; row++, x += width, y += width, statistics += 2) {
    float total = 0, squares;
    if (centring) LANE_SUM(total, width, x[i]);
    const float mean = total / width;
    LANE_SUM(squares, width, (x[i] - mean) * (x[i] - mean));
    const float rate = 1 / sqrtf(squares / width + epsilon);
    for (long i = 0; i < width; i++) y[i] = (x[i] - mean) * rate * scale[i] + shift[i];
    statistics[0] = mean;
    statistics[1] = rate;
  }
}

CFV_MULTIVERSION
void cfv_pull_back_standardize_rows(const float *x, const float *scale, const float *statistics,
                                    const float *output_gradient, float *gradient, long rows, long width,
                                    int centring, int accumulating) {
  const float *g = output_gradient;
  for (long row = 0; row < rows; row++, x += width, g += width, gradient += width, statistics += 2) {
    const float mean = statistics[0], rate = statistics[1];
    float total = 0, product;
    if (centring) LANE_SUM(total, width, g[i] * scale[i]);
    LANE_SUM(product, width, g[i] * scale[i] * (x[i] - mean));
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
