// Makes OpenBLAS use the vectors that the processor has.
//
// OpenBLAS chooses its kernels when it is loaded, by the model number of the processor, and a processor newer than
// the library gets those of 2004: Debian 12's version runs at a seventh of the speed on Intel's Sapphire Rapids.
// The environment variable OPENBLAS_CORETYPE would help, but who sets it? So the choice is made again, by what the
// processor can do, before `main`: later another thread might be inside a product. Whoever set the variable has
// chosen already.

#if defined(__linux__) && defined(__x86_64__)

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

// The kernels for vectors of 512 and of 256 bits, by the names OpenBLAS gives them, best first.
static const char *const wide_cores[] = {"SapphireRapids", "Cooperlake", "SkylakeX"};
static const char *const narrow_cores[] = {"Zen", "Haswell", "Excavator"};

static int is_one_of(const char *name, const char *const *names, int count) {
  for (int i = 0; i < count; i++)
    if (strcmp(name, names[i]) == 0) return 1;
  return 0;
}

__attribute__((constructor)) static void choose_openblas_core(void) {
  if (getenv("OPENBLAS_CORETYPE")) return;
  // Only builds with kernels for several processors have these; they are theirs for this purpose.
  void (*forget)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "gotoblas_dynamic_quit");
  void (*choose)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "gotoblas_dynamic_init");
  char *(*core_name)(void) = (char *(*)(void))dlsym(RTLD_DEFAULT, "openblas_get_corename");
  if (!forget || !choose || !core_name) return;

  __builtin_cpu_init();
  const int has_wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") &&
                       __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                       __builtin_cpu_supports("avx512vl");
  const int has_narrow = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const char *current = core_name();
  if (is_one_of(current, wide_cores, 3)) return;
  const char *wanted = has_wide ? "SkylakeX" : has_narrow ? "Haswell" : NULL;
  if (!wanted || (!has_wide && is_one_of(current, narrow_cores, 3))) return;

  setenv("OPENBLAS_CORETYPE", wanted, 1);
  forget();
  choose();
  unsetenv("OPENBLAS_CORETYPE");
}

#endif
