// Makes OpenBLAS use the vectors that the processor has.
//
// OpenBLAS chooses its kernels when it is loaded, by the model number of the processor, and a processor newer than
// the library gets those of 2004: Debian 12's version runs at half the speed on Intel's Sapphire Rapids.
// The environment variable OPENBLAS_CORETYPE would help, but who sets it? So the choice is made again, by what the
// processor can do, before `main`: later another thread might be inside a product. Whoever set the variable has
// chosen already, and with the kernels the last bits of what they compute.

#if defined(__linux__) && defined(__x86_64__)

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The kernels for vectors of 256 bits and more, by the names OpenBLAS gives them.
static const char *const wide_cores[] = {"Haswell", "Zen", "Excavator", "SkylakeX", "Cooperlake", "SapphireRapids"};

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

  // Those for 512 bits would be half as fast again, but their small products take memory for each call.
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return;
  if (is_one_of(core_name(), wide_cores, 6)) return;

  // Swift's runtime finds the program's arguments beside the environment that the process started with. Where it is linked
  // into the program, it looks for them after this.
  char **own_environment = environ;
  setenv("OPENBLAS_CORETYPE", "Haswell", 1);
  forget();
  choose();
  unsetenv("OPENBLAS_CORETYPE");
  environ = own_environment;
}

#endif
