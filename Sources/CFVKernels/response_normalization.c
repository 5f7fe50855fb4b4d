#include <math.h>
#include <string.h>

#include "cfv_normalization.h"
#include "inline.h"
#include "multiversion.h"
#include "vectors.h"

// A row of channels with zeros on both sides, so that windows need no bounds.
static inline long row_step(const cfv_response *r) { return r->channels + r->before + r->after; }

static inline void clear_margins(const cfv_response *r, float *rows, long front) {
  const long step = row_step(r), back = r->before + r->after - front;
  for (long row = 0; row < CFV_RESPONSE_ROWS; row++, rows += step) {
    memset(rows, 0, sizeof(float) * front);
    memset(rows + step - back, 0, sizeof(float) * back);
  }
}

// base^−¼, of which the common exponent ¾ and the gradient are powers; of other exponents the base.
#define ROOTS(Floats) \
  CFV_INLINE Floats root_##Floats(Floats base, float beta) { \
    return beta == 0.75f ? 1 / __builtin_elementwise_sqrt(__builtin_elementwise_sqrt(base)) : base; \
  } \
  CFV_INLINE Floats power_##Floats(Floats root, float beta) { \
    if (beta == 0.75f) return root * root * root; \
    if (beta == 1) return 1 / root; \
    Floats result = root; \
    for (unsigned long i = 0; i < sizeof(Floats) / sizeof(float); i++) result[i] = powf(root[i], -beta); \
    return result; \
  } \
  /* base^(−beta − 1) */ \
  CFV_INLINE Floats next_power_##Floats(Floats root, float beta) { \
    const Floats power = power_##Floats(root, beta); \
    return beta == 0.75f ? power * power * root : power / root; \
  } \
  CFV_INLINE Floats window_##Floats(const float *row, long size) { \
    Floats sum = LOAD(Floats, row); \
    for (long i = 1; i < size; i++) sum += LOAD(Floats, row + i); \
    return sum; \
  }

#pragma clang diagnostic ignored "-Wpsabi"  // all of them are inlined
ROOTS(Float16)
ROOTS(Float4)
ROOTS(Float1)

#define SQUARES(width, Floats) \
  for (; c + width <= channels; c += width) { \
    const Floats value = LOAD(Floats, x + offset + c); \
    STORE(Floats, row + c, value * value); \
  }

#define NORMALIZE(width, Floats) \
  for (; c + width <= channels; c += width) { \
    const Floats root = root_##Floats(r->bias + r->weight * window_##Floats(row + c, size), beta); \
    STORE(Floats, roots + offset + c, root); \
    STORE(Floats, y + offset + c, LOAD(Floats, x + offset + c) * power_##Floats(root, beta)); \
  }

CFV_INLINE void normalize(const cfv_response *r, const float *x, float *y, float *roots, long positions,
                      float *rows, float beta, long size) {
  const long channels = r->channels, step = row_step(r);
  clear_margins(r, rows, r->before);
  for (long first = 0; first < positions; first += CFV_RESPONSE_ROWS) {
    const long last = first + CFV_RESPONSE_ROWS < positions ? first + CFV_RESPONSE_ROWS : positions;
    for (long p = first; p < last; p++) {
      const long offset = p * channels;
      float *row = rows + (p - first) * step + r->before;
      long c = 0;
      SQUARES(16, Float16)
      SQUARES(4, Float4)
      SQUARES(1, Float1)
    }
    for (long p = first; p < last; p++) {
      const long offset = p * channels;
      const float *row = rows + (p - first) * step;
      long c = 0;
      NORMALIZE(16, Float16)
      NORMALIZE(4, Float4)
      NORMALIZE(1, Float1)
    }
  }
}

CFV_MULTIVERSION
void cfv_normalize_response(const cfv_response *r, const float *x, float *y, float *roots, long positions,
                            float *rows) {
  const long size = r->before + r->after + 1;
  if (r->beta == 0.75f && size == 5)
    normalize(r, x, y, roots, positions, rows, 0.75f, 5);
  else if (r->beta == 0.75f)
    normalize(r, x, y, roots, positions, rows, 0.75f, size);
  else
    normalize(r, x, y, roots, positions, rows, r->beta, size);
}

#define RATIOS(width, Floats) \
  for (; c + width <= channels; c += width) \
    STORE(Floats, row + c, \
          LOAD(Floats, g + offset + c) * LOAD(Floats, x + offset + c) * \
              next_power_##Floats(LOAD(Floats, roots + offset + c), beta));

#define PULL_BACK(width, Floats) \
  for (; c + width <= channels; c += width) { \
    const Floats value = \
        LOAD(Floats, g + offset + c) * power_##Floats(LOAD(Floats, roots + offset + c), beta) + \
        factor * LOAD(Floats, x + offset + c) * window_##Floats(row + c, size); \
    STORE(Floats, gradient + offset + c, \
          accumulating ? LOAD(Floats, gradient + offset + c) + value : value); \
  }

CFV_INLINE void pull_back(const cfv_response *r, const float *x, const float *roots, const float *g,
                      float *gradient, long positions, int accumulating, float *rows, float beta,
                      long size) {
  const long channels = r->channels, step = row_step(r);
  const float factor = -2 * beta * r->weight;
  // Channel c is in the window of those from c − after to c + before.
  clear_margins(r, rows, r->after);
  for (long first = 0; first < positions; first += CFV_RESPONSE_ROWS) {
    const long last = first + CFV_RESPONSE_ROWS < positions ? first + CFV_RESPONSE_ROWS : positions;
    for (long p = first; p < last; p++) {
      const long offset = p * channels;
      float *row = rows + (p - first) * step + r->after;
      long c = 0;
      RATIOS(16, Float16)
      RATIOS(4, Float4)
      RATIOS(1, Float1)
    }
    for (long p = first; p < last; p++) {
      const long offset = p * channels;
      const float *row = rows + (p - first) * step;
      long c = 0;
      PULL_BACK(16, Float16)
      PULL_BACK(4, Float4)
      PULL_BACK(1, Float1)
    }
  }
}

CFV_MULTIVERSION
void cfv_pull_back_normalize_response(const cfv_response *r, const float *x, const float *roots,
                                      const float *output_gradient, float *gradient, long positions,
                                      int accumulating, float *rows) {
  const long size = r->before + r->after + 1;
  if (r->beta == 0.75f && size == 5)
    pull_back(r, x, roots, output_gradient, gradient, positions, accumulating, rows, 0.75f, 5);
  else if (r->beta == 0.75f)
    pull_back(r, x, roots, output_gradient, gradient, positions, accumulating, rows, 0.75f, size);
  else
    pull_back(r, x, roots, output_gradient, gradient, positions, accumulating, rows, r->beta, size);
}
