// Sums over stretches of a few lines of dense weights, for one kind of weight. Included with
//   WEIGHT                       the type that a weight is stored as,
//   DENSE(name)                  the name of a function for it,
//   WIDE_WEIGHTS(pointer)        a vector of weights, as floats,
//   WEIGHT_AT(pointer)           one of them,
//   LINE_FACTOR(l)               what the weights of line l are to be multiplied by.

// Adds the products over one stretch of a line, and fetches the weights that are read `next` if asked; `lines`, `rows`
// and `fetches` are constants where this is inlined. `places` are the lines' numbers.
CFV_INLINE void DENSE(block)(const long lines, const long rows, const int fetches, const float *input,
                             const WEIGHT *const *weights, const WEIGHT *const *next, const float *factors,
                             const int *places, long width, long count, float *output, long output_step, int adds) {
  Wide sums[LINES][ROWS];
  UNROLL for (long l = 0; l < lines; l++) UNROLL for (long r = 0; r < rows; r++) sums[l][r] = (Wide){0};
  long i = 0;
  for (; i + CFV_LANES <= count; i += CFV_LANES) {
    Wide x[ROWS];
    UNROLL for (long r = 0; r < rows; r++) x[r] = *(const Wide *)(input + r * width + i);
    UNROLL for (long l = 0; l < lines; l++) {
      const Wide w = WIDE_WEIGHTS(weights[l] + i);
      if (fetches) __builtin_prefetch(next[l] + i, 0, 2);
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

// Adds the shares of `lines` lines to `rows` rows, and fetches the weights of those that are `next` if asked: open
// lines lie anywhere, which the processor does not foresee.
CFV_INLINE void DENSE(add_lines)(const long lines, const long rows, const int fetches, const float shares[][LINES],
                                 const WEIGHT *const *weights, const WEIGHT *const *next, long width, long count,
                                 float *output) {
  long i = 0;
  for (; i + 2 * CFV_LANES <= count; i += 2 * CFV_LANES) {
    Wide low[PAIR], high[PAIR];
    UNROLL for (long r = 0; r < rows; r++) {
      low[r] = *(Wide *)(output + r * width + i);
      high[r] = *(Wide *)(output + r * width + i + CFV_LANES);
    }
    UNROLL for (long l = 0; l < lines; l++) {
      if (fetches) {
        __builtin_prefetch(next[l] + i, 0, 2);
        if (sizeof(WEIGHT) == 4) __builtin_prefetch(next[l] + i + CFV_LANES, 0, 2);
      }
      const Wide first = WIDE_WEIGHTS(weights[l] + i), second = WIDE_WEIGHTS(weights[l] + i + CFV_LANES);
      UNROLL for (long r = 0; r < rows; r++) {
        low[r] += shares[r][l] * first;
        high[r] += shares[r][l] * second;
      }
    }
    UNROLL for (long r = 0; r < rows; r++) {
      *(Wide *)(output + r * width + i) = low[r];
      *(Wide *)(output + r * width + i + CFV_LANES) = high[r];
    }
  }
  for (; i < count; i++)
    for (long r = 0; r < rows; r++)
      for (long l = 0; l < lines; l++) output[r * width + i] += shares[r][l] * WEIGHT_AT(weights[l] + i);
}

// The products of all rows over one stretch of up to LINES lines.
CFV_INLINE void DENSE(multiply_stretch)(const long now, long rows, const float *input, const WEIGHT *const *weights,
                                        const WEIGHT *const *next, const float *factors, const int *places,
                                        long width, long count, float *output, long output_step, int adds) {
  for (long r = 0; r < rows;) {
    const int whole = now == LINES, four = whole && rows - r >= ROWS;
    const float *x = input + r * width;
    float *y = output + r * output_step;
    if (four && r == 0) {
      DENSE(block)(LINES, ROWS, 1, x, weights, next, factors, places, width, count, y, output_step, adds);
    } else if (four) {
      DENSE(block)(LINES, ROWS, 0, x, weights, next, factors, places, width, count, y, output_step, adds);
    } else if (whole) {
      DENSE(block)(LINES, 1, 1, x, weights, next, factors, places, width, count, y, output_step, adds);
    } else {
      for (long l = 0; l < now; l++)
        DENSE(block)(1, 1, 1, x, weights + l, next + l, factors, places + l, width, count, y, output_step, adds);
    }
    r += four ? ROWS : 1;
  }
}

// Adds the shares of up to LINES of the `lines` lines to all rows of one stretch.
CFV_INLINE void DENSE(combine_stretch)(const long now, const float *shares, long rows, long lines,
                                       const WEIGHT *const *weights, const WEIGHT *const *next, const float *factors,
                                       const int *places, long width, long count, float *output) {
  for (long r = 0; r < rows;) {
    const long taken = now == LINES && rows - r >= PAIR ? PAIR : 1;
    float scaled[PAIR][LINES];
    for (long k = 0; k < taken; k++)
      for (long l = 0; l < now; l++)
        scaled[k][l] = shares[(r + k) * lines + places[l]] * LINE_FACTOR(places[l]);
    float *target = output + r * width;
    if (taken == PAIR && r == 0) {
      DENSE(add_lines)(LINES, PAIR, 1, scaled, weights, next, width, count, target);
    } else if (taken == PAIR) {
      DENSE(add_lines)(LINES, PAIR, 0, scaled, weights, next, width, count, target);
    } else if (now == LINES) {
      DENSE(add_lines)(LINES, 1, 1, scaled, weights, next, width, count, target);
    } else {
      for (long l = 0; l < now; l++) {
        const float one[1][LINES] = {{scaled[0][l]}};
        DENSE(add_lines)(1, 1, 1, one, weights + l, next + l, width, count, target);
      }
    }
    r += taken;
  }
}
