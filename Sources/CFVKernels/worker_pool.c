#include "cfv_worker_pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#if defined(__APPLE__)
#include <sys/sysctl.h>
#endif
#if defined(__x86_64__)
#include <immintrin.h>
#define CFV_PAUSE() _mm_pause()
#else
#define CFV_PAUSE() ((void)0)
#endif

enum { CFV_MAXIMUM_THREADS = 256, CFV_SPINS = 4000 };

typedef struct {
  cfv_chunk_body body;
  void *context;
  long chunks;
} Job;

static pthread_mutex_t busy = PTHREAD_MUTEX_INITIALIZER;  // held by the caller whose job is running
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;  // guards falling asleep
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static int started = 0;  // helper threads there are; guarded by `busy`

static Job job;
static atomic_long next_chunk;
static atomic_int wanted;      // helpers that may join the present job
static atomic_int unfinished;  // helpers that have not reported back
static atomic_uint generation;
static atomic_int sleepers;

static void work(int worker) {
  long chunk;
  while ((chunk = atomic_fetch_add_explicit(&next_chunk, 1, memory_order_relaxed)) < job.chunks)
    job.body(chunk, worker, job.context);
}

// Steps of a network follow one another within microseconds: a helper looks for the next job for a while
// before it goes to sleep, since waking a thread costs more than many a layer.
static void await_generation(unsigned seen) {
  for (int spin = 0; spin < CFV_SPINS; spin++) {
    if (atomic_load_explicit(&generation, memory_order_acquire) != seen) return;
    CFV_PAUSE();
  }
  pthread_mutex_lock(&gate);
  atomic_fetch_add(&sleepers, 1);
  while (atomic_load(&generation) == seen) pthread_cond_wait(&wake, &gate);
  atomic_fetch_sub(&sleepers, 1);
  pthread_mutex_unlock(&gate);
}

static unsigned first_generation[CFV_MAXIMUM_THREADS];  // the generation a helper was born in

static void *helper(void *argument) {
  int index = (int)(long)argument;
  unsigned seen = first_generation[index];
  for (;;) {
    await_generation(seen);
    seen++;
    if (index <= atomic_load_explicit(&wanted, memory_order_relaxed)) work(index);
    atomic_fetch_sub_explicit(&unfinished, 1, memory_order_release);
  }
  return NULL;
}

static void start_helpers(int count) {
  pthread_attr_t attributes;
  if (started >= count) return;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  while (started < count) {
    pthread_t thread;
    first_generation[started + 1] = atomic_load(&generation);
    if (pthread_create(&thread, &attributes, helper, (void *)(long)(started + 1)) != 0) break;
    started++;
  }
  pthread_attr_destroy(&attributes);
}

__attribute__((swiftcall)) void cfv_run_chunks(long chunks, long threads, cfv_chunk_body body,
                                               void *context) {
  if (threads > CFV_MAXIMUM_THREADS) threads = CFV_MAXIMUM_THREADS;
  if (chunks < 2 || threads < 2 || pthread_mutex_trylock(&busy) != 0) {
    for (long chunk = 0; chunk < chunks; chunk++) body(chunk, 0, context);
    return;
  }
  start_helpers((int)threads - 1);
  job = (Job){body, context, chunks};
  atomic_store(&next_chunk, 0);
  atomic_store(&wanted, (int)threads - 1);
  atomic_store(&unfinished, started);
  atomic_fetch_add(&generation, 1);
  if (atomic_load(&sleepers) > 0) {
    pthread_mutex_lock(&gate);
    pthread_cond_broadcast(&wake);
    pthread_mutex_unlock(&gate);
  }
  work(0);
  while (atomic_load_explicit(&unfinished, memory_order_acquire) > 0) CFV_PAUSE();
  pthread_mutex_unlock(&busy);
}

int cfv_physical_core_count(void) {
#if defined(__APPLE__)
  int count = 0;
  size_t size = sizeof count;
  if (sysctlbyname("hw.physicalcpu", &count, &size, NULL, 0) == 0 && count > 0) return count;
#elif defined(__linux__)
  // A core is counted at the first of its hyperthreads.
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  int cores = 0;
  for (long cpu = 0; cpu < online; cpu++) {
    char path[96];
    snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu%ld/topology/thread_siblings_list", cpu);
    FILE *file = fopen(path, "r");
    long first = cpu;
    if (file != NULL) {
      if (fscanf(file, "%ld", &first) != 1) first = cpu;
      fclose(file);
    }
    if (first == cpu) cores++;
  }
  if (cores > 0) return cores;
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}
