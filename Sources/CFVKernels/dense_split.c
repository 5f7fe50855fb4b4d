// Products of one row with split dense weights.
#include "dense_split.h"

// Open lines that wait so that it is known what is read after some of them.
enum { WAITING = 2 * LINES };

// Sums with the uppers of `lines` lines alone; fetches those of the lines that are `next`.
CFV_INLINE void sum_uppers(const long lines, const float *input, const float *weights, const float *next, long width,
                           float *sums) {
  Wide sum[LINES][2];
  UNROLL for (long l = 0; l < lines; l++) UNROLL for (long k = 0; k < 2; k++) sum[l][k] = (Wide){0};
  for (long i = 0; i < width; i += SPLIT_BLOCK)
    UNROLL for (long l = 0; l < lines; l++) {
      UPPER_WORDS_AT(words, weights + l * width, i);
      UPPER_WORDS_AT(later, next + l * width, i);
      fetch_words(later, UPPER_WORDS);
#define ADD(v, upper) sum[l][v % 2] += (Wide)MIDDLE_BITS(upper) * *(const Wide *)(input + i + v * CFV_LANES);
      FOR_UPPERS(words, ADD)
#undef ADD
    }
  for (long l = 0; l < lines; l++) {
    const Wide whole = sum[l][0] + sum[l][1];
    sums[l] = sum_of(&whole) * split_header(weights + l * width, width)->scale;
  }
}

// What the sums with an input are judged by: its sum, its length, and that of what it has besides its mean.
typedef struct {
  float sum, length, deviation;
} Measures;

// Infinite lengths where squares are too small to be added.
CFV_INLINE Measures measures_of(const float *input, long width) {
  Wide sums = {0}, squares = {0}, deviations = {0};
  for (long i = 0; i < width; i += CFV_LANES) {
    const Wide x = *(const Wide *)(input + i);
    sums += x;
    squares += x * x;
  }
  const float sum = sum_of(&sums), square = sum_of(&squares), mean = sum / (float)width;
  for (long i = 0; i < width; i += CFV_LANES) {
    const Wide apart = *(const Wide *)(input + i) - mean;
    deviations += apart * apart;
  }
  if (square < (float)width * 0x1p-110f) return (Measures){sum, INFINITY, INFINITY};
  return (Measures){sum, sqrtf(square), sqrtf(sum_of(&deviations))};
}

// Lists those of up to LINES lines from l on whose sums may be above their limits, and gives the others' about.
CFV_INLINE long find_above(const float *input, const Measures *measures, const float *weights, const float *limits,
                           long width, long lines, long l, long count, float *output, int *open) {
  const float *line = weights + l * width;
  float sums[LINES];
  if (count == LINES) {
    sum_uppers(LINES, input, line, l + 2 * LINES <= lines ? line + LINES * width : line, width, sums);
  } else {
    for (long k = 0; k < count; k++) sum_uppers(1, input, line + k * width, line + k * width, width, sums + k);
  }
  long opened = 0;
  for (long k = 0; k < count; k++) {
    const SplitHeader *header = split_header(line + k * width, width);
    const float about = sums[k] + header->mean * measures->sum;
    const float off = header->rest * measures->deviation + header->rounding * measures->length;
    const int isBelow = about + off < limits[l + k];
    output[l + k] = about;
    open[opened] = (int)(l + k);
    opened += !isBelow;
  }
  return opened;
}

// Where up to LINES open lines from open line o on begin, and those that are read after them.
CFV_INLINE long find_lines(const float *weights, long width, const int *open, long opened, long o,
                           const float **lines, const float **next) {
  const long now = opened - o < LINES ? opened - o : LINES;
  for (long l = 0; l < now; l++) {
    lines[l] = weights + open[o + l] * width;
    next[l] = o + l + LINES < opened ? weights + open[o + l + LINES] * width : lines[l];
  }
  return now;
}

// The rare weights of some lines that are met next on a way along them, by number, and where the nearest of them lies.
typedef struct {
  long rare[LINES], nearest;
} Rares;

CFV_INLINE void find_nearest(const long count, const float *const *lines, long width, Rares *rares) {
  rares->nearest = width;
  for (long l = 0; l < count; l++) {
    const long place = place_of_rare_weight(lines[l], width, rares->rare[l]);
    rares->nearest = place < rares->nearest ? place : rares->nearest;
  }
}

CFV_INLINE void find_rares(const long count, const float *const *lines, long width, long first, Rares *rares) {
  for (long l = 0; l < count; l++) rares->rare[l] = first_rare_weight(lines[l], width, first);
  find_nearest(count, lines, width, rares);
}

// The whole weights of the block that begins with weight i of the lines, with the rare ones that are in it.
CFV_INLINE void join_rare_blocks(const long count, const float *const *lines, long width, long i, Rares *rares,
                                 float blocks[][SPLIT_BLOCK]) {
  for (long l = 0; l < count; l++) {
    join_block(lines[l], width, i, blocks[l]);
    rares->rare[l] = place_rare_weights(lines[l], width, i, rares->rare[l], blocks[l]);
  }
  find_nearest(count, lines, width, rares);
}

