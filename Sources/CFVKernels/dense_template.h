// Products with a dense layer's weights as they lie, for one kind of weight. Included with
//   WEIGHT                       the type that a weight is stored as,
//   DENSE(name)                  the name of a function for it,
//   WIDE_WEIGHTS(pointer)        a vector of weights, as floats,
//   WEIGHT_AT(pointer)           one of them,
//   LINE_FACTOR(l)               what the weights of line l are to be multiplied by.

// Where the weights of up to LINES open lines lie from `first` on, and those of the lines that are read after them.
CFV_INLINE void DENSE(find_lines)(const WEIGHT *weights, long width, long first, const int *open, long opened, long o,
                                  const WEIGHT **starts, const WEIGHT **next) {
  for (long l = o; l < o + LINES && l < opened; l++) {
    const long following = l + LINES < opened ? l + LINES : l;
    starts[l - o] = weights + (long)open[l] * width + first;
    next[l - o] = weights + (long)open[following] * width + first;
  }
}

// Adds the products over one stretch of a line, and fetches the weights that are read `next`; `lines` and `rows` are
// constants where this is inlined. `places` are the lines' numbers.
CFV_INLINE void DENSE(block)(const long lines, const long rows, const float *input, const WEIGHT *const *weights,
                             const WEIGHT *const *next, const float *factors, const int *places, long width, long count,
                             float *output, long output_step, int adds) {
  Wide sums[LINES][ROWS];
  UNROLL for (long l = 0; l < lines; l++) UNROLL for (long r = 0; r < rows; r++) sums[l][r] = (Wide){0};
  long i = 0;
  for (; i + CFV_LANES <= count; i += CFV_LANES) {
    Wide x[ROWS];
    UNROLL for (long r = 0; r < rows; r++) x[r] = *(const Wide *)(input + r * width + i);
    UNROLL for (long l = 0; l < lines; l++) {
      const Wide w = WIDE_WEIGHTS(weights[l] + i);
      __builtin_prefetch(next[l] + i, 0, 2);
      UNROLL for (long r = 0; r < rows; r++) sums[l][r] += w * x[r];
    }
  }
  for (long l = 0; l < lines; l++)
    for (long r = 0; r < rows; r++) {
      float sum = sum_of(&sums[l][r]);
      for (long j = i; j < count; j++) sum += WEIGHT_AT(weights[l] + j) * input[r * width + j];
      sum = sum * LINE_FACTOR(places[l]);
      float *target = output + r * output_step + places[l];
      *target = adds ? *target + sum : sum;
    }
}

CFV_MULTIVERSION CFV_WIDE void DENSE(multiply)(const float *input, long rows, const WEIGHT *weights,
                                               const float *factors, long width, long lines, long first, long last,
                                               const float *gates, float *output, int accumulating, int *open) {
  // One row takes a whole line at once, in which order memory is fastest.
  const long stretch = rows == 1 ? width : STRETCH;
  const long opened = find_open(gates, rows, lines, first, last, open);
  if (!accumulating && opened < last - first)
    for (long r = 0; r < rows; r++) memset(output + r * lines + first, 0, sizeof(float) * (last - first));
  for (long o = 0; o < opened; o += LINES)
    for (long i = 0; i < width; i += stretch) {
      const long count = width - i < stretch ? width - i : stretch, now = opened - o < LINES ? opened - o : LINES;
      const WEIGHT *starts[LINES], *next[LINES];
      DENSE(find_lines)(weights, width, i, open, opened, o, starts, next);
      if (rows > 1)
        for (long l = 0; l < now; l++) next[l] = starts[l] + STRETCH;
      const int adds = accumulating || i > 0;
      const int *places = open + o;
      for (long r = 0; r < rows;) {
        const int four = rows - r >= ROWS, whole = now == LINES;
        const float *x = input + r * width + i;
        float *y = output + r * lines;
        if (whole && four) {
          DENSE(block)(LINES, ROWS, x, starts, next, factors, places, width, count, y, lines, adds);
        } else if (whole) {
          DENSE(block)(LINES, 1, x, starts, next, factors, places, width, count, y, lines, adds);
        } else {
          for (long l = 0; l < now; l++)
            DENSE(block)(1, 1, x, starts + l, next + l, factors, places + l, width, count, y, lines, adds);
        }
        r += whole && four ? ROWS : 1;
      }
    }
}

// Adds the shares of `lines` lines to one row, and fetches the weights of those that are `next`: open lines lie
// anywhere, which the processor does not foresee.
CFV_INLINE void DENSE(add_lines)(const long lines, const float *shares, const WEIGHT *const *weights,
                                 const WEIGHT *const *next, long count, float *output) {
  long i = 0;
  for (; i + 2 * CFV_LANES <= count; i += 2 * CFV_LANES) {
    Wide low = *(Wide *)(output + i), high = *(Wide *)(output + i + CFV_LANES);
    UNROLL for (long l = 0; l < lines; l++) {
      __builtin_prefetch(next[l] + i, 0, 2);
      if (sizeof(WEIGHT) == 4) __builtin_prefetch(next[l] + i + CFV_LANES, 0, 2);
      low += shares[l] * WIDE_WEIGHTS(weights[l] + i);
      high += shares[l] * WIDE_WEIGHTS(weights[l] + i + CFV_LANES);
    }
    *(Wide *)(output + i) = low;
    *(Wide *)(output + i + CFV_LANES) = high;
  }
  for (; i < count; i++)
    for (long l = 0; l < lines; l++) output[i] += shares[l] * WEIGHT_AT(weights[l] + i);
}

CFV_MULTIVERSION CFV_WIDE void DENSE(combine)(const float *shares, long rows, const WEIGHT *weights,
                                              const float *factors, long width, long lines, long first, long last,
                                              float *output, int accumulating, int *open) {
  const long count = last - first;
  const long opened = find_open(shares, rows, lines, 0, lines, open);
  if (!accumulating)
    for (long r = 0; r < rows; r++) memset(output + r * width + first, 0, sizeof(float) * count);
  for (long o = 0; o < opened; o += LINES) {
    const long now = opened - o < LINES ? opened - o : LINES;
    const WEIGHT *starts[LINES], *next[LINES];
    DENSE(find_lines)(weights, width, first, open, opened, o, starts, next);
    for (long r = 0; r < rows; r++) {
      float scaled[LINES];
      for (long l = 0; l < now; l++) scaled[l] = shares[r * lines + open[o + l]] * LINE_FACTOR(open[o + l]);
      float *target = output + r * width + first;
      if (now == LINES)
        DENSE(add_lines)(LINES, scaled, starts, next, count, target);
      else
        for (long l = 0; l < now; l++) DENSE(add_lines)(1, scaled + l, starts + l, next + l, count, target);
    }
  }
}
