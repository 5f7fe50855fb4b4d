#include "cfv_arithmetic.h"

#include <math.h>

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

static inline float modulo(float a, float b) {
  const float rest = fmodf(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

static inline float multiply(float a, float b) { return a * b; }
static inline float add(float a, float b) { return a + b; }
// NaN once met stays.
static inline float larger(float a, float b) { return a > b || a != a ? a : b; }
static inline float smaller(float a, float b) { return a < b || a != a ? a : b; }

// A fold in an order that depends on `count` alone, and that vectorises.
#define FOLD(name, merged, start) \
  __attribute__((always_inline)) static inline float name(const float *values, long count) { \
    float lanes[LANES]; \
    for (long lane = 0; lane < LANES; lane++) lanes[lane] = start; \
    long i = 0; \
    for (; i + LANES <= count; i += LANES) \
      for (long lane = 0; lane < LANES; lane++) \
        lanes[lane] = merged(lanes[lane], values[i + lane]); \
    for (; i < count; i++) lanes[i % LANES] = merged(lanes[i % LANES], values[i]); \
    for (long width = LANES / 2; width > 0; width /= 2) \
      for (long lane = 0; lane < width; lane++) \
        lanes[lane] = merged(lanes[lane], lanes[lane + width]); \
    return lanes[0]; \
  }

FOLD(sum, add, 0)
FOLD(product, multiply, 1)
FOLD(largest, larger, -INFINITY)
FOLD(smallest, smaller, INFINITY)

static inline float merge(cfv_fold fold, float a, float b) {
  switch (fold) {
    case CFV_PRODUCT: return a * b;
    case CFV_LARGEST: return larger(a, b);
    case CFV_SMALLEST: return smaller(a, b);
    default: return a + b;
  }
}

static inline float of_nothing(cfv_fold fold) {
  switch (fold) {
    case CFV_PRODUCT: return 1;
    case CFV_LARGEST: return -INFINITY;
    case CFV_SMALLEST: return INFINITY;
    default: return 0;
  }
}

__attribute__((always_inline)) static inline float fold_row(cfv_fold fold, const float *values,
                                                            long count) {
  switch (fold) {
    case CFV_PRODUCT: return product(values, count);
    case CFV_LARGEST: return largest(values, count);
    case CFV_SMALLEST: return smallest(values, count);
    default: return sum(values, count);
  }
}

// Folds each value into the cell that it is for.
__attribute__((always_inline)) static inline void fold_into(cfv_fold fold, const float *values,
                                                            float *cells, long count) {
  switch (fold) {
    case CFV_PRODUCT:
      for (long i = 0; i < count; i++) cells[i] *= values[i];
      break;
    case CFV_LARGEST:
      for (long i = 0; i < count; i++) cells[i] = larger(cells[i], values[i]);
      break;
    case CFV_SMALLEST:
      for (long i = 0; i < count; i++) cells[i] = smaller(cells[i], values[i]);
      break;
    default:
      for (long i = 0; i < count; i++) cells[i] += values[i];
  }
}

#define EACH(expression) \
  for (long i = 0; i < count; i++) y[i] = (expression); \
  break

__attribute__((always_inline)) static inline void combine(cfv_combination combination, float scale,
                                                          const float *a, const float *b,
                                                          const float *c, float *y, long count) {
  switch (combination) {
    case CFV_SCALE: EACH(scale * a[i]);
    case CFV_MAGNITUDE: EACH(fabsf(a[i]));
    case CFV_NOT_ZERO: EACH(a[i] == 0 ? 1 : a[i]);
    case CFV_IS_ZERO: EACH(a[i] == 0 ? 1 : 0);
    case CFV_ADD: EACH(a[i] + b[i]);
    case CFV_SUBTRACT: EACH(a[i] - b[i]);
    case CFV_MULTIPLY: EACH(a[i] * b[i]);
    case CFV_DIVIDE: EACH(a[i] / b[i]);
    case CFV_MAXIMUM: EACH(a[i] >= b[i] ? a[i] : b[i]);
    case CFV_MINIMUM: EACH(a[i] <= b[i] ? a[i] : b[i]);
    case CFV_POWER: EACH(powf(a[i], b[i]));
    case CFV_REMAINDER: EACH(fmodf(a[i], b[i]));
    case CFV_MODULO: EACH(modulo(a[i], b[i]));
    case CFV_RELATIVE_EXPONENTIAL: EACH(expf(a[i] - b[i]));
    case CFV_EQUAL: EACH(a[i] == b[i] ? 1 : 0);
    case CFV_NOT_EQUAL: EACH(a[i] != b[i] ? 1 : 0);
    case CFV_LESS: EACH(a[i] < b[i] ? 1 : 0);
    case CFV_NOT_GREATER: EACH(a[i] <= b[i] ? 1 : 0);
    case CFV_AND: EACH(a[i] != 0 && b[i] != 0 ? 1 : 0);
    case CFV_OR: EACH(a[i] != 0 || b[i] != 0 ? 1 : 0);
    case CFV_XOR: EACH((a[i] != 0) != (b[i] != 0) ? 1 : 0);
    case CFV_WITH_SIGN: EACH(b[i] > 0 ? a[i] : b[i] < 0 ? -a[i] : 0);
    case CFV_WHERE_NOT_LESS: EACH(b[i] >= c[i] ? a[i] : 0);
    case CFV_WHERE_GREATER: EACH(b[i] > c[i] ? a[i] : 0);
    case CFV_WHERE_TRUE: EACH(b[i] != 0 ? a[i] : 0);
    case CFV_WHERE_FALSE: EACH(b[i] != 0 ? 0 : a[i]);
    case CFV_CHOOSE: EACH(a[i] != 0 ? b[i] : c[i]);
    case CFV_WHERE_EQUAL: EACH(b[i] == c[i] ? a[i] : 0);
    case CFV_MULTIPLY_THREE: EACH(a[i] * b[i] * c[i]);
    case CFV_DIVISOR: EACH(-a[i] * (b[i] / c[i]) / c[i]);
    case CFV_REMAINDER_DIVISOR: EACH(-a[i] * truncf(b[i] / c[i]));
    case CFV_MODULO_DIVISOR: EACH(-a[i] * floorf(b[i] / c[i]));
    case CFV_SHARE_OF_PRODUCT: EACH(b[i] == 0 ? c[i] : a[i] / b[i]);
    case CFV_SHARE_OF_EXPONENTIALS: EACH(a[i] == 0 ? 0 : a[i] * expf(b[i] - c[i]));
    case CFV_POWER_BASE: EACH(c[i] == 0 ? 0 : a[i] * c[i] * powf(b[i], c[i] - 1));
    case CFV_POWER_EXPONENT: EACH(b[i] == 0 ? 0 : a[i] * powf(b[i], c[i]) * logf(b[i]));
  }
}

CFV_MULTIVERSION
void cfv_combine(cfv_combination combination, cfv_fold fold, float scale, const cfv_operand *a,
                 const cfv_operand *b, const cfv_operand *c, float *target, long target_row_step,
                 long target_step, long rows, long columns, int accumulating) {
  const int operands = combination <= CFV_IS_ZERO ? 1 : combination >= CFV_DIVISOR ? 3 : 2;
  float spread_a[BLOCK], spread_b[BLOCK], spread_c[BLOCK], results[BLOCK];
  // A single column is no sum: 0 added to it would take the sign of a zero.
  const int moves = target_step || columns == 1, direct = moves && !accumulating;
  for (long row = 0; row < rows; row++) {
    float *out = target + row * target_row_step;
    float total = of_nothing(fold);
    for (long column = 0; column < columns; column += BLOCK) {
      const long count = columns - column < BLOCK ? columns - column : BLOCK;
      const float *x = spread(a, row, column, count, spread_a);
      const float *y = operands > 1 ? spread(b, row, column, count, spread_b) : x;
      const float *z = operands > 2 ? spread(c, row, column, count, spread_c) : x;
      combine(combination, scale, x, y, z, direct ? out + column : results, count);
      if (direct) continue;
      if (moves)
        fold_into(fold, results, out + column, count);
      else
        total = merge(fold, total, fold_row(fold, results, count));
    }
    if (!moves) *out = accumulating ? merge(fold, *out, total) : total;
  }
}
