// What a core can do at most: fused multiply-adds in registers, reading from memory.
#include "cfv_machine.h"

#include "multiversion.h"

// Twelve sums hide the latency of a multiply-add, and they fit, with two factors, in sixteen registers.
#define SUMS 12
#define ROUNDS_OF(NAME, ATTRIBUTES, WIDTH)                                                             \
  typedef float NAME##_vector __attribute__((vector_size(4 * WIDTH)));                                 \
  ATTRIBUTES static double NAME(long rounds, float *sink) {                                            \
    /* Read at run time, and the sums unlike one another: the compiler can foretell nothing. */        \
    NAME##_vector a = sink[0] - (NAME##_vector){0}, b = sink[1] - (NAME##_vector){0}, sums[SUMS];      \
    for (int k = 0; k < SUMS; k++) sums[k] = (float)k * b;                                             \
    for (long round = 0; round < rounds; round++) {                                                    \
      _Pragma("clang loop unroll(full)") for (int k = 0; k < SUMS; k++) sums[k] = sums[k] * a + b;     \
    }                                                                                                  \
    for (int k = 1; k < SUMS; k++) sums[0] += sums[k];                                                 \
    sink[2] = sums[0][0];                                                                              \
    return 2.0 * SUMS * WIDTH * rounds;                                                                \
  }

#if defined(__x86_64__)
ROUNDS_OF(rounds_512, __attribute__((target("avx512f"))), 16)
ROUNDS_OF(rounds_256, __attribute__((target("avx2,fma"))), 8)
#endif
ROUNDS_OF(rounds_128, , 4)

double cfv_multiply_add_rounds(long rounds, float *sink) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) return rounds_512(rounds, sink);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return rounds_256(rounds, sink);
#endif
  return rounds_128(rounds, sink);
}

typedef float float16 __attribute__((vector_size(64), aligned(4)));

CFV_MULTIVERSION
float cfv_read_all(const float *values, long count) {
  float16 sums[8] = {{0}};
  for (long i = 0; i < count; i += 128) {
#pragma clang loop unroll(full)
    for (int k = 0; k < 8; k++) sums[k] += *(const float16 *)(values + i + 16 * k);
  }
  float sum = 0;
  for (int k = 0; k < 8; k++)
    for (int lane = 0; lane < 16; lane++) sum += sums[k][lane];
  return sum;
}
