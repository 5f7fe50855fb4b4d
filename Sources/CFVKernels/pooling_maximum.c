#include <math.h>

#include "cfv_pooling.h"
#include "inline.h"
#include "multiversion.h"
#include "vectors.h"
#include "window_axis.h"

// The largest of the cells of one window, and its number, for stretches of channels that stay in registers.
// NaN wins only where it comes first, since nothing is larger.
#define MAXIMUM_STRETCHES(width, Floats, Ints, Numbers) \
  for (; c + width <= count; c += width) { \
    Floats best = LOAD(Floats, corner + c); \
    Ints winner = (Ints){0} + (int)(rows.first * kernel_width + columns.first); \
    for (long i = rows.first; i < rows.last; i++) \
      for (long j = columns.first; j < columns.last; j++) { \
        const Floats value = LOAD(Floats, corner + (i - rows.first) * row_step + \
                                              (j - columns.first) * column_step + c); \
        const Ints wins = value > best; \
        best = SELECT(Floats, Ints, wins, value, best); \
        winner = SELECT(Ints, Ints, wins, (Ints){0} + (int)(i * kernel_width + j), winner); \
      } \
    STORE(Floats, output + c, best); \
    STORE(Numbers, winners + c, __builtin_convertvector(winner, Numbers)); \
  }

// The gradients of the windows over one cell that it has won.
#define GATHER_STRETCHES(width, Floats, Ints, Numbers) \
  for (; c + width <= count; c += width) { \
    Floats sum = accumulating ? LOAD(Floats, target + c) : (Floats){0}; \
    for (long a = 0; a < row_count; a++) { \
      const float *g = gradients + a * row_step * step + c; \
      const NUMBER *numbers = winners + a * row_step * channels + c; \
      for (long b = 0; b < column_count; b++) { \
        const int cell = first_cell - (int)a * row_cells - (int)b * column_cells; \
        const Numbers hits = LOAD(Numbers, numbers) == (Numbers){0} + (NUMBER)cell; \
        sum += (Floats)(__builtin_convertvector(hits, Ints) & (Ints)LOAD(Floats, g)); \
        g += columns.step * step; \
        numbers += columns.step * channels; \
      } \
    } \
    STORE(Floats, target + c, sum); \
  }

// Numbers below 255 are kept in bytes.
#define NUMBER signed char
#define VECTOR(n) Byte##n
#define NAMED(function) function##_bytes
#include "pooling_maximum_numbers.h"

#undef NUMBER
#undef VECTOR
#undef NAMED
#define NUMBER short
#define VECTOR(n) Short##n
#define NAMED(function) function##_shorts
#include "pooling_maximum_numbers.h"
