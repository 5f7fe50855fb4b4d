// How lines of split dense weights lie in memory.
//
// A weight is its sign, the last 4 bits of its exponent, counted from 15 below the exponent of the line's largest, and
// the 23 bits after its leading one: 28 bits. A line of `width` weights takes the memory of as many floats:
//   uppers    the first 12 bits of all weights, read alone where they tell enough,
//   lowers    the last 16 bits,
//   header    what holds for the whole line,
//   rare ones the weights that are too small for 4 bits of exponent, and zeros.
// Uppers and lowers come in blocks of 8 vectors, whose lanes are packed alike: three words of 32 bits hold the uppers
// of 8 weights and four words their lowers.
#ifndef CFV_DENSE_SPLIT_H
#define CFV_DENSE_SPLIT_H

#include "cfv_dense.h"
#include "dense.h"

#include <math.h>

enum {
  SPLIT_VECTORS = 8,
  UPPER_WORDS = 3,
  LOWER_WORDS = 4,
  SPLIT_BLOCK = SPLIT_VECTORS * CFV_LANES,
  // Sums are taken stretch by stretch, for one row and for several: as long as four lines of it stay in a core's cache.
  SPLIT_STRETCH = 16 * SPLIT_BLOCK,
  // The exponent that the smallest of a line's weights have before the line's scale, and its range.
  SMALLEST_EXPONENT = 112,
  EXPONENTS = 16,
};

typedef struct {
  // What the weights are to be multiplied by: a power of two.
  float scale;
  // The mean of what weights are more than their uppers, and the length of the rest of it: a sum with the uppers alone
  // lacks the mean times the sum of the input, and no more of the rest than its length times that of what the input has
  // besides its mean (Cauchy and Schwarz).
  float mean, rest;
  // Times the length of the input, the most by which all that is rounded.
  float rounding;
  // The number of rare weights.
  int rare;
} SplitHeader;

typedef struct {
  int place;
  float weight;
} RareWeight;

static inline const int *split_uppers(const float *line) { return (const int *)line; }
static inline const int *split_lowers(const float *line, long width) {
  return (const int *)line + width / SPLIT_BLOCK * UPPER_WORDS * CFV_LANES;
}
static inline const SplitHeader *split_header(const float *line, long width) {
  return (const SplitHeader *)(line + width / 8 * 7);
}
static inline const RareWeight *rare_weights(const float *line, long width) {
  return (const RareWeight *)(split_header(line, width) + 1);
}
static inline long most_rare_weights(long width) {
  return (width / 8 * (long)sizeof(float) - (long)sizeof(SplitHeader)) / (long)sizeof(RareWeight);
}

// Upper v of a block, in the highest bits of its words; what is below is not its own.
#define UPPER_0(words) ((words)[0] << 20)
#define UPPER_1(words) ((words)[0] << 8)
#define UPPER_2(words) (((words)[0] >> 4 & 0x0ff00000) | (words)[1] << 28)
#define UPPER_3(words) ((words)[1] << 16)
#define UPPER_4(words) ((words)[1] << 4)
#define UPPER_5(words) (((words)[1] >> 8 & 0x00f00000) | (words)[2] << 24)
#define UPPER_6(words) ((words)[2] << 12)
#define UPPER_7(words) ((words)[2])

// Calls a macro of (v, upper v) for each vector of a block.
#define FOR_UPPERS(words, X) \
  X(0, UPPER_0(words)) X(1, UPPER_1(words)) X(2, UPPER_2(words)) X(3, UPPER_3(words)) \
  X(4, UPPER_4(words)) X(5, UPPER_5(words)) X(6, UPPER_6(words)) X(7, UPPER_7(words))

// The sign at its place in a float, the exponent's four bits at theirs, and the first bits after the leading one.
#define PLACED_UPPER(word) ((word) >> 4 & (int)0x87ff0000)
// The whole bits of a float from SMALLEST_EXPONENT on: its lower bits as they are, or the middle of all that they may be.
#define WHOLE_BITS(word, lower) (PLACED_UPPER(word) | 0x38000000 | ((lower)&0xffff))
#define MIDDLE_BITS(word) (PLACED_UPPER(word) | 0x38008000)
// Vector v of a block before the line's scale.
#define WHOLE_WEIGHTS(v, upper, lowers) ((Wide)WHOLE_BITS(upper, (lowers)[v / 2] >> v % 2 * 16))

// Declares the words of the block that begins with weight i of a line.
#define UPPER_WORDS_AT(name, line, i) \
  const WideMask *const name = (const WideMask *)split_uppers(line) + (i) / SPLIT_BLOCK * UPPER_WORDS
#define LOWER_WORDS_AT(name, line, width, i) \
  const WideMask *const name = (const WideMask *)split_lowers(line, width) + (i) / SPLIT_BLOCK * LOWER_WORDS

// Fetches words that are read a while later.
CFV_INLINE void fetch_words(const WideMask *words, const long count) {
  UNROLL for (long i = 0; i < count; i++) __builtin_prefetch(words + i, 0, 2);
}

// The same for all words of the block that begins with weight i of a line.
CFV_INLINE void fetch_block(const float *line, long width, long i) {
  UPPER_WORDS_AT(uppers, line, i);
  LOWER_WORDS_AT(lowers, line, width, i);
  fetch_words(uppers, UPPER_WORDS);
  fetch_words(lowers, LOWER_WORDS);
}

// Writes rare weights, without the line's scale, where they belong in a block that begins with weight i; the first of
// them at i or after it is number `rare`. Gives the number of the first after the block.
CFV_INLINE long place_rare_weights(const float *line, long width, long i, long rare, float *block) {
  const SplitHeader *header = split_header(line, width);
  const RareWeight *weights = rare_weights(line, width);
  const float inverse = 1 / header->scale;
  for (; rare < header->rare && weights[rare].place < i + SPLIT_BLOCK; rare++)
    block[weights[rare].place - i] = weights[rare].weight * inverse;
  return rare;
}

// Where the rare weight of this number lies; beyond all of them, past the line.
CFV_INLINE long place_of_rare_weight(const float *line, long width, long rare) {
  return rare < split_header(line, width)->rare ? rare_weights(line, width)[rare].place : width;
}

// The whole weights of the block that begins with weight i of a line, without its scale and its rare weights.
CFV_INLINE void join_block(const float *line, long width, long i, float *block) {
  UPPER_WORDS_AT(uppers, line, i);
  LOWER_WORDS_AT(lowers, line, width, i);
#define JOIN(v, upper) ((Wide *)block)[v] = WHOLE_WEIGHTS(v, upper, lowers);
  FOR_UPPERS(uppers, JOIN)
#undef JOIN
}

// The first of a line's rare weights at `place` or after it.
CFV_INLINE long first_rare_weight(const float *line, long width, long place) {
  const RareWeight *rare = rare_weights(line, width);
  long from = 0, to = split_header(line, width)->rare;
  while (from < to) {
    const long middle = (from + to) / 2;
    if (rare[middle].place < place)
      from = middle + 1;
    else
      to = middle;
  }
  return from;
}

#endif
