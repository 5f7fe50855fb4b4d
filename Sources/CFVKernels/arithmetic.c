#include "cfv_arithmetic.h"

#include "multiversion.h"

enum { BLOCK = 256, LANES = 16 };

// A block of an operand's row as `count` neighbouring elements.
static inline const float *spread(const cfv_operand *operand, long row, long column, long count,
                                  float *buffer) {
  const float *start = operand->start + row * operand->row_step;
  if (operand->step) return start + column;
  for (long i = 0; i < count; i++) buffer[i] = *start;
  return buffer;
}

// A sum in an order that depends on `count` alone, and that vectorises.
static inline float sum(const float *values, long count) {
  float lanes[LANES] = {0};
  long i = 0;
  for (; i + LANES <= count; i += LANES)
    for (long lane = 0; lane < LANES; lane++) lanes[lane] += values[i + lane];
  for (; i < count; i++) lanes[i % LANES] += values[i];
  for (long width = LANES / 2; width > 0; width /= 2)
    for (long lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  return lanes[0];
}

#define EACH(expression) \
  for (long i = 0; i < count; i++) y[i] = (expression); \
  break

__attribute__((always_inline)) static inline void combine(cfv_combination combination, float scale,
                                                          const float *a, const float *b,
                                                          const float *c, float *y, long count) {
  switch (combination) {
    case CFV_SCALE: EACH(scale * a[i]);
    case CFV_ADD: EACH(a[i] + b[i]);
    case CFV_SUBTRACT: EACH(a[i] - b[i]);
    case CFV_MULTIPLY: EACH(a[i] * b[i]);
    case CFV_DIVIDE: EACH(a[i] / b[i]);
    case CFV_MAXIMUM: EACH(a[i] >= b[i] ? a[i] : b[i]);
    case CFV_MINIMUM: EACH(a[i] <= b[i] ? a[i] : b[i]);
    case CFV_WHERE_NOT_LESS: EACH(b[i] >= c[i] ? a[i] : 0);
    case CFV_WHERE_GREATER: EACH(b[i] > c[i] ? a[i] : 0);
    case CFV_MULTIPLY_THREE: EACH(a[i] * b[i] * c[i]);
    case CFV_DIVISOR: EACH(-a[i] * (b[i] / c[i]) / c[i]);
  }
}

CFV_MULTIVERSION
void cfv_combine(cfv_combination combination, float scale, const cfv_operand *a, const cfv_operand *b,
                 const cfv_operand *c, float *target, long target_row_step, long target_step, long rows,
                 long columns, int accumulating) {
  const int operands = combination == CFV_SCALE ? 1 : combination >= CFV_DIVISOR ? 3 : 2;
  float spread_a[BLOCK], spread_b[BLOCK], spread_c[BLOCK], results[BLOCK];
  const int direct = target_step && !accumulating;
  for (long row = 0; row < rows; row++) {
    float *out = target + row * target_row_step;
    float total = 0;
    for (long column = 0; column < columns; column += BLOCK) {
      const long count = columns - column < BLOCK ? columns - column : BLOCK;
      const float *x = spread(a, row, column, count, spread_a);
      const float *y = operands > 1 ? spread(b, row, column, count, spread_b) : x;
      const float *z = operands > 2 ? spread(c, row, column, count, spread_c) : x;
      combine(combination, scale, x, y, z, direct ? out + column : results, count);
      if (direct) continue;
      if (target_step)
        for (long i = 0; i < count; i++) out[column + i] += results[i];
      else
        total += sum(results, count);
    }
    if (!target_step) *out = accumulating ? *out + total : total;
  }
}
