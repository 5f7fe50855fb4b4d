// The sums of a depthwise convolution over stretches of channels, included once for each width of vectors:
// FLOATS and INTS, WIDTH elements, and NAMED(function).

// A value; where it is a gradient that the activation masks, 0 where what the activation made of it lies on a limit.
CFV_INLINE FLOATS NAMED(value)(const Walk *w, long offset, int masks) {
  const FLOATS value = LOAD(FLOATS, w->values + offset);
  if (!masks) return value;
  const FLOATS result = LOAD(FLOATS, w->results + offset);
  const INTS passes = (result > w->low) & (result < w->high);
  return (FLOATS)(passes & (INTS)value);
}

CFV_INLINE void NAMED(store)(const Walk *w, FLOATS sum, float *target, long c, int direction, int masks) {
  if (direction == BACKWARD) {
    if (w->accumulating) sum += LOAD(FLOATS, target + c);
  } else {
    if (w->shift) sum += LOAD(FLOATS, w->shift + c);
    if (masks) {
      const FLOATS low = (FLOATS){0} + w->low, high = (FLOATS){0} + w->high;
      sum = SELECT(FLOATS, INTS, sum < low, low, sum);
      sum = SELECT(FLOATS, INTS, sum > high, high, sum);
    }
  }
  STORE(FLOATS, target + c, sum);
}

// TILE neighbouring targets whose windows lie inside: each value and weight is loaded once for all of them.
CFV_INLINE void NAMED(sum_tile)(const Walk *w, float *target, long target_step, long *channel, int kernel, int stride,
                                int direction, int masks) {
  // Forward target q sees the values from q · stride on; backward the values whose windows reach it.
  const int first = direction == BACKWARD ? -((kernel - 1) / stride) : 0;
  const int last = direction == BACKWARD ? (TILE - 1) / stride : (TILE - 1) * stride + kernel - 1;
  long c = *channel;
  for (; c + WIDTH <= w->count; c += WIDTH) {
    FLOATS sums[TILE];
    UNROLL for (int q = 0; q < TILE; q++) sums[q] = (FLOATS){0};
    for (long i = 0; i < w->rows; i++) {
      const float *weights = w->weights + i * w->weight_row + c;
      const long row = i * w->value_row + c;
      UNROLL for (int v = first; v <= last; v++) {
        const FLOATS value = NAMED(value)(w, row + v * w->value_column, direction == BACKWARD && masks);
        UNROLL for (int q = 0; q < TILE; q++) {
          const int j = direction == BACKWARD ? q - v * stride : v - q * stride;
          if (j >= 0 && j < kernel) sums[q] += value * LOAD(FLOATS, weights + j * w->weight_column);
        }
      }
    }
    UNROLL for (int q = 0; q < TILE; q++)
      NAMED(store)(w, sums[q], target + q * target_step, c, direction, masks);
  }
  *channel = c;
}

// One target, whatever part of its window lies inside.
CFV_INLINE void NAMED(sum_one)(const Walk *w, float *target, long *channel, int direction, int masks) {
  long c = *channel;
  for (; c + WIDTH <= w->count; c += WIDTH) {
    FLOATS sum = {0};
    for (long i = 0; i < w->rows; i++)
      for (long j = 0; j < w->columns; j++)
        sum += NAMED(value)(w, i * w->value_row + j * w->value_column + c, direction == BACKWARD && masks) *
               LOAD(FLOATS, w->weights + i * w->weight_row + j * w->weight_column + c);
    NAMED(store)(w, sum, target, c, direction, masks);
  }
  *channel = c;
}
