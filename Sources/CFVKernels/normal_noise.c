#include "cfv_noise.h"

#include "inline.h"
#include "multiversion.h"
#include "square_root.h"
#include "vector_math.h"

// Word `index` of the sequence of `seed`: SplitMix64, whose words follow from their place alone.
// Steele, Lea and Flood 2014, https://doi.org/10.1145/2660193.2660195.
CFV_INLINE uint64_t random_word(uint64_t seed, long index) {
  uint64_t z = seed + (uint64_t)(index + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

// Two normal numbers of a word, the deviation `deviation` (Box–Muller). The upper 24 bits make a number in 0 … 1, 0 left
// out, the lower 32 an angle.
CFV_INLINE void normal_pair(uint64_t word, float deviation, float *a, float *b) {
  const float uniform = (float)((int32_t)(word >> 40) + 1) * 0x1p-24f;
  const float angle = (float)(int32_t)word * (3.14159265f * 0x1p-31f);
  const float radius = deviation * square_root(-2 * logarithm(uniform));
  float sine, cosine;
  sine_and_cosine(angle, &sine, &cosine);
  *a = radius * cosine, *b = radius * sine;
}

CFV_MULTIVERSION
void cfv_add_normal_noise(const float *restrict source, float *restrict target, long first, long count,
                          float deviation, uint64_t seed) {
  const long pairs = count / 2, word = first / 2;
  float a, b;
  for (long i = 0; i < pairs; i++) {
    normal_pair(random_word(seed, word + i), deviation, &a, &b);
    target[2 * i] = source[2 * i] + a;
    target[2 * i + 1] = source[2 * i + 1] + b;
  }
  if (count % 2) {
    normal_pair(random_word(seed, word + pairs), deviation, &a, &b);
    target[count - 1] = source[count - 1] + a;
  }
}
