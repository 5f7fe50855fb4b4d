// Products of several rows with split dense weights, which are joined a stretch at a time.
#include "dense_split.h"

#define WEIGHT float
#define DENSE(name) joined_##name
#define WIDE_WEIGHTS(pointer) (*(const Wide *)(pointer))
#define WEIGHT_AT(pointer) (*(pointer))
// Joined weights lack the scale of their line, which is found in the memory of all: the factors are its start.
#define LINE_FACTOR(l) split_header(factors + (long)(l) * width, width)->scale

#include "dense_blocks_template.h"

// Weights of a line that are joined at a time for sums along places.
enum { JOINED = 4 * SPLIT_BLOCK };

// The weights from `first` on, which a block begins with, as floats without the line's scale; fetches those of `next`
// at the same places.
CFV_INLINE void join(const float *line, const float *next, long width, long first, long count, float *weights) {
  long rare = first_rare_weight(line, width, first);
  for (long i = first; i < first + count; i += SPLIT_BLOCK) {
    fetch_block(next, width, i);
    join_block(line, width, i, weights + i - first);
    rare = place_rare_weights(line, width, i, rare, weights + i - first);
  }
}

CFV_MULTIVERSION CFV_WIDE void cfv_join_dense(const float *line, long width, long first, long last, float *weights) {
  const float scale = split_header(line, width)->scale;
  join(line, line, width, first, last - first, weights);
  for (long i = 0; i < last - first; i++) weights[i] *= scale;
  // Those that are small beside the scale may have lost bits without it.
  const RareWeight *rare = rare_weights(line, width);
  const long end = split_header(line, width)->rare;
  for (long r = first_rare_weight(line, width, first); r < end && rare[r].place < last; r++)
    weights[rare[r].place - first] = rare[r].weight;
}

// Joins a stretch of up to LINES open lines, from open line o on, `step` floats apart.
CFV_INLINE void join_lines(const float *weights, long width, const int *open, long opened, long o, long first,
                           long count, long step, float *joined, const float **starts) {
  for (long l = o; l < o + LINES && l < opened; l++) {
    const long following = l + LINES < opened ? l + LINES : l;
    float *target = joined + (l - o) * step;
    join(weights + open[l] * width, weights + open[following] * width, width, first, count, target);
    starts[l - o] = target;
  }
}

// Products with up to LINES open lines, from open line o on.
CFV_INLINE void multiply_open(const float *input, long rows, const float *weights, long width, long lines,
                              const int *open, long opened, long o, float *output, int accumulating) {
  IN_LINES float joined[LINES * SPLIT_STRETCH];
  const float *starts[LINES];
  const long now = opened - o < LINES ? opened - o : LINES;
  for (long i = 0; i < width; i += SPLIT_STRETCH) {
    const long count = width - i < SPLIT_STRETCH ? width - i : SPLIT_STRETCH;
    join_lines(weights, width, open, opened, o, i, count, SPLIT_STRETCH, joined, starts);
    const int adds = accumulating || i > 0;
    joined_multiply_stretch(now, rows, input + i, starts, starts, weights, open + o, width, count, output, lines, adds);
  }
}

CFV_MULTIVERSION CFV_WIDE void cfv_dense_split_multiply_rows(const float *input, long rows, const float *weights,
                                                             long width, long lines, long first, long last,
                                                             const float *gates, float *output, int accumulating,
                                                             int *open) {
  const long opened = find_open(gates, rows, lines, first, last, open);
  if (!accumulating && opened < last - first)
    for (long r = 0; r < rows; r++) memset(output + r * lines + first, 0, sizeof(float) * (last - first));
  for (long o = 0; o < opened; o += LINES)
    multiply_open(input, rows, weights, width, lines, open, opened, o, output, accumulating);
}

CFV_MULTIVERSION CFV_WIDE void cfv_dense_split_combine_rows(const float *shares, long rows, const float *weights,
                                                            long width, long lines, long first, long last,
                                                            float *output, int accumulating, int *open) {
  IN_LINES float joined[LINES * JOINED];
  const float *starts[LINES];
  const long opened = find_open(shares, rows, lines, 0, lines, open);
  if (!accumulating)
    for (long r = 0; r < rows; r++) memset(output + r * width + first, 0, sizeof(float) * (last - first));
  for (long o = 0; o < opened; o += LINES) {
    const long now = opened - o < LINES ? opened - o : LINES;
    for (long i = first; i < last; i += JOINED) {
      const long count = last - i < JOINED ? last - i : JOINED;
      join_lines(weights, width, open, opened, o, i, count, JOINED, joined, starts);
      joined_combine_stretch(now, shares, rows, lines, starts, starts, weights, open + o, width, count, output + i);
    }
  }
}
