// The one-dimensional transforms of Winograd's minimal filtering for windows of 3: tiles of 6 cells, and the points
// 0, ±a, ±b and ∞ with a = 2/3 and b = 3/2, so that a · b = 1. Vectors are those of neighbouring channels.
#ifndef CFV_WINOGRAD_SIX_CELLS_H
#define CFV_WINOGRAD_SIX_CELLS_H

#include "wide_vector.h"

static const float POINT_A = 2.0f / 3, POINT_A2 = 4.0f / 9, POINT_A3 = 8.0f / 27;
static const float POINT_B = 1.5f, POINT_B2 = 2.25f, POINT_B3 = 3.375f;
static const float SUM_OF_SQUARES = 97.0f / 36;
// 1 / (2a²(a² − b²)) and 1 / (2b²(b² − a²)): Lagrange's denominators.
static const float DENOMINATOR_A = -81.0f / 130, DENOMINATOR_B = 8.0f / 65;

// Bᵀ d for elements `step` vectors apart.
CFV_INLINE void six_cells_of_input(const Wide *d, const long step, Wide *v, const long to) {
  const Wide even_a = d[4 * step] - POINT_B2 * d[2 * step], odd_a = POINT_A * (d[3 * step] - POINT_B2 * d[step]);
  const Wide even_b = d[4 * step] - POINT_A2 * d[2 * step], odd_b = POINT_B * (d[3 * step] - POINT_A2 * d[step]);
  v[0] = d[0] - SUM_OF_SQUARES * d[2 * step] + d[4 * step];
  v[to] = even_a + odd_a;
  v[2 * to] = even_a - odd_a;
  v[3 * to] = even_b + odd_b;
  v[4 * to] = even_b - odd_b;
  v[5 * to] = d[step] - SUM_OF_SQUARES * d[3 * step] + d[5 * step];
}

// G g.
CFV_INLINE void six_cells_of_window(const Wide *g, const long step, Wide *u, const long to) {
  const Wide even_a = DENOMINATOR_A * g[0] + (DENOMINATOR_A * POINT_A2) * g[2 * step];
  const Wide even_b = DENOMINATOR_B * g[0] + (DENOMINATOR_B * POINT_B2) * g[2 * step];
  const Wide odd_a = (DENOMINATOR_A * POINT_A) * g[step], odd_b = (DENOMINATOR_B * POINT_B) * g[step];
  u[0] = g[0];
  u[to] = even_a + odd_a;
  u[2 * to] = even_a - odd_a;
  u[3 * to] = even_b + odd_b;
  u[4 * to] = even_b - odd_b;
  u[5 * to] = g[2 * step];
}

// Aᵀ m.
CFV_INLINE void results_of_six_cells(const Wide *m, const long step, Wide *y, const long to) {
  const Wide sum_a = m[step] + m[2 * step], difference_a = m[step] - m[2 * step];
  const Wide sum_b = m[3 * step] + m[4 * step], difference_b = m[3 * step] - m[4 * step];
  y[0] = m[0] + sum_a + sum_b;
  y[to] = POINT_A * difference_a + POINT_B * difference_b;
  y[2 * to] = POINT_A2 * sum_a + POINT_B2 * sum_b;
  y[3 * to] = POINT_A3 * difference_a + POINT_B3 * difference_b + m[5 * step];
}

#endif
