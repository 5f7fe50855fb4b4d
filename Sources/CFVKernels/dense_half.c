// Dense weights in half precision, times a power of two for each line.
#include "cfv_dense.h"
#include "dense.h"

#include <math.h>

typedef short Halves __attribute__((vector_size(32), aligned(2), may_alias));

// Bits of a half, its sign spread over the upper half of a word, moved to where a float has them: a float that is
// 2⁻¹¹² times the number. No instruction for halves is needed, and the result is exact.
#define PLACED(word) (((word) << 13) & (int)0x8fffe000)
#define SCALE 0x1p112f

CFV_INLINE float half_at(const unsigned short *half) {
  const unsigned bits = (unsigned)(*half & 0x8000) << 16 | (unsigned)(*half & 0x7fff) << 13;
  float number;
  memcpy(&number, &bits, sizeof number);
  return number * SCALE;
}

#define WEIGHT unsigned short
#define DENSE(name) cfv_dense_half_##name
#define WIDE_WEIGHTS(pointer) \
  ((Wide)(PLACED(__builtin_convertvector(*(const Halves *)(pointer), WideMask))) * SCALE)
#define WEIGHT_AT(pointer) half_at(pointer)
#define LINE_FACTOR(l) factors[l]

#include "dense_template.h"

// The half nearest to a number below 2¹⁶ − 16, ties to the even one.
CFV_INLINE unsigned short nearest_half(float number) {
  unsigned bits;
  memcpy(&bits, &number, sizeof bits);
  const unsigned sign = bits >> 16 & 0x8000;
  bits &= 0x7fffffff;
  // Below the smallest normal half, steps are 2⁻²⁴: those of floats from ½ on.
  const float size = fabsf(number), shifted = (size < 0x1p-14f ? size : 0) + 0.5f;
  unsigned steps;
  memcpy(&steps, &shifted, sizeof steps);
  const unsigned small = steps - 0x3f000000;
  const unsigned normal = ((bits + 0xfff + (bits >> 13 & 1)) >> 13) - (112 << 10);
  return (unsigned short)(sign | (size < 0x1p-14f ? small : normal));
}

CFV_MULTIVERSION void cfv_dense_half_store(const float *weights, long width, long lines, unsigned short *halves,
                                           float *factors) {
  for (long l = 0; l < lines; l++) {
    const float *row = weights + l * width;
    // Bits of positive floats are in the order of the floats.
    unsigned most = 0;
    for (long i = 0; i < width; i++) {
      unsigned bits;
      memcpy(&bits, row + i, sizeof bits);
      bits &= 0x7fffffff;
      most = bits > most ? bits : most;
    }
    float largest;
    memcpy(&largest, &most, sizeof largest);
    int exponent = 0;
    frexpf(largest, &exponent);
    // The largest weight becomes a number in 2¹⁴ ..< 2¹⁵, unless that takes more than a float can hold.
    const int up = largest == 0 ? 0 : 15 - exponent < 126 ? 15 - exponent : 126;
    const float scale = ldexpf(1, up);
    factors[l] = ldexpf(1, -up);
    for (long i = 0; i < width; i++) halves[l * width + i] = nearest_half(row[i] * scale);
  }
}
