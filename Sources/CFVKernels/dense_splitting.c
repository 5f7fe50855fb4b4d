// Splits lines of dense weights, see dense_split.h.
#include "dense_split.h"

CFV_INLINE unsigned bits_of(float number) {
  unsigned bits;
  memcpy(&bits, &number, sizeof bits);
  return bits;
}

// 2 to an exponent as floats have it.
CFV_INLINE float power_of_two(int exponent) {
  const unsigned bits = (unsigned)exponent << 23;
  float number;
  memcpy(&number, &bits, sizeof number);
  return number;
}

// The exponent of the weight that is largest: the bits of positive floats are in the order of the floats.
CFV_INLINE int largest_exponent(const float *line, long width) {
  unsigned most = 0;
  for (long i = 0; i < width; i++) {
    const unsigned bits = bits_of(line[i]) & 0x7fffffff;
    most = bits > most ? bits : most;
  }
  return (int)(most >> 23);
}

CFV_MULTIVERSION int cfv_can_split_dense(const float *weights, long width, long lines) {
  if (width % SPLIT_BLOCK != 0) return 0;
  for (long l = 0; l < lines; l++) {
    const float *line = weights + l * width;
    const int exponent = largest_exponent(line, width);
    // The smallest that is not rare must be a normal number, as must be what scales the largest to 1 … 2.
    if (exponent < EXPONENTS || exponent > 253) return 0;
    long rare = 0;
    for (long i = 0; i < width; i++) rare += exponent - (int)(bits_of(line[i]) >> 23 & 255) >= EXPONENTS;
    if (rare > most_rare_weights(width)) return 0;
  }
  return 1;
}

CFV_MULTIVERSION CFV_WIDE void cfv_split_dense(float *line, long width, float *copy) {
  memcpy(copy, line, sizeof(float) * width);
  const int exponent = largest_exponent(copy, width), smallest = exponent - (EXPONENTS - 1);
  const float scale = power_of_two(exponent), inverse = power_of_two(254 - exponent);
  RareWeight *rare = (RareWeight *)rare_weights(line, width);
  int count = 0;
  Wide lost = {0}, lost_squares = {0}, squares = {0};
  for (long i = 0; i < width; i += SPLIT_BLOCK) {
    WideMask uppers[UPPER_WORDS] = {{0}}, lowers[LOWER_WORDS] = {{0}};
    UNROLL for (long v = 0; v < SPLIT_VECTORS; v++) {
      const Wide weights = *(const Wide *)(copy + i + v * CFV_LANES);
      WideMask bits = (WideMask)weights;
      const WideMask isRare = (bits >> 23 & 255) < smallest;
      int any = 0;
      for (long lane = 0; lane < CFV_LANES; lane++) any |= isRare[lane];
      for (long lane = 0; any && lane < CFV_LANES; lane++)
        if (isRare[lane]) rare[count++] = (RareWeight){(int)(i + v * CFV_LANES + lane), weights[lane]};
      bits = (isRare & ((bits & (int)0x80000000) | smallest << 23)) | (~isRare & bits);
      const WideMask upper =
          (bits >> 20 & 0x800) | ((bits >> 23 & 255) - smallest) << 7 | (bits >> 16 & 0x7f);
      const long bit = 12 * v;
      uppers[bit / 32] |= upper << bit % 32;
      if (bit % 32 > 20) uppers[bit / 32 + 1] |= upper >> (32 - bit % 32);
      lowers[v / 2] |= (bits & 0xffff) << v % 2 * 16;
      const Wide scaled = weights * inverse;
      const Wide apart = scaled - (Wide)((bits & (int)0xffff0000) | 0x8000) * inverse;
      lost += apart;
      lost_squares += apart * apart;
      squares += scaled * scaled;
    }
    memcpy((int *)split_uppers(line) + i / SPLIT_BLOCK * UPPER_WORDS * CFV_LANES, uppers, sizeof uppers);
    memcpy((int *)split_lowers(line, width) + i / SPLIT_BLOCK * LOWER_WORDS * CFV_LANES, lowers, sizeof lowers);
  }
  const float mean = sum_of(&lost) / (float)width, length = sqrtf(sum_of(&lost_squares));
  // Sums of so many numbers, with uppers or with whole weights, are rounded by no more than that, and means by a
  // thousandth.
  const float rounding = (float)(width / 8 + 64) * 0x1p-24f * (sqrtf(sum_of(&squares)) + length) + 1e-3f * length;
  const float rest = sqrtf(1.001f * length * length - (float)width * mean * mean);
  *(SplitHeader *)split_header(line, width) = (SplitHeader){.scale = scale,
                                                            .mean = scale * mean,
                                                            .rest = 1.002f * scale * rest,
                                                            .rounding = 1.002f * scale * rounding,
                                                            .rare = count};
}
