// Products with a dense layer's weights as they lie, for one kind of weight, of which dense_blocks_template.h tells.
#include "dense_blocks_template.h"

// Where the weights of up to LINES open lines lie from `first` on, and those of the lines that are read after them.
CFV_INLINE void DENSE(find_lines)(const WEIGHT *weights, long width, long first, const int *open, long opened, long o,
                                  const WEIGHT **starts, const WEIGHT **next) {
  for (long l = o; l < o + LINES && l < opened; l++) {
    const long following = l + LINES < opened ? l + LINES : l;
    starts[l - o] = weights + (long)open[l] * width + first;
    next[l - o] = weights + (long)open[following] * width + first;
  }
}

CFV_MULTIVERSION CFV_WIDE void DENSE(multiply)(const float *input, long rows, const WEIGHT *weights,
                                               const float *factors, long width, long lines, long first, long last,
                                               const float *gates, float *output, int accumulating, int *open) {
  const long opened = find_open(gates, rows, lines, first, last, open);
  if (!accumulating && opened < last - first)
    for (long r = 0; r < rows; r++) memset(output + r * lines + first, 0, sizeof(float) * (last - first));
  for (long o = 0; o < opened; o += LINES)
    for (long i = 0; i < width; i += STRETCH) {
      const long count = width - i < STRETCH ? width - i : STRETCH, now = opened - o < LINES ? opened - o : LINES;
      const WEIGHT *starts[LINES], *next[LINES];
      DENSE(find_lines)(weights, width, i, open, opened, o, starts, next);
      // What is read next: the rest of these lines, or the others from their beginning.
      for (long l = 0; l < now; l++) next[l] = i + STRETCH < width ? starts[l] + STRETCH : next[l] - i;
      const int adds = accumulating || i > 0;
      DENSE(multiply_stretch)(now, rows, input + i, starts, next, factors, open + o, width, count, output, lines, adds);
    }
}

CFV_MULTIVERSION CFV_WIDE void DENSE(combine)(const float *shares, long rows, const WEIGHT *weights,
                                              const float *factors, long width, long lines, long first, long last,
                                              float *output, int accumulating, int *open) {
  // What several rows are added to by the same weights stays in a core's nearest cache with them.
  const long stretch = rows == 1 ? last - first : STRETCH / 4;
  const long opened = find_open(shares, rows, lines, 0, lines, open);
  if (!accumulating)
    for (long r = 0; r < rows; r++) memset(output + r * width + first, 0, sizeof(float) * (last - first));
  for (long o = 0; o < opened; o += LINES)
    for (long i = first; i < last; i += stretch) {
      const long count = last - i < stretch ? last - i : stretch, now = opened - o < LINES ? opened - o : LINES;
      const WEIGHT *starts[LINES], *next[LINES];
      DENSE(find_lines)(weights, width, i, open, opened, o, starts, next);
      for (long l = 0; l < now; l++) next[l] = i + stretch < last ? starts[l] + stretch : next[l] - (i - first);
      DENSE(combine_stretch)(now, shares, rows, lines, starts, next, factors, open + o, width, count, output + i);
    }
}
