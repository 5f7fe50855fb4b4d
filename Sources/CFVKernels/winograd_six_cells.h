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

// The first three elements of Bᵀ d, or the last, for elements `step` vectors apart.
CFV_INLINE void half_of_six_cells(const int last, const Wide *d, const long step, Wide *v, const long to) {
  const float square = last ? POINT_A2 : POINT_B2, point = last ? POINT_B : POINT_A;
  const Wide even = d[4 * step] - square * d[2 * step], odd = point * (d[3 * step] - square * d[step]);
  v[last ? 0 : to] = even + odd;
  v[last ? to : 2 * to] = even - odd;
  v[last ? 2 * to : 0] = d[last * step] - SUM_OF_SQUARES * d[(2 + last) * step] + d[(4 + last) * step];
}

// Bᵀ d.
CFV_INLINE void six_cells_of_input(const Wide *d, const long step, Wide *v, const long to) {
  half_of_six_cells(0, d, step, v, to);
  half_of_six_cells(1, d, step, v + 3 * to, to);
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
