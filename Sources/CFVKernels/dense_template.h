// Products with a dense layer's weights as they lie, for one kind of weight. Included with
//   WEIGHT                       the type that a weight is stored as,
//   DENSE(name)                  the name of a function for it,
//   WIDE_WEIGHTS(pointer)        a vector of weights, as floats,
//   WEIGHT_AT(pointer)           one of them,
//   UNIT_FACTOR(u)               what the weights of unit u are to be multiplied by.

// Adds the products over one stretch of inputs, and fetches the weights that are read next, `ahead` of these; `units`
// and `rows` are constants where this is inlined.
CFV_INLINE void DENSE(block)(const long units, const long rows, const float *input, const WEIGHT *weights,
                             const float *factors, long width, long count, long ahead, float *output, long output_step,
                             int adds) {
  Wide sums[UNITS][ROWS];
  UNROLL for (long u = 0; u < units; u++) UNROLL for (long r = 0; r < rows; r++) sums[u][r] = (Wide){0};
  long i = 0;
  for (; i + CFV_LANES <= count; i += CFV_LANES) {
    Wide x[ROWS];
    UNROLL for (long r = 0; r < rows; r++) x[r] = *(const Wide *)(input + r * width + i);
    UNROLL for (long u = 0; u < units; u++) {
      const Wide w = WIDE_WEIGHTS(weights + u * width + i);
      __builtin_prefetch(weights + u * width + i + ahead, 0, 2);
      UNROLL for (long r = 0; r < rows; r++) sums[u][r] += w * x[r];
    }
  }
  for (long u = 0; u < units; u++)
    for (long r = 0; r < rows; r++) {
      float sum = sum_of(&sums[u][r]);
      for (long j = i; j < count; j++) sum += WEIGHT_AT(weights + u * width + j) * input[r * width + j];
      sum = sum * UNIT_FACTOR(u);
      float *target = output + r * output_step + u;
      *target = adds ? *target + sum : sum;
    }
}

CFV_MULTIVERSION CFV_WIDE void DENSE(multiply)(const float *input, long rows, const WEIGHT *weights,
                                               const float *factors, long width, long units, float *output,
                                               long output_step) {
  // One row takes all inputs at once, in which order memory is fastest.
  const long stretch = rows == 1 ? width : STRETCH;
  const long ahead = rows == 1 ? UNITS * width : STRETCH;
  for (long u = 0; u < units; u += UNITS)
    for (long i = 0; i < width; i += stretch) {
      const long count = width - i < stretch ? width - i : stretch;
      const WEIGHT *w = weights + u * width + i;
      const float *x = input + i, *f = factors + u;
      float *y = output + u;
      for (long r = 0; r < rows;) {
        const int four = rows - r >= ROWS, whole = units - u >= UNITS;
        const float *xr = x + r * width;
        float *yr = y + r * output_step;
        if (whole && four) {
          DENSE(block)(UNITS, ROWS, xr, w, f, width, count, ahead, yr, output_step, i > 0);
        } else if (whole) {
          DENSE(block)(UNITS, 1, xr, w, f, width, count, ahead, yr, output_step, i > 0);
        } else {
          for (long v = 0; v < units - u; v++)
            DENSE(block)(1, 1, xr, w + v * width, f + v, width, count, ahead, yr + v, output_step, i > 0);
        }
        r += whole && four ? ROWS : 1;
      }
    }
}

// Adds the shares of `units` units to one row's gradient, and fetches the weights of those that are `next`: open units
// lie anywhere, which the processor does not foresee.
CFV_INLINE void DENSE(add_units)(const long units, const float *shares, const WEIGHT *const *weights,
                                 const WEIGHT *const *next, long count, float *gradient) {
  long i = 0;
  for (; i + 2 * CFV_LANES <= count; i += 2 * CFV_LANES) {
    Wide low = *(Wide *)(gradient + i), high = *(Wide *)(gradient + i + CFV_LANES);
    UNROLL for (long u = 0; u < units; u++) {
      __builtin_prefetch(next[u] + i, 0, 2);
      if (sizeof(WEIGHT) == 4) __builtin_prefetch(next[u] + i + CFV_LANES, 0, 2);
      low += shares[u] * WIDE_WEIGHTS(weights[u] + i);
      high += shares[u] * WIDE_WEIGHTS(weights[u] + i + CFV_LANES);
    }
    *(Wide *)(gradient + i) = low;
    *(Wide *)(gradient + i + CFV_LANES) = high;
  }
  for (; i < count; i++)
    for (long u = 0; u < units; u++) gradient[i] += shares[u] * WEIGHT_AT(weights[u] + i);
}

CFV_MULTIVERSION CFV_WIDE void DENSE(pull_back)(const float *output_gradient, long rows, const WEIGHT *weights,
                                                const float *factors, long width, long units, long first, long last,
                                                float *gradient, int accumulating, int *open) {
  const long count = last - first;
  long opened = 0;
  for (long u = 0; u < units; u++) {
    int reads = 0;
    for (long r = 0; r < rows; r++) reads |= output_gradient[r * units + u] != 0;
    open[opened] = (int)u;
    opened += reads;
  }
  if (!accumulating)
    for (long r = 0; r < rows; r++) memset(gradient + r * width + first, 0, sizeof(float) * count);
  for (long o = 0; o < opened; o += UNITS) {
    const long now = opened - o < UNITS ? opened - o : UNITS;
    const WEIGHT *starts[UNITS], *next[UNITS];
    for (long u = 0; u < now; u++) {
      const long following = o + UNITS + u < opened ? o + UNITS + u : o + u;
      starts[u] = weights + (long)open[o + u] * width + first;
      next[u] = weights + (long)open[following] * width + first;
    }
    for (long r = 0; r < rows; r++) {
      float shares[UNITS];
      for (long u = 0; u < now; u++)
        shares[u] = output_gradient[r * units + open[o + u]] * UNIT_FACTOR(open[o + u]);
      float *target = gradient + r * width + first;
      if (now == UNITS)
        DENSE(add_units)(UNITS, shares, starts, next, count, target);
      else
        for (long u = 0; u < now; u++) DENSE(add_units)(1, shares + u, starts + u, next + u, count, target);
    }
  }
}