// Sums with `count` whole lines.
CFV_INLINE void sum_wholes(const long count, const float *input, const float *const *lines, const float *const *next,
                           long width, float *sums) {
  IN_LINES float blocks[LINES][SPLIT_BLOCK];
  Rares rares;
  find_rares(count, lines, width, 0, &rares);
  for (long first = 0; first < width; first += SPLIT_STRETCH) {
    const long last = width - first < SPLIT_STRETCH ? width : first + SPLIT_STRETCH;
    Wide sum[LINES];
    UNROLL for (long l = 0; l < count; l++) sum[l] = (Wide){0};
    for (long i = first; i < last; i += SPLIT_BLOCK) {
      if (rares.nearest < i + SPLIT_BLOCK) {
        join_rare_blocks(count, lines, width, i, &rares, blocks);
        UNROLL for (long l = 0; l < count; l++) {
          fetch_block(next[l], width, i);
          UNROLL for (long v = 0; v < SPLIT_VECTORS; v++)
            sum[l] += ((const Wide *)blocks[l])[v] * *(const Wide *)(input + i + v * CFV_LANES);
        }
        continue;
      }
      UNROLL for (long l = 0; l < count; l++) {
        UPPER_WORDS_AT(uppers, lines[l], i);
        LOWER_WORDS_AT(lowers, lines[l], width, i);
        fetch_block(next[l], width, i);
#define ADD(v, upper) sum[l] += WHOLE_WEIGHTS(v, upper, lowers) * *(const Wide *)(input + i + v * CFV_LANES);
        FOR_UPPERS(uppers, ADD)
#undef ADD
      }
    }
    for (long l = 0; l < count; l++) {
      const float part = sum_of(&sum[l]) * split_header(lines[l], width)->scale;
      sums[l] = first > 0 ? sums[l] + part : part;
    }
  }
}

// Adds the shares of `count` whole lines to the outputs first ..< last.
CFV_INLINE void add_wholes(const long count, const float *shares, const float *const *lines, const float *const *next,
                           long width, long first, long last, float *output) {
  IN_LINES float blocks[LINES][SPLIT_BLOCK];
  Rares rares;
  find_rares(count, lines, width, first, &rares);
  Wide scaled[LINES];
  UNROLL for (long l = 0; l < count; l++) scaled[l] = (Wide){0} + shares[l] * split_header(lines[l], width)->scale;
  for (long i = first; i < last; i += SPLIT_BLOCK) {
    Wide *target = (Wide *)(output + i), sum[SPLIT_VECTORS];
    UNROLL for (long v = 0; v < SPLIT_VECTORS; v++) sum[v] = target[v];
    if (rares.nearest < i + SPLIT_BLOCK) {
      join_rare_blocks(count, lines, width, i, &rares, blocks);
      UNROLL for (long l = 0; l < count; l++) {
        fetch_block(next[l], width, i);
        UNROLL for (long v = 0; v < SPLIT_VECTORS; v++) sum[v] += ((const Wide *)blocks[l])[v] * scaled[l];
      }
    } else {
      UNROLL for (long l = 0; l < count; l++) {
        UPPER_WORDS_AT(uppers, lines[l], i);
        LOWER_WORDS_AT(lowers, lines[l], width, i);
        fetch_block(next[l], width, i);
#define ADD(v, upper) sum[v] += WHOLE_WEIGHTS(v, upper, lowers) * scaled[l];
        FOR_UPPERS(uppers, ADD)
#undef ADD
      }
    }
    UNROLL for (long v = 0; v < SPLIT_VECTORS; v++) target[v] = sum[v];
  }
}

// Sums with up to LINES open lines from open line o on.
CFV_INLINE void multiply_open(const float *input, const float *weights, long width, const int *open, long opened,
                              long o, float *output) {
  const float *lines[LINES], *next[LINES];
  float sums[LINES];
  const long now = find_lines(weights, width, open, opened, o, lines, next);
  if (now == LINES)
    sum_wholes(LINES, input, lines, next, width, sums);
  else
    for (long l = 0; l < now; l++) sum_wholes(1, input, lines + l, next + l, width, sums + l);
  for (long l = 0; l < now; l++) output[open[o + l]] = sums[l];
}

CFV_MULTIVERSION CFV_WIDE void cfv_dense_split_multiply(const float *input, const float *weights, const float *limits,
                                                        long width, long lines, long first, long last, float *output,
                                                        int *open) {
  const Measures measures = limits ? measures_of(input, width) : (Measures){0, 0, 0};
  long opened = 0;
  for (long l = first, o = 0; l < last || o < opened;) {
    if (l < last && opened - o < WAITING) {
      const long count = last - l < LINES ? last - l : LINES;
      opened += limits ? find_above(input, &measures, weights, limits, width, lines, l, count, output, open + opened)
                       : find_open(NULL, 1, lines, l, l + count, open + opened);
      l += count;
    } else {
      multiply_open(input, weights, width, open, opened, o, output);
      o += LINES;
    }
  }
}

CFV_MULTIVERSION CFV_WIDE void cfv_dense_split_combine(const float *shares, const float *weights, long width,
                                                       long lines, long first, long last, float *output,
                                                       int accumulating, int *open) {
  const long opened = find_open(shares, 1, lines, 0, lines, open);
  if (!accumulating) memset(output + first, 0, sizeof(float) * (last - first));
  for (long o = 0; o < opened; o += LINES) {
    const float *starts[LINES], *next[LINES];
    float taken[LINES];
    const long now = find_lines(weights, width, open, opened, o, starts, next);
    for (long l = 0; l < now; l++) taken[l] = shares[open[o + l]];
    if (now == LINES)
      add_wholes(LINES, taken, starts, next, width, first, last, output);
    else
      for (long l = 0; l < now; l++) add_wholes(1, taken + l, starts + l, next + l, width, first, last, output);
  }
}
