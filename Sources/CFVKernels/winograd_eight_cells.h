// The one-dimensional transforms of Winograd's minimal filtering for tiles of 8 cells, with windows of 3 or 5, and the
// points 0, ±1, ±2, ±1/2 and ∞. Vectors are those of neighbouring channels.
#ifndef CFV_WINOGRAD_EIGHT_CELLS_H
#define CFV_WINOGRAD_EIGHT_CELLS_H

#include "wide_vector.h"

// Lagrange's denominators of ±1, ±2 and ±1/2.
static const float DENOMINATOR_1 = -2.0f / 9, DENOMINATOR_2 = 1.0f / 90, DENOMINATOR_HALF = 32.0f / 45;

// Bᵀ d for elements `step` vectors apart.
CFV_INLINE void eight_cells_of_input(const Wide *d, const long step, Wide *v, const long to) {
  const Wide even_1 = d[2 * step] + d[6 * step] - 4.25f * d[4 * step];
  const Wide odd_1 = d[step] + d[5 * step] - 4.25f * d[3 * step];
  const Wide even_2 = 0.25f * d[2 * step] + d[6 * step] - 1.25f * d[4 * step];
  const Wide odd_2 = 0.25f * d[step] + d[5 * step] - 1.25f * d[3 * step];
  const Wide even_half = 4 * d[2 * step] + d[6 * step] - 5 * d[4 * step];
  const Wide odd_half = 4 * d[step] + d[5 * step] - 5 * d[3 * step];
  v[0] = d[0] - d[6 * step] + 5.25f * (d[4 * step] - d[2 * step]);
  v[to] = even_1 + odd_1;
  v[2 * to] = even_1 - odd_1;
  v[3 * to] = even_2 + 2 * odd_2;
  v[4 * to] = even_2 - 2 * odd_2;
  v[5 * to] = even_half + 0.5f * odd_half;
  v[6 * to] = even_half - 0.5f * odd_half;
  v[7 * to] = d[7 * step] - d[step] + 5.25f * (d[3 * step] - d[5 * step]);
}

// G g for a window of 3 or 5.
CFV_INLINE void eight_cells_of_window(const long window, const Wide *g, const long step, Wide *u, const long to) {
  Wide even_1 = g[0] + g[2 * step], odd_1 = g[step];
  Wide even_2 = g[0] + 4 * g[2 * step], odd_2 = 2 * g[step];
  Wide even_half = g[0] + 0.25f * g[2 * step], odd_half = 0.5f * g[step];
  if (window == 5) {
    even_1 += g[4 * step], odd_1 += g[3 * step];
    even_2 += 16 * g[4 * step], odd_2 += 8 * g[3 * step];
    even_half += 0.0625f * g[4 * step], odd_half += 0.125f * g[3 * step];
  }
  even_1 *= DENOMINATOR_1, odd_1 *= DENOMINATOR_1;
  even_2 *= DENOMINATOR_2, odd_2 *= DENOMINATOR_2;
  even_half *= DENOMINATOR_HALF, odd_half *= DENOMINATOR_HALF;
  u[0] = g[0];
  u[to] = even_1 + odd_1;
  u[2 * to] = even_1 - odd_1;
  u[3 * to] = even_2 + odd_2;
  u[4 * to] = even_2 - odd_2;
  u[5 * to] = even_half + odd_half;
  u[6 * to] = even_half - odd_half;
  u[7 * to] = g[(window - 1) * step];
}

// Aᵀ m: 4 or 6 results.
CFV_INLINE void results_of_eight_cells(const long results, const Wide *m, const long step, Wide *y, const long to) {
  const Wide sum_1 = m[step] + m[2 * step], difference_1 = m[step] - m[2 * step];
  const Wide sum_2 = m[3 * step] + m[4 * step], difference_2 = m[3 * step] - m[4 * step];
  const Wide sum_half = m[5 * step] + m[6 * step], difference_half = m[5 * step] - m[6 * step];
  y[0] = m[0] + sum_1 + (sum_2 + sum_half);
  y[to] = difference_1 + 2 * difference_2 + 0.5f * difference_half;
  y[2 * to] = sum_1 + 4 * sum_2 + 0.25f * sum_half;
  y[3 * to] = difference_1 + 8 * difference_2 + 0.125f * difference_half;
  if (results == 6) {
    y[4 * to] = sum_1 + 16 * sum_2 + 0.0625f * sum_half;
    y[5 * to] = difference_1 + 32 * difference_2 + 0.03125f * difference_half;
  }
  y[(results - 1) * to] += m[7 * step];
}

#endif
