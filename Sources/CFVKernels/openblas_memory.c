// The memory that OpenBLAS multiplies in.
//
// Its first product on each thread takes a buffer of 128 MB of addresses, and where the system refuses, OpenBLAS asks
// again and again, for ever. So buffers are taken before, each after the system has handed out as much on trial. They
// stay OpenBLAS' own: it gives none back.

#define _GNU_SOURCE
#include "cfv_memory.h"

#if defined(__linux__)

#include <dlfcn.h>
#include <pthread.h>
#include <sys/mman.h>

// A buffer, and what is asked for with it.
enum { TRIAL = 136 << 20, MOST_BUFFERS = 256 };

static int is_memory_left(void) {
  void *trial = mmap(NULL, TRIAL, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (trial == MAP_FAILED) return 0;
  munmap(trial, TRIAL);
  return 1;
}

int cfv_reserve_openblas(long threads) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static long reserved = 0;
  // Other libraries have no such functions, and need none.
  void *(*take)(int) = (void *(*)(int))dlsym(RTLD_DEFAULT, "blas_memory_alloc");
  void (*give_back)(void *) = (void (*)(void *))dlsym(RTLD_DEFAULT, "blas_memory_free");
  if (!take || !give_back) return 1;
  const long wanted = threads < MOST_BUFFERS ? threads : MOST_BUFFERS;
  void *buffers[MOST_BUFFERS];
  pthread_mutex_lock(&lock);
  long taken = 0;
  while (reserved < wanted && taken < wanted && (taken < reserved || is_memory_left())) buffers[taken++] = take(0);
  for (long i = 0; i < taken; i++) give_back(buffers[i]);
  if (taken > reserved) reserved = taken;
  const int succeeds = reserved >= wanted;
  pthread_mutex_unlock(&lock);
  return succeeds;
}

#else

int cfv_reserve_openblas(long threads) { return 1; }

#endif
