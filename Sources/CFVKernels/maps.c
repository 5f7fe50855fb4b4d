#include <math.h>

#include "cfv_maps.h"
#include "multiversion.h"
#include "vectors.h"

// What an epilogue makes of a value of channel c.
#define APPLY(Floats, Ints, value) \
  if (e->scale) value *= LOAD(Floats, e->scale + c); \
  if (e->shift) value += LOAD(Floats, e->shift + c); \
  CLIP(Floats, Ints, value)

#define CLIP(Floats, Ints, value) \
  if (slope != 1) value = SELECT(Floats, Ints, value < 0, value * slope, value); \
  if (clips) { \
    value = SELECT(Floats, Ints, value < low, (Floats){0} + low, value); \
    value = SELECT(Floats, Ints, value > high, (Floats){0} + high, value); \
  }

// What is left of a gradient where the result is y.
#define MASK(Floats, Ints, gradient, y) \
  if (slope != 1) gradient = SELECT(Floats, Ints, y > 0, gradient, gradient * slope); \
  if (clips) gradient = (Floats)((y > low) & (y < high) & (Ints)gradient);

#define PARAMETERS \
  const float slope = e->slope, low = e->low, high = e->high; \
  const int clips = low > -INFINITY || high < INFINITY, acts = clips || slope != 1; \
  (void)acts;

#define MAP(width, Floats, Ints) \
  for (; c + width <= columns; c += width) { \
    Floats value = LOAD(Floats, x + c); \
    APPLY(Floats, Ints, value) \
    STORE(Floats, y + c, value); \
  }

CFV_MULTIVERSION
void cfv_map_channels(const cfv_epilogue *e, const float *x, float *y, long y_step, long rows, long columns) {
  PARAMETERS
  for (long r = 0; r < rows; r++, x += columns, y += y_step) {
    long c = 0;
    MAP(16, Float16, Int16)
    MAP(4, Float4, Int4)
    MAP(1, Float1, Int1)
  }
}

#define PULL_BACK(width, Floats, Ints) \
  for (; c + width <= columns; c += width) { \
    Floats value = LOAD(Floats, g + c); \
    if (acts) { \
      const Floats result = LOAD(Floats, y + c); \
      MASK(Floats, Ints, value, result) \
    } \
    if (e->scale) value *= LOAD(Floats, e->scale + c); \
    if (accumulating) value += LOAD(Floats, gradient + c); \
    STORE(Floats, gradient + c, value); \
  }

CFV_MULTIVERSION
void cfv_pull_back_map_channels(const cfv_epilogue *e, const float *y, const float *g, long y_step,
                                float *gradient, long rows, long columns, int accumulating) {
  PARAMETERS
  for (long r = 0; r < rows; r++, y += y_step, g += y_step, gradient += columns) {
    long c = 0;
    PULL_BACK(16, Float16, Int16)
    PULL_BACK(4, Float4, Int4)
    PULL_BACK(1, Float1, Int1)
  }
}

#define ADD(width, Floats, Ints) \
  for (; c + width <= count; c += width) { \
    Floats value = LOAD(Floats, a + c) + LOAD(Floats, b + c); \
    CLIP(Floats, Ints, value) \
    STORE(Floats, y + c, value); \
  }

CFV_MULTIVERSION
void cfv_add_maps(const cfv_epilogue *e, const float *a, const float *b, float *y, long count) {
  PARAMETERS
  long c = 0;
  ADD(16, Float16, Int16)
  ADD(4, Float4, Int4)
  ADD(1, Float1, Int1)
}

#define HAND_DOWN(width, Floats, Ints) \
  for (; c + width <= count; c += width) { \
    Floats value = LOAD(Floats, g + c); \
    if (acts) { \
      const Floats result = LOAD(Floats, y + c); \
      MASK(Floats, Ints, value, result) \
    } \
    if (a) STORE(Floats, a + c, add_a ? LOAD(Floats, a + c) + value : value); \
    if (b) STORE(Floats, b + c, add_b ? LOAD(Floats, b + c) + value : value); \
  }

CFV_MULTIVERSION
void cfv_pull_back_add_maps(const cfv_epilogue *e, const float *y, const float *g, float *a, int add_a,
                            float *b, int add_b, long count) {
  PARAMETERS
  long c = 0;
  HAND_DOWN(16, Float16, Int16)
  HAND_DOWN(4, Float4, Int4)
  HAND_DOWN(1, Float1, Int1)
}
