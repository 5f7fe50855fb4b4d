// Products of listed rows for one instruction set (see instruction_sets.h).
#include "register_sums_template.h"

#define VECTORS_OF_16 (16 / LANES)

// Adds a row's products with the panels of a group, whose widths are w0, w1 and w2 times 16 columns, and writes the sums
// where the next stretch finds them, or, finished, where they belong.
CFV_INLINE void NAME(row)(const int w0, const int w1, const int w2, const Stretch *s, long row,
                          const cfv_finish *f) {
  const int n0 = w0 * VECTORS_OF_16, n1 = w1 * VECTORS_OF_16, n2 = w2 * VECTORS_OF_16, n = n0 + n1 + n2;
  NAME(Vector) sums[9 * VECTORS_OF_16];
  float *partial = s->sums + row * CFV_GROUP_COLUMNS;
  UNROLL for (int v = 0; v < n; v++) sums[v] = s->begins ? (NAME(Vector)){0} : *(NAME(Vector) *)(partial + v * LANES);
  const long end = s->ends[row];
  for (long i = row > 0 ? s->ends[row - 1] : s->first; i < end; i++) {
    const float factor = s->numbers[i];
    const long place = s->places[i];
    const float *b0 = (const float *)((const char *)s->panels[0] + place * w0);
    const float *b1 = (const float *)((const char *)s->panels[1] + place * w1);
    const float *b2 = (const float *)((const char *)s->panels[2] + place * w2);
    UNROLL for (int v = 0; v < n0; v++) sums[v] += factor * *(const NAME(Vector) *)(b0 + v * LANES);
    UNROLL for (int v = 0; v < n1; v++) sums[n0 + v] += factor * *(const NAME(Vector) *)(b1 + v * LANES);
    UNROLL for (int v = 0; v < n2; v++) sums[n0 + n1 + v] += factor * *(const NAME(Vector) *)(b2 + v * LANES);
  }
  if (!s->finishes) {
    UNROLL for (int v = 0; v < n; v++) *(NAME(Vector) *)(partial + v * LANES) = sums[v];
    return;
  }
  float *c = s->c + row * s->step;
  const float *residual = s->residual ? s->residual + row * f->residual_step : NULL;
  unsigned short *bits = s->bits ? s->bits + row * f->bits_step : NULL;
  if (s->columns == n * LANES) {
    NAME(finish)(f, 1, n, sums, s->shift, residual, 0, bits, 0, c, 0);
    return;
  }
  // A group that is wider than the columns left: through rows of its own.
  float whole[CFV_GROUP_COLUMNS] = {0}, other[CFV_GROUP_COLUMNS] = {0};
  memcpy(whole, c, sizeof(float) * s->columns);
  if (residual) memcpy(other, residual, sizeof(float) * s->columns);
  NAME(finish)(f, 1, n, sums, s->shift, residual ? other : NULL, 0, bits, 0, whole, 0);
  memcpy(c, whole, sizeof(float) * s->columns);
}

#define ROWS_FUNCTION(w0, w1, w2)                                                    \
  TARGET static void NAME(rows_##w0##w1##w2)(const Stretch *s, const cfv_finish *f) { \
    for (long row = 0; row < s->rows; row++) {                                       \
      fetch_next(s, row);                                                            \
      NAME(row)(w0, w1, w2, s, row, f);                                              \
    }                                                                                \
  }
#define ROWS_ENTRY(w0, w1, w2) [w0][w1][w2] = NAME(rows_##w0##w1##w2)

ROWS_FUNCTION(1, 0, 0) ROWS_FUNCTION(2, 0, 0) ROWS_FUNCTION(3, 0, 0)
#define PANELS 1
#if 6 * VECTORS_OF_16 < REGISTERS
ROWS_FUNCTION(2, 2, 0) ROWS_FUNCTION(2, 3, 0) ROWS_FUNCTION(3, 1, 0) ROWS_FUNCTION(3, 2, 0) ROWS_FUNCTION(3, 3, 0)
#undef PANELS
#define PANELS 2
#endif
#if 9 * VECTORS_OF_16 < REGISTERS
ROWS_FUNCTION(3, 2, 2) ROWS_FUNCTION(3, 3, 1) ROWS_FUNCTION(3, 3, 2) ROWS_FUNCTION(3, 3, 3)
#undef PANELS
#define PANELS 3
#endif

static const GroupSet NAME(groups) = {PANELS, {
    ROWS_ENTRY(1, 0, 0), ROWS_ENTRY(2, 0, 0), ROWS_ENTRY(3, 0, 0),
#if PANELS >= 2
    ROWS_ENTRY(2, 2, 0), ROWS_ENTRY(2, 3, 0), ROWS_ENTRY(3, 1, 0), ROWS_ENTRY(3, 2, 0), ROWS_ENTRY(3, 3, 0),
#endif
#if PANELS == 3
    ROWS_ENTRY(3, 2, 2), ROWS_ENTRY(3, 3, 1), ROWS_ENTRY(3, 3, 2), ROWS_ENTRY(3, 3, 3),
#endif
}};

#undef VECTORS_OF_16
#undef ROWS_FUNCTION
#undef ROWS_ENTRY
#undef PANELS
