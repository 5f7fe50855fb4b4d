// Hides the wider instruction sets of the processor, so that a program takes what it would on one without them.
// Linked with --wrap=__cpu_indicator_init, it stands before the function that finds out what the processor can do.
// WIDEST_VECTOR is 256 or 128.
#include <stdint.h>
#include <stdlib.h>

// Of libgcc and compiler-rt alike.
extern struct {
  uint32_t vendor, type, subtype, features[1];
} __cpu_model;
extern uint32_t __cpu_features2[];

// Their numbers for features that vectorised code asks for.
enum { AVX = 9, AVX2 = 10, FMA = 14, AVX512F = 15, AVX512VL = 20, AVX512CD = 23, LEVEL_3 = 97, LEVEL_4 = 98 };

static void hide(int feature) {
  if (feature < 32)
    __cpu_model.features[0] &= ~(UINT32_C(1) << feature);
  else
    __cpu_features2[feature / 32 - 1] &= ~(UINT32_C(1) << feature % 32);
}

int __real___cpu_indicator_init(void);

int __wrap___cpu_indicator_init(void) {
  const int result = __real___cpu_indicator_init();
  hide(AVX512F);
  for (int feature = AVX512VL; feature <= AVX512CD; feature++) hide(feature);
  hide(LEVEL_4);
  if (WIDEST_VECTOR < 256) {
    hide(AVX);
    hide(AVX2);
    hide(FMA);
    hide(LEVEL_3);
  }
  return result;
}

// The numbers above are those of the libraries, or nothing is tested.
__attribute__((constructor)) static void check(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") || __builtin_cpu_supports("x86-64-v4")) abort();
  if (WIDEST_VECTOR < 256 && (__builtin_cpu_supports("avx2") || __builtin_cpu_supports("x86-64-v3"))) abort();
}
